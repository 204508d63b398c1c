"""Exams in plain words, from what departments write."""

import pytest

from kiosk.domain.study import Study
from kiosk.text.body_part import BodyPart, Side, body_part_in
from kiosk.text.exam import OF_A_PART, exam_name, kind_of, report_included
from kiosk.text.phrases import terms
from kiosk.text.words import LANGUAGES, words_for
from tests.builders import MARIA

NAMES = [
    # CT
    ("CT", "CT HEAD W/O CONTRAST", "CT of the head"),
    ("CT", "CT head without contrast", "CT of the head"),
    ("CT", "CT CHEST ABDOMEN PELVIS W CONTRAST", "CT of the chest, belly and pelvis"),
    ("CT", "CT CAP", "CT of the chest, belly and pelvis"),
    ("CT", "CT ABD/PELVIS W & W/O", "CT of the belly and pelvis"),
    ("CT", "CT ABDPEL", "CT of the belly and pelvis"),
    ("CT", "CT C-SPINE", "CT of the spine in the neck"),
    ("CT", "CT HEAD AND C SPINE", "CT of the head and neck"),
    ("CT", "CTA HEAD NECK W CONTRAST", "CT of the head and neck"),
    ("CT", "CT NECK SOFT TISSUE", "CT of the neck"),
    ("CT", "CT SINUS LIMITED", "CT of the sinuses"),
    ("CT", "CT NECK CHEST ABD PELVIS", "CT from neck to pelvis"),
    ("CT", "CT PULMONARY ANGIO", "CT of the lungs"),
    ("CT", "CT Schädel nativ", "CT of the head"),
    ("CT", "CT Thorax-Abdomen", "CT of the chest and belly"),
    ("CT", "TAC CRANEO SIN CONTRASTE", "CT of the head"),
    ("CT", "TDM thoraco-abdomino-pelvien", "CT of the chest, belly and pelvis"),
    ("CT,SR", "Low dose lung cancer screening", "CT of the lungs"),
    ("CT,SEG,RTSTRUCT", "RT PLANNING CT HIP", "CT of the hip"),
    ("CT", "ORCHESTRA RECON", "CT scan"),
    # MR
    ("MR", "MRI BRAIN WITHOUT", "MRI of the brain"),
    ("MR", "MRI BRAIN AND ORBITS W/WO", "MRI of the head"),
    ("MR", "MRI L SPINE W/O", "MRI of the lower back"),
    ("MR", "MRI LUMBAR SPINE L4 L5", "MRI of the lower back"),
    ("MR", "MRI L KNEE", "MRI of the left knee"),
    ("MR", "MR right shoulder", "MRI of the right shoulder"),
    ("MR", "MRI IAC W/O", "MRI of the ears"),
    ("MR", "MRCP", "MRI of the belly"),
    ("MR", "MRI PROSTATE MULTIPARAMETRIC", "MRI of the prostate"),
    ("MR", "RM RODILLA IZQ", "MRI of the left knee"),
    ("MR", "RM HOMBRO DCHO", "MRI of the right shoulder"),
    ("MR", "RM columna lumbar", "MRI of the lower back"),
    ("MR", "IRM de l'épaule droite", "MRI of the right shoulder"),
    ("MR", "IRM genou G", "MRI of the left knee"),
    ("MR", "MRT der Schulter", "MRI of the shoulder"),
    ("MR", "MRT Kniegelenk li", "MRI of the left knee"),
    ("MR", "Mamma-MRT", "MRI of the breasts"),
    ("MR", "LWS", "MRI of the lower back"),
    ("MR", "", "MRI scan"),
    # X-ray
    ("DX", "XR KNEE 3 VIEWS LT", "X-ray of the left knee"),
    ("DX", "XR KNEES BILAT STANDING", "X-ray of both knees"),
    ("DX,SR", "Chest radiograph", "X-ray of the chest"),
    ("CR", "Thorax ap", "X-ray of the chest"),
    ("CR", "CXR 2V PA LAT", "X-ray of the chest"),
    ("DX", "Ankle radiograph", "X-ray of the ankle"),
    ("DX", "XR WRIST R/O FRACTURE", "X-ray of the wrist"),
    ("DX", "XR WRIST RT 3V R/O FRACTURE", "X-ray of the right wrist"),
    ("DX", "XR HIP RT WITH PELVIS", "X-ray of the right hip"),
    ("DX", "XR FEMORAL NECK LEFT", "X-ray of the left hip"),
    ("DX", "XR FOOT AND ANKLE LT", "X-ray"),
    ("DX", "XR THUMB RIGHT", "X-ray of the right thumb"),
    ("DX", "XR TIB/FIB RIGHT 2 VIEWS", "X-ray of the right lower leg"),
    ("DX", "XR HAND LEFT BONE AGE", "X-ray of the left hand"),
    ("DX", "ABDOMEN KUB 1 VIEW", "X-ray of the belly"),
    ("DX", "XR RIBS LEFT W CHEST PA", "X-ray of the chest"),
    ("DX", "SCOLIOSIS SERIES", "X-ray of the spine"),
    ("DX", "SPINE, LUMBAR AP/LAT", "X-ray of the lower back"),
    ("CR", "RX TORAX PA Y LATERAL", "X-ray of the chest"),
    ("CR", "RX PIE DERECHO", "X-ray of the right foot"),
    ("CR", "BWS seitlich", "X-ray of the upper back"),
    ("CR", "Knie re. 2 Ebenen", "X-ray of the right knee"),
    ("CR", "Rx poignet gauche", "X-ray of the left wrist"),
    ("DX", "HEADER CHECK", "X-ray"),
    ("DX", "PORTABLE", "X-ray"),
    ("IO", "BITEWING", "Dental X-ray"),
    ("PX", "PANOREX", "Dental X-ray"),
    ("DX", "OPG panoramic", "Dental X-ray"),
    # Ultrasound
    ("US", "US ABDOMEN COMPLETE", "Ultrasound of the belly"),
    ("US", "US ABDOMEN LIVER GALLBLADDER", "Ultrasound of the belly"),
    ("US", "US RENAL", "Ultrasound of the kidneys"),
    ("US", "US KIDNEYS AND BLADDER", "Ultrasound of the kidneys and bladder"),
    ("US", "US OB 2ND TRIMESTER", "Ultrasound in pregnancy"),
    ("US", "US PELVIS TRANSVAGINAL", "Ultrasound of the pelvis"),
    ("US", "US VENOUS LLE", "Ultrasound of the left leg"),
    ("US", "US DUPLEX EXTREMITY LOWER RT", "Ultrasound of the right leg"),
    ("US", "US CAROTID DUPLEX BILAT", "Ultrasound of the neck arteries"),
    ("US", "US THYROID", "Ultrasound of the thyroid"),
    ("US", "Ultrasound of a lymph node", "Ultrasound of a lymph node"),
    ("US,ECG", "Echocardiogram and ECG", "Ultrasound of the heart"),
    ("US", "TTE COMPLETE", "Ultrasound of the heart"),
    ("US", "ECO ABDOMEN", "Ultrasound of the belly"),
    ("US", "Schilddrüse", "Ultrasound of the thyroid"),
    ("US", "Échographie abdominale", "Ultrasound of the belly"),
    ("IVUS", "LAD", "Ultrasound inside a blood vessel"),
    # Breast
    ("MG", "MAMMO SCREENING BILAT", "Mammogram"),
    ("MG", "Mammographie beidseits", "Mammogram"),
    ("CR", "MAMOGRAFIA BILATERAL", "Mammogram"),
    ("MG,US", "US BREAST RT LIMITED", "Ultrasound of the right breast"),
    ("MG,US", "BREAST WORKUP", "Mammogram"),
    # Nuclear medicine, PET
    ("NM", "Whole body bone scan", "Bone scan"),
    ("NM", "MYOCARDIAL PERFUSION SPECT", "Nuclear medicine scan of the heart"),
    ("NM,CT", "HIDA SCAN", "Nuclear medicine scan of the gallbladder"),
    ("PT,CT", "PET CT SKULL BASE TO MID THIGH", "PET and CT scan of the whole body"),
    ("PT,CT", "FDG EYES TO THIGHS", "PET and CT scan of the whole body"),
    ("PT", "PET BRAIN FDG", "PET scan of the brain"),
    ("PT", "PET/CT WHOLE BODY", "PET and CT scan of the whole body"),
    # The rest
    ("XA", "CEREBRAL ANGIOGRAM", "Angiogram of the brain"),
    ("XA", "LEFT HEART CATH", "Angiogram of the heart"),
    ("RF", "BARIUM SWALLOW", "Moving X-ray of the food pipe"),
    ("RF", "UPPER GI SERIES", "Moving X-ray of the stomach"),
    ("DX", "DXA BONE DENSITY HIP SPINE", "Bone density scan"),
    ("BMD", "", "Bone density scan"),
    ("ECG", "12 LEAD", "Heart tracing (ECG)"),
    ("EEG", "", "Brain wave tracing (EEG)"),
    ("HD", "CATH LAB", "Heart test"),
    ("OP", "FUNDUS", "Eye pictures"),
    ("VA", "", "Eye test"),
    ("ES", "COLONOSCOPY", "Endoscopy pictures"),
    ("SM", "BIOPSY", "Microscope pictures"),
    ("XC", "WOUND LEFT FOOT", "Photographs of the left foot"),
    ("IVOCT", "", "Light scan (OCT)"),
    # No modality that says anything
    ("OT", "US BREAST LT", "Ultrasound of the left breast"),
    ("SC", "CT HEAD", "CT of the head"),
    ("", "XR CHEST 1V", "X-ray of the chest"),
    ("SR", "", "Exam"),
    ("ZZ", "NO SUCH THING", "Exam"),
    ("", "", "Exam"),
]


def study(modalities: str, description: str) -> Study:
    codes = tuple(code for code in modalities.split(",") if code)
    return Study("1.2.3", MARIA.patient, description=description, modalities=codes)


@pytest.mark.parametrize(("modalities", "description", "expected"), NAMES)
def test_an_exam_is_called_by_what_it_shows(
    modalities: str, description: str, expected: str
) -> None:
    assert exam_name(study(modalities, description), words_for("en")) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "X-ray of the left knee"),
        ("es", "Radiografía de la rodilla izquierda"),
        ("zh", "左膝X光片"),
        ("ar", "أشعة سينية للركبة اليسرى"),
        ("vi", "Chụp X-quang đầu gối trái"),
        ("ru", "Рентген левого колена"),
    ],
)
def test_every_language_has_its_own_grammar(language: str, expected: str) -> None:
    assert exam_name(study("DX", "XR KNEE LT"), words_for(language)) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_and_part_has_a_phrase(language: str) -> None:
    words = words_for(language)
    kinds = {*terms()["modalities"], *terms()["kinds"], "other"}
    parts = {*terms()["parts"], *terms()["sided_parts"]}
    sided = {f"{part}_{side}" for part in terms()["sided_parts"] for side in Side}
    asked = {f"exam.{kind}" for kind in kinds} | {f"exam.{kind}_of" for kind in OF_A_PART}
    asked |= {f"part.{part}" for part in parts | sided}
    said = {key for key in words.sentences if key.startswith(("exam.", "part."))}
    assert said == asked


def test_every_standard_modality_is_known_or_no_exam() -> None:
    """PS3.3 C.7.3.1.1.1, but for what only research and quality control make."""
    known = {code for codes in terms()["modalities"].values() for code in codes}
    known |= set(terms()["no_exam"]["modalities"])
    standard = {
        "AR ASMT AU BDUS BMD CR CT CTPROTOCOL DMS DOC DX ECG EEG EPS ES FID GM HC HD IO IOL IVOCT",
        "IVUS KER KO LEN M3D MG MR NM OAM OCT OP OPM OPT OPTBSV OPTENF OPV OSS OT PLAN POS PR PT",
        "PX REG RF RG RTDOSE RTIMAGE RTINTENT RTPLAN RTRAD RTRECORD RTSEGANN RTSTRUCT RWV SEG SM",
        "SMR SR SRF STAIN TEXTUREMAP US VA XA XAPROTOCOL XC",
    }
    assert {code for line in standard for code in line.split()} - known == set()


@pytest.mark.parametrize("modalities", ["SR", "CT,DOC", "MR,SR,KO"])
def test_a_report_or_document_is_included(modalities: str) -> None:
    assert report_included(study(modalities, ""))


@pytest.mark.parametrize("modalities", ["", "CT", "CT,KO,PR,SEG"])
def test_marks_and_plans_are_no_report(modalities: str) -> None:
    assert not report_included(study(modalities, ""))


def test_what_lies_with_an_exam_does_not_name_it() -> None:
    assert kind_of(study("SR,KO,PR,SEG,RTSTRUCT,CT", "")) == "ct"


@pytest.mark.parametrize(
    ("description", "side"),
    [
        ("KNEE", None),
        ("KNEE LT", Side.LEFT),
        ("LEFT AND RIGHT KNEE", Side.BOTH),
        ("KNEE B/L", Side.BOTH),
        ("RODILLA DER", Side.RIGHT),
        ("MRT der Knie", None),
        ("Knie nach Sturz, Verlauf der Heilung", None),
        ("RT SIM KNEE", None),
    ],
)
def test_a_side_is_told_only_where_it_is_sure(description: str, side: Side | None) -> None:
    assert body_part_in(description) == BodyPart("knee", side)


@pytest.mark.parametrize("description", ["", "ROUTINE", "KNEE AND ELBOW", "ABDUCTION", "LEGEND"])
def test_no_part_is_told_where_none_is_sure(description: str) -> None:
    assert body_part_in(description) is None


def test_a_long_description_takes_no_time() -> None:
    assert body_part_in("CT " + "OF THE " * 5000 + "HEAD") == BodyPart("head")
