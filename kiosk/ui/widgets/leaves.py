"""Content that is shown leaf by leaf where large letters leave no room for all of it at once."""

from collections.abc import Callable, Sequence

from kiosk.ui.box import Box
from kiosk.ui.look import Look
from kiosk.ui.widgets.button import Button
from kiosk.ui.widgets.layout import Column, Row, spring, touch_gap
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Text


class Leaves(Part):
    """Parts one below the other, as many as fit.

    Parameters
    ----------
    layouts
        The same content with more and with less room between; the first one that fits as a
        whole is shown, else the last one, cut into leaves between its parts.
    page
        From 0; beyond the last leaf the last one is shown.
    foot
        Returns what stands below a leaf when there are several: given its number from 0 and how
        many there are, which one it is in words, and the button to another one.
    gap_px
        Between two parts, of the design.
    """

    grows = True

    def __init__(
        self,
        look: Look,
        layouts: Sequence[Sequence[Part]],
        *,
        page: int,
        foot: Callable[[int, int], tuple[str, Button]],
        gap_px: float = 28,
    ) -> None:
        super().__init__(look)
        self.layouts = layouts
        self.page = page
        self.foot = foot
        self.gap_px = max(gap_px, touch_gap(look) / look.panel.scale)

    def wish(self, width: float) -> float:
        """Return the height of the roomiest layout."""
        return self._whole(self.layouts[0]).wish(width)

    def least(self, width: float) -> float:
        """Return the height with one part on each leaf."""
        parts = self.layouts[-1]
        tallest = max(part.least(width) for part in parts)
        if len(parts) > 1:
            tallest += self._foot(0, 2).wish(width) + self.look.px(self.gap_px)
        shortest = min(self._whole(layout).least(width) for layout in self.layouts)
        return min(tallest, shortest)

    def arrange(self, box: Box) -> None:
        """Choose what is shown, and place it."""
        shown = self._shown(box)
        self.parts = [shown]
        shown.place(box)

    def _shown(self, box: Box) -> Column:
        for layout in self.layouts:
            whole = self._whole(layout)
            if whole.least(box.width) <= box.height:
                return whole
        leaves = self._leaves(box)
        page = min(self.page, len(leaves) - 1)
        foot = self._foot(page, len(leaves))
        return Column(self.look, [*leaves[page], spring(self.look, self.gap_px), foot], self.gap_px)

    def _whole(self, parts: Sequence[Part]) -> Column:
        return Column(self.look, [*parts, spring(self.look)], self.gap_px)

    def _leaves(self, box: Box) -> list[list[Part]]:
        gap = self.look.px(self.gap_px)
        room = box.height - self._foot(0, 2).wish(box.width) - touch_gap(self.look)
        leaves: list[list[Part]] = [[]]
        used = 0.0
        for part in self.layouts[-1]:
            height = part.least(box.width)
            if leaves[-1] and used + gap + height > room:
                leaves.append([])
                used = 0.0
            used += height + gap * bool(leaves[-1])
            leaves[-1].append(part)
        return leaves

    def _foot(self, page: int, pages: int) -> Row:
        which, button = self.foot(page, pages)
        words = Text(self.look, which, self.look.theme.type.small_strong)
        return Row(self.look, [words, button], shares=(1, 1.4), centred=True)
