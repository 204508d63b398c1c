"""A part of the screen: it says how high it wants to be, is given a box and draws itself there.

Parts are laid out at once, from the top, by the page, and only the page is a widget of Kivy's. A
part knows those that it is made of and none above it: so a page that is dropped is gone at once,
and never waits for the collector of cycles, which would stop the screen for half a second.
"""

from collections.abc import Iterator, Sequence

from kivy.graphics import PopMatrix, PushMatrix, Rotate
from kivy.graphics.instructions import CanvasBase

from kiosk.ui.box import Box
from kiosk.ui.look import Look

NOWHERE = Box(0, 0, 0, 0)


class Part:
    """A part of the screen.

    Parameters
    ----------
    look
        How it looks.
    parts
        What it is made of, in reading order.
    """

    grows = False
    """Whether it takes the height that is left over."""
    speech = ""
    """What is read aloud, beside what its parts say."""
    tilt_deg = 0.0
    """By how much it and its parts are turned around its middle, against the clock."""

    def __init__(self, look: Look, parts: "Sequence[Part]" = ()) -> None:
        self.look = look
        self.box = NOWHERE
        self.parts: list[Part] = list(parts)
        self.drawing = CanvasBase()
        """What it draws itself; its parts draw over it."""

    def add(self, part: "Part") -> None:
        """Take a part in, after the others."""
        self.parts.append(part)

    def natural(self) -> float:
        """Return the width that it would like to have, px."""
        return max((part.natural() for part in self.parts), default=0.0)

    def narrowest(self) -> float:
        """Return the width below which something would be broken or left out, px."""
        return max((part.narrowest() for part in self.parts), default=0.0)

    def wish(self, width: float) -> float:
        """Return the height that it would like to have at a width, px."""
        return 0.0

    def least(self, width: float) -> float:
        """Return the height below which something would be cut off, px."""
        return self.wish(width)

    def place(self, box: Box) -> None:
        """Take a box of the screen and draw in it."""
        self.box = box
        self.arrange(box)
        self.redraw()

    def arrange(self, box: Box) -> None:
        """Give each part its box."""

    def redraw(self) -> None:
        """Draw anew, after something changed."""
        self.drawing.clear()
        with self.drawing:
            self.draw(self.box)

    def draw(self, box: Box) -> None:
        """Draw what lies under the parts."""

    def compose(self, canvas: CanvasBase) -> None:
        """Put its drawing on a canvas, and over it those of its parts."""
        if self.tilt_deg:
            middle = self.box.centred(0, 0)
            canvas.add(PushMatrix())
            canvas.add(Rotate(angle=self.tilt_deg, origin=(middle.x, middle.y)))
        canvas.add(self.drawing)
        for part in self.parts:
            part.compose(canvas)
        if self.tilt_deg:
            canvas.add(PopMatrix())

    def everything(self) -> "Iterator[Part]":
        """Yield it and all parts of it in reading order."""
        yield self
        for part in self.parts:
            yield from part.everything()
