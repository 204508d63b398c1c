"""Complete walks one after another, a touch a frame, and what they leave in memory."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.tests.common import UnitTestTouch

from kiosk.domain.job import JobState
from kiosk.domain.session.events import GoOn, Scanned, Tick
from kiosk.domain.session.places import (
    ChooseStudies,
    Collect,
    Goodbye,
    ReadForm,
    Sign,
    Waiting,
    Welcome,
)
from kiosk.ui.app import close_kiosk, run_kiosk
from kiosk.ui.window import open_window
from tests.bench.stand_in import StandIn
from tests.screens.maria import strokes

THIRD_OF_A_PANEL = (360, 640)
BORN = "05141948"
BOX_MM = 240
"""Of the signature box that the strokes are written for."""

Frames = Iterator[None]
"""Goes on at every frame."""


def walks(count: int, early: int) -> dict[str, object]:
    """Return how much memory is resident after so many walks, and after the early ones."""
    stand_in = StandIn(THIRD_OF_A_PANEL)
    front = stand_in.front()
    open_window(front.glass)
    Clock._max_fps = 0  # as fast as it goes
    resident: dict[int, int] = {}
    began_s = time.monotonic()

    def people(kiosk: Any) -> Frames:
        for number in range(1, count + 1):
            stand_in.person = number
            yield from Walk(kiosk, stand_in).steps()
            if number in {early, count} or number % 100 == 0:
                resident[number] = _resident_bytes()
                print(f"{number}: {resident[number] / 1e6:.1f} MB", file=sys.stderr, flush=True)
        close_kiosk()
        yield

    walking: list[Frames] = []

    def begin(kiosk: Any) -> None:
        if not walking:
            walking.append(people(kiosk))
            Clock.schedule_interval(lambda _: next(walking[0], None), 0)

    run_kiosk(front, begin)
    return {"resident": resident, "lasted_s": time.monotonic() - began_s}


class Walk:
    """One person; every page is drawn before the next touch."""

    def __init__(self, kiosk: Any, stand_in: StandIn) -> None:
        self._kiosk, self._stand_in = kiosk, stand_in

    def steps(self) -> Frames:
        """Go from WELCOME to WELCOME."""
        self._kiosk.bridge.send(Scanned("48271593"))
        yield
        yield from self._touch(*(f"digit-{digit}" for digit in BORN), "go-on")
        yield from self._at(
            ChooseStudies, lambda at: all(exam.thumbnail for exam in at.wish.known.exams)
        )
        yield from self._touch("exam-1", "older", "go-on", "go-on", "go-on")
        yield from self._at(ReadForm, lambda at: at.form)
        pages = len(self._kiosk.session.place.pages)
        yield from self._touch(*["go-on"] * (pages - 1), "acknowledge", "go-on")
        yield from self._at(Sign)
        yield from self._sign()
        yield from self._touch("go-on", "go-on")
        yield from self._wait()
        yield from self._at(Collect, lambda at: at.label)
        yield from self._touch("go-on")
        yield from self._at(Goodbye)
        self._kiosk.bridge.send(GoOn())
        yield from self._at(Welcome)

    def _touch(self, *names: str) -> Frames:
        for name in names:
            while name not in self._boxes():
                yield
            box = self._boxes()[name]
            finger = UnitTestTouch(box.x + box.width / 2, box.y + box.height / 2)
            finger.touch_down()
            finger.touch_up()
            yield

    def _sign(self) -> Frames:
        for stroke in strokes():
            box = self._boxes()["signature"]
            scale = box.width / BOX_MM
            points = [(box.x + x * scale, box.top - y * scale) for x, y, _ in stroke]
            finger = UnitTestTouch(*points[0])
            finger.touch_down()
            for point in points[1:]:
                finger.touch_move(*point)
            yield
            finger.touch_up()
            yield

    def _wait(self) -> Frames:
        for state in (JobState.RETRIEVING, JobState.WRITING, JobState.DONE):
            self._stand_in.job = state
            self._kiosk.bridge.send(Tick(self._kiosk.front.clock()))
            yield from self._at(
                (Waiting, Collect), lambda at, state=state: at.glance.state is state
            )

    def _at(self, place: type | tuple[type, ...], holds: Callable[[Any], object] = bool) -> Frames:
        """Wait for a place, and see it."""
        here = self._kiosk.session.place
        while not (isinstance(here, place) and holds(here)):
            yield
            here = self._kiosk.session.place
        yield

    def _boxes(self) -> dict[str, Any]:
        return {part.name: part.box for part in self._kiosk.page.touchables}


def _resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
