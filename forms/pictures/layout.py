"""Where everything in a cell stands: the picture, the letters around it, the bar, the caption."""

from dataclasses import dataclass
from enum import Enum

from reportlab.lib.units import mm

from forms.pictures.sheet import Box
from kiosk.domain.picture import Measured, Picture

CAPTION_LINES = 4
LINE_HEIGHT = 1.32
_SMALLEST, _LARGEST = 5.2, 9.5
_SHARE = 0.032
"""Of a cell's width: the size of its letters, in points as well."""
_LETTER_WIDTH, _AIR = 0.76, 0.4
"""Of the widest letter at an edge, and between it and the picture, in units of the size."""
_BARS_MM = (1, 2, 5, 10, 20, 50, 100, 200)
_LONGEST_BAR = 0.22
"""Of a cell's width."""


class Scale(Enum):
    """How large the picture is beside what it shows."""

    NONE = "not_to_scale"
    TRUE = "true_size"
    TRUE_AT_DETECTOR = "size_at_detector"


@dataclass(frozen=True, slots=True)
class Bar:
    """A length to compare with."""

    length_mm: int
    """In what is shown."""
    length: float
    """On the sheet, in points."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The places in a cell."""

    picture: Box
    above: Box
    below: Box
    caption: Box
    letters: float
    """Size of type, in points."""
    scale: Scale
    bar: Bar | None


def lay_out(cell: Box, picture: Picture, *, true_size: bool) -> Layout:
    """Return the places in a cell, in points; nothing covers the picture but what is part of it."""
    letters = min(max(cell.width * _SHARE, _SMALLEST), _LARGEST)
    strip, rim = letters * 1.55, letters * 0.6
    inner = cell.inset(rim)
    caption = Box(inner.x, inner.y, inner.width, letters * LINE_HEIGHT * CAPTION_LINES)
    below = Box(inner.x, caption.top + rim, inner.width, strip)
    above = Box(inner.x, inner.top - strip, inner.width, strip)
    beside = letters * (
        _AIR + _LETTER_WIDTH * max(len(picture.edges.left), len(picture.edges.right))
    )
    room = Box(inner.x + beside, below.top, inner.width - 2 * beside, above.y - below.top)
    scale, box = _placed(room, picture, true_size)
    return Layout(box, above, below, caption, letters, scale, _bar(box, picture, cell))


def _placed(room: Box, picture: Picture, true_size: bool) -> tuple[Scale, Box]:
    raster, spacing = picture.raster, picture.spacing
    if raster is None:
        return Scale.NONE, room
    if true_size and spacing:
        width, height = (
            raster.columns * spacing.across_mm * mm,
            raster.rows * spacing.down_mm * mm,
        )
        if width <= room.width and height <= room.height:
            return _TRUE[spacing.measured], _in_the_middle(room, width, height)
    shape = raster.columns / (raster.rows * picture.pixel_height)
    width = min(room.width, room.height * shape)
    return Scale.NONE, _in_the_middle(room, width, width / shape)


_TRUE = {Measured.PATIENT: Scale.TRUE, Measured.DETECTOR: Scale.TRUE_AT_DETECTOR}


def _in_the_middle(room: Box, width: float, height: float) -> Box:
    x, y = room.x + (room.width - width) / 2, room.y + (room.height - height) / 2
    return Box(x, y, width, height)


def _bar(box: Box, picture: Picture, cell: Box) -> Bar | None:
    """Return the longest round length that has room, or None where nobody measured anything."""
    raster, spacing = picture.raster, picture.spacing
    if raster is None or spacing is None:
        return None
    points_per_mm = box.width / (raster.columns * spacing.across_mm)
    fitting = [each for each in _BARS_MM if each * points_per_mm <= cell.width * _LONGEST_BAR]
    return Bar(fitting[-1], fitting[-1] * points_per_mm) if fitting else None
