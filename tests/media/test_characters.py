"""Names in every script reach the directory, each record in its own character set."""

import io

import pydicom
import pytest
from pydicom.charset import convert_encodings
from pydicom.dataset import Dataset
from pydicom.valuerep import PersonName

from kiosk.media.characters import decode, needs_character_set
from kiosk.media.dicomdir import encode_dicomdir
from kiosk.media.prepare import prepare
from kiosk.media.profile import Profile
from tests.builders import (
    ARABIC,
    CHINESE,
    JAPANESE,
    KOREAN,
    MARIA,
    PEOPLE,
    RUSSIAN,
    UMLAUT,
    UTF8,
    Place,
    ct,
    sr,
    write,
)
from tests.media.instances import FOLDERS, UIDS, everyone, real_files


def _records(tmp_path, *instances: Dataset, implicit: bool = False) -> dict[str, list[Dataset]]:
    syntax = pydicom.uid.ImplicitVRLittleEndian if implicit else pydicom.uid.ExplicitVRLittleEndian
    placed = []
    for number, ds in enumerate(instances):
        source = write(ds, tmp_path / f"{number}" / "source", syntax)
        prepared = prepare(source, source.parent, Profile.DVD_J2K, everyone)
        placed.append((prepared, f"DICOM/IM{number:06}"))
    directory = pydicom.dcmread(io.BytesIO(encode_dicomdir(placed, "TEST", Profile.DVD_J2K)))
    found: dict[str, list[Dataset]] = {}
    for record in directory.DirectoryRecordSequence:
        found.setdefault(record.DirectoryRecordType, []).append(record)
    return found


@pytest.mark.parametrize("implicit", [False, True])
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: str(person.character_set))
def test_a_name_is_read_from_the_directory_as_it_was_written(tmp_path, person, implicit):
    (patient,) = _records(tmp_path, ct(Place(person)), implicit=implicit)["PATIENT"]
    assert str(patient.PatientName) == person.name
    if person is MARIA:
        assert "SpecificCharacterSet" not in patient
    elif not person.name.isascii():
        assert (
            patient.SpecificCharacterSet == person.character_set
            or patient.SpecificCharacterSet[1] == person.character_set[1]
        )


def test_chinese_in_ideographs_of_iso_2022_ir_58(tmp_path):
    ds = ct()
    ds.SpecificCharacterSet = ["", "ISO 2022 IR 58"]
    raw = b"Zhang^XiaoDong=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1\xb6\xab"  # PS3.5 K.3
    ds.PatientName = PersonName(raw, convert_encodings(ds.SpecificCharacterSet))
    (patient,) = _records(tmp_path, ds)["PATIENT"]
    assert patient.SpecificCharacterSet[1] == "ISO 2022 IR 58"
    assert patient.PatientName.original_string == raw


def test_a_record_in_plain_ascii_names_no_character_set(tmp_path):
    records = _records(tmp_path, ct(Place(KOREAN)))
    assert "SpecificCharacterSet" in records["PATIENT"][0]
    for kind in ("STUDY", "SERIES", "IMAGE"):
        assert "SpecificCharacterSet" not in records[kind][0]


def test_siblings_in_other_character_sets_are_each_right(tmp_path):
    study = []
    descriptions = [
        ("ISO_IR 100", "Schädel"),
        ("ISO_IR 144", "Череп"),
        ("GB18030", "头颅"),
        ("ISO_IR 192", "كسر"),
        ("ISO_IR 100", "plain"),
    ]
    for number, (character_set, text) in enumerate(descriptions, 1):
        ds = ct(Place(study=f"s{number}", series=number))
        ds.SpecificCharacterSet = character_set
        ds.StudyDescription = text
        ds.InstitutionName = text
        study.append(ds)
    records = _records(tmp_path, *study)
    assert [record.StudyDescription for record in records["STUDY"]] == [t for _, t in descriptions]
    assert [record.InstitutionName for record in records["SERIES"]] == [t for _, t in descriptions]
    assert [record.get("SpecificCharacterSet") for record in records["STUDY"]] == [
        "ISO_IR 100",
        "ISO_IR 144",
        "GB18030",
        "ISO_IR 192",
        None,
    ]


def test_series_of_one_study_may_differ_in_character_set(tmp_path):
    study = []
    for number, (character_set, text) in enumerate(
        [("ISO_IR 100", "Zürich"), ("ISO_IR 192", "Łódź")], 1
    ):
        ds = ct(Place(UMLAUT, series=number))
        ds.SpecificCharacterSet, ds.InstitutionName = character_set, text
        study.append(ds)
    records = _records(tmp_path, *study)
    assert len(records["STUDY"]) == 1
    assert str(records["PATIENT"][0].PatientName) == UMLAUT.name
    assert [record.InstitutionName for record in records["SERIES"]] == ["Zürich", "Łódź"]


def test_text_inside_a_sequence_brings_the_character_set(tmp_path):
    ds = sr()
    ds.SpecificCharacterSet = "ISO_IR 192"
    ds.ConceptNameCodeSequence[0].CodeMeaning = "Röntgenbefund"
    (record,) = _records(tmp_path, ds)["SR DOCUMENT"]
    assert record.SpecificCharacterSet == "ISO_IR 192"
    assert record.ConceptNameCodeSequence[0].CodeMeaning == "Röntgenbefund"


def test_an_item_with_its_own_character_set_needs_none_of_the_record(tmp_path):
    ds = sr()
    ds.SpecificCharacterSet = "ISO_IR 100"
    item = ds.ConceptNameCodeSequence[0]
    item.SpecificCharacterSet = "ISO_IR 192"
    item.CodeMeaning = "检查"
    (record,) = _records(tmp_path, ds)["SR DOCUMENT"]
    assert "SpecificCharacterSet" not in record
    assert record.ConceptNameCodeSequence[0].CodeMeaning == "检查"


@pytest.mark.parametrize(
    ("text", "needed"),
    [(b"Example^Maria", False), (b"", False), (b"M\xfc", True), (b"\x1b$B;3ED\x1b(B", True)],
)
def test_seven_bits_with_an_escape_are_not_ascii(text, needed):
    assert needs_character_set(text) is needed


@pytest.mark.parametrize("person", [ARABIC, CHINESE, JAPANESE, KOREAN, RUSSIAN, UTF8])
def test_text_is_decoded_as_pydicom_does(person):
    ds = ct(Place(person))
    names = ds.SpecificCharacterSet
    character_set = names if isinstance(names, str) else "\\".join(names)
    raw = ds["PatientName"].value.encode(convert_encodings(names))
    assert decode(raw + b" ", character_set.encode()) == person.name


def test_a_character_set_nobody_knows_is_no_reason_to_fail():
    assert decode(b"M\xfc", b"NO SUCH SET")
    assert decode(b"M\xfc", b"\xff\xfe")


def test_the_names_of_the_real_character_set_files_survive(tmp_path):
    compared = 0
    for number, path in enumerate(real_files()):
        if FOLDERS[2] not in path.parents:
            continue
        ds = pydicom.dcmread(path)
        for keyword in UIDS:
            if keyword not in ds:
                setattr(ds, keyword, "1.2.3")
        for tag in (0x00280100,):  # these files came without their pictures
            if tag in ds and "PixelData" not in ds:
                del ds[tag]
        source = tmp_path / f"{number}"
        ds.save_as(source)
        prepared = prepare(source, tmp_path, Profile.CD, everyone)
        encoded = encode_dicomdir([(prepared, "DICOM/IM1")], "TEST", Profile.CD)
        patient = pydicom.dcmread(io.BytesIO(encoded)).DirectoryRecordSequence[0]
        assert patient.PatientName == ds.get("PatientName", "")
        compared += 1
    assert compared > 12
