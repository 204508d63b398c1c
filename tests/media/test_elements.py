"""The walk finds what stands in a data set, and refuses what does not fit."""

import io

import pydicom
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from kiosk.media.elements import ITEM, Malformed, find, items, walk


def _nested(*, delimited: bool) -> Dataset:
    inner = Dataset()
    inner.CodeValue = "1"
    middle = Dataset()
    middle.CodeMeaning = "middle"
    middle.ConceptNameCodeSequence = Sequence([inner, inner])
    outer = Dataset()
    outer.PatientID = "EX-1"
    outer.ContentSequence = Sequence([middle])
    outer.InstanceNumber = 7
    for ds in (outer, middle):
        for element in ds:
            element.is_undefined_length = delimited and element.VR == "SQ"
    for ds in (middle, inner):
        ds.is_undefined_length_sequence_item = delimited
    return outer


def _bytes(ds: Dataset, *, implicit: bool) -> bytes:
    file = io.BytesIO()
    pydicom.dcmwrite(file, ds, implicit_vr=implicit, little_endian=True)
    return file.getvalue()


@pytest.mark.parametrize("delimited", [False, True])
@pytest.mark.parametrize("implicit", [False, True])
@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_the_walk_finds_what_pydicom_wrote(delimited, implicit, kind):
    ds = _nested(delimited=delimited)
    buffer = kind(_bytes(ds, implicit=implicit))

    level = list(walk(buffer, 0, len(buffer), implicit=implicit))

    assert [element.tag for element in level] == [element.tag for element in ds]
    assert level[-1].after == len(buffer)
    if not implicit:
        assert [element.vr.decode() for element in level] == [element.VR for element in ds]
    content = next(element for element in level if element.tag == 0x0040A730)
    (item,) = items(buffer, content, implicit=implicit)
    assert item.tag == ITEM
    assert item.is_delimited is delimited
    meaning = find(buffer, item.start, item.end, 0x00080104, implicit=implicit)
    assert bytes(buffer[meaning.start : meaning.end]) == b"middle"
    names = find(buffer, item.start, item.end, 0x0040A043, implicit=implicit)
    assert len(list(items(buffer, names, implicit=implicit))) == 2


@pytest.mark.parametrize("implicit", [False, True])
def test_a_cut_anywhere_but_between_elements_is_found(implicit):
    buffer = _bytes(_nested(delimited=True), implicit=implicit)
    ends = {element.after for element in walk(buffer, 0, len(buffer), implicit=implicit)} | {0}

    for size in range(len(buffer)):
        if size in ends:
            continue
        with pytest.raises(Malformed):
            list(walk(buffer[:size], 0, size, implicit=implicit))


def test_an_end_before_the_end_of_the_buffer_is_kept_to():
    buffer = _bytes(_nested(delimited=False), implicit=False)
    with pytest.raises(Malformed):
        list(walk(buffer, 0, len(buffer) - 1))


def test_nesting_without_end_is_refused_rather_than_followed():
    level = b"\x40\x00\x30\xa7SQ\x00\x00\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff"
    buffer = level * 5000
    with pytest.raises(Malformed, match="too deep"):
        list(walk(buffer, 0, len(buffer)))


def test_unknown_of_undefined_length_holds_implicit_items():
    inside = b"\x10\x00\x20\x00\x04\x00\x00\x00EX-1"
    buffer = (
        b"\x09\x00\x10\x10UN\x00\x00\xff\xff\xff\xff"
        + b"\xfe\xff\x00\xe0\xff\xff\xff\xff"
        + inside
        + b"\xfe\xff\x0d\xe0\x00\x00\x00\x00"
        + b"\xfe\xff\xdd\xe0\x00\x00\x00\x00"
    )
    (unknown,) = walk(buffer, 0, len(buffer))
    assert unknown.holds_items
    (item,) = items(buffer, unknown)
    assert find(buffer, item.start, item.end, 0x00100020, implicit=True) is not None


def test_what_is_no_value_representation_is_refused():
    with pytest.raises(Malformed, match="no value representation"):
        list(walk(b"\x10\x00\x20\x00\x04\x00\x00\x00EX-1", 0, 12))


@given(st.binary(max_size=200), st.booleans())
def test_no_bytes_make_the_walk_fail_in_another_way(buffer, implicit):
    position = 0
    try:
        for element in walk(buffer, 0, len(buffer), implicit=implicit):
            assert element.header == position
            assert element.header < element.start <= element.end <= element.after <= len(buffer)
            position = element.after
    except Malformed:
        return
    assert position == len(buffer)
