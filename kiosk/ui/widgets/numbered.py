"""Steps to do one after the other, each with its number."""

from collections.abc import Sequence

from kiosk.ui.box import Box
from kiosk.ui.drawing import edge, fill
from kiosk.ui.look import Look
from kiosk.ui.widgets.layout import Column
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Side, Text

_SIDE_PX, _LARGE_SIDE_PX = 56, 68


def numbered(look: Look, steps: Sequence[str], *, strong: tuple[str, ...] = ()) -> Column:
    """Return steps from 1 on, with the words in them that are set bold."""
    return Column(look, [_Step(look, at, step, strong) for at, step in enumerate(steps, 1)], 16)


class _Step(Part):
    """A number in a circle, and what to do."""

    def __init__(self, look: Look, number: int, step: str, strong: tuple[str, ...]) -> None:
        kinds, colour = look.theme.type, look.colour
        self.number = Text(
            look,
            look.words.number(number),
            kinds.small_strong,
            ink=colour.primary,
            ground=colour.tint,
            side=Side.CENTRE,
        )
        self.step = Text(look, step, kinds.body, strong=strong)
        super().__init__(look, [self.number, self.step])
        large = look.comfort.large_text
        self.side = max(look.px(_LARGE_SIDE_PX if large else _SIDE_PX), self.number.font.line_px)

    def wish(self, width: float) -> float:
        """Return the height of the higher one."""
        return max(float(self.side), self.step.wish(self._room(width)))

    def arrange(self, box: Box) -> None:
        """Place the number at the first line."""
        rtl, side, room = self.look.rtl, self.side, self._room(box.width)
        line = max(float(side), self.step.font.line_px)
        first = box.from_start(0, side, rtl).from_top(0, line)
        self.number.place(first.centred(side, self.number.font.line_px))
        height = self.step.wish(room)
        beside = box.from_start(box.width - room, room, rtl)
        self.step.place(beside.from_top(max(0.0, (line - self.step.font.line_px) // 2), height))

    def draw(self, box: Box) -> None:
        """Draw the circle."""
        colour, side = self.look.colour, self.side
        line = max(float(side), self.step.font.line_px)
        circle = box.from_start(0, side, self.look.rtl).from_top(0, line).centred(side, side)
        fill(circle, colour.tint, side / 2)
        if self.look.theme.flat:
            edge(circle, colour.edge, side / 2, self.look.px(self.look.theme.stroke.edge))

    def _room(self, width: float) -> float:
        return width - self.side - self.look.px(24)
