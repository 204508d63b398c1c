"""What one writes on a medium by hand, in a frame like the medium's own."""

from collections.abc import Sequence

from kiosk.ui.box import Box
from kiosk.ui.drawing import edge
from kiosk.ui.look import Look
from kiosk.ui.widgets.card import Card, Ground, card_colour
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.layout import Column
from kiosk.ui.widgets.note import IconLine
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Text

LEFT_TO_RIGHT = "\u200e"
"""What is written on a disc begins at the left, whatever the screen's language (UAX 9, 2.6)."""


def handwritten(look: Look, head: str, lines: Sequence[str]) -> Card:
    """Return a card with what to do, and the lines to write."""
    ground = card_colour(look, Ground.WHITE)
    pen = Icon(look, "pencil-simple", 46, ink=look.colour.primary, ground=ground)
    words = Text(look, head, look.theme.type.body_strong, ground=ground)
    return Card(look, [IconLine(look, pen, words, 20), _Frame(look, lines)], inner_px=32)


class _Frame(Part):
    """The lines."""

    def __init__(self, look: Look, lines: Sequence[str]) -> None:
        ground, role = card_colour(look, Ground.WHITE), look.theme.type.small
        texts = [Text(look, LEFT_TO_RIGHT + line, role, ground=ground) for line in lines]
        self.lines = Column(look, texts, 0)
        super().__init__(look, [self.lines])

    def wish(self, width: float) -> float:
        """Return the height of the lines and the margins."""
        return self.lines.wish(self._room(width)) + 2 * self.look.px(20)

    def least(self, width: float) -> float:
        """Return the height with little air."""
        return self.lines.wish(self._room(width)) + 2 * self.look.px(8)

    def arrange(self, box: Box) -> None:
        """Place the lines."""
        height = self.lines.wish(self._room(box.width))
        inner = box.inset(self.look.px(28), 0)
        self.lines.place(inner.centred(inner.width, height))

    def draw(self, box: Box) -> None:
        """Draw the frame."""
        look = self.look
        radius = look.px(look.theme.radius.small)
        edge(box, look.colour.edge, radius, look.px(look.theme.stroke.edge))

    def _room(self, width: float) -> float:
        return width - 2 * self.look.px(28)
