"""Makes thumbnails in a process of its own, because codecs end the process on damaged pictures.

It is a fresh process and no fork, for a fork would inherit the locks of the screen's threads.
"""

from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock

from kiosk.media.apart import confine
from kiosk.media.thumbnail import thumbnail

LONGEST_S = 20.0
"""For one picture, the start of the process included."""


class Darkroom:
    """One process for one picture after another."""

    def __init__(self, longest_s: float = LONGEST_S) -> None:
        self._longest_s = longest_s
        self._one_at_a_time = Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._has_seen = False

    def open(self) -> None:
        """Start the process, so that the first picture need not wait for it."""
        with self._one_at_a_time:
            self._opened()

    def renew(self) -> None:
        """Start another process in place of one that has anybody's picture in its memory."""
        with self._one_at_a_time:
            if self._has_seen:
                self._end()
                self._opened()

    def thumbnail(self, path: Path) -> bytes | None:
        """Return the PNG of an instance, or None if it has no picture that can be decoded."""
        with self._one_at_a_time:
            pipe = self._opened()
            self._has_seen = True
            try:
                pipe.send(path)
                if pipe.poll(self._longest_s):
                    png: bytes | None = pipe.recv()
                    return png
            except (EOFError, OSError):
                pass  # the process died of this picture
            self._end()
            return None

    def close(self) -> None:
        """End the process, and with it what it has in memory; the next picture starts another."""
        with self._one_at_a_time:
            self._end()

    def _opened(self) -> Connection:
        if self._pipe is None:
            spawn = get_context("spawn")
            self._pipe, theirs = spawn.Pipe()
            self._process = spawn.Process(target=_work, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe

    def _end(self) -> None:
        if self._pipe is not None and self._process is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
            self._process = self._pipe = None
            self._has_seen = False


def _work(pipe: Connection) -> None:
    """Be the process, until nobody holds the other end."""
    confine()
    while True:
        try:
            path = pipe.recv()
        except EOFError:
            return
        pipe.send(thumbnail(path))
