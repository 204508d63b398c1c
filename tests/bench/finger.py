"""A finger that touches the window through the display, at moments that no frame knows of."""

import random
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from kiosk.demo.hand import areas
from kiosk.ui.front import Front
from tests.bench.meter import Meter

PATIENCE_S = 30


class Finger:
    """Lives on a thread of its own beside the window; measures each answer.

    The time runs from just before the finger is lifted, so the display's own share is in it.
    """

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.answers_s: list[float] = []
        self.slowest: tuple[float, str] = (0.0, "")
        self._dice = random.Random(99)
        self._xdotool = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, text=True)

    @property
    def kiosk(self) -> Any:
        return self.meter.kiosk

    @property
    def place(self) -> Any:
        return self.kiosk.session.place

    def names(self, of: str = "") -> list[str]:
        """Return what can be touched and is called so."""
        return [name for name in areas(self.kiosk) if name.startswith(of)]

    def touch(self, name: str) -> None:
        """Touch something, and wait until another page is seen."""
        self.waits(lambda: name in areas(self.kiosk), name)
        self.waits(lambda: self.meter.page is self.kiosk.page, "the page to be seen")
        area, before = areas(self.kiosk)[name], self.kiosk.page
        x, y = area.left + area.width / 2, area.top + area.height / 2
        where = type(self.place).__name__
        self._say(f"mousemove {x:.0f} {y:.0f} mousedown 1")
        time.sleep(self._dice.uniform(0.04, 0.1))
        lifted_s = time.monotonic()
        self._say("mouseup 1")
        answer_s = self.meter.seen_after(before) - lifted_s
        self.answers_s.append(answer_s)
        self.slowest = max(self.slowest, (answer_s, f"{name} at {where}"))
        time.sleep(self._dice.uniform(0.02, 0.2))

    def touch_if_there(self, *names: str) -> None:
        """Touch those of some things that are on the page."""
        for name in names:
            if name in self.names():
                self.touch(name)

    def touch_until(self, name: str, place: type) -> None:
        """Touch something again and again until the person stands at a place."""
        while not isinstance(self.place, place):
            self.touch(name)

    def stands_at(self, place: type, when: Callable[[Any], object] = bool) -> None:
        """Wait for a place; what arrives by itself there has been seen then."""
        self.waits(lambda: isinstance(self.place, place) and when(self.place), place.__name__)
        time.sleep(0.2)

    def waits(self, holds: Callable[[], object], what: str) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > end:
                where = type(self.place).__name__
                raise TimeoutError(f"{what}: at {where} there is {self.names()}")
            time.sleep(0.005)

    def close(self) -> None:
        self._xdotool.communicate()

    def _say(self, words: str) -> None:
        assert self._xdotool.stdin is not None
        self._xdotool.stdin.write(f"{words}\n")
        self._xdotool.stdin.flush()


def watched(front: Front, act: Callable[[Finger], None]) -> Finger:
    """Show a front, let a finger act before it, and close it."""
    from kiosk.ui.app import close_kiosk, run_kiosk
    from kiosk.ui.window import open_window

    finger = Finger(Meter(open_window(front.glass)))
    acting: list[Future[None]] = []
    with ThreadPoolExecutor(1) as pool:

        def begin(kiosk: Any) -> None:
            if finger.kiosk is None:
                finger.meter.kiosk = kiosk
                acting.append(pool.submit(act, finger))
                acting[0].add_done_callback(lambda _: kiosk._later(close_kiosk))

        run_kiosk(front, begin)
    finger.close()
    acting[0].result()
    return finger
