"""Invented patients and small synthetic instances of every kind that a study can hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
from pydicom import dcmwrite
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import (
    UID,
    ComprehensiveSRStorage,
    ComputedRadiographyImageStorage,
    CTImageStorage,
    EncapsulatedPDFStorage,
    ExplicitVRLittleEndian,
    GrayscaleSoftcopyPresentationStateStorage,
    KeyObjectSelectionDocumentStorage,
    MRImageStorage,
    RTDoseStorage,
    RTPlanStorage,
    RTStructureSetStorage,
    SegmentationStorage,
    TwelveLeadECGWaveformStorage,
    UltrasoundMultiFrameImageStorage,
    generate_uid,
)

from kiosk.domain.study import Patient


@dataclass(frozen=True, slots=True)
class Invented:
    """A person who does not exist, as a data set describes them."""

    patient_id: str
    name: str
    """PatientName, with its ideographic and phonetic groups where there are any."""
    birth_date: date
    sex: str = "O"
    character_set: str | tuple[str, ...] = "ISO_IR 100"
    issuer: str = ""

    @property
    def patient(self) -> Patient:
        """The same person as the domain knows them."""
        return Patient(self.patient_id, self.birth_date, self.name, self.issuer, self.sex)


MARIA = Invented("EX-1001", "Example^Maria", date(1970, 4, 1), "F")
JOHN = Invented("EX-1002", "Sample^John^Q", date(1951, 12, 31), "M")
UMLAUT = Invented("EX-1003", "Müßig^Zoë", date(1988, 2, 29), "F")
CHINESE = Invented("EX-1004", "Wang^XiaoDong=王^小东", date(1969, 8, 8), "M", "GB18030")
JAPANESE = Invented(
    "EX-1005",
    "Yamada^Tarou=山田^太郎=やまだ^たろう",
    date(1944, 5, 5),
    "M",
    ("", "ISO 2022 IR 87"),
)
KOREAN = Invented(
    "EX-1006", "Hong^Gildong=洪^吉洞=홍^길동", date(1990, 1, 2), "M", ("", "ISO 2022 IR 149")
)
ARABIC = Invented("EX-1007", "قباني^لنزار", date(1923, 3, 21), "M", "ISO_IR 127")
RUSSIAN = Invented("EX-1008", "Пример^Дарья", date(1977, 7, 7), "F", "ISO_IR 144")
UTF8 = Invented("EX-1009", "Šťastná^Žofie=王^小东", date(2001, 9, 9), "F", "ISO_IR 192")
ISSUED = Invented("EX-1010", "Issued^Ivy", date(1960, 6, 6), "F", issuer="NORTH CLINIC")

PEOPLE = (MARIA, JOHN, UMLAUT, CHINESE, JAPANESE, KOREAN, ARABIC, RUSSIAN, UTF8, ISSUED)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an instance stands: its patient, study, series and number, with UIDs made of them."""

    person: Invented = MARIA
    study: str = "a"
    series: int = 1
    number: int = 1
    date: str = "20260312"

    @property
    def study_uid(self) -> UID:
        return _uid(self.person.patient_id, self.study)

    @property
    def series_uid(self) -> UID:
        return _uid(self.person.patient_id, self.study, str(self.series))

    @property
    def sop_instance_uid(self) -> UID:
        return _uid(self.person.patient_id, self.study, str(self.series), str(self.number))


def _uid(*parts: str) -> UID:
    return generate_uid(entropy_srcs=list(parts))


Make = Callable[[Place], Dataset]


def ct(place: Place = Place(), size: int = 16) -> Dataset:
    """A CT slice with a pattern that differs with its number."""
    ds = _image(place, CTImageStorage, "CT", size, size)
    ds.ImagePositionPatient = [0, 0, place.number]
    ds.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    ds.PixelSpacing = [1, 1]
    ds.RescaleIntercept, ds.RescaleSlope = -1024, 1
    ds.WindowCenter, ds.WindowWidth = 40, 400
    return ds


def mr(place: Place = Place(), size: int = 16) -> Dataset:
    """An MR slice."""
    return _image(place, MRImageStorage, "MR", size, size)


def cr(place: Place = Place()) -> Dataset:
    """A radiograph."""
    return _image(place, ComputedRadiographyImageStorage, "CR", 24, 20)


def us(place: Place = Place(), frames: int = 3) -> Dataset:
    """A colour ultrasound loop."""
    ds = _common(place, UltrasoundMultiFrameImageStorage, "US")
    ds.ImageType = ["ORIGINAL", "PRIMARY"]
    ds.SamplesPerPixel, ds.PhotometricInterpretation, ds.PlanarConfiguration = 3, "RGB", 0
    ds.NumberOfFrames, ds.Rows, ds.Columns = str(frames), 12, 16
    ds.FrameTime = "40"
    ds.FrameIncrementPointer = 0x00181063
    _depth(ds, 8)
    ds.PixelData = np.arange(frames * 12 * 16 * 3, dtype=np.uint8).tobytes()
    return ds


def sr(place: Place = Place()) -> Dataset:
    """A structured report."""
    ds = _document(place, ComprehensiveSRStorage, "SR", _code("18748-4", "LN", "Imaging Report"))
    ds.CompletionFlag, ds.VerificationFlag = "COMPLETE", "UNVERIFIED"
    ds.ContentSequence = [_text("Findings: none, for this person is invented")]
    return ds


def key_objects(place: Place = Place()) -> Dataset:
    """A selection of key images."""
    title = _code("113000", "DCM", "Of Interest")
    ds = _document(place, KeyObjectSelectionDocumentStorage, "KO", title)
    ds.ContentSequence = [_text("Please look at these")]
    return ds


def presentation_state(place: Place = Place()) -> Dataset:
    """A grayscale presentation state."""
    ds = _common(place, GrayscaleSoftcopyPresentationStateStorage, "PR")
    ds.ContentLabel, ds.ContentDescription, ds.ContentCreatorName = "WINDOW", "Bone", ""
    ds.PresentationCreationDate, ds.PresentationCreationTime = place.date, "101500"
    reference = Dataset()
    reference.SeriesInstanceUID = place.series_uid
    reference.ReferencedImageSequence = [_reference(CTImageStorage, place.sop_instance_uid)]
    ds.ReferencedSeriesSequence = [reference]
    return ds


def pdf(place: Place = Place()) -> Dataset:
    """A report as encapsulated PDF."""
    ds = _common(place, EncapsulatedPDFStorage, "DOC")
    ds.ConversionType, ds.BurnedInAnnotation = "WSD", "YES"
    ds.ContentDate, ds.ContentTime = place.date, "101500"
    ds.AcquisitionDateTime = ""
    ds.DocumentTitle, ds.ConceptNameCodeSequence = "Report", []
    ds.MIMETypeOfEncapsulatedDocument = "application/pdf"
    ds.EncapsulatedDocument = b"%PDF-1.4\n%invented\n%%EOF\n\0"
    return ds


def waveform(place: Place = Place()) -> Dataset:
    """A twelve lead ECG, of one lead to keep it small."""
    ds = _common(place, TwelveLeadECGWaveformStorage, "ECG")
    ds.ContentDate, ds.ContentTime = place.date, "101500"
    ds.AcquisitionDateTime = place.date + "101500"
    lead = Dataset()
    lead.WaveformOriginality = "ORIGINAL"
    lead.NumberOfWaveformChannels, lead.NumberOfWaveformSamples = 1, 8
    lead.SamplingFrequency = "500"
    channel = Dataset()
    channel.ChannelSourceSequence = [_code("5.6.3-9-1", "SCPECG", "Lead I")]
    channel.WaveformBitsStored = 16
    lead.ChannelDefinitionSequence = [channel]
    lead.WaveformBitsAllocated, lead.WaveformSampleInterpretation = 16, "SS"
    lead.WaveformData = np.arange(8, dtype=np.int16).tobytes()
    ds.WaveformSequence = [lead]
    return ds


def rt_plan(place: Place = Place()) -> Dataset:
    """A radiotherapy plan."""
    ds = _common(place, RTPlanStorage, "RTPLAN")
    ds.RTPlanLabel, ds.RTPlanDate, ds.RTPlanTime = "PLAN", place.date, "101500"
    ds.RTPlanGeometry = "TREATMENT_DEVICE"
    return ds


def rt_dose(place: Place = Place()) -> Dataset:
    """A radiotherapy dose."""
    ds = _image(place, RTDoseStorage, "RTDOSE", 8, 8)
    ds.DoseUnits, ds.DoseType, ds.DoseSummationType = "GY", "PHYSICAL", "PLAN"
    ds.DoseGridScaling = "0.001"
    return ds


def rt_structures(place: Place = Place()) -> Dataset:
    """A radiotherapy structure set."""
    ds = _common(place, RTStructureSetStorage, "RTSTRUCT")
    ds.StructureSetLabel = "STRUCTURES"
    ds.StructureSetDate, ds.StructureSetTime = place.date, "101500"
    return ds


def segmentation(place: Place = Place()) -> Dataset:
    """A binary segmentation of one frame."""
    ds = _common(place, SegmentationStorage, "SEG")
    ds.ImageType = ["DERIVED", "PRIMARY"]
    ds.ContentLabel, ds.ContentDescription, ds.ContentCreatorName = "ORGAN", "", ""
    ds.ContentDate, ds.ContentTime = place.date, "101500"
    ds.SegmentationType = "BINARY"
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.NumberOfFrames, ds.Rows, ds.Columns = "1", 16, 16
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 1, 1, 0, 0
    ds.PixelData = bytes(range(32))
    return ds


KINDS: dict[str, Make] = {
    make.__name__: make
    for make in (
        ct, mr, cr, us, sr, key_objects, presentation_state, pdf, waveform,
        rt_plan, rt_dose, rt_structures, segmentation,
    )
}  # fmt: skip


def write(ds: Dataset, path: Path, syntax: UID = ExplicitVRLittleEndian) -> Path:
    """Write a data set as a Part 10 file in a transfer syntax; compressed where it says so."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = ds.SOPClassUID
    meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian if syntax.is_encapsulated else syntax
    ds.file_meta = meta
    if syntax.is_encapsulated:
        ds.compress(syntax, generate_instance_uid=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    dcmwrite(
        path, ds, enforce_file_format=True, little_endian=True, implicit_vr=syntax.is_implicit_VR
    )
    return path


@dataclass(frozen=True, slots=True)
class StudyPlan:
    """A study to be written: so many series of so many instances."""

    place: Place = field(default_factory=Place)
    series: int = 1
    instances: int = 3
    make: Make = ct
    syntax: UID = ExplicitVRLittleEndian

    @property
    def study_uid(self) -> str:
        return self.place.study_uid

    def places(self) -> Iterator[Place]:
        for series in range(1, self.series + 1):
            for number in range(1, self.instances + 1):
                yield replace(self.place, series=series, number=number)

    def write(self, folder: Path) -> list[Path]:
        """Write all of it under a folder, a folder for each series."""
        study = folder / f"{self.place.person.patient_id}-{self.place.study}"
        return [
            write(
                self.make(place),
                study / f"{place.series:03}" / f"{place.number:05}.dcm",
                self.syntax,
            )
            for place in self.places()
        ]


def _common(place: Place, sop_class: UID, modality: str) -> Dataset:
    person = place.person
    ds = Dataset()
    ds.SpecificCharacterSet = (
        person.character_set
        if isinstance(person.character_set, str)
        else list(person.character_set)
    )
    ds.SOPClassUID, ds.SOPInstanceUID = sop_class, place.sop_instance_uid
    ds.StudyDate, ds.StudyTime = place.date, "101112"
    ds.SeriesDate, ds.SeriesTime = place.date, "101200"
    ds.AccessionNumber = f"ACC{place.study.upper()}"
    ds.Modality, ds.Manufacturer = modality, "Invented"
    ds.ReferringPhysicianName = ""
    ds.StudyDescription, ds.SeriesDescription = f"{modality} study", f"{modality} {place.series}"
    ds.PatientName, ds.PatientID = person.name, person.patient_id
    if person.issuer:
        ds.IssuerOfPatientID = person.issuer
    ds.PatientBirthDate, ds.PatientSex = person.birth_date.strftime("%Y%m%d"), person.sex
    ds.StudyInstanceUID, ds.SeriesInstanceUID = place.study_uid, place.series_uid
    ds.StudyID, ds.SeriesNumber = place.study.upper(), place.series
    ds.InstanceNumber = place.number
    return ds


def _image(place: Place, sop_class: UID, modality: str, rows: int, columns: int) -> Dataset:
    ds = _common(place, sop_class, modality)
    ds.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.Rows, ds.Columns = rows, columns
    _depth(ds, 16)
    pattern = np.add.outer(np.arange(rows), np.arange(columns)) * 7 + place.number
    ds.PixelData = pattern.astype(np.uint16).tobytes()
    return ds


def _depth(ds: Dataset, bits: int) -> None:
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = bits, bits, bits - 1, 0


def _document(place: Place, sop_class: UID, modality: str, title: Dataset) -> Dataset:
    ds = _common(place, sop_class, modality)
    ds.ContentDate, ds.ContentTime = place.date, "101500"
    ds.ValueType, ds.ContinuityOfContent = "CONTAINER", "SEPARATE"
    ds.ConceptNameCodeSequence = [title]
    return ds


def _code(value: str, scheme: str, meaning: str) -> Dataset:
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = value, scheme, meaning
    return code


def _text(words: str) -> Dataset:
    item = Dataset()
    item.RelationshipType, item.ValueType = "CONTAINS", "TEXT"
    item.ConceptNameCodeSequence = [_code("121071", "DCM", "Finding")]
    item.TextValue = words
    return item


def _reference(sop_class: UID, sop_instance_uid: UID) -> Dataset:
    reference = Dataset()
    reference.ReferencedSOPClassUID = sop_class
    reference.ReferencedSOPInstanceUID = sop_instance_uid
    return reference
