"""Dates, names and kinds of exams as people read them."""

from datetime import date

from kiosk.domain.study import Patient, Study

_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]

_KINDS = {
    "CR": "X-ray",
    "CT": "CT scan",
    "DOC": "Document",
    "DX": "X-ray",
    "ECG": "ECG",
    "ES": "Endoscopy",
    "IO": "Dental X-ray",
    "MG": "Mammogram",
    "MR": "MRI scan",
    "NM": "Nuclear medicine",
    "OP": "Eye picture",
    "OPT": "Eye scan",
    "PT": "PET scan",
    "PX": "Dental X-ray",
    "RF": "Fluoroscopy",
    "SR": "Report",
    "US": "Ultrasound",
    "XA": "Angiography",
    "XC": "Photograph",
}


def in_words(day: date) -> str:
    """Return a date that no country misreads: ``24 November 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def count(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 exam``, ``430 images``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def study_day(study: Study) -> str:
    """Return when a study was made."""
    return in_words(study.study_date) if study.study_date else "Date not known"


def kind(study: Study) -> str:
    """Return a study's modalities in words: ``CT scan, PET scan``."""
    words = dict.fromkeys(_KINDS.get(code, code) for code in study.modalities)
    return ", ".join(words)


def title(study: Study) -> str:
    """Return what a study is called."""
    return study.description.strip() or kind(study) or "Exam"


def full_name(patient: Patient) -> str:
    """Return a name in all its scripts (PS3.5 6.2.1): ``Xiaodong Wang (王小东)``."""
    _, *groups = patient.name.split("=")
    others = [" ".join(group.replace("^", " ").split()) for group in groups]
    shown = [name for name in (patient.printed_name, *others) if name]
    if not shown:
        return ""
    return f"{shown[0]} ({', '.join(shown[1:])})" if shown[1:] else shown[0]
