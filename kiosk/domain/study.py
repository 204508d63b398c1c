"""Patients, studies and instances as the archive describes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Patient:
    """Whose images these are, as the archive knows them."""

    patient_id: str
    """PatientID (0010,0020), stripped of padding."""
    birth_date: date
    name: str = ""
    """PatientName (0010,0010) as stored, with its ``^`` and ``=``."""
    issuer: str = ""
    """IssuerOfPatientID (0010,0021), or empty where the archive gives none."""
    sex: str = ""

    @property
    def printed_name(self) -> str:
        """The alphabetic name group in reading order: ``Maria Example``."""
        family, given, middle, prefix, suffix = (self.name.split("=")[0].split("^") + [""] * 5)[:5]
        return " ".join(part for part in (prefix, given, middle, family, suffix) if part)


@dataclass(frozen=True, slots=True)
class Study:
    """One study of one patient, as found by a query."""

    study_uid: str
    patient: Patient
    study_date: date | None = None
    description: str = ""
    modalities: tuple[str, ...] = ()
    accession: str = ""
    instances: int | None = None
    """NumberOfStudyRelatedInstances (0020,1208), or None where the archive does not say."""


class InstanceRef(NamedTuple):
    """Where an instance stands in the archive."""

    series_uid: str
    sop_instance_uid: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The archive named every instance that it holds of a study."""

    instances: frozenset[InstanceRef]


@dataclass(frozen=True, slots=True)
class Counted:
    """The archive cannot name the instances of a study and only says how many there are."""

    count: int


Holding = Listed | Counted


@dataclass(frozen=True, slots=True)
class InstanceIdentity:
    """What an arrived instance says it is, read from its own data set."""

    study_uid: str
    series_uid: str
    sop_instance_uid: str
    patient_id: str
    issuer: str
    birth_date: str
    """PatientBirthDate (0010,0030) as stored: ``YYYYMMDD`` or empty."""


def mismatch(patient: Patient, study_uids: Iterable[str], instance: InstanceIdentity) -> str | None:
    """Guard against the wrong patient: why an instance must not be released, or None.

    An empty issuer on either side says nothing and so matches; PatientID and birth date must be
    there and equal on every instance. The reason names attributes, never their values.
    """
    if instance.study_uid not in study_uids:
        return "StudyInstanceUID was not asked for"
    if instance.patient_id != patient.patient_id:
        return "PatientID differs"
    if instance.issuer and patient.issuer and instance.issuer != patient.issuer:
        return "IssuerOfPatientID differs"
    if instance.birth_date != patient.birth_date.strftime("%Y%m%d"):
        return "PatientBirthDate differs"
    return None
