"""Real ``kiosk`` processes that start at once: forked from a server that has imported it all."""

import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

PATIENCE_S = 60.0
"""How long a test waits for what must happen, on a machine that is busy with other things."""

_server = multiprocessing.get_context("forkserver")
_server.set_forkserver_preload(["__main__", "tests.journeys.warm"])


@dataclass(frozen=True, slots=True)
class Death:
    """Where a process kills itself with SIGKILL: at a call of Python's audit events, or a log line.

    Nothing in the product knows of it: the interpreter tells of every file that is opened, renamed
    or removed (``sys.addaudithook``), and the log tells of every stage.
    """

    call: str = ""
    """As in ``os.rename``; any file operation when empty."""
    of: str = ""
    """What must stand in the call's arguments, or in the log line."""
    nth: int = 1
    line: bool = False


FILE_CALLS = frozenset({"open", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.chmod"})


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command left behind."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a process runs."""

    cwd: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[int, int] = field(default_factory=dict)
    """Resource limits (``resource.RLIMIT_…``)."""
    user: int | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """A process that runs."""

    process: ForkServerProcess
    out: Path
    err: Path

    def kill(self) -> None:
        """End it at once, as a power cut would end the program."""
        self.process.kill()
        self.process.join()

    def interrupt(self, signum: int = signal.SIGTERM) -> None:
        """Ask it to stop."""
        assert self.process.pid is not None
        os.kill(self.process.pid, signum)

    def wait(self) -> Ended:
        """Wait until it ends by itself."""
        self.process.join(PATIENCE_S)
        assert self.process.exitcode is not None, f"still running: {self.err.read_text()}"
        return Ended(self.process.exitcode, self.out.read_text(), self.err.read_text())

    def says(self, words: str) -> None:
        """Wait until it has written something."""
        until(lambda: words in self.out.read_text() + self.err.read_text(), words)


def until(holds: Callable[[], object], what: str = "") -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, f"did not happen: {what}"
        time.sleep(0.01)


@contextmanager
def started(
    arguments: tuple[str, ...], around: Surroundings, dies: Death | None = None
) -> Iterator[Running]:
    """Start ``kiosk`` with these arguments; it is gone when the block ends."""
    captured = Path(tempfile.mkdtemp(prefix="said-"))
    out, err = captured / "out", captured / "err"
    out.touch()
    err.touch()
    process = _server.Process(target=_live, args=(arguments, around, dies, out, err))
    process.start()
    try:
        yield Running(process, out, err)
    finally:
        process.kill()
        process.join()
        shutil.rmtree(captured)


def _live(
    arguments: tuple[str, ...], around: Surroundings, dies: Death | None, out: Path, err: Path
) -> None:
    import resource

    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(around.cwd)
    os.environ.update(around.environment)
    tempfile.tempdir = None
    for limit, value in around.limits.items():
        resource.setrlimit(limit, (value, value))
    if around.user is not None:
        os.setgroups([])
        os.setgid(around.user)
        os.setuid(around.user)
    if dies is not None:
        _arrange(dies)
    from kiosk.__main__ import main

    sys.exit(main(arguments))


def _arrange(dies: Death) -> None:
    left = dies.nth

    def happened(words: str) -> None:
        nonlocal left
        if dies.of in words:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == dies.call or (not dies.call and event in FILE_CALLS):
            happened(str(arguments))

    if not dies.line:
        sys.addaudithook(hook)
        return
    write = sys.stdout.write

    def written(text: str) -> int:
        length = write(text)
        sys.stdout.flush()
        happened(text)
        return length

    sys.stdout.write = written  # type: ignore[method-assign] - the process listens to itself
