"""The box that a signature stands in: drawn strokes as lines, or the typed name."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepInFrame

from forms.typography.letters import clean
from forms.typography.look import EDGE, HAIRLINE, INK_SOFT, PEN, READ, say, type_size
from kiosk.domain.consent import Drawn, Signature, Typed
from kiosk.errors import ConsentRefused

PADDING = 3 * mm
PEN_WIDTH = 1.6
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A box on paper, in points; y grows upward from its foot."""

    width: float
    height: float


def strokes_in_box(strokes: Iterable[Sequence[Sequence[float]]], box: Box) -> list[list[Place]]:
    """Place strokes (y downward) in a box: at their own size where they fit, else made smaller.

    Raises
    ------
    ConsentRefused
        If a coordinate is not a finite number.
    """
    lines = [[(point[0], point[1]) for point in stroke] for stroke in strokes if stroke]
    xs = [x for line in lines for x, _ in line]
    ys = [y for line in lines for _, y in line]
    if not xs or not all(map(math.isfinite, (*xs, *ys))):
        raise ConsentRefused("signature: not drawn with numbers")
    left, top = min(xs), min(ys)
    wide, high = max(xs) - left, max(ys) - top
    if not (math.isfinite(wide) and math.isfinite(high)):
        raise ConsentRefused("signature: drawn beyond every glass")
    room = Box(box.width - 2 * PADDING, box.height - 2 * PADDING)
    scale = min(mm, room.width / wide if wide else mm, room.height / high if high else mm)
    foot = (box.height + high * scale) / 2
    return [
        [(PADDING + (x - left) * scale, foot - (y - top) * scale) for x, y in line]
        for line in lines
    ]


class SignatureBox(Flowable):
    """Draws a signature, or the words that there is none yet, inside a thin frame."""

    def __init__(self, signature: Signature | None, box: Box, empty: str) -> None:
        super().__init__()
        self.signature, self.box, self.empty = signature, box, empty

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the size of the box whatever room there is."""
        return self.box.width, self.box.height

    def draw(self) -> None:
        """Draw the frame and what stands in it."""
        canvas: Canvas = self.canv
        canvas.setStrokeColor(EDGE)
        canvas.setLineWidth(HAIRLINE)
        canvas.roundRect(0, 0, self.box.width, self.box.height, 2 * mm)
        match self.signature:
            case Drawn(strokes=strokes):
                self._draw_strokes(strokes)
            case Typed(typed=name):
                self._write(clean(name), type_size(19, color=PEN))
            case None:
                self._write(self.empty, type_size(READ, color=INK_SOFT))

    def _draw_strokes(self, strokes: Iterable[Sequence[Sequence[float]]]) -> None:
        path = self.canv.beginPath()
        for first, *rest in strokes_in_box(strokes, self.box):
            path.moveTo(*first)
            for place in rest or [first]:  # a line to itself with round ends is the dot of an i
                path.lineTo(*place)
        self.canv.setStrokeColor(PEN)
        self.canv.setLineWidth(PEN_WIDTH)
        self.canv.setLineCap(1)
        self.canv.setLineJoin(1)
        self.canv.drawPath(path)

    def _write(self, words: str, style: ParagraphStyle) -> None:
        room = Box(self.box.width - 2 * PADDING, self.box.height - 2 * PADDING)
        text = KeepInFrame(room.width, room.height, [say(words, style)], mode="shrink")
        _, height = text.wrapOn(self.canv, room.width, room.height)
        text.drawOn(self.canv, PADDING, (self.box.height - height) / 2)
