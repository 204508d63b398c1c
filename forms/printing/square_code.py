"""A QR code as lines on paper, sharp at any size."""

from functools import lru_cache

import segno
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from forms.typography.look import INK

QUIET = 2
"""Light modules around the code; 4 by ISO/IEC 18004, of which the paper's own white gives two."""


def modules_across(text: str, error: str = "m") -> int:
    """Return how many modules wide the code of a text is with its quiet zone."""
    return len(_matrix(text, error)) + 2 * QUIET


class SquareCode(Flowable):
    """A QR code of a text, ``side`` points wide with its quiet zone.

    An ``inset`` in points leaves so much free around every run of dark modules: what turns a page
    into dots makes a dot black that is only just touched.
    """

    def __init__(self, text: str, side: float, error: str = "m", inset: float = 0) -> None:
        super().__init__()
        self.side = side
        self.inset = inset
        self.rows = _matrix(text, error)

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the size of the code."""
        return self.side, self.side

    def draw(self) -> None:
        """Draw each run of dark modules as one rectangle."""
        canvas: Canvas = self.canv
        module = self.side / (len(self.rows) + 2 * QUIET)
        canvas.setFillColor(INK)
        for number, row in enumerate(self.rows):
            y = self.side - (QUIET + number + 1) * module
            for start, length in _dark_runs(row):
                canvas.rect(
                    (QUIET + start) * module + self.inset,
                    y + self.inset,
                    length * module - 2 * self.inset,
                    module - 2 * self.inset,
                    stroke=0,
                    fill=1,
                )


@lru_cache(maxsize=1)  # a document is laid out twice, to know how many pages it has
def _matrix(text: str, error: str) -> tuple[bytes, ...]:
    return tuple(bytes(row) for row in segno.make(text, error=error, micro=False).matrix)


def _dark_runs(row: bytes) -> list[tuple[int, int]]:
    runs, start = [], 0
    for run in row.replace(b"\x01", b"1").replace(b"\x00", b"0").split(b"0"):
        if run:
            runs.append((start, len(run)))
        start += len(run) + 1
    return runs
