"""Thumbnails made in a process that may die."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from kiosk.media.darkroom import Darkroom
from kiosk.media.thumbnail import thumbnail
from tests import builders


@pytest.fixture
def darkroom() -> Iterator[Darkroom]:
    room = Darkroom()
    yield room
    room.close()


Processes = Callable[[], list[BaseProcess]]


@pytest.fixture
def started() -> Processes:
    """The processes started since the test began: other tests of a run may have left theirs."""
    others = set(multiprocessing.active_children())
    return lambda: [each for each in multiprocessing.active_children() if each not in others]


@pytest.fixture
def slice_(tmp_path: Path) -> Path:
    return builders.write(builders.ct(), tmp_path / "slice")


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """A file that never comes to its end, as a codec in a loop."""
    os.mkfifo(tmp_path / "endless")
    return tmp_path / "endless"


def kill(started: Processes) -> None:
    while not started():
        time.sleep(0.01)
    time.sleep(0.2)
    for child in started():
        os.kill(child.pid or 0, signal.SIGSEGV)


def test_a_thumbnail_is_the_same_as_made_here(darkroom: Darkroom, slice_: Path) -> None:
    assert darkroom.thumbnail(slice_) == thumbnail(slice_) != None  # noqa: E711 - both at once


def test_what_has_no_picture_gives_none(darkroom: Darkroom, tmp_path: Path) -> None:
    assert darkroom.thumbnail(builders.write(builders.sr(), tmp_path / "report")) is None
    assert darkroom.thumbnail(tmp_path / "nothing") is None


def test_one_process_makes_them_all(started: Processes, darkroom: Darkroom, slice_: Path) -> None:
    processes = set()
    for _ in range(3):
        darkroom.thumbnail(slice_)
        processes.update(child.pid for child in started())
    assert len(processes) == 1


def test_a_picture_that_kills_its_process_gives_none_and_the_next_is_made(
    started: Processes, darkroom: Darkroom, slice_: Path, endless: Path
) -> None:
    killer = threading.Thread(target=kill, args=(started,))
    killer.start()
    assert darkroom.thumbnail(endless) is None
    killer.join()
    assert darkroom.thumbnail(slice_) is not None


def test_a_picture_without_end_gives_none_and_the_next_is_made(slice_: Path, endless: Path) -> None:
    room = Darkroom(longest_s=5)
    began = time.monotonic()
    assert room.thumbnail(endless) is None
    assert time.monotonic() - began < 15
    assert room.thumbnail(slice_) is not None
    room.close()


def test_a_closed_darkroom_leaves_no_process(started: Processes, slice_: Path) -> None:
    room = Darkroom()
    room.thumbnail(slice_)
    room.close()
    room.close()
    assert not started()


def test_several_threads_may_ask_at_once(darkroom: Darkroom, slice_: Path) -> None:
    made: list[bytes | None] = []
    threads = [
        threading.Thread(target=lambda: made.append(darkroom.thumbnail(slice_))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [thumbnail(slice_)] * 4


def test_a_process_that_has_seen_a_picture_is_replaced_for_the_next_person(
    started: Processes, darkroom: Darkroom, slice_: Path
) -> None:
    darkroom.open()
    (fresh,) = started()
    darkroom.renew()
    assert started() == [fresh]
    darkroom.thumbnail(slice_)
    darkroom.renew()
    (another,) = started()
    assert another.pid != fresh.pid
    assert not fresh.is_alive()
