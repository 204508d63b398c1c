"""Watches a real job from WAITING, and opens and closes sheets meanwhile."""

import time
from pathlib import Path

from kiosk.bootstrap.front import open_front
from kiosk.domain.job import JobState
from kiosk.domain.session.events import (
    Acknowledge,
    Drew,
    Event,
    GoOn,
    Scanned,
    TypeDigit,
)
from kiosk.domain.session.places import ChooseStudies, ReadForm, Waiting
from tests.bench.finger import Finger, watched
from tests.bench.touches import PANEL
from tests.screens.maria import strokes

WATCHED_S = 60
WORKING = {JobState.RETRIEVING, JobState.BUILDING, JobState.WRITING, JobState.VERIFYING}


def frames(config: Path, digits: str, born: str) -> dict[str, object]:
    """Return how long the frames and answers took while the worker was at the job."""
    first, lasted_s = 0, 0.0

    def watch(finger: Finger) -> None:
        nonlocal first, lasted_s
        _sign(finger, digits, born)
        finger.waits(lambda: finger.place.glance.state in WORKING, "the worker")
        first, began_s = len(finger.meter.frames_s), time.monotonic()
        while _goes_on(finger) and time.monotonic() - began_s < WATCHED_S:
            finger.touch_if_there(
                "languages", "close", "see-and-hear", "close", "cancel-disc", "keep"
            )
        lasted_s = time.monotonic() - began_s

    finger = watched(open_front(config, window=PANEL), watch)
    return {
        "answers_s": finger.answers_s,
        "slowest": finger.slowest,
        "frames_s": finger.meter.frames_s[first:],
        "lasted_s": lasted_s,
    }


def _goes_on(finger: Finger) -> bool:
    return isinstance(finger.place, Waiting) and finger.place.glance.state in WORKING


def _sign(finger: Finger, digits: str, born: str) -> None:
    kiosk = finger.kiosk

    def send(*events: Event) -> None:
        for event in events:
            kiosk._later(lambda event=event: kiosk.bridge.send(event))

    send(Scanned(digits), *map(TypeDigit, born), GoOn())
    finger.stands_at(ChooseStudies)
    send(GoOn(), GoOn(), GoOn())
    finger.stands_at(ReadForm, lambda at: at.form)
    send(*(GoOn() for _ in finger.place.pages[1:]), Acknowledge(), GoOn())
    send(*map(Drew, strokes()), GoOn(), GoOn())
    finger.stands_at(Waiting)
