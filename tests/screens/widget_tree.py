"""A screen as a tree of widgets, and the boxes of what can be read and touched in it.

Nothing is drawn for it: all boxes come from measuring.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.domain.session.places import Session
from kiosk.ui.box import Box
from kiosk.ui.look import Look
from kiosk.ui.page import Page
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Side, Text
from kiosk.ui.widgets.touchable import Touchable

# Of Noto Sans, in em: how far letters reach above the base line and below it.
_ACCENTS, _CAPITALS, _DESCENDERS = 0.95, 0.72, 0.25
_ASCENT, _HEIGHT = 1.069, 1.362
_WITHOUT_DESCENDERS = frozenset("0123456789:%. -ABCDEFGHIKLMNOPRSTUVWXYZ")
ROUNDING_PX = 1.0


@contextmanager
def nothing_drawn() -> Iterator[None]:
    """Lay pages out without drawing them while the context is open: five times as quick."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Part, "redraw", lambda part: None)
        yield


class Tree:
    """A page, taken apart."""

    def __init__(self, page: Page, session: Session) -> None:
        self.page = page
        self.session = session
        self.look: Look = page.look
        self.above: dict[int, tuple[Part, ...]] = {}
        self.parts: list[Part] = []
        self._climb(page, ())
        self.touchables = [part for part in self.parts if isinstance(part, Touchable)]
        self.texts = [part for part in self.parts if isinstance(part, Text) and part.text]

    def _climb(self, part: Part, above: tuple[Part, ...]) -> None:
        self.parts.append(part)
        self.above[id(part)] = above
        for each in part.parts:
            self._climb(each, (*above, part))

    def holds(self, outer: Part, inner: Part) -> bool:
        """Whether a part is made of another, at whatever depth."""
        return any(part is outer for part in self.above[id(inner)])

    @property
    def px_per_mm(self) -> float:
        """Of the panel."""
        return self.look.panel.px_per_mm


def inked(text: Text) -> list[Box]:
    """Return the boxes that the letters of a text fill, a line each."""
    setting, font = text.setting(text.box.width), text.font
    base = (font.line_px - _HEIGHT * font.px) / 2 + _ASCENT * font.px
    plain = set(text.text) <= _WITHOUT_DESCENDERS
    above = (_CAPITALS if plain else _ACCENTS) * font.px
    below = 0 if plain else _DESCENDERS * font.px
    return [
        Box(
            _left(text, line.width),
            text.box.top - number * font.line_px - base - below,
            line.width,
            above + below,
        )
        for number, line in enumerate(setting.lines)
    ]


def _left(text: Text, width: float) -> float:
    box = text.box
    if text.side is Side.CENTRE:
        return box.x + (box.width - width) / 2
    at_right = text.look.rtl == (text.side is Side.START)
    return box.right - width if at_right else box.x


def apart(one: Box, other: Box) -> float:
    """Return px between two boxes; negative where they overlap."""
    across = max(other.x - one.right, one.x - other.right)
    upward = max(other.y - one.top, one.y - other.top)
    return max(across, upward)


def inside(inner: Box, outer: Box, by_px: float = ROUNDING_PX) -> bool:
    """Whether a box lies in another, but for so many px."""
    return (
        inner.x >= outer.x - by_px
        and inner.right <= outer.right + by_px
        and inner.y >= outer.y - by_px
        and inner.top <= outer.top + by_px
    )


def around(boxes: list[Box]) -> Box:
    """Return the box around several."""
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.right for box in boxes) - x, max(box.top for box in boxes) - y)
