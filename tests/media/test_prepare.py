"""An instance is made ready whole, in its transfer syntax, pixel for pixel, or it is refused."""

import hashlib
import itertools
import os
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pydicom
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.encaps import encapsulate
from pydicom.pixels import pixel_array
from pydicom.uid import (
    MPEG4HP41,
    DeflatedExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGLSLossless,
    RLELossless,
)

from kiosk.errors import BrokenInstance, WrongPatient
from kiosk.media import decoding, pieces
from kiosk.media.filemeta import encode_file_meta, read_file_meta
from kiosk.media.header import read_header
from kiosk.media.plan import (
    CANNOT_BE_DECODED,
    HAS_NO_PLAIN_FORM,
    HAS_UNSURE_WORDS,
    IS_MISLABELLED,
)
from kiosk.media.prepare import prepare, recover
from kiosk.media.profile import EXPLICIT_LE, Profile
from tests.builders import JOHN, KINDS, Place, ct, pdf, us, write
from tests.media.instances import (
    PACKAGES,
    T1,
    differences,
    encoded,
    everyone,
    needs_t1,
    prepared_files,
)

TEST_FILES = PACKAGES / "pydicom/data/test_files"

# What a decoded picture may be described by differently; nothing else may differ.
DESCRIPTION = {"(0028,0004)", "(0028,0006)"}


def _beyond_description(found: list[str]) -> list[str]:
    return [
        line
        for line in found
        if line[:11] not in DESCRIPTION
        and line not in {"(0028,2110) is there once", "(7FE0,0010) OB OW"}
        and not line.startswith("(7FE0,000")
    ]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write(ct(), tmp_path / "source.dcm", ImplicitVRLittleEndian)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ready").mkdir()
    return tmp_path / "ready"


# Pictures


@pytest.mark.lab
@pytest.mark.parametrize("profile", Profile)
def test_every_real_picture_is_the_same_pixel_for_pixel(tmp_path, profile):
    syntaxes = set()
    for path, prepared in prepared_files(tmp_path, profile):
        before, after = pydicom.dcmread(path), pydicom.dcmread(prepared.path)
        assert prepared.transfer_syntax_uid == after.file_meta.TransferSyntaxUID
        if not prepared.importable:
            _assert_as_stored(path, prepared.path)
            continue
        assert prepared.transfer_syntax_uid in profile.transfer_syntaxes
        big = before.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.2"
        found = _beyond_description(differences(before, after))
        assert big or found == [], path.name  # the words of OW are compared with dcmtk's
        if "PixelData" in before and _decodes(path):
            one, other = pixel_array(_undeflated(path)), pixel_array(prepared.path)
            assert one.dtype == other.dtype or big
            assert np.array_equal(one, other), path.name
            syntaxes.add(before.file_meta.TransferSyntaxUID.name)
    assert len(syntaxes) == 11, syntaxes  # all but JPEG Extended of 12 bits


def _undeflated(path: Path) -> Path | pydicom.Dataset:
    """Read the one file whose picture pydicom does not find by its path."""
    return pydicom.dcmread(path) if path.name == "image_dfl.dcm" else path


def _decodes(path: Path) -> bool:
    try:
        pixel_array(_undeflated(path))
    except (RuntimeError, ValueError, AttributeError):
        return False
    return True


def _assert_as_stored(before: Path, after: Path) -> None:
    one, other = before.read_bytes(), after.read_bytes()
    assert other[:128] == bytes(128)
    assert one[read_file_meta(one).data_set :] == other[read_file_meta(other).data_set :]


@pytest.mark.parametrize("syntax", [RLELossless, JPEG2000Lossless, JPEGLSLossless])
def test_a_lossless_loop_is_decoded_frame_by_frame(tmp_path, folder, syntax):
    ds = us(frames=4)
    ds.Rows, ds.Columns = 64, 48
    ds.PixelData = bytes(np.random.default_rng(1).integers(0, 256, 4 * 64 * 48 * 3, np.uint8))
    raw = ds.PixelData
    path = write(ds, tmp_path / "loop.dcm", syntax)
    prepared = prepare(path, folder, Profile.CD, everyone)
    after = pydicom.dcmread(prepared.path)
    assert after.PixelData == raw
    assert after.file_meta.TransferSyntaxUID == EXPLICIT_LE
    assert "LossyImageCompression" not in after


def test_a_lossy_picture_stays_marked_as_lossy(folder):
    path = TEST_FILES / "SC_rgb_jpeg_dcmtk.dcm"
    prepared = prepare(path, folder, Profile.CD, everyone)
    before, after = pydicom.dcmread(path), pydicom.dcmread(prepared.path)
    assert "LossyImageCompressionRatio" in before
    for keyword in ("LossyImageCompression", "LossyImageCompressionRatio"):
        assert after[keyword] == before[keyword]
    assert after.get("LossyImageCompressionMethod") == before.get("LossyImageCompressionMethod")
    assert after.PhotometricInterpretation == "RGB"


def test_a_lossy_picture_that_does_not_say_so_is_marked(tmp_path, folder):
    ds = pydicom.dcmread(TEST_FILES / "SC_rgb_jpeg_dcmtk.dcm")
    del ds.LossyImageCompression
    ds.save_as(tmp_path / "one.dcm")
    prepared = prepare(tmp_path / "one.dcm", folder, Profile.CD, everyone)
    assert pydicom.dcmread(prepared.path).LossyImageCompression == "01"


def test_a_lossless_ybr_picture_keeps_its_colours(tmp_path, folder):
    ds = us(frames=1)
    ds.PhotometricInterpretation = "YBR_FULL"
    raw = ds.PixelData
    prepared = prepare(write(ds, tmp_path / "one.dcm", RLELossless), folder, Profile.CD, everyone)
    after = pydicom.dcmread(prepared.path)
    assert after.PhotometricInterpretation == "YBR_FULL"
    assert after.PixelData == raw


@pytest.mark.parametrize(
    ("profile", "name"),
    [
        (Profile.DVD_JPEG, "SC_rgb_jpeg_dcmtk.dcm"),
        (Profile.DVD_J2K, "MR_small_jp2klossless.dcm"),
        (Profile.DVD_JPEG, "JPGExtended.dcm"),
    ],
)
def test_a_profile_that_allows_it_keeps_the_compression(folder, profile, name):
    prepared = prepare(TEST_FILES / name, folder, profile, everyone)
    assert prepared.importable
    assert prepared.transfer_syntax_uid != EXPLICIT_LE
    _assert_as_stored(TEST_FILES / name, prepared.path)


def test_a_picture_no_codec_reads_is_kept_as_stored(folder):
    path = TEST_FILES / "JPGExtended.dcm"
    prepared = prepare(path, folder, Profile.CD, everyone)
    assert prepared.reason == CANNOT_BE_DECODED
    assert not prepared.importable
    assert prepared.transfer_syntax_uid == "1.2.840.10008.1.2.4.51"
    _assert_as_stored(path, prepared.path)
    assert [file.name for file in folder.iterdir()] == [prepared.path.name]


def test_a_loop_with_one_damaged_frame_is_kept_as_stored(tmp_path, folder):
    path = write(us(frames=3), tmp_path / "loop.dcm", RLELossless)
    ds = pydicom.dcmread(path)
    frames = list(pydicom.encaps.generate_frames(ds.PixelData, number_of_frames=3))
    ds.PixelData = encapsulate([frames[0], frames[1], b"\xff" * 40])
    ds.save_as(path)
    prepared = prepare(path, folder, Profile.CD, everyone)
    assert prepared.reason == CANNOT_BE_DECODED
    _assert_as_stored(path, prepared.path)


def test_a_film_has_no_plain_form(tmp_path, folder):
    ds = us(frames=1)
    path = write(ds, tmp_path / "film.dcm")
    ds = pydicom.dcmread(path)
    ds.file_meta.TransferSyntaxUID = MPEG4HP41
    ds.PixelData = encapsulate([b"\0\0\1\xb3film"])
    ds["PixelData"].is_undefined_length = True
    ds.save_as(path)
    prepared = prepare(path, folder, Profile.CD, everyone)
    assert prepared.reason == HAS_NO_PLAIN_FORM
    _assert_as_stored(path, prepared.path)


@pytest.mark.parametrize("claimed", [EXPLICIT_LE, str(JPEGBaseline8Bit)])
def test_a_picture_in_another_syntax_than_claimed_is_kept_as_stored(tmp_path, folder, claimed):
    actual = RLELossless if claimed == EXPLICIT_LE else EXPLICIT_LE
    path = write(us(frames=1), tmp_path / "one.dcm", pydicom.uid.UID(actual))
    buffer = path.read_bytes()
    path.write_bytes(_relabelled(buffer, claimed))
    prepared = prepare(path, folder, Profile.CD, everyone)
    assert prepared.reason == IS_MISLABELLED
    assert recover(prepared.path, Profile.CD) == prepared


def _relabelled(buffer: bytes, syntax: str) -> bytes:
    meta = read_file_meta(buffer)
    head = encode_file_meta(meta.sop_class_uid, meta.sop_instance_uid, syntax)
    return head + buffer[meta.data_set :]


def test_wide_pixels_in_big_endian_are_not_guessed(folder):
    path = TEST_FILES / "rtdose_expb.dcm"
    prepared = prepare(path, folder, Profile.CD, everyone)
    assert prepared.reason == HAS_UNSURE_WORDS
    _assert_as_stored(path, prepared.path)


def test_a_document_in_a_compressed_syntax_is_plain_already(tmp_path, folder):
    path = write(pdf(), tmp_path / "report.dcm")
    path.write_bytes(_relabelled(path.read_bytes(), str(JPEG2000Lossless)))
    prepared = prepare(path, folder, Profile.CD, everyone)
    assert prepared.importable
    assert prepared.transfer_syntax_uid == EXPLICIT_LE


def test_a_picture_larger_than_a_file_can_say_is_not_decoded(tmp_path, folder):
    path = write(us(frames=1), tmp_path / "one.dcm", RLELossless)
    ds = pydicom.dcmread(path)
    ds.Rows, ds.Columns, ds.NumberOfFrames = 65535, 65535, "2000000000"
    ds.save_as(path)
    tracemalloc.start()
    prepared = prepare(path, folder, Profile.CD, everyone)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert prepared.reason == CANNOT_BE_DECODED
    assert peak < 10 << 20


@given(
    st.sampled_from(["SC_rgb_jpeg_dcmtk.dcm", "JPEG2000.dcm", "SC_rgb_jpeg_gdcm.dcm"]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1),
)
@settings(max_examples=40)
def test_no_damaged_picture_takes_the_kiosk_down(tmp_path_factory, name, flips):
    folder = tmp_path_factory.mktemp("codec")
    buffer = bytearray((TEST_FILES / name).read_bytes())
    picture = read_header(bytes(buffer)).picture
    for place, value in flips:
        buffer[picture.start + int(place * (picture.end - picture.start))] = value
    (folder / "source").write_bytes(buffer)
    try:
        prepared = prepare(folder / "source", folder, Profile.CD, everyone)
    except BrokenInstance:
        return
    assert prepared.reason in {"", CANNOT_BE_DECODED}
    assert {path.name for path in folder.iterdir()} == {"source", prepared.path.name}


def test_a_picture_that_ends_the_codec_by_a_signal_is_kept_as_stored(tmp_path, folder, monkeypatch):
    def abort(*_):
        os.abort()

    monkeypatch.setattr(decoding, "_frames", abort)
    path = write(us(frames=1), tmp_path / "one.dcm", RLELossless)
    prepared = prepare(path, folder, Profile.CD, everyone)
    assert prepared.reason == CANNOT_BE_DECODED
    _assert_as_stored(path, prepared.path)
    assert len(list(folder.iterdir())) == 1


# Bytes


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("profile", Profile)
def test_an_explicit_instance_is_copied_byte_for_byte(tmp_path, folder, kind, profile):
    path = write(KINDS[kind](Place()), tmp_path / "one.dcm")
    prepared = prepare(path, folder, profile, everyone)
    assert prepared.path.read_bytes() == path.read_bytes()
    assert prepared.importable


def test_a_preamble_that_could_be_a_program_is_zeroed(tmp_path, folder):
    path = write(ct(), tmp_path / "one.dcm")
    path.write_bytes(b"MZ" + b"\x90" * 126 + path.read_bytes()[128:])
    prepared = prepare(path, folder, Profile.CD, everyone)
    assert prepared.path.read_bytes()[:132] == bytes(128) + b"DICM"
    assert prepared.path.read_bytes()[132:] == path.read_bytes()[132:]


@pytest.mark.parametrize(
    "syntax", [ImplicitVRLittleEndian, DeflatedExplicitVRLittleEndian, RLELossless]
)
def test_invented_keys_never_reach_the_instance(tmp_path, folder, syntax):
    ds = ct()
    for keyword in ("StudyDate", "StudyTime", "StudyID", "SeriesNumber", "InstanceNumber"):
        delattr(ds, keyword)
    path = write(ds, tmp_path / "one.dcm", syntax)
    for profile in Profile:
        prepared = prepare(path, folder, profile, everyone)
        after = pydicom.dcmread(prepared.path)
        assert _beyond_description(differences(pydicom.dcmread(path), after)) == []


def test_file_meta_that_names_another_instance_is_made_right(tmp_path, folder):
    ds = pydicom.dcmread(write(ct(), tmp_path / "one.dcm"))
    ds.file_meta.MediaStorageSOPInstanceUID = "1.2.3"
    (tmp_path / "one.dcm").write_bytes(encoded(ds, implicit=False))
    prepared = prepare(tmp_path / "one.dcm", folder, Profile.CD, everyone)
    after = pydicom.dcmread(prepared.path)
    assert after.file_meta.MediaStorageSOPInstanceUID == after.SOPInstanceUID
    assert after.SOPInstanceUID == Place().sop_instance_uid
    assert differences(ds, after) == []


def test_size_and_checksum_are_those_of_the_file(source, folder):
    prepared = prepare(source, folder, Profile.CD, everyone)
    buffer = prepared.path.read_bytes()
    assert prepared.size_bytes == len(buffer)
    assert prepared.sha256 == hashlib.sha256(buffer).hexdigest()


@pytest.mark.lab
@pytest.mark.parametrize("profile", Profile)
def test_what_was_prepared_is_recovered_the_same(tmp_path, profile):
    count = 0
    for _, prepared in itertools.islice(prepared_files(tmp_path, profile), 0, None, 3):
        assert recover(prepared.path, profile) == prepared
        count += 1
    assert count > 30


def test_a_prepared_file_that_lost_its_end_is_not_recovered(source, folder):
    prepared = prepare(source, folder, Profile.CD, everyone)
    os.truncate(prepared.path, prepared.size_bytes - 1)
    with pytest.raises(BrokenInstance):
        recover(prepared.path, Profile.CD)


def test_only_what_stands_under_its_own_name_is_recovered(source, folder):
    prepared = prepare(source, folder, Profile.CD, everyone)
    other = prepared.path.rename(folder / "1.2.3.dcm")
    with pytest.raises(BrokenInstance, match="not prepared"):
        recover(other, Profile.CD)
    with pytest.raises(BrokenInstance):
        recover(source, Profile.CD)


def test_a_large_instance_is_not_held_in_memory(tmp_path, folder):
    ds = ct()
    ds.Rows, ds.Columns = 4096, 4096
    ds.PixelData = bytes(range(256)) * (4096 * 4096 * 2 // 256)
    for syntax in (ImplicitVRLittleEndian, pydicom.uid.ExplicitVRLittleEndian):
        path = write(ds, tmp_path / "large.dcm", syntax)
        tracemalloc.start()
        prepared = prepare(path, folder, Profile.CD, everyone)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 2 << 20
        assert pydicom.dcmread(prepared.path).PixelData == ds.PixelData


# The guard, and what is broken


def test_a_refused_patient_leaves_nothing_behind(source, folder):
    seen = []

    def refuse(identity):
        seen.append(identity.patient_id)
        assert list(folder.iterdir()) == []
        raise WrongPatient("PatientID differs")

    with pytest.raises(WrongPatient):
        prepare(source, folder, Profile.CD, refuse)
    assert seen == [Place().person.patient_id]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, RLELossless])
def test_a_disk_that_fills_leaves_no_half_file(tmp_path, folder, monkeypatch, syntax):
    source = write(ct(), tmp_path / "one.dcm", syntax)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pieces, "write_all", full)
    with pytest.raises(OSError, match="No space"):
        prepare(source, folder, Profile.CD, everyone)
    assert list(folder.iterdir()) == []


def test_the_source_is_left_alone(source, folder):
    before = source.read_bytes()
    prepare(source, folder, Profile.CD, everyone)
    assert source.read_bytes() == before


def test_only_the_owner_can_read_what_was_prepared(source, folder):
    prepared = prepare(source, folder, Profile.CD, everyone)
    assert prepared.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["MR_truncated.dcm", "rtplan_truncated.dcm"])
def test_a_truncated_file_is_named(folder, name):
    uid = pydicom.dcmread(TEST_FILES / name).file_meta.MediaStorageSOPInstanceUID
    with pytest.raises(BrokenInstance) as broken:
        prepare(TEST_FILES / name, folder, Profile.CD, everyone)
    assert uid in broken.value.detail
    assert list(folder.iterdir()) == []


def test_a_uid_cannot_name_a_file_elsewhere(tmp_path, folder):
    for uid in ("../../1.2", "/etc/1", "..", "1.2\n3"):
        ds = pydicom.dcmread(write(ct(), tmp_path / "one.dcm"))
        buffer = encoded(ds, implicit=False)
        own = str(ds.SOPInstanceUID).encode()
        (tmp_path / "one.dcm").write_bytes(buffer.replace(own, uid.encode().ljust(len(own), b"\0")))
        with pytest.raises(BrokenInstance, match="no UID"):
            prepare(tmp_path / "one.dcm", folder, Profile.CD, everyone)
    assert list(folder.iterdir()) == []


def _real(name: str) -> bytes:
    return (TEST_FILES / name).read_bytes()


_REAL = {
    name: _real(name)
    for name in ("MR_small_implicit.dcm", "CT_small.dcm", "MR_small_expb.dcm", "MR_small_RLE.dcm")
}


@given(
    st.sampled_from(sorted(_REAL)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6),
    st.none() | st.floats(0, 1),
)
@settings(max_examples=300)
def test_damage_gives_an_instance_or_a_named_refusal(tmp_path_factory, name, flips, cut):
    folder = tmp_path_factory.mktemp("fuzz")
    buffer = bytearray(_REAL[name])
    for place, value in flips:
        # headers are where damage matters: half of the flips go to the first 2 KiB
        reach = len(buffer) if value & 1 else min(len(buffer), 2048)
        buffer[int(place * reach)] = value
    if cut is not None:
        del buffer[int(cut * len(buffer)) :]
    (folder / "source").write_bytes(buffer)
    try:
        prepared = prepare(folder / "source", folder, Profile.CD, everyone)
    except BrokenInstance:
        assert [path.name for path in folder.iterdir()] == ["source"]
        return
    assert recover(prepared.path, Profile.CD) == prepared


def test_a_transfer_syntax_that_is_no_uid_is_refused(tmp_path):
    source = tmp_path / "source"
    content = bytes(_REAL["CT_small.dcm"])
    at = content.index(b"1.2.840.10008.1.2", content.index(b"\x02\x00\x10\x00UI"))
    source.write_bytes(content[:at] + b"\xc3" + content[at + 1 :])
    with pytest.raises(BrokenInstance, match="TransferSyntaxUID"):
        prepare(source, tmp_path, Profile.CD, everyone)


# Speed and space


@needs_t1
def test_two_threads_prepare_a_series_as_one_does(tmp_path):
    sources = sorted(T1.glob("*.dcm"))[:64]
    results = []
    for threads in (1, 2):
        folder = tmp_path / str(threads)
        folder.mkdir()
        with ThreadPoolExecutor(threads) as pool:
            work = partial(prepare, folder=folder, profile=Profile.CD, accept=everyone)
            results.append(list(pool.map(work, sources)))
    assert [one.sha256 for one in results[0]] == [two.sha256 for two in results[1]]


def test_ten_thousand_prepared_instances_stay_small(tmp_path, folder):
    path = write(us(Place(JOHN)), tmp_path / "one.dcm")
    prepare(path, folder, Profile.DVD_J2K, everyone)
    tracemalloc.start()
    kept = [prepare(path, folder, Profile.DVD_J2K, everyone) for _ in range(200)]
    size = tracemalloc.get_traced_memory()[0] / len(kept)
    tracemalloc.stop()
    assert size * 10_000 < 60e6
