"""Every encoding comes out as Explicit VR Little Endian, and says what it said before."""

import copy
import io
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pydicom
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import DeflatedExplicitVRLittleEndian, ImplicitVRLittleEndian

from kiosk.media import encoding
from kiosk.media.bigendian import swapped
from kiosk.media.elements import Malformed, walk
from kiosk.media.encoding import explicit_form
from kiosk.media.filemeta import encode_file_meta, read_file_meta
from tests.builders import KINDS, Place, ct
from tests.media.instances import differences, encoded, real_files

CT_CLASS = "1.2.840.10008.5.1.4.1.1.2"


def _explicit(buffer: bytes) -> bytes:
    """Return a file with its data set in Explicit VR Little Endian."""
    meta = read_file_meta(buffer)
    head = encode_file_meta(meta.sop_class_uid or "1.2", meta.sop_instance_uid or "1.2", EXPLICIT)
    return head + b"".join(bytes(piece) for piece in explicit_form(buffer, meta).pieces)


EXPLICIT = "1.2.840.10008.1.2.1"


def _read(buffer: bytes) -> Dataset:
    return pydicom.dcmread(io.BytesIO(buffer))


def _implicit(ds: Dataset) -> bytes:
    ds.file_meta = FileMetaDataset()
    ds.file_meta.MediaStorageSOPClassUID = CT_CLASS
    ds.file_meta.MediaStorageSOPInstanceUID = "1.2.3"
    return encoded(ds, implicit=True)


def _raw(data_set: bytes, syntax: str = ImplicitVRLittleEndian) -> bytes:
    """Return a file of hand-made bytes."""
    return encode_file_meta(CT_CLASS, "1.2.3", syntax) + data_set


def _element(tag: int, value: bytes) -> bytes:
    return struct.pack("<HHL", tag >> 16, tag & 0xFFFF, len(value)) + value


def _vrs(buffer: bytes) -> dict[int, bytes]:
    start = read_file_meta(buffer).data_set
    return {element.tag: element.vr for element in walk(buffer, start, len(buffer))}


def _implicit_files() -> list[Path]:
    return [
        path
        for path in real_files()
        if read_file_meta(path.read_bytes()).transfer_syntax_uid == ImplicitVRLittleEndian
    ]


@pytest.mark.parametrize("path", _implicit_files(), ids=lambda path: path.name)
def test_a_real_implicit_file_says_the_same_in_explicit(path):
    buffer = path.read_bytes()
    try:
        after = _read(_explicit(buffer))
    except Malformed:
        assert path.name in {"rtplan_truncated.dcm", "nested_priv_SQ.dcm", "SC_rgb_jpeg_dcmd.dcm"}
        return
    before = _read(buffer)
    assert differences(before, after) == []
    assert before.get("PixelData") == after.get("PixelData")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("little", [True, False])
def test_every_kind_of_instance_comes_back_from_the_other_encodings(kind, little):
    ds = KINDS[kind](Place())
    ds.file_meta = FileMetaDataset()
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    if not little:
        _swap_words(ds)
    buffer = encoded(ds, implicit=little, little=little)

    after = _read(_explicit(buffer))

    if not little:
        _swap_words(ds)
    # what was OB in explicit cannot be told from OW in implicit (PS3.5 A.1)
    found = [line for line in differences(ds, after) if not line.endswith("OB OW")]
    assert found == []
    assert ds.get("PixelData") == after.get("PixelData")


def _swap_words(ds: Dataset) -> None:
    """Turn the words that pydicom writes as they are."""
    for element in ds.iterall():
        if element.VR == "OW" or (element.tag == 0x7FE00010 and ds.BitsAllocated > 8):
            element.value = swapped(element.value, b"OW")


_TEXT = st.text("ABCxyz 019-", max_size=30).map(str.strip)
_LEVEL = {
    "PatientComments": _TEXT,
    "CodeValue": st.text("ABC019", max_size=16),
    "ReferencedSOPInstanceUID": st.lists(st.integers(0, 99), min_size=1, max_size=9).map(
        lambda parts: ".".join(map(str, parts))
    ),
    "Rows": st.integers(0, 65535),
    "SmallestImagePixelValue": st.integers(0, 255),
    "PixelRepresentation": st.integers(0, 1),
    "PixelPaddingValue": st.integers(0, 255),
    "TableOfYBreakPoints": st.integers(0, 2**32 - 1),
    "RedPaletteColorLookupTableDescriptor": st.just([1, 0, 16]),
    "EncapsulatedDocument": st.binary(max_size=40).map(
        lambda value: value + b"\0" * (len(value) % 2)
    ),
    "ImagePositionPatient": st.just(["1.5", "-2", "3"]),
    "FrameIncrementPointer": st.just(0x00181063),
}
_SEQUENCES = ("ContentSequence", "ConceptNameCodeSequence", "ReferencedImageSequence")


@st.composite
def _levels(draw, depth: int = 0) -> Dataset:
    """Make a level with plain, ambiguous and private elements, and sequences of both lengths."""
    ds = Dataset()
    for keyword in draw(st.lists(st.sampled_from(sorted(_LEVEL)), unique=True)):
        setattr(ds, keyword, draw(_LEVEL[keyword]))
    if draw(st.booleans()):
        block = ds.private_block(0x0029, "SIEMENS CSA HEADER", create=True)
        block.add_new(0x10, "OB", b"\1\2")
        block.add_new(0x08, "CS", "IMAGE NUM 4")
        unknown = ds.private_block(0x0031, "NOBODY KNOWS", create=True)
        unknown.add_new(0x01, "UN", b"\1\2\3\4")
    if depth < 3:
        for keyword in draw(st.lists(st.sampled_from(_SEQUENCES), unique=True, max_size=2)):
            items = draw(st.lists(_levels(depth + 1), max_size=2))
            setattr(ds, keyword, Sequence(items))
            ds[keyword].is_undefined_length = draw(st.booleans())
            for item in items:
                item.is_undefined_length_sequence_item = draw(st.booleans())
    return ds


@given(_levels())
@settings(max_examples=150)
def test_any_nested_data_set_says_the_same_in_explicit(ds):
    ours = _read(_explicit(_implicit(ds)))
    # pydicom's reader forgets an outer Pixel Representation where lengths are undefined
    theirs = _read(_implicit(_with_defined_lengths(ds)))
    assert differences(theirs, ours) == []


def _with_defined_lengths(ds: Dataset) -> Dataset:
    plain = copy.deepcopy(ds)
    for element in plain.iterall():
        if element.VR == "SQ":
            element.is_undefined_length = False
            for item in element.value:
                item.is_undefined_length_sequence_item = False
    return plain


@given(_levels())
@settings(max_examples=50)
def test_what_is_explicit_already_is_not_touched(ds):
    ds.file_meta = FileMetaDataset()
    ds.file_meta.MediaStorageSOPClassUID = CT_CLASS
    ds.file_meta.MediaStorageSOPInstanceUID = "1.2.3"
    buffer = encoded(ds, implicit=False)
    meta = read_file_meta(buffer)
    form = explicit_form(buffer, meta)
    assert form.is_as_stored
    assert b"".join(form.pieces) == buffer[meta.data_set :]


def test_an_ambiguous_value_follows_the_nearest_pixel_representation():
    inner, outer = Dataset(), Dataset()
    inner.PixelPaddingValue = 5
    outer.PixelRepresentation = 1
    outer.SmallestImagePixelValue = -3
    outer.ReferencedImageSequence = [inner]
    after = _read(_explicit(_implicit(outer)))
    assert after["SmallestImagePixelValue"].VR == "SS"
    assert after.SmallestImagePixelValue == -3
    assert after.ReferencedImageSequence[0]["PixelPaddingValue"].VR == "SS"


@pytest.mark.parametrize(("entries", "vr"), [(1, b"US"), (256, b"OW")])
def test_a_lookup_table_of_one_entry_is_a_number(entries, vr):
    data_set = _element(0x00283002, struct.pack("<HHH", entries, 0, 16)) + _element(
        0x00283006, b"\1\2"
    )
    assert _vrs(_explicit(_raw(data_set)))[0x00283006] == vr


def test_a_value_too_long_for_sixteen_bits_becomes_unknown():
    text = b"x" * 65536
    after = _explicit(_raw(_element(0x00104000, text)))
    assert _vrs(after)[0x00104000] == b"UN"
    assert _read(after)[0x00104000].value == text
    assert _vrs(_explicit(_raw(_element(0x00104000, text[:65534]))))[0x00104000] == b"LT"


@pytest.mark.parametrize(
    ("tag", "value", "expected"),
    [
        (0x00100020, b"ABC", b"ABC "),
        (0x00080018, b"1.2", b"1.2\0"),
        (0x00420011, b"\1", b"\1\0"),
        (0x00091001, b"\1", b"\1\0"),
    ],
)
def test_an_odd_length_is_padded(tag, value, expected):
    after = _explicit(_raw(_element(tag, value)))
    (element,) = walk(after, read_file_meta(after).data_set, len(after))
    assert after[element.start : element.end] == expected


def test_group_lengths_are_left_out_as_they_would_be_wrong():
    data_set = _element(0x00080000, bytes(4)) + _element(0x00100020, b"EX")
    assert set(_vrs(_explicit(_raw(data_set)))) == {0x00100020}


def test_a_private_sequence_of_undefined_length_stays_implicit_inside():
    inside = struct.pack("<HHL", 0xFFFE, 0xE000, 0xFFFFFFFF) + _element(0x00100020, b"EX")
    items = inside + _element(0xFFFEE00D, b"") + _element(0xFFFEE0DD, b"")
    data_set = struct.pack("<HHL", 0x0009, 0x1001, 0xFFFFFFFF) + items
    after = _explicit(_raw(data_set))
    assert after.endswith(items)
    assert _vrs(after) == {0x00091001: b"UN"}
    assert _read(after)[0x00091001].value[0].PatientID == "EX"


@pytest.mark.parametrize(
    "data_set",
    [
        _element(0x00000000, b""),
        _element(0x00020010, b"1.2 "),
        _element(0xFFFEE00D, b""),
        _element(0x00100020, b"EX")[:-1],
        _element(0x0040A730, b"no items"),
        struct.pack("<HHL", 0x0040, 0xA730, 0xFFFFFFFF),
        struct.pack("<HHL", 0x7FE0, 0x0010, 0xFFFFFFFF) + _element(0xFFFEE0DD, b""),
        struct.pack("<HHLHHL", 0x0040, 0xA730, 8, 0xFFFE, 0xE000, 0xFFFFFFFF)
        + _element(0xFFFEE00D, b""),
        struct.pack("<HHLHHL", 0x0040, 0xA730, 0xFFFFFFFF, 0xFFFE, 0xE000, 0xFFFFFFFF) * 500,
    ],
    ids=["group 0", "file meta", "delimiter", "short", "no items", "no end", "compressed",
         "over its holder", "too deep"],
)  # fmt: skip
def test_what_is_no_data_set_is_refused(data_set):
    with pytest.raises(Malformed):
        _explicit(_raw(data_set))


def test_deflated_data_sets_are_inflated():
    plain = _element_explicit(0x00100020, b"LO", b"EX-1")
    for tail in (b"", b"\0", struct.pack("<LL", zlib.crc32(plain), len(plain))):
        deflated = _deflate(plain) + tail
        assert _read(_explicit(_raw(deflated, DeflatedExplicitVRLittleEndian))).PatientID == "EX-1"


@pytest.mark.parametrize(
    "damage", [lambda d: d[:-3], lambda d: d + b"garbage", lambda d: b"\xff" + d]
)
def test_damaged_deflation_is_refused(damage):
    deflated = damage(_deflate(_element_explicit(0x00100020, b"LO", b"EX-1") * 20))
    with pytest.raises(Malformed, match="deflated"):
        _explicit(_raw(deflated, DeflatedExplicitVRLittleEndian))


def test_a_deflated_bomb_stops_at_the_bound(monkeypatch):
    monkeypatch.setattr(encoding, "LARGEST_INFLATED", 1 << 20)
    bomb = _deflate(bytes(1 << 24))
    assert len(bomb) < 1 << 16
    with pytest.raises(Malformed, match="too large"):
        _explicit(_raw(bomb, DeflatedExplicitVRLittleEndian))


def _deflate(plain: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflater.compress(plain) + deflater.flush()


def _element_explicit(tag: int, vr: bytes, value: bytes) -> bytes:
    return struct.pack("<HH2sH", tag >> 16, tag & 0xFFFF, vr, len(value)) + value


@pytest.mark.lab
@pytest.mark.skipif(not shutil.which("dcmconv"), reason="dcmtk is not installed")
def test_big_endian_comes_out_as_dcmtk_writes_it(tmp_path):
    compared = 0
    for path in real_files():
        if read_file_meta(path.read_bytes()).transfer_syntax_uid != "1.2.840.10008.1.2.2":
            continue
        subprocess.run(["dcmconv", "+te", path, tmp_path / "theirs"], check=True)
        theirs = pydicom.dcmread(tmp_path / "theirs")
        ours = _read(_explicit(path.read_bytes()))
        assert differences(theirs, ours) == []
        assert theirs.get("PixelData") == ours.get("PixelData")
        compared += 1
    assert compared > 10


@pytest.mark.lab
@pytest.mark.skipif(not shutil.which("dcmdump"), reason="dcmtk is not installed")
def test_dcmtk_reads_what_was_made_explicit(tmp_path):
    for number, make in enumerate([*KINDS.values(), ct]):
        ds = make(Place())
        ds.file_meta = FileMetaDataset()
        ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID
        ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
        path = tmp_path / str(number)
        path.write_bytes(_explicit(encoded(ds, implicit=True)))
        shown = subprocess.run(["dcmdump", path], capture_output=True, text=True, check=True)
        assert "E: " not in shown.stderr
        assert "W: " not in shown.stderr
