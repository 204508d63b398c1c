"""Outside programs run, end and are ended."""

import os
import sys
import time
from pathlib import Path

import pytest

from hardware.command import Finished, NotStarted, OutOfTime, Running, run

PATIENCE_S = 10
A_CHILD_THAT_WRITES = (
    "import os,sys,time\n"
    "if os.fork() == 0:\n"
    "    time.sleep(0.4); open(sys.argv[1], 'w').close()\n"
    "else: time.sleep(60)"
)


def python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-I", "-c", code, *arguments]


def wait_until_ended(running: Running) -> None:
    until = time.monotonic() + PATIENCE_S
    while running.goes_on:
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_program_says_how_it_ended() -> None:
    code = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"
    assert run(python(code), 10) == Finished(3, b"out\n", b"err\n")


def test_a_program_reads_what_it_is_given() -> None:
    text = os.urandom(200_000)  # more than a pipe holds
    code = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())"
    assert run(python(code), 10, text) == Finished(0, text, b"")


def test_no_shell_reads_the_arguments() -> None:
    assert run(["echo", "$HOME; ls *"], 10) == Finished(0, b"$HOME; ls *\n", b"")


def test_a_program_that_is_not_there_is_an_answer() -> None:
    assert run(["no-such-program"], 10) == NotStarted("no-such-program: No such file or directory")


def test_a_program_that_dies_gives_its_signal() -> None:
    assert run(python("import os; os.kill(os.getpid(), 15)"), 10) == Finished(-15, b"", b"")


def test_a_program_out_of_time_is_killed_with_its_children(tmp_path: Path) -> None:
    trace = tmp_path / "still-there"
    began = time.monotonic()
    assert run(python(A_CHILD_THAT_WRITES, str(trace)), 0.2) == OutOfTime()
    assert time.monotonic() - began < 5
    time.sleep(0.5)
    assert not trace.exists()


def test_output_held_open_by_a_child_that_left_ends_with_the_time() -> None:
    code = "import os,time\nif os.fork() == 0:\n    os.setsid(); time.sleep(12)"
    began = time.monotonic()
    assert run(python(code), 0.2) == OutOfTime()
    assert time.monotonic() - began < 9


def test_a_running_program_is_stopped_with_its_children(tmp_path: Path) -> None:
    trace = tmp_path / "still-there"
    running = Running(python(A_CHILD_THAT_WRITES, str(trace)))
    time.sleep(0.2)
    assert running.goes_on
    running.stop()
    assert not running.goes_on
    time.sleep(0.5)
    assert not trace.exists()


def test_stopping_what_has_ended_does_nothing() -> None:
    running = Running(python(""))
    wait_until_ended(running)
    running.stop()
    assert not running.goes_on


def test_a_running_program_reads_what_it_is_given_to_the_end(tmp_path: Path) -> None:
    copy, text = tmp_path / "copy", os.urandom(200_000)
    code = "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())"
    wait_until_ended(Running(python(code, str(copy)), text))
    assert copy.read_bytes() == text


def test_a_running_program_that_is_not_there_is_told_at_once() -> None:
    with pytest.raises(OSError, match="no-such-program"):
        Running(["no-such-program"])
