"""Lines for those who wait, as many as there is room for."""

from collections.abc import Sequence

from kiosk.ui.box import Box
from kiosk.ui.drawing import fill
from kiosk.ui.look import Look
from kiosk.ui.widgets.part import Part

_INNER_PX, _BETWEEN_PX = 24, 8


class Board(Part):
    """A sunk box of lines, the first come first.

    Parameters
    ----------
    lines
        At least one.
    may_drop
        Whether the last ones are left out where they have no room.
    """

    def __init__(self, look: Look, lines: Sequence[Part], *, may_drop: bool) -> None:
        super().__init__(look, lines)
        self.lines = list(lines)
        self.may_drop = may_drop

    def wish(self, width: float) -> float:
        """Return the height with every line."""
        return self._high(self.lines, width)

    def least(self, width: float) -> float:
        """Return the height with the lines that must be."""
        return 0.0 if self.may_drop else self._high(self.lines, width)

    def arrange(self, box: Box) -> None:
        """Place the lines that fit."""
        fits = [n for n in range(1, len(self.lines) + 1) if self._fits(n, box)]
        self.parts = self.lines[: max(fits, default=0)]
        inner = box.inset(self.look.px(_INNER_PX))
        down = 0.0
        for line in self.parts:
            height = line.wish(inner.width)
            line.place(inner.from_top(down, height))
            down += height + self.look.px(_BETWEEN_PX)

    def draw(self, box: Box) -> None:
        """Draw the ground below the lines."""
        if not self.parts:
            return
        height = min(box.height, self._high(self.parts, box.width))
        radius = self.look.px(self.look.theme.radius.card)
        fill(box.from_top(0, height), self.look.colour.sunk, radius)

    def _fits(self, lines: int, box: Box) -> bool:
        return self._high(self.lines[:lines], box.width) <= box.height

    def _high(self, lines: Sequence[Part], width: float) -> float:
        room = width - 2 * self.look.px(_INNER_PX)
        heights = sum(line.wish(room) for line in lines)
        return heights + 2 * self.look.px(_INNER_PX) + self.look.px(_BETWEEN_PX) * (len(lines) - 1)
