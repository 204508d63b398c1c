"""A large pictogram in a circle: what a screen without a choice is about."""

from kiosk.ui.box import Box
from kiosk.ui.drawing import edge, fill
from kiosk.ui.icons import IconStyle
from kiosk.ui.look import Look
from kiosk.ui.theme import Colour
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.part import Part

_LEAST_PX = 120
_ICON = 0.64
"""Of the circle's diameter."""


class Roundel(Part):
    """A circle at the side where reading starts; it may be drawn smaller where words need room.

    Parameters
    ----------
    ink, ground
        Of the pictogram, and of the circle.
    side_px
        Its diameter, of the design.
    """

    def __init__(
        self, look: Look, icon: str, *, ink: Colour, ground: Colour, side_px: float = 300
    ) -> None:
        super().__init__(look)
        self.icon, self.ink, self.ground = icon, ink, ground
        self.side = look.px(side_px)

    def natural(self) -> float:
        """Return its diameter."""
        return float(self.side)

    def wish(self, width: float) -> float:
        """Return its diameter."""
        return float(self.side)

    def least(self, width: float) -> float:
        """Return the smallest diameter."""
        return float(self.look.px(_LEAST_PX))

    def arrange(self, box: Box) -> None:
        """Place the pictogram in a circle as large as the box is high."""
        look = self.look
        icon_px = box.height * _ICON / look.panel.scale
        icon = Icon(look, self.icon, icon_px, ink=self.ink, ground=self.ground, style=_DUOTONE)
        self.parts = [icon]
        icon.place(self._circle(box))

    def draw(self, box: Box) -> None:
        """Draw the circle."""
        circle = self._circle(box)
        fill(circle, self.ground, circle.height / 2)
        if self.look.theme.flat:
            width = self.look.px(self.look.theme.stroke.edge)
            edge(circle, self.look.colour.edge, circle.height / 2, width)

    def _circle(self, box: Box) -> Box:
        return box.from_start(0, box.height, self.look.rtl)


_DUOTONE = IconStyle.DUOTONE
