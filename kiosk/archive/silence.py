"""Ends a fetch on which nothing arrives any more."""

import threading
import time
from collections.abc import Callable


class Watch:
    """Calls ``end`` when nothing was heard for the time-out.

    pynetdicom's DIMSE time-out counts from one whole message to the next, so a large instance on a
    slow line would run into it while it is still arriving.

    Parameters
    ----------
    timeout_s : float
        How long silence may last.
    end : callable
        What to do then, once.
    work : threading.Lock
        Held while an instance is taken over; that is no silence.
    """

    def __init__(self, timeout_s: float, end: Callable[[], None], work: threading.Lock) -> None:
        self._timeout_s = timeout_s
        self._end = end
        self._work = work
        self._stopped = threading.Event()
        self._heard_at_s = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="archive-silence", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self.heard()
        self._thread.start()

    def stop(self) -> None:
        """Stop watching; no harm if it has ended by itself."""
        self._stopped.set()
        self._thread.join()

    def heard(self) -> None:
        """Note a sign of life."""
        self._heard_at_s = time.monotonic()

    def _run(self) -> None:
        while not self._stopped.wait(max(0.0, self._left_s())):
            with self._work:
                silent = self._left_s() <= 0
            if silent:
                self._end()
                return

    def _left_s(self) -> float:
        return self._heard_at_s + self._timeout_s - time.monotonic()
