"""Boxes that show what was typed; the next digit goes into the one with the thick edge."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.ui.box import Box
from kiosk.ui.drawing import edge, fill
from kiosk.ui.look import Look
from kiosk.ui.widgets.layout import Column, Row
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Side, Text

_HEIGHT_PX, _WIDE_HEIGHT_PX = 132, 112
_BETWEEN_PX = 12
_GROUP_PX = 48


class Cell(Part):
    """One box.

    Parameters
    ----------
    typed
        What stands in it.
    active
        Whether the next digit goes here.
    side
        Where in it the digits stand.
    """

    def __init__(self, look: Look, typed: str, *, active: bool, side: Side = Side.CENTRE) -> None:
        ground = look.colour.card
        self.words = Text(look, typed, look.theme.type.cell, ground=ground, side=side)
        self.words.speech = ""
        super().__init__(look, [self.words])
        self.typed, self.active = typed, active

    def wish(self, width: float) -> float:
        """Return the height of its digits and the margins."""
        height = _WIDE_HEIGHT_PX if self.look.wide else _HEIGHT_PX
        return max(self.look.px(height), self.words.font.line_px + self.look.px(8))

    def arrange(self, box: Box) -> None:
        """Place the digits."""
        margin = 0 if self.words.side is Side.CENTRE else self.look.px(40)
        inner = box.inset(margin, 0)
        self.words.place(inner.centred(inner.width, self.words.font.line_px))

    def draw(self, box: Box) -> None:
        """Draw ground and edge."""
        colour, stroke = self.look.colour, self.look.theme.stroke
        radius = self.look.px(self.look.theme.radius.key)
        fill(box, colour.card, radius)
        if self.active:
            edge(box, colour.chosen_edge, radius, self.look.px(stroke.active_cell))
        else:
            ink = colour.text if self.typed else colour.edge
            edge(box, ink, radius, self.look.px(stroke.edge))


class CodeCells(Part):
    """The boxes of a code, in groups; numbers run from left to right in every language.

    Parameters
    ----------
    digits
        Typed until now.
    groups
        How many boxes stand together.
    speech
        What is read aloud of it; the digits are not.
    """

    def __init__(
        self, look: Look, digits: str, groups: tuple[int, ...] = (4, 4), speech: str = ""
    ) -> None:
        self.groups = groups
        cells = [
            Cell(look, digits[at : at + 1], active=at == len(digits)) for at in range(sum(groups))
        ]
        super().__init__(look, cells)
        self.speech = speech

    def wish(self, width: float) -> float:
        """Return the height of a box."""
        return self.parts[0].wish(width)

    def arrange(self, box: Box) -> None:
        """Place the boxes from the left."""
        between, group = self.look.px(_BETWEEN_PX), self.look.px(_GROUP_PX)
        count = len(self.parts)
        spare = (group - between) * (len(self.groups) - 1)
        step = (box.width - spare + between) / count
        starts = set()
        total = 0
        for length in self.groups:
            starts.add(total)
            total += length
        along = 0.0
        for number, cell in enumerate(self.parts):
            if number and number in starts:
                along += group - between
            left, right = round(along), round(along + step - between)
            cell.place(Box(box.x + left, box.y, right - left, box.height))
            along += step


@dataclass(frozen=True, slots=True)
class DateCell:
    """Day, month or year."""

    label: str
    typed: str
    length: int
    """How many digits it takes."""
    active: bool


class DateCells(Row):
    """The three boxes of a date, each below its name.

    Parameters
    ----------
    cells
        In the order of the language.
    """

    def __init__(self, look: Look, cells: Sequence[DateCell]) -> None:
        columns = [
            Column(
                look,
                [
                    Text(look, cell.label, look.theme.type.body_strong),
                    Cell(look, cell.typed, active=cell.active, side=Side.START),
                ],
                gap_px=10,
            )
            for cell in cells
        ]
        shares = tuple(1.0 if cell.length == 2 else 1.75 for cell in cells)  # noqa: PLR2004
        super().__init__(look, columns, shares=shares, gap_px=24)


class NameLine(Part):
    """What was typed of a name, in large letters as long as they fit on one line.

    Parameters
    ----------
    typed
        Until now.
    """

    def __init__(self, look: Look, typed: str) -> None:
        kinds, ground = look.theme.type, look.colour.card
        self.large = Text(look, typed, kinds.title, ground=ground)
        self.small = Text(look, typed, kinds.item, ground=ground)
        super().__init__(look)

    def wish(self, width: float) -> float:
        """Return the height of its words and the margins."""
        return max(self.large.font.line_px, self._words(width).wish(self._room(width))) + 2 * (
            self.look.px(26)
        )

    def least(self, width: float) -> float:
        """Return the height with little air."""
        return self.wish(width) - self.look.px(28)

    def arrange(self, box: Box) -> None:
        """Place the words."""
        words = self._words(box.width)
        self.parts = [words]
        inner = box.inset(self.look.px(36), 0)
        words.place(inner.centred(inner.width, words.wish(inner.width)))

    def draw(self, box: Box) -> None:
        """Draw ground and edge."""
        look = self.look
        radius = look.px(look.theme.radius.key)
        fill(box, look.colour.card, radius)
        width = look.px(look.theme.stroke.active_cell)
        edge(box, look.colour.chosen_edge, radius, width)

    def _words(self, width: float) -> Text:
        return self.large if self.large.natural() <= self._room(width) else self.small

    def _room(self, width: float) -> float:
        return width - 2 * self.look.px(36)
