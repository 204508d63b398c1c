"""Makes a study of the attributes that an archive answers with, whichever way they come."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

import structlog

from kiosk.archive.limits import checked_uid
from kiosk.domain.study import Patient, Study

Attributes = Callable[[str], Sequence[str]]
"""The values of an attribute by its keyword, as decoded text; none where it is absent."""

STUDY_KEYWORDS = (
    "StudyInstanceUID",
    "PatientID",
    "IssuerOfPatientID",
    "PatientBirthDate",
    "PatientName",
    "PatientSex",
    "StudyDate",
    "StudyDescription",
    "ModalitiesInStudy",
    "AccessionNumber",
    "NumberOfStudyRelatedInstances",
)

# PS3.5 6.2
_LONGEST_TEXT = 256
_LONGEST_ID = 64
_DA = re.compile(r"[0-9]{8}")

_log = structlog.get_logger(__name__)


def may_be_asked(patient_id: str) -> bool:
    r"""Tell whether a query for this PatientID can mean this one only.

    PS3.4 C.2.2.2: an empty key matches everything, ``*`` and ``?`` match others, ``\`` makes a
    list. No archive can be asked for such an ID, so none is.
    """
    return (
        0 < len(patient_id.strip()) <= _LONGEST_ID
        and not set(patient_id) & set(r"*?\\")
        and patient_id.isprintable()
    )


def studies_of(patient_id: str, answers: Iterable[Attributes]) -> list[Study]:
    """Keep the studies whose PatientID is exactly the one that was asked for, newest first.

    An answer without a valid birth date cannot be matched with a person and is left out; the log
    says how many there were.
    """
    mine = [each for each in answers if first(each, "PatientID") == patient_id.strip()]
    studies = [study for each in mine if (study := _study(each)) is not None]
    if len(studies) < len(mine):
        _log.warning("studies-without-birth-date", count=len(mine) - len(studies))
    return sorted(studies, key=lambda study: study.study_date or date.min, reverse=True)


def first(attributes: Attributes, keyword: str) -> str:
    """Return the first value without its padding, or an empty string."""
    return next((value.strip(" \0") for value in attributes(keyword)), "")


def whole_number(attributes: Attributes, keyword: str) -> int | None:
    """Return a count, or None where the archive gives none that is one."""
    text = first(attributes, keyword)
    return int(text) if text.isascii() and text.isdigit() else None


def _study(attributes: Attributes) -> Study | None:
    birth_date = _date(first(attributes, "PatientBirthDate"))
    if birth_date is None:
        return None
    return Study(
        study_uid=checked_uid(first(attributes, "StudyInstanceUID")),
        patient=Patient(
            patient_id=first(attributes, "PatientID"),
            birth_date=birth_date,
            name=_printable(attributes, "PatientName"),
            issuer=first(attributes, "IssuerOfPatientID"),
            sex=first(attributes, "PatientSex"),
        ),
        study_date=_date(first(attributes, "StudyDate")),
        description=_printable(attributes, "StudyDescription"),
        modalities=tuple(filter(None, attributes("ModalitiesInStudy"))),
        accession=_printable(attributes, "AccessionNumber"),
        instances=whole_number(attributes, "NumberOfStudyRelatedInstances"),
    )


def _printable(attributes: Attributes, keyword: str) -> str:
    """Return a text that is only shown; PS3.5 6.2 allows far less, some archives send far more."""
    return first(attributes, keyword)[:_LONGEST_TEXT]


def _date(text: str) -> date | None:
    """Read a DA value (PS3.5 6.2)."""
    try:
        return date.fromisoformat(text) if _DA.fullmatch(text) else None
    except ValueError:
        return None
