"""One image of a study as it is to be seen on paper or film, and what must be said beside it."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple


class Measured(Enum):
    """Where a distance between pixels holds (PS3.3 10.7.1.3)."""

    PATIENT = "patient"
    """In the body: a slice, or a radiograph that was calibrated."""
    DETECTOR = "detector"
    """On the plate behind the body, where everything is larger than it is."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """How far the centres of neighbouring pixels lie apart."""

    down_mm: float
    across_mm: float
    measured: Measured


class Edges(NamedTuple):
    """What lies beyond each edge, in letters such as ``R`` or ``AL``; empty where unknown."""

    top: str = ""
    right: str = ""
    bottom: str = ""
    left: str = ""


class Tones(Enum):
    """What a sheet can show."""

    COLOUR_8 = "colour, 8 bits"
    GREY_8 = "grey, 8 bits"
    GREY_12 = "grey, 12 bits"

    @property
    def bits(self) -> int:
        """How many each sample has."""
        return 12 if self is Tones.GREY_12 else 8


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels as they are to be seen, the dark ones low."""

    columns: int
    rows: int
    samples: int
    """1 for grey, 3 for red, green and blue."""
    bits: int
    """8; or 12, for grey only."""
    values: bytes
    """Row by row from the top; 12 bits in two bytes, the low one first."""


@dataclass(frozen=True, slots=True)
class Note:
    """A text that somebody wrote on the image."""

    text: str
    x: float
    """Of its left end: 0 is the left edge of the picture, 1 the right one."""
    y: float
    """Of its top: 0 is the upper edge, 1 the lower one."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One frame of one instance, turned and cut as it was meant to be seen."""

    raster: Raster | None
    """None where no codec can draw it."""
    pixel_height: float
    """Relative to a pixel's width."""
    spacing: Spacing | None
    """None where nobody measured it."""
    edges: Edges
    side: str
    """Side and view of the body as radiographers write them: ``R``, ``L CC``; empty if unpaired."""
    notes: tuple[Note, ...]
    modality: str
    institution: str
    """Where it was taken, as the image says."""
    taken_on: date | None
    series_number: int | None
    image_number: int | None
    frame: int
    """From 1."""
    frames: int


@dataclass(frozen=True, slots=True)
class ImageBox:
    """One image box of one film (PS3.3 C.13.5)."""

    film: int
    """From 1."""
    position: int
    """ImageBoxPosition (2020,0010), from 1, row by row."""
    raster: Raster
    """P-values, MONOCHROME2, one sample a pixel, pixels as high as wide."""
    width_mm: float
    """Of the whole box on the film: RequestedImageSize (2020,0030)."""
