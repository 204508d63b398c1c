"""The small pieces that the ways to the archive are made of."""

import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom import dcmread
from pydicom.uid import AllTransferSyntaxes, ExplicitVRLittleEndian, generate_uid

from kiosk.archive.contexts import MOST_CONTEXTS, storage_contexts
from kiosk.archive.describe import may_be_asked
from kiosk.archive.limits import LARGEST_INSTANCE_BYTES, checked_uid
from kiosk.archive.part10 import write_part10
from kiosk.archive.plan import SomeInstances, WholeSeries, WholeStudy, parts_of
from kiosk.archive.silence import Watch
from kiosk.domain.study import InstanceRef
from kiosk.errors import BrokenInstance


def refs(series: str, *numbers: int) -> set[InstanceRef]:
    return {InstanceRef(series, f"{series}.{number}") for number in numbers}


def test_all_of_a_study_is_one_request() -> None:
    wanted = refs("1", 1, 2) | refs("2", 1)
    assert list(parts_of(wanted, {"1": 2, "2": 1})) == [WholeStudy()]


def test_all_of_a_series_is_one_request_and_the_rest_is_named() -> None:
    wanted = refs("1", 1, 2) | refs("2", 1)
    parts = list(parts_of(wanted, {"1": 2, "2": 5}))
    assert parts == [WholeSeries("1"), SomeInstances("2", ("2.1",))]


def test_a_series_that_is_not_wanted_is_not_asked_for() -> None:
    assert list(parts_of(refs("1", 1), {"1": 1, "2": 1})) == [WholeSeries("1")]


def test_everything_is_named_where_sizes_are_unknown() -> None:
    assert list(parts_of(refs("1", 1, 2), {})) == [SomeInstances("1", ("1.1", "1.2"))]
    assert list(parts_of(refs("1", 1), {"1": None})) == [SomeInstances("1", ("1.1",))]


def test_nothing_wanted_is_no_request() -> None:
    assert not list(parts_of([], {}))
    assert not list(parts_of([], {"1": 3}))


@given(st.text(max_size=70))
def test_only_digits_and_stops_make_a_uid(text: str) -> None:
    if 0 < len(text) <= 64 and set(text) <= set("0123456789."):
        assert checked_uid(text) == text
    else:
        with pytest.raises(BrokenInstance):
            checked_uid(text)


def test_a_uid_with_a_line_break_behind_it_is_none() -> None:
    with pytest.raises(BrokenInstance):
        checked_uid("1.2.3\n")


@pytest.mark.parametrize(
    ("patient_id", "may"),
    [
        ("EX-1", True),
        ("0", True),
        ("病-1", True),
        ("", False),
        ("  ", False),
        ("*", False),
        ("EX?", False),
        ("EX\\1", False),
        ("EX\n1", False),
        ("E\0", False),
        ("1" * 64, True),
        ("1" * 65, False),
    ],
)
def test_only_an_id_that_means_one_person_may_be_asked(patient_id: str, may: bool) -> None:
    assert may_be_asked(patient_id) is may


@pytest.mark.parametrize("count", [1, 2, 3, 4, 10, 64, 127, 200])
def test_every_class_is_offered_in_every_syntax_within_the_limit(count: int) -> None:
    classes = [generate_uid(entropy_srcs=[str(number)]) for number in range(count)]
    contexts = storage_contexts(classes)
    assert len(contexts) <= MOST_CONTEXTS
    for sop_class in classes[:MOST_CONTEXTS]:
        offered = {
            syntax
            for context in contexts
            if context.abstract_syntax == sop_class
            for syntax in context.transfer_syntax
        }
        assert offered == set(AllTransferSyntaxes)


def test_few_classes_have_a_context_for_each_syntax() -> None:
    contexts = storage_contexts(["1.2.840.10008.5.1.4.1.1.2"])
    assert {len(context.transfer_syntax) for context in contexts} == {1}


@pytest.mark.parametrize("uid", ["1.2.3", "1.2.34"])
def test_a_file_made_of_a_data_set_reads_back(tmp_path: Path, uid: str) -> None:
    path = tmp_path / "x"
    element = b"\x10\x00\x20\x00LO\x04\x00EX-1"
    write_part10(
        path, "1.2.840.10008.5.1.4.1.1.2", uid, ExplicitVRLittleEndian, memoryview(element)
    )
    ds = dcmread(path)
    assert ds.PatientID == "EX-1"
    assert ds.file_meta.MediaStorageSOPInstanceUID == uid
    assert ds.file_meta.TransferSyntaxUID == ExplicitVRLittleEndian
    assert path.read_bytes().endswith(element)
    assert path.read_bytes()[:128] == bytes(128)


def test_an_instance_fits_on_fat32() -> None:
    assert LARGEST_INSTANCE_BYTES == 4 * 1024**3 - 1


def test_the_watch_ends_a_silence_once() -> None:
    ended = threading.Event()
    watch = Watch(0.1, ended.set, threading.Lock())
    watch.start()
    assert ended.wait(2)
    watch.stop()


def test_the_watch_lets_what_still_speaks_go_on() -> None:
    ended = threading.Event()
    watch = Watch(0.3, ended.set, threading.Lock())
    watch.start()
    for _ in range(10):
        time.sleep(0.05)
        watch.heard()
    watch.stop()
    assert not ended.is_set()


def test_the_watch_waits_for_work_that_is_going_on() -> None:
    ended, work = threading.Event(), threading.Lock()
    watch = Watch(0.1, ended.set, work)
    with work:
        watch.start()
        time.sleep(0.4)
        assert not ended.is_set()
        watch.heard()
    watch.stop()
    assert not ended.is_set()
