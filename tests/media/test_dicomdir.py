"""The DICOMDIR lists every instance once, with its profile's keys, as dcmtk's own does."""

import dataclasses
import io
import re
import shutil
import subprocess
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.fileset import FileSet
from pydicom.uid import (
    BasicTextSRStorage,
    ColorPaletteStorage,
    EnhancedMRImageStorage,
    RawDataStorage,
    SpatialRegistrationStorage,
)

from kiosk.errors import BrokenInstance, WrongPatient
from kiosk.media.dicomdir import encode_dicomdir
from kiosk.media.plan import CANNOT_BE_DECODED
from kiosk.media.prepare import Prepared, prepare
from kiosk.media.profile import RECORD_TYPES, Need, Profile, keys, record_type, stands_alone
from kiosk.media.records import DirectoryKeys
from tests.builders import (
    JOHN,
    KINDS,
    MARIA,
    Place,
    StudyPlan,
    ct,
    key_objects,
    mr,
    pdf,
    presentation_state,
    rt_plan,
    segmentation,
    sr,
    us,
    waveform,
    write,
)
from tests.media.instances import everyone

Placed = list[tuple[Prepared, str]]
LINKS = {"(0004,1400)", "(0004,1420)", "(0004,1200)", "(0004,1202)"}


def _prepared(folder: Path, *instances: Dataset, profile: Profile = Profile.CD) -> Placed:
    """Prepare instances and place them on a medium, one directory for each series."""
    folder.mkdir(exist_ok=True)
    series: dict[str, int] = {}
    placed = []
    for number, ds in enumerate(instances, 1):
        source = write(ds, folder / "source.dcm")
        ready = folder / f"ready{number}"
        ready.mkdir()
        prepared = prepare(source, ready, profile, everyone)
        index = series.setdefault(prepared.identity.series_uid, len(series) + 1)
        placed.append((prepared, f"DICOM/ST000001/SE{index:06}/IM{number:06}"))
    return placed


def _read(encoded: bytes) -> pydicom.Dataset:
    return pydicom.dcmread(io.BytesIO(encoded))


def _records(encoded: bytes) -> list[Dataset]:
    return list(_read(encoded).DirectoryRecordSequence)


def _only(encoded: bytes, kind: str) -> Dataset:
    (record,) = [one for one in _records(encoded) if one.DirectoryRecordType == kind]
    return record


def _medium(folder: Path, placed: Placed, encoded: bytes) -> Path:
    """Lay out a medium as a folder."""
    for prepared, path in placed:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(prepared.path, folder / path)
    (folder / "DICOMDIR").write_bytes(encoded)
    return folder


# Structure


def test_the_offsets_lead_through_every_record(tmp_path):
    study = [ct(Place(series=s, number=n)) for s in (1, 2) for n in (1, 2, 3)]
    encoded = encode_dicomdir(_prepared(tmp_path, *study), "TEST", Profile.CD)
    directory = _read(encoded)
    at = {item.seq_item_tell: item for item in directory.DirectoryRecordSequence}

    def level(offset: int) -> Iterator[Dataset]:
        while offset:
            yield at[offset]
            offset = at[offset].OffsetOfTheNextDirectoryRecord

    first = directory.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity
    last = directory.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity
    assert first == last
    (patient,) = level(first)
    (only_study,) = level(patient.OffsetOfReferencedLowerLevelDirectoryEntity)
    series = list(level(only_study.OffsetOfReferencedLowerLevelDirectoryEntity))
    leaves = [list(level(one.OffsetOfReferencedLowerLevelDirectoryEntity)) for one in series]
    assert [[leaf.InstanceNumber for leaf in leaf_level] for leaf_level in leaves] == [
        [1, 2, 3]
    ] * 2
    assert [one.DirectoryRecordType for one in (patient, only_study, *series)] == [
        "PATIENT",
        "STUDY",
        "SERIES",
        "SERIES",
    ]
    assert len(at) == 4 + 6
    assert all(leaf.OffsetOfReferencedLowerLevelDirectoryEntity == 0 for leaf in leaves[0])


def test_the_file_says_what_the_standard_asks(tmp_path):
    placed = _prepared(tmp_path, ct())
    encoded = encode_dicomdir(placed, "KIOSK_1", Profile.CD)
    directory = _read(encoded)
    assert encoded[:128] == bytes(128)
    assert directory.file_meta.MediaStorageSOPClassUID == "1.2.840.10008.1.3.10"
    assert directory.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.1"
    assert directory.FileSetID == "KIOSK_1"
    assert directory.FileSetConsistencyFlag == 0
    leaf = _only(encoded, "IMAGE")
    assert leaf.ReferencedFileID == ["DICOM", "ST000001", "SE000001", "IM000001"]
    assert leaf.ReferencedSOPInstanceUIDInFile == placed[0][0].identity.sop_instance_uid
    assert leaf.ReferencedSOPClassUIDInFile == placed[0][0].sop_class_uid
    assert leaf.ReferencedTransferSyntaxUIDInFile == "1.2.840.10008.1.2.1"
    for record in directory.DirectoryRecordSequence:
        assert record.RecordInUseFlag == 0xFFFF
        tags = [element.tag for element in record]
        assert tags == sorted(tags)


def test_the_same_instances_give_the_same_bytes(tmp_path):
    placed = _prepared(tmp_path, ct(), ct(Place(number=2)))
    one = encode_dicomdir(placed, "TEST", Profile.CD)
    assert encode_dicomdir(placed, "TEST", Profile.CD) == one
    uid = _read(one).file_meta.MediaStorageSOPInstanceUID
    assert uid.is_valid
    for other in (
        encode_dicomdir(placed[:1], "TEST", Profile.CD),
        encode_dicomdir(placed, "TEST2", Profile.CD),
    ):
        assert _read(other).file_meta.MediaStorageSOPInstanceUID != uid


def test_series_that_alternate_still_have_one_record_each(tmp_path):
    study = [ct(Place(study=s, series=n, number=i)) for i in (1, 2) for s in "ab" for n in (1, 2)]
    kinds = [
        record.DirectoryRecordType
        for record in _records(encode_dicomdir(_prepared(tmp_path, *study), "TEST", Profile.CD))
    ]
    assert kinds.count("PATIENT") == 1
    assert kinds.count("STUDY") == 2
    assert kinds.count("SERIES") == 4
    assert kinds.count("IMAGE") == 8


def test_an_empty_file_set_is_a_directory_of_nothing():
    directory = _read(encode_dicomdir([], "EMPTY", Profile.CD))
    assert directory.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity == 0
    assert len(directory.DirectoryRecordSequence) == 0


# What is refused


def test_an_instance_that_stands_there_twice_is_refused(tmp_path):
    placed = _prepared(tmp_path, ct(), ct())
    with pytest.raises(BrokenInstance, match=f"{Place().sop_instance_uid}: stands twice"):
        encode_dicomdir(placed, "TEST", Profile.CD)


def test_two_patients_are_refused(tmp_path):
    with pytest.raises(WrongPatient):
        encode_dicomdir(_prepared(tmp_path, ct(), ct(Place(JOHN))), "TEST", Profile.CD)


@pytest.mark.parametrize(
    "change", [{"PatientBirthDate": "19710401"}, {"IssuerOfPatientID": "SOUTH"}]
)
def test_two_patients_that_share_an_id_are_refused(tmp_path, change):
    first, other = ct(), ct(Place(number=2))
    first.IssuerOfPatientID = "NORTH"
    for keyword, value in change.items():
        setattr(other, keyword, value)
    with pytest.raises(WrongPatient) as refused:
        encode_dicomdir(_prepared(tmp_path, first, other), "TEST", Profile.CD)
    assert not set(change.values()) & set(str(refused.value).split())


@pytest.mark.parametrize("file_set_id", ["lower", "A B", "A-B", "X" * 17, "Ä"])
def test_a_bad_file_set_id_is_refused(file_set_id):
    with pytest.raises(ValueError, match="File-set ID"):
        encode_dicomdir([], file_set_id, Profile.CD)


@pytest.mark.parametrize(
    "path", ["", "a", "DICOM/IM1.DCM", "DICOM/TOOLONGNAME", "DICOM//A", "/DICOM", "A/" * 8 + "A"]
)
def test_a_bad_file_id_is_refused(tmp_path, path):
    ((prepared, _),) = _prepared(tmp_path, ct())
    with pytest.raises(ValueError, match="File ID"):
        encode_dicomdir([(prepared, path)], "TEST", Profile.CD)


def test_one_file_cannot_be_two_instances(tmp_path):
    (one, path), (other, _) = _prepared(tmp_path, ct(), ct(Place(number=2)))
    with pytest.raises(ValueError, match="File ID"):
        encode_dicomdir([(one, path), (other, path)], "TEST", Profile.CD)


def test_what_cannot_be_imported_stays_out(tmp_path):
    ((prepared, path),) = _prepared(tmp_path, ct())
    for wrong in (
        dataclasses.replace(prepared, reason=CANNOT_BE_DECODED),
        dataclasses.replace(prepared, transfer_syntax_uid="1.2.840.10008.1.2.4.90"),
    ):
        with pytest.raises(ValueError, match="directory"):
            encode_dicomdir([(wrong, path)], "TEST", Profile.CD)


# Keys


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("kind", KINDS)
def test_every_type_1_and_2_key_is_there(tmp_path, kind, profile):
    placed = _prepared(tmp_path, KINDS[kind](Place()), profile=profile)
    for record in _records(encode_dicomdir(placed, "TEST", profile)):
        for key in keys(record.DirectoryRecordType, profile):
            if key.need is not Need.TYPE_1C:
                assert key.tag in record
            if key.need is Need.TYPE_1:
                assert not record[key.tag].is_empty


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (ct, "IMAGE"),
        (us, "IMAGE"),
        (segmentation, "IMAGE"),
        (sr, "SR DOCUMENT"),
        (key_objects, "KEY OBJECT DOC"),
        (presentation_state, "PRESENTATION"),
        (pdf, "ENCAP DOC"),
        (waveform, "WAVEFORM"),
        (rt_plan, "RT PLAN"),
        (KINDS["rt_dose"], "RT DOSE"),
        (KINDS["rt_structures"], "RT STRUCTURE SET"),
    ],
)
def test_each_kind_of_instance_has_its_record(tmp_path, make, kind):
    encoded = encode_dicomdir(_prepared(tmp_path, make(Place())), "TEST", Profile.CD)
    assert _records(encoded)[-1].DirectoryRecordType == kind


def test_the_record_types_are_those_that_pydicom_knows():
    from pydicom import fileset

    tables = fileset._FOUR_LEVEL_SOP_CLASSES | fileset._SINGLE_LEVEL_SOP_CLASSES
    assert {uid: record_type(str(uid)) for uid in tables} == tables
    assert set(RECORD_TYPES) == set(fileset.DIRECTORY_RECORDERS)
    assert record_type("1.2.3") == "IMAGE"


def test_the_keys_are_what_the_dictionary_says():
    from pydicom.datadict import dictionary_VR

    for kind in RECORD_TYPES:
        for profile in Profile:
            for key in keys(kind, profile):
                assert dictionary_VR(key.tag) == key.vr.decode()


def test_the_cd_profile_asks_for_image_type_and_the_dvd_for_more(tmp_path):
    reference = Dataset()
    reference.ReferencedSOPClassUID, reference.ReferencedSOPInstanceUID = ct().SOPClassUID, "1.2.3"
    ds = ct()
    ds.ReferencedImageSequence = [reference]
    ds.InstitutionName, ds.PerformingPhysicianName = "North Clinic", "Sample^Sam"
    ds.FrameOfReferenceUID, ds.AcquisitionDateTime = "1.2.3.4", "20260312101500"
    cd = encode_dicomdir(_prepared(tmp_path / "cd", ds), "TEST", Profile.CD)
    dvd = encode_dicomdir(
        _prepared(tmp_path / "dvd", ds, profile=Profile.DVD_J2K), "TEST", Profile.DVD_J2K
    )
    image = _only(cd, "IMAGE")
    assert image.ImageType == ds.ImageType
    assert image.ReferencedImageSequence[0].ReferencedSOPInstanceUID == "1.2.3"
    assert "Rows" not in image
    image = _only(dvd, "IMAGE")
    for keyword in [
        "ImageType",
        "Rows",
        "Columns",
        "FrameOfReferenceUID",
        "AcquisitionDateTime",
        "ImagePositionPatient",
        "ImageOrientationPatient",
        "PixelSpacing",
    ]:
        assert image[keyword] == ds[keyword]
    assert "NumberOfFrames" not in image
    patient, series = _only(dvd, "PATIENT"), _only(dvd, "SERIES")
    assert (patient.PatientBirthDate, patient.PatientSex) == ("19700401", "F")
    assert (series.InstitutionName, series.PerformingPhysicianName) == (
        "North Clinic",
        "Sample^Sam",
    )
    assert "PatientSex" not in _only(cd, "PATIENT")


def test_position_in_the_shared_groups_reaches_the_dvd_directory(tmp_path):
    ds = segmentation()
    ds.SOPClassUID = EnhancedMRImageStorage
    plane, shared = Dataset(), Dataset()
    plane.ImagePositionPatient = [1, 2, 3]
    shared.PlanePositionSequence = [plane]
    ds.SharedFunctionalGroupsSequence = [shared]
    placed = _prepared(tmp_path, ds, profile=Profile.DVD_JPEG)
    image = _only(encode_dicomdir(placed, "TEST", Profile.DVD_JPEG), "IMAGE")
    assert image.ImagePositionPatient == [1, 2, 3]


def test_a_report_brings_only_the_modifiers_of_its_title(tmp_path):
    ds = sr()
    modifier = Dataset()
    modifier.RelationshipType, modifier.ValueType = "HAS CONCEPT MOD", "CODE"
    modifier.ConceptNameCodeSequence = ds.ConceptNameCodeSequence
    ds.ContentSequence.append(modifier)
    record = _only(encode_dicomdir(_prepared(tmp_path, ds), "TEST", Profile.CD), "SR DOCUMENT")
    (item,) = record.ContentSequence
    assert item.RelationshipType == "HAS CONCEPT MOD"
    assert record.ConceptNameCodeSequence[0].CodeValue == "18748-4"


TYPE_1 = ("PatientID", "StudyDate", "StudyTime", "StudyID", "SeriesNumber", "InstanceNumber")


@pytest.mark.parametrize("empty", [True, False])
def test_what_the_instance_lacks_is_supplied_in_the_directory(tmp_path, empty):
    study = [ct(Place(study=s, series=n, number=i)) for s in "ab" for n in (1, 2) for i in (1, 2)]
    for ds in study:
        for keyword in (*TYPE_1, "SeriesDate", "SeriesTime"):
            if empty:
                setattr(ds, keyword, None if keyword.endswith("Number") else "")
            else:
                delattr(ds, keyword)
    records = _records(encode_dicomdir(_prepared(tmp_path, *study), "TEST", Profile.CD))
    by_kind = {
        kind: [one for one in records if one.DirectoryRecordType == kind]
        for kind in ("PATIENT", "STUDY", "SERIES", "IMAGE")
    }
    assert [one.StudyID for one in by_kind["STUDY"]] == ["1", "2"]
    assert [one.SeriesNumber for one in by_kind["SERIES"]] == [1, 2, 1, 2]
    assert [one.InstanceNumber for one in by_kind["IMAGE"]] == [1, 2] * 4
    assert by_kind["PATIENT"][0].PatientID == "UNKNOWN"
    assert {one.StudyDate for one in by_kind["STUDY"]} == {"19000101"}
    assert {one.StudyTime for one in by_kind["STUDY"]} == {"000000"}


def test_a_missing_study_date_is_taken_from_the_series(tmp_path):
    ds = ct()
    del ds.StudyDate
    record = _only(encode_dicomdir(_prepared(tmp_path, ds), "TEST", Profile.CD), "STUDY")
    assert record.StudyDate == ds.SeriesDate


@pytest.mark.parametrize(
    "value", [b"12345678901234", b"abc ", b"1.5 ", b"1\\2 ", b"0x10", b"\xff\xff", b"        "]
)
def test_a_number_that_is_none_is_counted_instead(tmp_path, value):
    source = write(ct(), tmp_path / "one.dcm")
    buffer = source.read_bytes()
    at = buffer.index(b"\x20\x00\x13\x00IS")
    length = 8 + int.from_bytes(buffer[at + 6 : at + 8], "little")
    wrong = b"\x20\x00\x13\x00IS" + len(value).to_bytes(2, "little") + value
    source.write_bytes(buffer[:at] + wrong + buffer[at + length :])
    prepared = prepare(source, tmp_path, Profile.CD, everyone)
    encoded = encode_dicomdir([(prepared, "DICOM/IM000001")], "TEST", Profile.CD)
    assert _only(encoded, "IMAGE").InstanceNumber == 1
    assert prepared.path.read_bytes() == source.read_bytes()


def test_dates_and_times_of_another_age_become_legal(tmp_path):
    source = write(ct(), tmp_path / "one.dcm")
    buffer = source.read_bytes()
    date = b"\x08\x00\x20\x00DA\x08\x00" + b"20260312"
    time_ = b"\x08\x00\x30\x00TM\x06\x00" + b"101112"
    assert date in buffer
    assert time_ in buffer
    buffer = buffer.replace(date, b"\x08\x00\x20\x00DA\x0a\x00" + b"2026.03.12")
    buffer = buffer.replace(time_, b"\x08\x00\x30\x00TM\x08\x00" + b"10:11:12")
    source.write_bytes(buffer)
    prepared = prepare(source, tmp_path, Profile.CD, everyone)
    record = _only(encode_dicomdir([(prepared, "IM")], "TEST", Profile.CD), "STUDY")
    assert (record.StudyDate, record.StudyTime) == ("20260312", "101112")


def test_a_text_too_long_for_a_record_is_left_out(tmp_path):
    ds = ct()
    ds.file_meta = pydicom.dataset.FileMetaDataset()
    ds.StudyDescription = "x" * 70000
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the description is longer than it may be
        placed = _prepared(tmp_path, ds)
        assert not _only(encode_dicomdir(placed, "T", Profile.CD), "STUDY").StudyDescription


def test_a_palette_stands_beside_the_patient(tmp_path):
    palette = Dataset()
    palette.SOPClassUID, palette.SOPInstanceUID = ColorPaletteStorage, "1.2.3"
    palette.ContentLabel, palette.ContentDescription = "HOT", ""
    assert stands_alone("PALETTE")
    encoded = encode_dicomdir(_prepared(tmp_path, ct(), palette), "TEST", Profile.CD)
    records = _records(encoded)
    patient, last = records[0], records[-1]
    assert last.DirectoryRecordType == "PALETTE"
    assert patient.OffsetOfTheNextDirectoryRecord == last.seq_item_tell
    directory = _read(encoded)
    assert directory.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity == last.seq_item_tell


# Other readers


def _everything() -> list[Dataset]:
    """Return one instance of every kind, those of a series alike."""
    study = [make(Place(series=n)) for n, make in enumerate(KINDS.values(), 1)]
    for number, (uid, modality) in enumerate(
        [(RawDataStorage, "OT"), (SpatialRegistrationStorage, "REG"), (BasicTextSRStorage, "SR")],
        50,
    ):
        ds = sr(Place(series=number))
        ds.SOPClassUID, ds.Modality = uid, modality
        if modality != "SR":
            del ds.ConceptNameCodeSequence, ds.ContentSequence
        ds.ContentLabel, ds.ContentDescription, ds.ContentCreatorName = "LABEL", "", ""
        study.append(ds)
    for ds in study:
        ds.StudyDescription = "Everything"
    return study


@pytest.mark.parametrize("profile", Profile)
def test_pydicom_loads_it_without_a_warning(tmp_path, profile):
    placed = _prepared(tmp_path / "in", *_everything(), profile=profile)
    medium = _medium(tmp_path / "medium", placed, encode_dicomdir(placed, "TEST", profile))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        file_set = FileSet(medium / "DICOMDIR")
    assert len(file_set) == len(placed)
    assert {instance.SOPInstanceUID for instance in file_set} == {
        prepared.identity.sop_instance_uid for prepared, _ in placed
    }
    for instance in file_set:
        assert instance.load().SOPInstanceUID == instance.SOPInstanceUID


def _comparable(directory: pydicom.Dataset) -> dict[str, dict[str, object]]:
    """Return each record's keys under what it is, without the offsets."""
    found: dict[str, dict[str, object]] = {}
    for record in directory.DirectoryRecordSequence:
        kind = record.DirectoryRecordType
        name = {
            "PATIENT": lambda one: one.PatientID,
            "STUDY": lambda one: one.StudyInstanceUID,
            "SERIES": lambda one: one.SeriesInstanceUID,
        }.get(kind, lambda one: one.ReferencedSOPInstanceUIDInFile)(record)
        found[f"{kind} {name}"] = {
            f"({element.tag.group:04X},{element.tag.element:04X})": element.value
            for element in record
            if f"({element.tag.group:04X},{element.tag.element:04X})" not in LINKS
        }
    return found


DCMMKDIR = {Profile.CD: "-Pgp", Profile.DVD_JPEG: "-Pdv", Profile.DVD_J2K: "-Pd2"}


@pytest.mark.lab
@pytest.mark.skipif(not shutil.which("dcmmkdir"), reason="dcmtk is not installed")
@pytest.mark.parametrize("profile", Profile)
def test_dcmtk_makes_the_same_directory_key_by_key(tmp_path, profile):
    placed = _prepared(tmp_path / "in", *_everything(), profile=profile)
    medium = _medium(tmp_path / "medium", placed, encode_dicomdir(placed, "TEST", profile))
    ours = _comparable(pydicom.dcmread(medium / "DICOMDIR"))
    (medium / "DICOMDIR").unlink()
    made = subprocess.run(
        ["dcmmkdir", DCMMKDIR[profile], "-a", "+r", "+id", ".", "+F", "TEST", "DICOM"],
        cwd=medium,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    theirs = _comparable(pydicom.dcmread(medium / "DICOMDIR"))
    assert ours.keys() == theirs.keys()
    for name, record in theirs.items():
        if "(0008,0005)" not in ours[name]:
            record.pop("(0008,0005)", None)  # dcmtk names it in records of plain ASCII too
        assert ours[name] == record, name


@pytest.mark.lab
@pytest.mark.skipif(not shutil.which("dciodvfy"), reason="dicom3tools is not installed")
@pytest.mark.parametrize("profile", Profile)
def test_dicom3tools_finds_no_error(tmp_path, profile):
    placed = _prepared(tmp_path, *_everything(), profile=profile)
    (tmp_path / "DICOMDIR").write_bytes(encode_dicomdir(placed, "TEST", profile))
    found = subprocess.run(
        ["dciodvfy", tmp_path / "DICOMDIR"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
    assert "Error" not in found.stderr
    shown = subprocess.run(
        ["dcdirdmp", "-v", tmp_path / "DICOMDIR"], capture_output=True, text=True, check=False
    )
    assert (shown.stdout + shown.stderr).count("(0x0004,0x1500)") == len(placed)


# Speed


def test_the_cost_of_a_record_does_not_grow(tmp_path):
    (prepared, _), *_ = _prepared(tmp_path, mr())

    def cost(count: int) -> float:
        placed = [
            (
                dataclasses.replace(
                    prepared,
                    identity=dataclasses.replace(prepared.identity, sop_instance_uid=f"1.2.{n}"),
                ),
                f"DICOM/SE{n // 500:06}/IM{n:06}",
            )
            for n in range(count)
        ]
        began = time.thread_time()
        encode_dicomdir(placed, "TEST", Profile.CD)
        return (time.thread_time() - began) / count

    assert min(cost(8000) for _ in range(3)) < 3 * min(cost(400) for _ in range(5))


def test_keys_hold_no_more_than_the_directory_needs(tmp_path):
    ((prepared, _),) = _prepared(tmp_path, pdf())
    assert isinstance(prepared.keys, DirectoryKeys)
    assert b"%PDF" not in prepared.keys.leaf
    assert MARIA.name.encode() in prepared.keys.patient
    assert re.search(rb"application/pdf", prepared.keys.leaf)


def test_a_study_of_many_series_is_one_study(tmp_path):
    plan = StudyPlan(series=3, instances=2)
    placed = []
    for number, source in enumerate(plan.write(tmp_path)):
        placed.append((prepare(source, tmp_path, Profile.CD, everyone), f"DICOM/IM{number:06}"))
    kinds = [one.DirectoryRecordType for one in _records(encode_dicomdir(placed, "T", Profile.CD))]
    assert kinds == ["PATIENT", "STUDY"] + ["SERIES", "IMAGE", "IMAGE"] * 3
