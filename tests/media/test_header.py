"""The header says whose an instance is, in every transfer syntax, or that it is broken."""

import mmap
import time
from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import EnhancedMRImageStorage

from kiosk.errors import BrokenInstance
from kiosk.media.header import is_uid, read_header
from tests.builders import ARABIC, CHINESE, ISSUED, MARIA, Place, ct, mr, segmentation, write
from tests.media.instances import T1, encoded, needs_t1, real_files


def _file(tmp_path: Path, ds: Dataset) -> bytes:
    return write(ds, tmp_path / "one.dcm").read_bytes()


def _changed(tmp_path: Path, **changes: object) -> bytes:
    """Return a CT whose file meta keeps the UIDs that the data set no longer has."""
    ds = ct()
    path = write(ds, tmp_path / "one.dcm")
    ds = pydicom.dcmread(path)
    for keyword, value in changes.items():
        if value is None:
            delattr(ds, keyword)
        else:
            setattr(ds, keyword, value)
    return encoded(ds, implicit=False)


def test_identity_is_read_as_the_guard_compares_it(tmp_path):
    place = Place(ISSUED)
    identity = read_header(_file(tmp_path, ct(place))).identity
    assert identity.patient_id == "EX-1010"
    assert identity.issuer == "NORTH CLINIC"
    assert identity.birth_date == "19600606"
    assert identity.study_uid == place.study_uid
    assert identity.series_uid == place.series_uid
    assert identity.sop_instance_uid == place.sop_instance_uid


def test_a_patient_id_beyond_ascii_is_read_in_its_character_set(tmp_path):
    for person, patient_id in ((CHINESE, "王1"), (ARABIC, "قباني")):
        ds = ct(Place(person))
        ds.PatientID = patient_id
        assert read_header(_file(tmp_path, ds)).identity.patient_id == patient_id


@pytest.mark.parametrize("implicit", [False, True])
@pytest.mark.parametrize("little", [False, True])
def test_every_byte_order_says_the_same(tmp_path, implicit, little):
    if implicit and not little:
        pytest.skip("there is no such transfer syntax")
    ds = pydicom.dcmread(write(ct(), tmp_path / "one.dcm"))
    expected = read_header((tmp_path / "one.dcm").read_bytes())
    header = read_header(encoded(ds, implicit=implicit, little=little))
    assert header.identity == expected.identity
    assert header.values == expected.values


def test_position_and_spacing_come_from_the_shared_groups(tmp_path):
    ds = segmentation()
    ds.SOPClassUID = EnhancedMRImageStorage
    plane, measures, shared = Dataset(), Dataset(), Dataset()
    plane.ImagePositionPatient = [1, 2, 3]
    measures.PixelSpacing = ["0.5", "0.25"]
    shared.PlanePositionSequence, shared.PixelMeasuresSequence = [plane], [measures]
    ds.SharedFunctionalGroupsSequence = [shared]
    header = read_header(_file(tmp_path, ds))
    assert header.text(0x00200032) == "1.0\\2.0\\3.0"
    assert header.text(0x00280030) == "0.5\\0.25"


def test_values_at_the_top_go_before_those_of_the_shared_groups(tmp_path):
    ds = ct()
    plane, shared = Dataset(), Dataset()
    plane.ImagePositionPatient = [9, 9, 9]
    shared.PlanePositionSequence = [plane]
    ds.SharedFunctionalGroupsSequence = [shared]
    assert read_header(_file(tmp_path, ds)).text(0x00200032) == "0.0\\0.0\\1.0"


def test_the_picture_is_found_without_being_read(tmp_path):
    ds = mr(size=64)
    path = write(ds, tmp_path / "one.dcm")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        picture = read_header(mapped).picture
        assert picture.end - picture.start == 64 * 64 * 2
        assert mapped[picture.start : picture.end] == ds.PixelData


@pytest.mark.parametrize(
    "keyword", ["SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"]
)
def test_an_instance_without_its_uids_is_broken(tmp_path, keyword):
    with pytest.raises(BrokenInstance, match=f"{keyword} is missing"):
        read_header(_changed(tmp_path, **{keyword: None}))


@pytest.mark.parametrize("uid", ["", ".", "..", "1..2", "1.2.", "1/2", "../1", "1." * 40 + "1"])
def test_what_could_name_another_file_is_no_uid(uid):
    assert not is_uid(uid)


def test_an_element_of_identity_that_stands_twice_is_broken(tmp_path):
    buffer = _file(tmp_path, ct())
    at = buffer.index(b"\x10\x00\x20\x00LO")
    length = 8 + int.from_bytes(buffer[at + 6 : at + 8], "little")
    with pytest.raises(BrokenInstance, match=r"\(0010,0020\) stands twice"):
        read_header(buffer[:at] + buffer[at : at + length] * 2 + buffer[at + length :])


def test_an_image_without_its_picture_is_broken(tmp_path):
    with pytest.raises(BrokenInstance, match="picture is missing"):
        read_header(_changed(tmp_path, PixelData=None))
    assert read_header(_changed(tmp_path, PixelData=None, PixelDataProviderURL="https://x.example"))


@pytest.mark.parametrize(
    "tail",
    [b"\0", bytes(8), bytes(64), b"garbage ", b"\x02\0\x10\0UI\0\0", b"\xfe\xff\x0d\xe0" * 2],
)
def test_garbage_after_the_data_set_is_broken_and_named(tmp_path, tail):
    with pytest.raises(BrokenInstance, match=str(Place().sop_instance_uid)):
        read_header(_file(tmp_path, ct()) + tail)


@pytest.mark.parametrize("implicit", [False, True])
def test_an_instance_cut_short_is_broken_and_named(tmp_path, implicit):
    ds = pydicom.dcmread(write(ct(), tmp_path / "one.dcm"))
    buffer = encoded(ds, implicit=implicit)
    for cut in (1, 2, 100, 500, 520, 600):
        with pytest.raises(BrokenInstance, match=str(Place().sop_instance_uid)):
            read_header(buffer[:-cut])


def test_what_is_no_dicom_file_is_broken():
    for buffer in (b"", b"DICM", bytes(132), bytes(128) + b"DICM", b"%PDF-1.4" * 100):
        with pytest.raises(BrokenInstance):
            read_header(buffer)


def test_a_file_that_names_no_transfer_syntax_is_broken(tmp_path):
    buffer = _file(tmp_path, ct())
    at = buffer.index(b"\x02\x00\x10\x00UI")
    length = 8 + int.from_bytes(buffer[at + 6 : at + 8], "little")
    with pytest.raises(BrokenInstance, match="0002,0010"):
        read_header(buffer[:at] + buffer[at + length :])


def test_no_failure_names_the_patient(tmp_path):
    buffer = _file(tmp_path, ct())
    failures = {_failure(buffer[:size]) for size in range(0, len(buffer), 7)}
    assert len(failures) > 10
    for word in ("Example", "Maria", MARIA.patient_id, "19700401"):
        assert word not in "".join(failures)


def _failure(buffer: bytes) -> str:
    """Return the words in which a file is refused; none if it ends between two elements."""
    try:
        read_header(buffer)
    except BrokenInstance as broken:
        return str(broken)
    return ""


def test_headers_of_all_real_files_agree_with_pydicom():
    agreed = 0
    for path in real_files():
        ds = pydicom.dcmread(path, stop_before_pixels=True)
        try:
            header = read_header(path.read_bytes())
        except BrokenInstance:
            continue
        assert header.identity.sop_instance_uid == ds.SOPInstanceUID
        assert header.identity.study_uid == ds.StudyInstanceUID
        assert header.identity.series_uid == ds.SeriesInstanceUID
        assert header.identity.patient_id == str(ds.get("PatientID", "")).strip()
        assert header.identity.birth_date == str(ds.get("PatientBirthDate", ""))
        assert header.sop_class_uid == ds.SOPClassUID
        agreed += 1
    assert agreed > 100


@needs_t1
def test_a_header_costs_less_than_reading_it_with_pydicom():
    buffer = next(iter(sorted(T1.glob("*.dcm")))).read_bytes()
    path = next(iter(sorted(T1.glob("*.dcm"))))

    def cost(read) -> float:
        began = time.thread_time()
        for _ in range(50):
            read()
        return time.thread_time() - began

    ours = min(cost(lambda: read_header(buffer)) for _ in range(3))
    theirs = min(cost(lambda: pydicom.dcmread(path, stop_before_pixels=True)) for _ in range(3))
    assert ours < theirs
