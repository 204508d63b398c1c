"""The invented people whose images the demonstration archive holds, and their studies."""

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.domain.study import Patient

MARIA = Patient("DEMO-1948", date(1948, 5, 14), "Example^Maria", sex="F")
NOAH = Patient("DEMO-2010", date(2010, 9, 2), "Sample^Noah", sex="M")


@dataclass(frozen=True, slots=True)
class DemoSeries:
    """One series: what it is called, and the test file that its instance is made of."""

    description: str
    file: str = ""
    """In pydicom's own test files or in ``pydicom-data``; empty where it is made another way."""
    body_part: str = ""
    """BodyPartExamined (0018,0015), or empty where the picture does not tell."""
    side: str = ""
    """Laterality (0020,0060) of a paired body part."""


@dataclass(frozen=True, slots=True)
class DemoStudy:
    """One study, as a radiology department would have named it."""

    patient: Patient
    accession: str
    description: str
    at: datetime
    series: tuple[DemoSeries, ...]


def _when(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    # DICOM writes the hospital's wall clock, without a zone.
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - a wall clock


HEAD_CT = DemoSeries("Head 1.5 mm", body_part="HEAD")
CHEST_REPORT = DemoSeries("Report")

STUDIES = (
    DemoStudy(
        MARIA,
        "DX250002",
        "Chest radiograph",
        _when(2025, 9, 18, 8, 15),
        (DemoSeries("Chest PA", "RG1_J2KR.dcm", "CHEST"), CHEST_REPORT),
    ),
    DemoStudy(
        MARIA,
        "DX250001",
        "CT head without contrast",
        _when(2025, 9, 16, 10, 42),
        (HEAD_CT,),
    ),
    DemoStudy(
        MARIA,
        "DX250003",
        "MR right shoulder",
        _when(2025, 3, 4, 14, 30),
        (DemoSeries("Coronal", "MR2_J2KR.dcm", "SHOULDER", "R"),),
    ),
    DemoStudy(
        MARIA,
        "DX240117",
        "Ultrasound of a lymph node",
        _when(2024, 11, 7, 11, 5),
        (DemoSeries("Power Doppler", "US1_J2KR.dcm"),),
    ),
    DemoStudy(
        MARIA,
        "DX240118",
        "Echocardiogram and ECG",
        _when(2024, 10, 22, 9, 20),
        (
            DemoSeries("Four chamber view", "examples_ybr_color.dcm", "HEART"),
            DemoSeries("Ascending aorta", "JPGLosslessP14SV1_1s_1f_8b.dcm", "HEART"),
            DemoSeries("12-lead ECG", "waveform_ecg.dcm", "HEART"),
        ),
    ),
    DemoStudy(
        MARIA,
        "DX230041",
        "Whole body bone scan",
        _when(2023, 6, 13, 13, 50),
        (DemoSeries("Anterior", "JPEG-LL.dcm", "WHOLEBODY"),),
    ),
    DemoStudy(
        NOAH,
        "DX250090",
        "Ankle radiograph",
        _when(2025, 9, 18, 9, 40),
        (DemoSeries("Ankle AP", "RG3_J2KR.dcm", "ANKLE", "R"),),
    ),
)
