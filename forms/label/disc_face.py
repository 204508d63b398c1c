"""The face of a printable disc: lines as wide as the ring is at their height."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph

from forms.facts import LabelFacts
from forms.label.on_paper import print_label
from forms.label.said import LabelText
from forms.typography.fitted import Type, fitted
from forms.typography.look import INK_SOFT

SIDE = 120 * mm
"""Of the page, with the disc's centre in its middle."""
KEEP_CLEAR = 1.5 * mm
"""From both edges of the ring: discs lie in their trays with some play."""

PATIENT = Type(16, 7, lines=2, bold=True, align=TA_CENTER)
KNOWN_BY = Type(10, 6, align=TA_CENTER)
SITE = Type(8.5, 6, color=INK_SOFT, align=TA_CENTER)
EXAM = Type(7.5, 7.5, align=TA_CENTER)
BESIDE = Type(8.5, 5, lines=2, align=TA_CENTER)
BESIDE_STRONG = Type(8.5, 5, lines=2, bold=True, align=TA_CENTER)
GAP = 1.5
"""Points between the lines above the hub."""
DEEPEST = 32 * mm
"""Lines above and below the hub keep to so much of the ring, counted from its outer edge."""
NARROWEST = 30 * mm
"""Where the ring is less wide, an exam would be cut to a few letters."""
HALF_BAND = 9 * mm
"""What stands beside the hub keeps to so much above and below its middle."""


@dataclass(frozen=True, slots=True)
class Ring:
    """What of a disc can be printed on, in points."""

    inner: float
    """Radius."""
    outer: float

    @classmethod
    def of_diameters(cls, inner_mm: float, outer_mm: float) -> "Ring":
        """Return the ring between two diameters, without what is kept clear."""
        return cls(inner_mm / 2 * mm + KEEP_CLEAR, outer_mm / 2 * mm - KEEP_CLEAR)

    @property
    def start(self) -> float:
        """How far from the centre the lines above and below the hub begin."""
        return max(self.inner, self.outer - DEEPEST)

    def chord(self, height: float) -> float:
        """Return how wide the disc is at a height above or below its centre."""
        return 2 * sqrt(max(self.outer**2 - height**2, 0))


@dataclass(frozen=True, slots=True)
class Placed:
    """A text and where its box stands, in points from the disc's centre; y grows upward."""

    text: Paragraph
    left: float
    foot: float
    width: float
    height: float


def render_disc_face(facts: LabelFacts, ring: Ring) -> bytes:
    """Return the face as a square page with the disc's centre in its middle."""
    return print_label(facts, (SIDE, SIDE), 0, lambda label: [_Face(place(label, ring))])


class _Face(Flowable):
    """Draws what was placed."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        super().__init__()
        self.placed = placed

    def wrap(self, *_: float) -> tuple[float, float]:
        return SIDE, SIDE

    def draw(self) -> None:
        for each in self.placed:
            each.text.drawOn(self.canv, SIDE / 2 + each.left, SIDE / 2 + each.foot)


def place(label: LabelText, ring: Ring) -> list[Placed]:
    """Return every text of a label in its place."""
    return [*_above(label, ring), *_beside(label, ring), *_below(label, ring)]


def _above(label: LabelText, ring: Ring) -> Iterator[Placed]:
    """Place whose disc it is, upward from the hub."""
    foot = ring.start
    for text, type_ in ((label.known_by, KNOWN_BY), (label.patient, PATIENT), (label.site, SITE)):
        if text:
            placed = _line(text, type_, ring, foot)
            yield placed
            foot += placed.height + GAP


def _below(label: LabelText, ring: Ring) -> Iterator[Placed]:
    """Place the exams, downward from the hub, as far as the ring is wide enough."""
    height = EXAM.height
    room = 1
    while ring.chord(ring.start + (room + 1) * height) >= NARROWEST:
        room += 1
    for number, exam in enumerate(label.exams_in(room)):
        yield _line(exam, EXAM, ring, -ring.start - (number + 1) * height)


def _line(text: str, type_: Type, ring: Ring, foot: float) -> Placed:
    """Place a text in the middle, within the ring at the edge that is farther from the hub."""
    width = ring.chord(max(abs(foot), abs(foot + type_.height)))
    paragraph = fitted(text, type_, width)
    height = paragraph.wrap(width, 0)[1]
    return Placed(paragraph, -width / 2, foot, width, height)


def _beside(label: LabelText, ring: Ring) -> Iterator[Placed]:
    """Place which disc it is and when it was made left of the hub, what is on it on the right."""
    outer = ring.chord(HALF_BAND) / 2
    columns = (
        (-outer, ((label.volume, BESIDE_STRONG), (label.written, BESIDE))),
        (ring.inner, ((label.content, BESIDE_STRONG),)),
    )
    for left, texts in columns:
        yield from _column(texts, left, outer - ring.inner)


def _column(texts: Sequence[tuple[str, Type]], left: float, width: float) -> Iterator[Placed]:
    """Place texts below each other, their middle at the height of the disc's centre."""
    paragraphs = [fitted(text, type_, width) for text, type_ in texts]
    heights = [paragraph.wrap(width, 0)[1] for paragraph in paragraphs]
    top = sum(heights) / 2
    for paragraph, height in zip(paragraphs, heights, strict=True):
        top -= height
        yield Placed(paragraph, left, top, width, height)
