"""The panel: how many px it has and how large they are."""

from dataclasses import dataclass
from functools import cache
from math import hypot

DESIGN_SHORT_PX, DESIGN_LONG_PX = 1080, 1920
DESIGN_PX_PER_MM = 4.034
MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Panel:
    """A glass of a size."""

    width_px: int
    height_px: int
    diagonal_inch: float

    @classmethod
    def window(cls, width_px: int, height_px: int) -> "Panel":
        """Return a window on a desk as a smaller or larger picture of the 21.5 inch panel."""
        px_per_mm = DESIGN_PX_PER_MM * _scale(width_px, height_px)
        return cls(width_px, height_px, hypot(width_px, height_px) / px_per_mm / MM_PER_INCH)

    @property
    def px_per_mm(self) -> float:
        """How many px make a millimetre."""
        return hypot(self.width_px, self.height_px) / (self.diagonal_inch * MM_PER_INCH)

    @property
    def is_portrait(self) -> bool:
        """Whether it stands upright."""
        return self.height_px >= self.width_px

    @property
    def scale(self) -> float:
        """Px of this panel for one px of the design."""
        return _scale(self.width_px, self.height_px)


@cache
def _scale(width_px: int, height_px: int) -> float:
    """Return how large the design fits on a panel, whatever its shape."""
    short, long = sorted((width_px, height_px))
    return min(short / DESIGN_SHORT_PX, long / DESIGN_LONG_PX)
