"""Lower buttons: what is touched stands in the lower half, within reach from a wheelchair."""

from collections.abc import Sequence

from kiosk.ui.box import Box
from kiosk.ui.look import Look
from kiosk.ui.widgets.layout import Column, Row, Space, spring
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.touchable import Touchable


class Lowered(Column):
    """The content of a screen, with all free height above what can be touched.

    On an upright panel whatever stands before the first thing to touch gives way to it upwards,
    and from there on everything has the room below the middle: lists show fewer at a time.

    Parameters
    ----------
    aside
        What stands beside the lead on other screens; here it comes first.
    """

    def __init__(self, look: Look, aside: Part | None, parts: Sequence[Part]) -> None:
        kept = [part for part in parts if not (isinstance(part, Space) and part.grows)]
        first = [Row(look, [Part(look), aside], shares=(1, 0))] if aside else []
        super().__init__(look, [spring(look), *first, *kept])

    def arrange(self, box: Box) -> None:
        """Place the parts from the top; where something would be out of reach, from the middle."""
        super().arrange(box)
        highest = max((part.box.top for part in self.everything() if _is_touched(part)), default=0)
        if not self.look.wide and highest > self._middle:
            self._part_in_two(box)

    @property
    def _middle(self) -> float:
        return self.look.panel.height_px / 2

    def _part_in_two(self, box: Box) -> None:
        is_touched = [any(map(_is_touched, part.everything())) for part in self.parts]
        first = is_touched.index(True)
        words = Column(self.look, self.parts[:first])
        touched = Column(self.look, [spring(self.look), *self.parts[first:]])
        low = max(self._middle - box.y, touched.least(box.width))
        words.place(box.from_top(0, box.height - low - self.gap))
        touched.place(box.from_top(box.height - low, low))
        self.overflow = words.overflow + touched.overflow


def _is_touched(part: Part) -> bool:
    return isinstance(part, Touchable)
