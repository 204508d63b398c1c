"""What can be touched, or chosen by the keys of a tactile keypad."""

from collections.abc import Callable
from typing import Any

from kivy.input import MotionEvent

from kiosk.ui.box import Box
from kiosk.ui.drawing import edge
from kiosk.ui.look import Look
from kiosk.ui.theme import Colour
from kiosk.ui.widgets.part import Part


class Touchable(Part):
    """Something to touch.

    It answers on release, so that a finger that slid off does nothing.

    Parameters
    ----------
    name
        What tests and keys call it, such as ``go-on`` or ``digit-4``.
    event
        What is sent on a touch.
    speech
        What is read aloud when the keys stand on it.
    """

    def __init__(self, look: Look, *, name: str, event: Any, speech: str) -> None:
        super().__init__(look)
        self.name = name
        self.event = event
        self.speech = speech
        self.pressed = False
        self.focused = False
        self.send: Callable[[Any], None] = _nowhere
        """Set by the page."""

    @property
    def ground(self) -> Colour:
        """The colour that it is filled with."""
        return self.look.colour.card

    @property
    def ink(self) -> Colour:
        """The colour of its words."""
        return self.look.colour.text

    @property
    def radius(self) -> float:
        """Of its corners, px."""
        return self.look.px(self.look.theme.radius.card)

    def choose(self) -> None:
        """Do what a touch does."""
        self.send(self.event)

    def focus(self, focused: bool) -> None:
        """Show or hide that the keys stand on it."""
        self.focused = focused
        self.redraw()

    def redraw(self) -> None:
        """Draw anew, with a ring around it where the keys stand on it."""
        super().redraw()
        if self.focused:
            with self.drawing:
                self._ring(self.box)

    def touch_down(self, touch: MotionEvent) -> None:
        """Answer a finger at once by another colour."""
        self._press(True)

    def touch_move(self, touch: MotionEvent) -> None:
        """Follow the finger; a button does not."""

    def touch_up(self, touch: MotionEvent) -> None:
        """Do it, if the finger is still there."""
        self._press(False)
        if self.box.has(*touch.pos):
            self.choose()

    def _press(self, pressed: bool) -> None:
        self.pressed = pressed
        self.redraw()

    def _ring(self, box: Box) -> None:
        width = self.look.px(self.look.theme.stroke.focus)
        around = box.inset(-width - self.look.px(2))
        edge(around, self.look.colour.focus, self.radius + width, width)


def _nowhere(event: Any) -> None:
    """Send to nobody: it stands on no page yet."""
