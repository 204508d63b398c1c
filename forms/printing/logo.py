"""A hospital's logo at the head of a page."""

from io import BytesIO

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from forms.typography.page import is_mirrored

HIGHEST = 13 * mm
WIDEST = 40 * mm
GAP = 4 * mm
"""Between it and the words beside it."""


class Logo(Flowable):
    """A picture as large as fits, with the gap behind it; nothing at all where there is none."""

    def __init__(self, png: bytes | None, highest: float = HIGHEST) -> None:
        super().__init__()
        self.picture = ImageReader(BytesIO(png)) if png else None
        self.width = self.height = 0.0
        if self.picture:
            wide, high = self.picture.getSize()
            scale = min(min(highest, HIGHEST) / high, WIDEST / wide)
            self.width, self.height = wide * scale + GAP, high * scale

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return its size whatever room there is."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it at the side from which its page is read."""
        canvas: Canvas = self.canv
        if self.picture:
            left = GAP if is_mirrored(canvas) else 0
            canvas.drawImage(self.picture, left, 0, self.width - GAP, self.height, mask="auto")
