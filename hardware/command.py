"""Runs outside programs; nothing else does."""

import os
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

_AFTER_THE_KILL_S = 2.0
"""What left its group may hold the output open, or a driver may hold the process, for ever."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The program came to an end by itself, or by a signal (a negative code)."""

    code: int
    stdout: bytes
    stderr: bytes


@dataclass(frozen=True, slots=True)
class OutOfTime:
    """The program was killed at the end of its time, with all that it had started."""


@dataclass(frozen=True, slots=True)
class NotStarted:
    """There is no such program, or it may not be run."""

    reason: str


Outcome = Finished | OutOfTime | NotStarted


def run(arguments: Sequence[str], timeout_s: float, given: bytes = b"") -> Outcome:
    """Run a program to its end and return what became of it.

    Parameters
    ----------
    arguments : sequence of str
        The program and its arguments; every user of the machine can read them.
    timeout_s : float
        Seconds until the program and everything that it started are killed.
    given : bytes
        What the program reads from its standard input, which nobody else can read.
    """
    try:
        process = _start(arguments, subprocess.PIPE, subprocess.PIPE)
    except OSError as error:
        return NotStarted(_reason(error))
    try:
        stdout, stderr = process.communicate(given, timeout_s)
    except subprocess.TimeoutExpired:
        _kill(process)
        return OutOfTime()
    return Finished(process.returncode, stdout, stderr)


class Running:
    """A program that goes on by itself until it ends or is stopped; its output is not kept."""

    def __init__(self, arguments: Sequence[str], given: bytes = b"") -> None:
        """Start the program; what is given is in memory and waits for nobody.

        Raises
        ------
        OSError
            If there is no such program, or it may not be run.
        """
        with _in_memory(given) as file:
            self._process = _start(arguments, file, subprocess.DEVNULL)

    @property
    def goes_on(self) -> bool:
        """Whether the program has not ended yet."""
        return self._process.poll() is None

    def stop(self) -> None:
        """Kill the program with all that it has started; nothing happens if it has ended."""
        if self.goes_on:
            _kill(self._process)


def _start(arguments: Sequence[str], stdin: int | BinaryIO, output: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - the arguments are a list, and no shell reads them
        list(arguments), stdin=stdin, stdout=output, stderr=output, start_new_session=True
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and its group; it has not been waited for, so the number is still its own."""
    os.killpg(process.pid, signal.SIGKILL)
    try:
        process.communicate(timeout=_AFTER_THE_KILL_S)
    except subprocess.TimeoutExpired:
        process.poll()
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()


def _in_memory(given: bytes) -> BinaryIO:
    file = os.fdopen(os.memfd_create("given"), "w+b")
    file.write(given)
    file.seek(0)
    return file


def _reason(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}"
