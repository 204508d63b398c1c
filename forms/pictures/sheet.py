"""What pictures are put on: paper and film, their sizes and how they are divided."""

from dataclasses import dataclass
from enum import Enum

from reportlab.lib.units import mm


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, its lower left corner at ``x``, ``y``; y grows upward."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Half way from left to right."""
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.y + self.height

    def inset(self, by: float) -> "Box":
        """Return the rectangle without a rim."""
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)


@dataclass(frozen=True, slots=True)
class Grid:
    r"""How a sheet is divided; written ``STANDARD\C,R`` to a film printer (PS3.3 C.13.3)."""

    columns: int = 1
    rows: int = 1

    @property
    def cells(self) -> int:
        """How many pictures a sheet holds."""
        return self.columns * self.rows

    @property
    def display_format(self) -> str:
        """ImageDisplayFormat (2010,0010)."""
        return f"STANDARD\\{self.columns},{self.rows}"

    def divide(self, box: Box) -> list[Box]:
        """Return the cells, row by row from the top."""
        width, height = box.width / self.columns, box.height / self.rows
        return [
            Box(box.x + column * width, box.top - (row + 1) * height, width, height)
            for row in range(self.rows)
            for column in range(self.columns)
        ]


class Orientation(Enum):
    """FilmOrientation (2010,0040); of paper as well."""

    PORTRAIT = "PORTRAIT"
    LANDSCAPE = "LANDSCAPE"

    def turn(self, short: float, long: float) -> tuple[float, float]:
        """Return width and height."""
        return (short, long) if self is Orientation.PORTRAIT else (long, short)


class Paper(Enum):
    """A size of paper, in points."""

    A4 = (210 * mm, 297 * mm)
    LETTER = (612.0, 792.0)


class FilmSize(Enum):
    """FilmSizeID (2010,0050)."""

    IN_8X10 = "8INX10IN"
    IN_10X12 = "10INX12IN"
    IN_10X14 = "10INX14IN"
    IN_11X14 = "11INX14IN"
    IN_14X14 = "14INX14IN"
    IN_14X17 = "14INX17IN"
    CM_24X24 = "24CMX24CM"
    CM_24X30 = "24CMX30CM"

    @property
    def sides(self) -> tuple[float, float]:
        """Short and long side in points."""
        unit = self.value[-2:]
        points = 72.0 if unit == "IN" else 10 * mm
        short, long = (float(side) * points for side in self.value[:-2].split(f"{unit}X"))
        return short, long


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """A page for an office printer."""

    paper: Paper = Paper.A4
    grid: Grid = Grid(3, 4)
    orientation: Orientation = Orientation.PORTRAIT
    true_size: bool = False
    """Print what was measured as large as it is, where it fits."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.orientation.turn(*self.paper.value)


@dataclass(frozen=True, slots=True)
class FilmSheet:
    """A film for a film printer, which fits each image box into its cell."""

    film: FilmSize = FilmSize.IN_14X17
    grid: Grid = Grid(4, 5)
    orientation: Orientation = Orientation.PORTRAIT
    true_size: bool = False
    """As for paper; the printer is then to be told the RequestedImageSize of the whole box."""
    dots_per_mm: float = 300 / 25.4
    """The printer's own, so that it need not change the size of any letter."""
    edge_mm: float = 5.0
    """All around, where printers expose nothing."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.orientation.turn(*self.film.sides)

    @property
    def cells(self) -> list[Box]:
        """The image boxes, in the order of ImageBoxPosition (2020,0010)."""
        return self.grid.divide(Box(0, 0, *self.size).inset(self.edge_mm * mm))


Sheet = PaperSheet | FilmSheet
