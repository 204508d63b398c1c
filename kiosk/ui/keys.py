"""Keys that are no touch: the scanner's wedge, the tactile keypad, a keyboard at hand."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.domain.session.events import Event, Scanned, TypeDigit, TypeLetter

SCANNER_GAP_S = 0.06
"""A scanner types faster than any person: no more than this lies between two of its keys."""
SHORTEST_SCAN = 4
LONGEST_FRAME_S = 1 / 30
"""More of a frame does not count: its keys are heard at its end, whenever they were pressed."""


@dataclass(slots=True)
class Wedge:
    """Tells a scan from typing by its pace; works whatever has the focus.

    Characters are held back until it is clear what they are.
    """

    _held: str = ""
    _still_s: float = 0.0
    """For how long no character has come."""

    def typed(self, text: str) -> None:
        """Take a character."""
        self._held += text
        self._still_s = 0.0

    def entered(self) -> list[Event] | None:
        """Take the Enter key; None if it ends no scan and so means *select*."""
        if len(self._held) < SHORTEST_SCAN:
            return None
        scanned, self._held = self._held, ""
        return [Scanned(scanned)]

    def go_on(self, frame_s: float) -> list[Event]:
        """Let the time of a frame pass; return the events of what turned out to be typed."""
        self._still_s += min(frame_s, LONGEST_FRAME_S)
        if self._still_s <= SCANNER_GAP_S:
            return []
        held, self._held = self._held, ""
        return list(_events(held))

    def forget(self) -> None:
        """Drop what is held back."""
        self._held = ""


def _events(text: str) -> Iterable[Event]:
    for character in text:
        if character.isascii() and character.isdigit():
            yield TypeDigit(character)
        elif character.isprintable():
            yield TypeLetter(character)
