"""Answers come late, twice or for somebody who is gone; the session takes only its own."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from hardware.simulated.headphones import FolderHeadphones
from hardware.simulated.voice import WrittenVoice
from kiosk.domain.session.asks import Ask, Forget, Identify, LookAtQueue
from kiosk.domain.session.events import (
    Agree,
    Event,
    GoBack,
    GoOn,
    NoMatch,
    OpenSheet,
    Scanned,
    Tick,
    TypeDigit,
    TypeLetter,
)
from kiosk.domain.session.facts import Comfort, Rules
from kiosk.domain.session.places import EnterCode, EnterDate, Searching, Session, Sheet, Welcome
from kiosk.ui.bridge import Bridge
from kiosk.ui.front import Front, Glass, IsWanted, Site, Tell

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@dataclass
class Machine:
    """A machine that answers when the test lets it."""

    asked: list[Ask] = field(default_factory=list)
    wanted: list[bool] = field(default_factory=list)
    answers: list[Event] = field(default_factory=list)
    may_answer: threading.Event = field(default_factory=threading.Event)

    def perform(self, ask: Ask, tell: Tell, is_wanted: IsWanted) -> None:
        self.asked.append(ask)
        if not isinstance(ask, Identify):
            return
        self.may_answer.wait(10)
        self.wanted.append(is_wanted())
        for answer in self.answers:
            tell(answer)


@dataclass
class Glassy:
    """The screen's thread, turned by hand."""

    bridge: Bridge
    machine: Machine
    due: "queue.Queue[Callable[[], None]]"
    seen: list[Session]

    def turn(self, until: Callable[[], bool]) -> None:
        while not until():
            self.due.get(timeout=10)()


@pytest.fixture
def glass(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Glassy]:
    folder = tmp_path_factory.mktemp("voice")
    machine = Machine()
    due: queue.Queue[Callable[[], None]] = queue.Queue()
    seen: list[Session] = []
    front = Front(
        Rules(Comfort()),
        Site("Example Hospital", UTC),
        Glass(),
        lambda: NOW,
        machine.perform,
        WrittenVoice(folder),
        FolderHeadphones(folder),
    )
    bridge = Bridge(front, seen.append, due.put, due.put)
    yield Glassy(bridge, machine, due, seen)
    machine.may_answer.set()
    bridge.close()


def search(glass: Glassy) -> None:
    glass.bridge.send(GoOn())
    glass.bridge.send(Scanned("48271906"))
    for digit in "05141948":
        glass.bridge.send(TypeDigit(digit))
    glass.bridge.send(GoOn())
    assert isinstance(glass.bridge.session.place, Searching)


def test_an_answer_moves_the_session(glass: Glassy) -> None:
    glass.machine.answers = [NoMatch()]
    search(glass)
    glass.machine.may_answer.set()
    glass.turn(lambda: isinstance(glass.bridge.session.place, EnterDate))
    assert glass.machine.wanted == [True]


def test_what_does_not_fit_changes_nothing(glass: Glassy) -> None:
    before = glass.bridge.session
    glass.bridge.send(TypeDigit("1"))
    assert glass.bridge.session == before


def test_an_answer_for_somebody_who_is_gone_is_dropped(glass: Glassy) -> None:
    glass.machine.answers = [NoMatch()]
    search(glass)
    glass.bridge.send(OpenSheet(Sheet.START_OVER))
    glass.bridge.send(Agree())
    glass.bridge.send(GoOn())
    glass.machine.may_answer.set()
    glass.turn(lambda: any(isinstance(ask, Forget) for ask in glass.machine.asked))
    while not glass.due.empty():
        glass.due.get()()
    assert glass.machine.wanted == [False]
    assert isinstance(glass.bridge.session.place, EnterCode)


def test_what_is_still_asked_is_not_asked_again(glass: Glassy) -> None:
    search(glass)  # keeps the one thread busy
    glass.bridge.send(OpenSheet(Sheet.START_OVER))
    glass.bridge.send(Agree())
    for _ in range(5):
        glass.bridge.send(Tick(NOW))
    glass.machine.may_answer.set()
    glass.turn(lambda: glass.due.empty() and len(glass.machine.asked) >= 3)
    assert glass.machine.asked.count(LookAtQueue()) == 1
    assert isinstance(glass.bridge.session.place, Welcome)


def test_the_same_can_be_asked_as_soon_as_it_is_answered(glass: Glassy) -> None:
    glass.machine.answers = [NoMatch()]
    glass.machine.may_answer.set()
    search(glass)
    for tries in (1, 2):
        glass.turn(lambda: isinstance(glass.bridge.session.place, EnterDate))
        assert sum(isinstance(ask, Identify) for ask in glass.machine.asked) == tries
        glass.bridge.send(GoOn())


def test_the_same_search_after_going_back_is_asked_again(glass: Glassy) -> None:
    search(glass)
    glass.bridge.send(GoBack())
    glass.bridge.send(GoOn())
    glass.machine.answers = [NoMatch()]
    glass.machine.may_answer.set()
    glass.turn(lambda: isinstance(glass.bridge.session.place, EnterDate))
    assert sum(isinstance(ask, Identify) for ask in glass.machine.asked) == 2


def test_a_touch_that_does_nothing_still_says_that_somebody_is_there(glass: Glassy) -> None:
    glass.bridge.send(GoOn())
    glass.bridge.send(Tick(NOW + timedelta(seconds=59)))
    glass.bridge.send(TypeLetter("x"))
    glass.bridge.send(Tick(NOW + timedelta(seconds=61)))
    assert glass.bridge.session.over is None


def test_a_long_look_ends_with_the_window(glass: Glassy) -> None:
    looked: list[bool] = []

    def look(ask: Ask, tell: Tell, is_wanted: IsWanted) -> None:
        end = time.monotonic() + 10
        while is_wanted() and time.monotonic() < end:
            time.sleep(0.01)
        looked.append(is_wanted())

    bridge = Bridge(
        replace(glass.bridge._front, perform=look),
        lambda session: None,
        glass.due.put,
        glass.due.put,
    )
    bridge.send(Tick(NOW))
    glass.due.get(timeout=10)()
    began = time.monotonic()
    bridge.close()
    assert looked == [False]
    assert time.monotonic() - began < 5
