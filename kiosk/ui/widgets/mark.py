"""The sign on a card that says whether it is chosen."""

from enum import Enum, auto

from kiosk.ui.box import Box
from kiosk.ui.drawing import edge, fill
from kiosk.ui.look import Look
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.part import Part

SIDE_PX = 64


class Mark(Enum):
    """Which sign."""

    CHECK = auto()
    """A box before the words: any number may be chosen."""
    RADIO = auto()
    """A circle after the words: one is chosen."""
    ARROW = auto()
    """The card leads on."""


class Sign(Part):
    """A small square that may hold a pictogram."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.side = look.px(SIDE_PX)

    def natural(self) -> float:
        """Return its side."""
        return float(self.side)

    def wish(self, width: float) -> float:
        """Return its side."""
        return float(self.side)

    def arrange(self, box: Box) -> None:
        """Place the pictogram in the middle."""
        for part in self.parts:
            part.place(box)


class MarkSign(Sign):
    """Box, circle or arrow; a chosen one is full and has a tick."""

    def __init__(self, look: Look, mark: Mark, chosen: bool) -> None:
        super().__init__(look)
        self.mark, self.chosen = mark, chosen
        colour = look.colour
        if mark is Mark.ARROW:
            self.add(Icon(look, "arrow-right", 48, ink=colour.primary, ground=colour.card))
        elif chosen:
            self.add(Icon(look, "check", 44, ink=colour.on_primary, ground=colour.primary))

    def draw(self, box: Box) -> None:
        """Draw box or circle."""
        if self.mark is Mark.ARROW:
            return
        look = self.look
        is_box = self.mark is Mark.CHECK
        radius = look.px(look.theme.radius.checkbox) if is_box else self.side / 2
        if self.chosen:
            fill(box, look.colour.primary, radius)
            return
        fill(box, look.colour.card, radius)
        edge(box, look.colour.edge, radius, look.px(max(4, look.theme.stroke.edge)))
