"""The recorded patient at the glass: Maria Example, who takes home every exam that she has."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kiosk.demo.failed import DemoFailed
from kiosk.demo.hand import Hand, areas
from kiosk.demo.patient import recorded_signature
from kiosk.demo.people import MARIA
from kiosk.domain.session.places import (
    ChooseMedia,
    ChooseStudies,
    Collect,
    Confirm,
    EnterCode,
    EnterDate,
    Goodbye,
    Place,
    ReadForm,
    Sign,
    Waiting,
    Welcome,
    WhoFor,
)

if TYPE_CHECKING:
    from kiosk.ui.app import Kiosk

_PATIENCE_S = 120
_SETTLED_S = 0.4
"""The new screen has slid in, and its thumbnails had a moment to arrive."""

Until = Callable[["Kiosk"], bool]
PlaceT = TypeVar("PlaceT", bound=Place)


class Visitor:
    """Walks the whole way by touch, and takes a picture of every screen.

    Parameters
    ----------
    hand : Hand
        On the display that the window is shown on.
    digits : str
        Of the release code on her slip.
    pictures : Path
        An existing folder.
    """

    def __init__(self, hand: Hand, digits: str, pictures: Path) -> None:
        self._hand = hand
        self._digits = digits
        self._pictures = pictures
        self._taken = 0
        self._steps: Iterator[Until] | None = None
        self._until: Until = lambda kiosk: True
        self._since = time.monotonic()

    def __call__(self, kiosk: "Kiosk") -> None:
        """Do the next thing, if it is time for it.

        Raises
        ------
        DemoFailed
            If the kiosk does not come to the next screen.
        """
        if self._steps is None:
            self._steps = self._walk(kiosk)
        if not (self._hand.rests and self._until(kiosk)):
            self._lose_patience(kiosk)
            return
        self._since = time.monotonic()
        following = next(self._steps, None)
        if following is None:
            from kiosk.ui.app import close_kiosk

            close_kiosk()
        else:
            self._until = following

    def _walk(self, kiosk: "Kiosk") -> Iterator[Until]:
        yield from self._at(kiosk, Welcome, "go-on")
        yield from self._enter(kiosk, EnterCode, self._digits)
        yield from self._enter(kiosk, EnterDate, f"{MARIA.birth_date:%m%d%Y}")
        yield from self._at(kiosk, ChooseStudies, "go-on", settled_s=2)
        yield from self._at(kiosk, ChooseMedia, "go-on")
        yield from self._at(kiosk, WhoFor, "go-on")
        yield from self._read(kiosk)
        yield from self._sign(kiosk)
        yield from self._at(kiosk, Confirm, "go-on")
        yield from self._at(kiosk, Waiting)
        yield from self._at(kiosk, Collect, "go-on", settled_s=1)
        yield from self._at(kiosk, Goodbye)

    def _at(
        self, kiosk: "Kiosk", place: type[Place], touch: str = "", settled_s: float = _SETTLED_S
    ) -> Iterator[Until]:
        """Come to a place, take its picture, touch a button."""
        yield _stands(place)
        came = time.monotonic()
        yield lambda kiosk: time.monotonic() - came >= settled_s
        self._picture(kiosk)
        if touch:
            self._touch(kiosk, touch)

    def _enter(self, kiosk: "Kiosk", place: type[Place], digits: str) -> Iterator[Until]:
        yield _stands(place)
        for digit in digits:
            self._touch(kiosk, f"digit-{digit}")
            yield _changed(kiosk)
        yield from self._at(kiosk, place, "go-on")

    def _read(self, kiosk: "Kiosk") -> Iterator[Until]:
        """Read the form to its end, and agree to what it says of passwords."""
        yield _stands(ReadForm, lambda form: bool(form.pages))
        yield from self._at(kiosk, ReadForm)
        while not _stands(ReadForm, lambda form: form.is_last_page)(kiosk):
            self._touch(kiosk, "go-on")
            yield _changed(kiosk)
            yield from self._at(kiosk, ReadForm)
        self._touch(kiosk, "acknowledge")
        yield _stands(ReadForm, lambda form: form.acknowledged_at is not None)
        yield from self._at(kiosk, ReadForm, "go-on")

    def _sign(self, kiosk: "Kiosk") -> Iterator[Until]:
        yield _stands(Sign)
        strokes = recorded_signature().strokes
        self._hand.sign(areas(kiosk)["signature"], strokes)
        yield _stands(Sign, lambda sign: len(sign.ink.strokes) == len(strokes))
        yield from self._at(kiosk, Sign, "go-on")

    def _touch(self, kiosk: "Kiosk", name: str) -> None:
        there = areas(kiosk)
        if name not in there:
            raise DemoFailed(f"there is no {name} among {', '.join(there)}")
        self._hand.touch(there[name])

    def _picture(self, kiosk: "Kiosk") -> None:
        from kiosk.ui.picture import picture_of

        self._taken += 1
        name = type(kiosk.session.place).__name__
        picture_of(kiosk.window).save(self._pictures / f"{self._taken:02}-{name}.png")

    def _lose_patience(self, kiosk: "Kiosk") -> None:
        if time.monotonic() - self._since > _PATIENCE_S:
            where = type(kiosk.session.place).__name__
            raise DemoFailed(f"the kiosk stays at {where}")


def _stands(place: type[PlaceT], where: Callable[[PlaceT], bool] = lambda place: True) -> Until:
    """Wait for a place, and for something to be true there."""

    def until(kiosk: "Kiosk") -> bool:
        here = kiosk.session.place
        return isinstance(here, place) and where(here)

    return until


def _changed(kiosk: "Kiosk") -> Until:
    before = kiosk.session.place
    return lambda kiosk: kiosk.session.place != before
