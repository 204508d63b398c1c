"""What lies over a screen: the question whether one is still there, start over, languages."""

from collections.abc import Sequence

from kiosk.ui.box import Box
from kiosk.ui.look import Look
from kiosk.ui.widgets.card import Card
from kiosk.ui.widgets.part import Part

_INNER_PX = 70


class SheetCard(Card):
    """A large white panel; the screen below it is not drawn, so nothing shines through.

    Parameters
    ----------
    parts
        A ring or an icon, the question, what happens, and the buttons that answer it.
    """

    def __init__(self, look: Look, parts: Sequence[Part]) -> None:
        radius = look.theme.radius.panel
        super().__init__(look, list(parts), inner_px=_INNER_PX, gap_px=24, radius_px=radius)

    def least(self, width: float) -> float:
        """Return the height with little air."""
        return super().least(width) - self.look.px(60)

    def arrange(self, box: Box) -> None:
        """Place the parts inside."""
        spare = max(0.0, box.height - self.column.wish(box.width - 2 * self.inner))
        self.column.place(box.inset(self.inner, min(self.inner, spare // 2)))
