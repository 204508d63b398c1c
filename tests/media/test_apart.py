"""Work done apart gives its answer, or dies without taking the kiosk with it."""

import errno
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.media import apart
from kiosk.media.apart import Died, done_apart


class GaveUp(Exception):
    """The work could not be done."""


def test_the_answer_comes_back():
    assert done_apart(lambda: "12 ab", GaveUp) == "12 ab"


def test_work_that_gives_up_died():
    def give_up() -> str:
        raise GaveUp

    with pytest.raises(Died):
        done_apart(give_up, GaveUp)


@pytest.mark.parametrize("end", [os.abort, lambda: os.kill(os.getpid(), 9), lambda: os._exit(7)])
def test_work_that_ends_its_process_died(end):
    with pytest.raises(Died):
        done_apart(end, GaveUp)


def test_an_error_nobody_foresaw_died_without_a_word(capfd):
    def fail() -> str:
        raise SystemError("Example^Maria")

    with pytest.raises(Died):
        done_apart(fail, GaveUp)
    assert capfd.readouterr() == ("", "")


def test_trouble_with_the_disk_comes_through():
    def full() -> str:
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="No space") as trouble:
        done_apart(full, GaveUp)
    assert trouble.value.errno == errno.ENOSPC


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(apart, "LARGEST_BYTES", 1 << 26)
    assert done_apart(lambda: str(len(bytearray(1 << 24))), GaveUp) == str(1 << 24)
    with pytest.raises(Died):
        done_apart(lambda: str(len(bytearray(1 << 28))), GaveUp)


@pytest.mark.lab
def test_a_codec_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(apart, "LONGEST_S", 1)

    def for_ever() -> str:
        while True:
            pass

    with pytest.raises(Died):
        done_apart(for_ever, GaveUp)


def test_nothing_the_work_does_reaches_the_kiosk():
    changed = []
    assert done_apart(lambda: str(changed.append(1)), GaveUp) == "None"
    assert changed == []


def test_no_process_and_no_file_stays_behind():
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    before = len(list(Path("/proc/self/fd").iterdir())), children.read_text()
    for _ in range(5):
        done_apart(lambda: "", GaveUp)
    assert (len(list(Path("/proc/self/fd").iterdir())), children.read_text()) == before


def test_many_threads_may_work_apart_at_once():
    lock = threading.Lock()
    with ThreadPoolExecutor(8) as pool:

        def work(number: int) -> str:
            with lock:  # held by other threads while this one forks
                pass
            return done_apart(lambda: str(number), GaveUp)

        assert list(pool.map(work, range(100))) == [str(number) for number in range(100)]
