"""Who is asking, and which studies are theirs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.domain.study import Patient, Study
from kiosk.errors import (
    ArchiveRefused,
    ArchiveUnreachable,
    IdentityAmbiguous,
    IdentityNotFound,
    StudyNotFound,
)
from kiosk.ports import Archive


@dataclass(frozen=True, slots=True)
class Identified:
    """A patient who is known, with every study that the archive holds of them."""

    patient: Patient
    studies: tuple[Study, ...]

    def choose(self, study_uids: Collection[str]) -> tuple[Study, ...]:
        """Return the chosen studies, or all of them when none is named.

        Raises
        ------
        StudyNotFound
            If one of them is not this patient's; nothing says whether it exists.
        """
        if not study_uids:
            return self.studies
        chosen = tuple(study for study in self.studies if study.study_uid in study_uids)
        if len(chosen) != len(set(study_uids)):
            raise StudyNotFound
        return chosen


def identify(ways: Sequence[Archive], patient_id: str, birth_date: date) -> Identified:
    """Find the patient with this ID and birth date.

    Raises
    ------
    IdentityNotFound
        If nobody matches; the same whichever of the two is wrong.
    IdentityAmbiguous
        If issuers tell two patients apart that the ID and birth date do not.
    ArchiveUnreachable, ArchiveRefused
        If no way to the archive answers.
    """
    return _identified(
        [
            study
            for study in find_studies(ways, patient_id)
            if study.patient.birth_date == birth_date
        ]
    )


def identify_at_desk(ways: Sequence[Archive], patient_id: str) -> Identified:
    """Find the patient with this ID, for staff who have seen who it is.

    Raises
    ------
    IdentityNotFound, IdentityAmbiguous, ArchiveUnreachable, ArchiveRefused
        As ``identify`` does; two birth dates under one ID are ambiguous too.
    """
    studies = find_studies(ways, patient_id)
    if len({study.patient.birth_date for study in studies}) > 1:
        raise IdentityAmbiguous
    return _identified(studies)


def _identified(studies: Sequence[Study]) -> Identified:
    if not studies:
        raise IdentityNotFound
    issuers = {study.patient.issuer for study in studies if study.patient.issuer}
    if len(issuers) > 1:
        raise IdentityAmbiguous
    known = max(studies, key=lambda study: bool(study.patient.issuer))
    return Identified(known.patient, tuple(studies))


def find_studies(ways: Sequence[Archive], patient_id: str) -> Sequence[Study]:
    """Ask each way in turn for the patient's studies, until one answers."""
    failure: ArchiveUnreachable | ArchiveRefused = ArchiveUnreachable("no way is configured")
    for way in ways:
        try:
            return way.find_studies(patient_id)
        except (ArchiveUnreachable, ArchiveRefused) as error:
            failure = error
    raise failure
