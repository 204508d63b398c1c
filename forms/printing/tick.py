"""A box to tick, empty or ticked."""

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from forms.typography.look import EDGE, INK, PRIMARY

SIDE = 11.0


class Tick(Flowable):
    """A square that lines up with a line of body text."""

    def __init__(self, *, ticked: bool) -> None:
        super().__init__()
        self.ticked = ticked

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the size of the square."""
        return SIDE, SIDE

    def draw(self) -> None:
        """Draw the square and its tick."""
        canvas: Canvas = self.canv
        canvas.setStrokeColor(PRIMARY if self.ticked else EDGE)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.setLineWidth(1)
        canvas.roundRect(0, -2, SIDE, SIDE, 2, fill=1)
        if self.ticked:
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(1.6)
            canvas.setLineCap(1)
            canvas.lines([(2.6, 3.4, 4.8, 1), (4.8, 1, 8.6, 6)])
