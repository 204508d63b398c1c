"""Columns and rows; a row is mirrored where one reads from the right."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import ceil

from kiosk.ui.box import Box
from kiosk.ui.look import Look
from kiosk.ui.widgets.part import Part


class Space(Part):
    """Height that is free; next to it a column sets no gap of its own.

    Parameters
    ----------
    wish_px, least_px
        Of the design.
    grows
        Whether it takes what is left over.
    """

    def __init__(
        self, look: Look, wish_px: float = 0, least_px: float | None = None, grows: bool = False
    ) -> None:
        super().__init__(look)
        self._wish = look.px(wish_px)
        self._least = self._wish if least_px is None else look.px(least_px)
        self.grows = grows

    def wish(self, width: float) -> float:
        """Return the height that looks best."""
        return self._wish

    def least(self, width: float) -> float:
        """Return the height that must be."""
        return self._least


def spring(look: Look, wish_px: float = 0) -> Space:
    """Return free height that takes what is left over, and gives all of it up first."""
    return Space(look, wish_px, 0, grows=True)


class Column(Part):
    """Parts one below the other.

    Where there is more height than they wish for, the parts that grow share it. Where there is
    less, each gives up the same share of what it can do without.

    Parameters
    ----------
    gap_px
        Between two parts, of the design; without it what things to touch need.
    """

    def __init__(self, look: Look, parts: Sequence[Part], gap_px: float | None = None) -> None:
        super().__init__(look, parts)
        self.gap = touch_gap(look) if gap_px is None else look.px(gap_px)
        self.overflow = 0.0
        """Px by which its parts are higher than the box: a mistake of the screen."""
        self.grows = any(part.grows for part in parts)

    def wish(self, width: float) -> float:
        """Return the height of all parts and the gaps between them."""
        return sum(part.wish(width) for part in self.parts) + sum(self._gaps())

    def least(self, width: float) -> float:
        """Return the height with every part as small as it can be."""
        return sum(part.least(width) for part in self.parts) + sum(self._gaps())

    def arrange(self, box: Box) -> None:
        """Place the parts from the top."""
        down = 0.0
        gaps = [*self._gaps(), 0.0]
        for part, height, gap in zip(self.parts, self._heights(box), gaps, strict=False):
            part.place(box.from_top(down, height))
            down += height + gap
        self.overflow = max(0.0, down - box.height)

    def _gaps(self) -> list[float]:
        return [
            0.0 if isinstance(above, Space) or isinstance(below, Space) else self.gap
            for above, below in pairwise(self.parts)
        ]

    def _heights(self, box: Box) -> list[float]:
        wishes = [part.wish(box.width) for part in self.parts]
        spare = box.height - sum(self._gaps()) - sum(wishes)
        if spare < 0:
            return self._squeezed(wishes, -spare, box.width)
        growing = sum(part.grows for part in self.parts)
        share = spare // growing if growing else 0
        return [wish + share * part.grows for part, wish in zip(self.parts, wishes, strict=True)]

    def _squeezed(self, wishes: list[float], missing: float, width: float) -> list[float]:
        can_give = [wish - part.least(width) for part, wish in zip(self.parts, wishes, strict=True)]
        total = sum(can_give)
        share = min(1.0, missing / total) if total else 0.0
        return [
            float(int(wish - give * share)) for wish, give in zip(wishes, can_give, strict=True)
        ]


class Row(Part):
    """Parts side by side, from the side where reading starts.

    Parameters
    ----------
    shares
        How the width is divided; a part with share 0 takes the width it would like to have.
    gap_px
        Between two parts, of the design; at least what things to touch need.
    centred
        Whether each part keeps its height and stands in the middle, else all are equally high.
    """

    def __init__(
        self,
        look: Look,
        parts: Sequence[Part],
        *,
        shares: tuple[float, ...] = (),
        gap_px: float = 16,
        centred: bool = False,
    ) -> None:
        super().__init__(look, parts)
        self.shares = shares or (1.0,) * len(parts)
        self.gap = look.gap(gap_px)
        self.centred = centred

    def natural(self) -> float:
        """Return the width of all parts and gaps."""
        return sum(part.natural() for part in self.parts) + self.gap * (len(self.parts) - 1)

    def wish(self, width: float) -> float:
        """Return the height of the highest part."""
        return max(part.wish(w) for part, w in self._with_widths(width))

    def least(self, width: float) -> float:
        """Return the height below which one of the parts would be cut off."""
        return max(part.least(w) for part, w in self._with_widths(width))

    def arrange(self, box: Box) -> None:
        """Place the parts from the start."""
        along = 0.0
        for part, width in self._with_widths(box.width):
            cell = box.from_start(along, width, self.look.rtl)
            height = min(part.wish(width), box.height)
            part.place(cell.centred(width, height) if self.centred else cell)
            along += width + self.gap

    def _with_widths(self, width: float) -> list[tuple[Part, float]]:
        free = width - self.gap * (len(self.parts) - 1)
        fixed = [
            0.0 if share else min(ceil(part.natural()), width)
            for part, share in zip(self.parts, self.shares, strict=True)
        ]
        unit = (free - sum(fixed)) / (sum(self.shares) or 1)
        ends = accumulate(
            (own or unit * share for own, share in zip(fixed, self.shares, strict=True)),
            initial=0.0,
        )
        widths = [float(round(end) - round(start)) for start, end in pairwise(ends)]
        return list(zip(self.parts, widths, strict=True))


def grid(look: Look, parts: Sequence[Part], columns: int) -> Column:
    """Return parts in rows of equal cells; the last row is filled up with nothing."""
    filled = [*parts, *(Part(look) for _ in range(-len(parts) % columns))]
    starts = range(0, len(filled), columns)
    return Column(look, [Row(look, filled[at : at + columns]) for at in starts])


def touch_gap(look: Look) -> int:
    """Return px between things to touch that stand below each other."""
    return look.gap(12 if look.wide else 16)
