"""Text that is made smaller, and at last cut, until it fits its place on a label."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_LEFT
from reportlab.platypus import Paragraph

from forms.typography.direction import FIRST_STRONG_ISOLATE, POP_ISOLATE
from forms.typography.look import INK, LEADING, say, type_size

ELLIPSIS = "…"
_STEP = 0.5
_HAIR = 0.01
"""Points by which two sums of the same numbers may differ."""


@dataclass(frozen=True, slots=True)
class Type:
    """How a text may be set, sizes in points."""

    largest: float
    smallest: float
    lines: int = 1
    """Of the largest size; a smaller one may have more in the same height."""
    bold: bool = False
    color: Color = INK
    align: Literal[0, 1, 2] = TA_LEFT

    @property
    def height(self) -> float:
        """What the text may take up."""
        return self.largest * self.lines * LEADING

    def sizes(self) -> Iterable[float]:
        """Yield every size, the largest first."""
        steps = int((self.largest - self.smallest) / _STEP)
        yield from (self.largest - number * _STEP for number in range(steps + 1))


def fitted(text: str, type_: Type, width: float) -> Paragraph:
    """Return a text in the largest size in which it fits a width and its height; cut if in none."""
    for size in type_.sizes():
        paragraph = _set(text, type_, size)
        if _fits(paragraph, type_, width):
            return paragraph

    def fits(shorter: str) -> bool:
        return _fits(_set(shorter, type_, type_.smallest), type_, width)

    return _set(cut(text, fits), type_, type_.smallest)


def cut(text: str, fits: Callable[[str], bool]) -> str:
    """Return as much of a text as fits with an ellipsis behind it."""

    def too_long(length: int) -> bool:
        return not fits(_shortened(text, length))

    longest = bisect_left(range(len(text)), True, key=too_long) - 1
    return _shortened(text, max(longest, 0))


def _shortened(text: str, length: int) -> str:
    """Return the beginning of a text; fenced, its dots stand where the reading of it ends."""
    return f"{FIRST_STRONG_ISOLATE}{text[:length].rstrip()}{ELLIPSIS}{POP_ISOLATE}"


def _set(text: str, type_: Type, size: float) -> Paragraph:
    style = type_size(size, color=type_.color)
    style.alignment = type_.align
    return say(text, style, bold=type_.bold)


def _fits(paragraph: Paragraph, type_: Type, width: float) -> bool:
    if paragraph.minWidth() > width:
        return False
    return bool(paragraph.wrap(width, 0)[1] <= type_.height + _HAIR)
