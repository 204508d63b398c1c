"""A journey: a list of steps, each an event, or an event with what it is expected to lead to.

``walk(begin, GoOn(), (GoOn(), EnterDate), (at("01:00"), StillThere))`` does one after the other
and fails at the first that is refused or leads elsewhere. What is expected may be a place, a
sheet, a notice, the reason of a trouble, a way on from it, an ask or its kind, ``None`` for
nothing being said, ``NotNow`` for an event that is refused, or something true of the session.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import get_args

from kiosk.domain.session.asks import Ask
from kiosk.domain.session.events import Event, FormMade, SetComfort, Tick, TypeDigit, TypeLetter
from kiosk.domain.session.facts import Comfort, Rules
from kiosk.domain.session.places import (
    Notice,
    Place,
    ReadForm,
    Reason,
    Session,
    Sheet,
    StillThere,
    Way,
)
from kiosk.domain.session.walk import NotNow, begin, step
from tests.domain.session.people import ALL, MORNING, form_for

Doing = Event | Callable[[Session], Event]
Step = Doing | tuple[Doing, *tuple[object, ...]]


@dataclass
class Walked:
    """Where a journey has led, and what was asked for on the way."""

    session: Session
    asks: list[Ask] = field(default_factory=list)
    asked: tuple[Ask, ...] = ()
    """By the last event."""
    refused: bool = False

    def does(self, doing: Doing) -> None:
        try:
            self.session, self.asked = step(self.session, event_of(doing, self.session))
            self.refused = False
        except NotNow:
            self.asked, self.refused = (), True
        self.asks += self.asked

    def asked_for(self, kind: type[Ask]) -> list[Ask]:
        return [ask for ask in self.asks if isinstance(ask, kind)]


def event_of(doing: Doing, session: Session) -> Event:
    return doing(session) if callable(doing) else doing


def walk(session: Session, *steps: Step) -> Walked:
    """Do every step; return where they have led."""
    walked = Walked(session)
    for number, one in enumerate(steps, 1):
        doing, *wanted = one if isinstance(one, tuple) else (one,)
        walked.does(doing)
        assert walked.refused == (NotNow in wanted), f"step {number}, {doing}: taken or refused"
        for each in wanted:
            assert _holds(walked, each), f"step {number}, {doing}: not {each}, but {walked}"
    return walked


def there(*steps: Step, home: Comfort | None = None, wristbands: bool = False) -> Session:
    """Return the session after some steps at a kiosk that was just switched on."""
    return walk(begin(Rules(home or Comfort(), wristbands), MORNING), *steps).session


def at(clock: str) -> Tick:
    """Return the moment so many minutes and seconds after the kiosk was switched on."""
    minutes, seconds = clock.split(":")
    return Tick(MORNING + timedelta(minutes=int(minutes), seconds=int(seconds)))


def after(seconds: float) -> Doing:
    """Let so many seconds pass."""
    return lambda session: Tick(session.now + timedelta(seconds=seconds))


def digits(text: str) -> list[Step]:
    return [TypeDigit(digit) for digit in text]


def letters(text: str) -> list[Step]:
    return [TypeLetter(letter) for letter in text]


def the_form(session: Session) -> Event:
    """Answer with the form that was just asked for, or with one that nobody asked for."""
    wish = session.place.wish if isinstance(session.place, ReadForm) else ALL
    return FormMade(wish, form_for(wish, session.comfort.language))


def comfort(**changes: object) -> Doing:
    """Change how the person sees and hears."""
    return lambda session: SetComfort(replace(session.comfort, **changes))  # type: ignore[arg-type]


def _holds(walked: Walked, expected: object) -> bool:  # noqa: C901, PLR0911 - a table
    session, place = walked.session, walked.session.place
    match expected:
        case type() if expected is NotNow:
            return walked.refused
        case type() if issubclass(expected, get_args(Ask)):
            return any(isinstance(ask, expected) for ask in walked.asked)
        case type() if issubclass(expected, StillThere):
            return isinstance(session.over, StillThere)
        case type() if issubclass(expected, get_args(Place)):
            return isinstance(place, expected) and session.over is None
        case Sheet():
            return session.over is expected
        case Notice() | None:
            return getattr(place, "notice", None) is expected
        case Reason():
            return getattr(place, "reason", None) is expected
        case Way():
            return expected in getattr(place, "ways", ())
        case _ if callable(expected):
            return bool(expected(session))
        case _:
            return expected in walked.asked
