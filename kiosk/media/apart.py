"""Work done in a process of its own, because codecs end the process on damaged pictures."""

import faulthandler
import os
import resource
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

LONGEST_S = 300
"""Seconds of processor time; the longest loops take a minute, a codec in a loop takes for ever."""
LARGEST_BYTES = 1 << 30
"""Memory beyond what the parent has; damaged pictures claim any size, and codecs believe them."""

_DONE, _FAILED, _TROUBLE = 0, 1, 2


class Died(Exception):
    """The work did not come to an end."""


def done_apart(work: Callable[[], str], gives_up: type[Exception]) -> str:
    """Return what some work answers that may not survive it.

    Parameters
    ----------
    work : callable
        Run in a forked process, which shares everything by reading and nothing by writing.
    gives_up : type
        The exception by which the work says that it cannot be done; it counts as dying.

    Raises
    ------
    Died
        If the work gave up, or the process ended by a signal.
    OSError
        If the work met trouble with the disk.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _work(work, gives_up, writer)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    outcome = os.waitstatus_to_exitcode(status)
    if outcome == _TROUBLE:
        raise OSError(int(answer), os.strerror(int(answer)))
    if outcome != _DONE:
        raise Died
    return answer


def _work(work: Callable[[], str], gives_up: type[Exception], writer: int) -> NoReturn:
    """Be the child: work, answer, and end without a trace of the parent's business."""
    outcome = _FAILED
    try:
        confine()
        try:
            os.write(writer, work().encode())
            outcome = _DONE
        except gives_up:
            pass
        except OSError as trouble:
            os.write(writer, str(trouble.errno).encode())
            outcome = _TROUBLE
    finally:
        os._exit(outcome)


def confine() -> None:
    """Bound this process, which works with codecs, in what it takes and what it tells."""
    # codecs print what they read, a core dump would hold it, and a trace helps nobody
    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_S, LONGEST_S))
    space = _address_space() + LARGEST_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (space, space))


def _address_space() -> int:
    """Return the size of this process in bytes (proc(5): statm, in pages)."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()
