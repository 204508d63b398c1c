"""A document on a paper roll of 80 mm: laid out as every other one, then turned into dots."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from reportlab.lib.colors import black
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable

from forms.facts import Site
from forms.printing import escpos
from forms.printing.furniture import contact
from forms.printing.logo import Logo
from forms.printing.paper import Sheet, print_on
from forms.reading.pdfium import opened
from forms.typography.letters import isolate
from forms.typography.look import say, type_size

DOT = mm / 8
"""203 dpi, as it is called: 8 dots a millimetre."""
WIDTH_DOTS = 576
"""What the printing head of an 80 mm printer spans."""
WIDTH = WIDTH_DOTS * DOT
_LENGTH = 600 * mm
"""Of one piece; what is longer goes on in the next one, without a gap."""
_SCALE = (1 - 1e-6) / DOT
"""A hair less than a pixel for each dot: parts of a pixel would be rounded up and all stretched."""
_BLACK = 150
"""Grey levels below this become black; thin strokes stay whole."""


@dataclass(frozen=True, slots=True)
class Roll:
    """What the pieces say of themselves, and when they were made."""

    title: str
    language: str
    made_at: datetime


def print_on_roll(roll: Roll, story: Sequence[Flowable]) -> bytes:
    """Return a story as ESC/POS commands; the same arguments give the same bytes."""
    sheet = Sheet(
        size=(WIDTH, _LENGTH),
        margin=0,
        top=0,
        bottom=0,
        title=roll.title,
        author="",
        language=roll.language,
        made_at=roll.made_at,
    )
    pieces = _dots(print_on(sheet, story, lambda *_: None))
    return escpos.encode(np.concatenate(list(pieces)))


def roll_head(site: Site, language: str) -> list[Flowable]:
    """Return what stands at the top of every roll: the hospital, and a rule below."""
    return [
        Logo(site.house.logo),
        say(isolate(site.name), roll_type(11, after=1), bold=True),
        *(say(line, roll_type(7.5)) for line in contact(site, language)),
        roll_rule(2),
    ]


def roll_type(size: float, after: float = 0) -> ParagraphStyle:
    """Return a size of type in points, in the one colour that there is."""
    return type_size(size, color=black, after=after)


def roll_rule(thickness: float) -> HRFlowable:
    """Return a line across the roll; points."""
    return HRFlowable(width="100%", thickness=thickness, color=black, spaceBefore=2, spaceAfter=4)


class OnDots(Flowable):
    """Draws something in the middle of the roll, moved by less than a dot to where one begins."""

    def __init__(self, drawing: Flowable) -> None:
        super().__init__()
        self.drawing = drawing

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size of the drawing, with the roll's whole width."""
        _, high = self.drawing.wrap(width, height)
        return WIDTH, high

    def draw(self) -> None:
        """Draw it."""
        wide, _ = self.drawing.wrap(WIDTH, 0)
        x, y = self.canv.absolutePosition((WIDTH - wide) / 2, 0)
        self.drawing.drawOn(self.canv, (WIDTH - wide) / 2 - x % DOT, -(y % DOT))


def _dots(pdf: bytes) -> Iterator[NDArray[np.bool_]]:
    """Yield each page as dots, down to the last one that is black."""
    with opened(pdf) as document:
        for page in document:
            grey = page.render(scale=_SCALE, grayscale=True).to_numpy()
            black = grey.reshape(len(grey), WIDTH_DOTS) < _BLACK
            yield black[: 1 + max(np.flatnonzero(black.any(axis=1)), default=0)]
