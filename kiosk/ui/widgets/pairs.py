"""What something is and its value, one below the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kiosk.ui.box import Box
from kiosk.ui.drawing import fill
from kiosk.ui.look import Look
from kiosk.ui.theme import Colour
from kiosk.ui.widgets.card import Card, Ground, card_colour
from kiosk.ui.widgets.icon import Tile
from kiosk.ui.widgets.layout import Column, Row, Space
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Text


class _Pair(Part):
    """A label, and beside it its value.

    Parameters
    ----------
    labels
        Of all rows: so that the values stand one below the other.
    least_share
        Of the width, for the label.
    """

    def __init__(
        self, look: Look, label: Text, value: Part, labels: Sequence[Text], least_share: float
    ) -> None:
        super().__init__(look, [label, value])
        self.label, self.value = label, value
        self.labels = labels
        self.least_share = least_share

    def wish(self, width: float) -> float:
        """Return the height of the higher one."""
        label = self._label(width)
        return max(self.label.wish(label), self.value.wish(self._value(width)))

    def arrange(self, box: Box) -> None:
        """Place both at the top."""
        label, value = self._label(box.width), self._value(box.width)
        for part, along, width in (
            (self.label, 0.0, label),
            (self.value, box.width - value, value),
        ):
            height = part.wish(width)
            part.place(box.from_start(along, width, self.look.rtl).from_top(0, height))

    def _label(self, width: float) -> float:
        widest = max(label.natural() for label in self.labels)
        return float(int(min(max(widest + 1, width * self.least_share), width * _LABEL_AT_MOST)))

    def _value(self, width: float) -> float:
        return width - self._label(width) - self.look.px(_BESIDE_PX)


def pairs(look: Look, rows: Sequence[tuple[str, str]]) -> Card:
    """Return what one signs for, in a sunk box: "I ask for", and what."""
    kinds, ground = look.theme.type, card_colour(look, Ground.SUNK)
    second = look.colour.second
    labels = [Text(look, label, kinds.small, ink=second, ground=ground) for label, _ in rows]
    values = [Text(look, value, kinds.small_strong, ground=ground) for _, value in rows]
    parts: list[Part] = [
        _Pair(look, label, value, labels, _SIGN_LABEL)
        for label, value in zip(labels, values, strict=True)
    ]
    air = (Space(look, 32, 12), Space(look, 32, 12))
    aired = [air[0], *parts, air[1]]
    return Card(look, aired, ground=Ground.SUNK, gap_px=8, inner_px=32, upper_px=0)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what was decided."""

    label: str
    value: str
    small: str = ""
    """Below the value, or after it on a wide panel."""
    pictures: Sequence[Part] = field(default=())
    """Below both."""


def facts(look: Look, rows: Sequence[Fact]) -> Card:
    """Return what was decided, with lines between, in a white card."""
    ground, kinds = card_colour(look, Ground.WHITE), look.theme.type
    second = look.colour.second
    labels = [Text(look, row.label, kinds.small, ink=second, ground=ground) for row in rows]
    parts: list[Part] = []
    for row, label in zip(rows, labels, strict=True):
        value = _Value(look, row, ground)
        parts += [*_rule(look), _Pair(look, label, value, labels, _FACT_LABEL)]
        if row.pictures:
            parts += [Space(look, 20, 10), Row(look, row.pictures)]
    return Card(look, parts[len(_rule(look)) :], gap_px=0, inner_px=44, upper_px=32)


class _Value(Column):
    """A value, and what is said of it in smaller letters."""

    def __init__(self, look: Look, fact: Fact, ground: Colour) -> None:
        kinds, second = look.theme.type, look.colour.second
        self.large = Text(look, fact.value, kinds.item, ground=ground)
        words = [self.large]
        if fact.small:
            words.append(Text(look, fact.small, kinds.small, ink=second, ground=ground))
        super().__init__(look, words, 0)

    def wish(self, width: float) -> float:
        """Return the height of one line or of two."""
        return self.large.font.line_px if self._on_one_line(width) else super().wish(width)

    def least(self, width: float) -> float:
        """Return the same: words cannot be shorter."""
        return self.wish(width)

    def arrange(self, box: Box) -> None:
        """Place the smaller words after the others where both fit on a wide panel."""
        if not self._on_one_line(box.width):
            super().arrange(box)
            return
        rtl, along = self.look.rtl, 0.0
        for words in self.parts:
            width = words.natural() + 1
            at = box.from_start(along, width, rtl)
            words.place(at.centred(width, words.wish(width)))
            along += width + self.look.px(_BESIDE_PX)

    def _on_one_line(self, width: float) -> bool:
        both = sum(words.natural() + 1 for words in self.parts) + self.look.px(_BESIDE_PX)
        return self.look.wide and both <= width


def _rule(look: Look) -> list[Part]:
    return [Space(look, 20, 8), Rule(look), Space(look, 20, 8)]


_SIGN_LABEL, _FACT_LABEL, _LABEL_AT_MOST = 0.2, 0.25, 0.36
"""Of the width."""
_BESIDE_PX = 24


class Rule(Part):
    """A thin line between two rows."""

    def wish(self, width: float) -> float:
        """Return its thickness."""
        return float(self.look.px(self.look.theme.stroke.hairline))

    def draw(self, box: Box) -> None:
        """Draw it."""
        fill(box, self.look.colour.line)


class SettingRow(Part):
    """One thing of See and hear: its icon, its name, and the answers side by side.

    Parameters
    ----------
    answers
        Buttons of `choice`.
    """

    def __init__(self, look: Look, tile: Tile, label: str, answers: Sequence[Part]) -> None:
        self.tile = tile
        self.label = Text(look, label, look.theme.type.item)
        self.answers = Row(look, answers)
        super().__init__(look, [tile, self.label, self.answers])

    def wish(self, width: float) -> float:
        """Return the height of the answers and the air around them."""
        _, room, answers = self._widths(width)
        tallest = max(self.answers.wish(answers), self.label.wish(room), self.tile.side_px)
        return tallest + self.look.px(12 if self.look.wide else 46)

    def least(self, width: float) -> float:
        """Return the height of the answers and the gap to the next."""
        _, room, answers = self._widths(width)
        return max(self.answers.least(answers), self.label.wish(room)) + self.look.gap(12)

    def arrange(self, box: Box) -> None:
        """Place icon, name and answers on one line."""
        rtl = self.look.rtl
        tile, room, answers = self._widths(box.width)
        self.tile.place(box.from_start(0, tile, rtl).centred(tile, tile))
        words = box.from_start(tile + self.look.px(28), room, rtl)
        self.label.place(words.centred(room, self.label.wish(room)))
        height = min(box.height - self.look.gap(12), self.answers.wish(answers))
        at_end = box.from_start(box.width - answers, answers, rtl)
        self.answers.place(at_end.centred(answers, height))

    def draw(self, box: Box) -> None:
        """Draw the line below it."""
        line = self.look.px(self.look.theme.stroke.hairline)
        fill(Box(box.x, box.y, box.width, line), self.look.colour.line)

    @staticmethod
    def answers_width(width: float) -> float:
        """Return how much of a width the answers take."""
        return float(int(width * 0.555))

    def _widths(self, width: float) -> tuple[float, float, float]:
        """Return the widths of icon, name and answers."""
        tile = float(self.tile.side_px)
        answers = self.answers_width(width)
        return tile, width - tile - answers - 2 * self.look.px(28), answers
