"""Gives an instance the identity of an invented patient and of a place in a study."""

from pydicom import Dataset
from pydicom.datadict import tag_for_keyword
from pydicom.tag import BaseTag
from pydicom.uid import UID, generate_uid

from kiosk.demo.people import DemoSeries, DemoStudy

HOSPITAL = "Riverside Example Hospital"
_DATES = ("SeriesDate", "AcquisitionDate", "ContentDate", "InstanceCreationDate")
_TIMES = ("SeriesTime", "AcquisitionTime", "ContentTime", "InstanceCreationTime")

# What speaks of the person, visit or instances that the source came from: whole groups, the
# requests and performed steps of group 0040, and these.
_FOREIGN_GROUPS = {0x0010, 0x0032, 0x0038}
_REQUESTS = 0x0040
_REQUEST_ELEMENTS = set(range(0x2000)) - {0x0555}  # AcquisitionContextSequence is about the image
_FOREIGN = {
    tag_for_keyword(keyword)
    for keyword in (
        "InstitutionAddress",
        "InstitutionalDepartmentName",
        "NameOfPhysiciansReadingStudy",
        "OperatorsName",
        "PerformingPhysicianName",
        "PhysiciansOfRecord",
        "ProcedureCodeSequence",
        "ReferencedImageSequence",
        "ReferencedPatientSequence",
        "ReferencedStudySequence",
        "SourceImageSequence",
        "StationName",
    )
}


def study_uid(study: DemoStudy) -> UID:
    """Return the study's UID, the same on every machine."""
    return _uid(study.accession)


def identify(ds: Dataset, study: DemoStudy, series: DemoSeries, number: int, instance: int) -> None:
    """Give a data set its invented patient, study, series and instance, consistent throughout.

    Parameters
    ----------
    number, instance : int
        Of the series within the study and of the instance within the series, from 1.
    """
    _forget_the_source(ds)
    _set_patient(ds, study)
    _set_study(ds, study)
    _set_series(ds, series)
    ds.SeriesInstanceUID = _uid(study.accession, number)
    ds.SeriesNumber = number
    ds.SOPInstanceUID = _uid(study.accession, number, instance)
    ds.InstanceNumber = instance
    if "FrameOfReferenceUID" in ds:
        ds.FrameOfReferenceUID = _uid(study.accession, "frame of reference")


def _forget_the_source(ds: Dataset) -> None:
    for tag in [each.tag for each in ds if _is_foreign(each.tag)]:
        del ds[tag]


def _is_foreign(tag: BaseTag) -> bool:
    return (
        tag.is_private
        or tag in _FOREIGN
        or tag.group in _FOREIGN_GROUPS
        or (tag.group == _REQUESTS and tag.element in _REQUEST_ELEMENTS)
    )


def _set_patient(ds: Dataset, study: DemoStudy) -> None:
    patient = study.patient
    ds.PatientName = patient.name
    ds.PatientID = patient.patient_id
    ds.PatientBirthDate = patient.birth_date.strftime("%Y%m%d")
    ds.PatientSex = patient.sex
    birthday_to_come = (study.at.month, study.at.day) < (
        patient.birth_date.month,
        patient.birth_date.day,
    )
    ds.PatientAge = f"{study.at.year - patient.birth_date.year - birthday_to_come:03}Y"


def _set_study(ds: Dataset, study: DemoStudy) -> None:
    ds.StudyInstanceUID = study_uid(study)
    ds.StudyID = study.accession
    ds.AccessionNumber = study.accession
    ds.StudyDescription = study.description
    ds.ReferringPhysicianName = "Referrer^Robin"
    ds.InstitutionName = HOSPITAL
    day, time = study.at.strftime("%Y%m%d"), study.at.strftime("%H%M%S")
    ds.StudyDate, ds.StudyTime = day, time
    if "AcquisitionDateTime" in ds:
        ds.AcquisitionDateTime = day + time
    for keyword in _DATES:
        if keyword in ds:
            setattr(ds, keyword, day)
    for keyword in _TIMES:
        if keyword in ds:
            setattr(ds, keyword, time)


def _set_series(ds: Dataset, series: DemoSeries) -> None:
    ds.SeriesDescription = series.description
    ds.pop("Laterality", None)
    if series.body_part:
        ds.BodyPartExamined = series.body_part
    if series.side or (series.file and not series.body_part):
        ds.Laterality = series.side
    if "PixelSpacing" in ds and not all(ds.PixelSpacing):
        del ds.PixelSpacing


def _uid(*place: object) -> UID:
    return generate_uid(entropy_srcs=["imaging release kiosk demonstration", *map(str, place)])
