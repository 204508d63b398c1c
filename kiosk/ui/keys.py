"""Keys that are no touch: the scanner's wedge, the tactile keypad, a keyboard at hand."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.domain.session.events import Event, Scanned, TypeDigit, TypeLetter

SCANNER_GAP_S = 0.06
"""A scanner types faster than any person: no more than this lies between two of its keys."""
SHORTEST_SCAN = 4


@dataclass(slots=True)
class Wedge:
    """Tells a scan from typing by its pace; works whatever has the focus.

    Characters are held back until it is clear what they are. Times are in seconds of any clock
    that only goes forward.
    """

    _held: str = ""
    _last_s: float = field(default=float("-inf"))

    def typed(self, text: str, at_s: float) -> list[Event]:
        """Take a character; return the events of those that turned out to be typed."""
        typed = self.flush(at_s)
        self._held += text
        self._last_s = at_s
        return typed

    def entered(self, at_s: float) -> list[Event] | None:
        """Take the Enter key; None if it ends no scan and so means *select*."""
        is_scan = at_s - self._last_s <= SCANNER_GAP_S and len(self._held) >= SHORTEST_SCAN
        if not is_scan:
            return None
        scanned, self._held = self._held, ""
        return [Scanned(scanned)]

    def flush(self, at_s: float) -> list[Event]:
        """Return the events of what has been held back too long to be part of a scan."""
        if not self._held or at_s - self._last_s <= SCANNER_GAP_S:
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
