"""The head of every screen: whose kiosk this is, and how far the person has come."""

from functools import lru_cache

import numpy as np
from kivy.graphics.texture import Texture

from kiosk.ui.box import Box
from kiosk.ui.drawing import edge, fill, texture_of, tinted
from kiosk.ui.look import Look
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.text import Side, Text

STEPS = 5


class Brand(Part):
    """Logo and name of the hospital, "Step 2 of 5" and the five bars; nothing of it is touched.

    Parameters
    ----------
    hospital
        Its name.
    logo
        A PNG or JPEG, or None for our own sign.
    step
        1 to 5, or None where there are no steps; ``step_text`` says it.
    """

    def __init__(
        self,
        look: Look,
        hospital: str,
        *,
        logo: bytes | None = None,
        step: int | None = None,
    ) -> None:
        kinds = look.theme.type
        self.logo = Picture(look, logo, radius_px=16) if logo else _Sign(look)
        self.hospital = Text(look, hospital, kinds.key if _is_normal(look) else kinds.rail)
        role = kinds.small_strong if _is_normal(look) else kinds.rail
        self.step_text = Text(look, "", role, side=Side.END)
        super().__init__(look, [self.logo, self.hospital, self.step_text])
        self.step = step

    def wish(self, width: float) -> float:
        """Return the height of line and bars."""
        return float(self.look.px(112 if self.look.wide else 124))

    def arrange(self, box: Box) -> None:
        """Place logo, name and step on one line."""
        look = self.look
        head = box.from_top(0, look.px(100 if look.wide else 112))
        head = head.inset(look.px(64 if look.wide else 48), 0)
        side = look.px(60)
        self.logo.place(head.from_start(0, side, look.rtl).centred(side, side))
        step = self.step_text.natural() + 1 if self.step_text.text else 0.0
        room = head.width - side - look.px(18) - step - look.px(18)
        name = head.from_start(side + look.px(18), room, look.rtl)
        self.hospital.place(name.centred(room, self.hospital.wish(room)))
        at_end = head.from_start(head.width - step, step, look.rtl)
        self.step_text.place(at_end.centred(step, self.step_text.wish(step or 1)))

    def draw(self, box: Box) -> None:
        """Draw the five bars, full up to where the person stands."""
        if self.step is None:
            return
        look = self.look
        bars = Box(box.x, box.y, box.width, look.px(12)).inset(look.px(64 if look.wide else 48), 0)
        gap = look.px(10)
        for number in range(STEPS):
            start, end = (round(bars.width * each / STEPS) for each in (number, number + 1))
            width = end - start - (gap if number < STEPS - 1 else 0)
            bar = bars.from_start(start, width, look.rtl)
            if number < self.step:
                fill(bar, look.colour.primary, bar.height / 2)
            else:
                edge(bar, look.colour.edge, bar.height / 2, look.px(3))


class _Sign(Part):
    """A sun over water, for a hospital that gave no logo."""

    def draw(self, box: Box) -> None:
        """Draw the sign."""
        colour, side = self.look.colour, int(box.width)
        fill(box, colour.primary, self.look.px(self.look.theme.radius.small))
        sun = round(side * 0.2)
        at = Box(box.x + (side - sun) // 2 - side // 20, box.y + round(side * 0.58), sun, sun)
        lit = not self.look.theme.flat
        fill(at, colour.person if lit else colour.on_primary, sun / 2)
        tinted(_wave(side), box, colour.on_primary)


@lru_cache(maxsize=4)
def _wave(side: int) -> Texture:
    """Return a wave across a square."""
    x, y = np.meshgrid(*(2 * [(np.arange(side) + 0.5) / side]))
    turn = 2 * np.pi / 0.58
    height = 0.36 + 0.085 * np.sin((x - 0.21) * turn)
    slope = 0.085 * turn * np.cos((x - 0.21) * turn)
    from_line = np.abs(y - height) / np.hypot(1, slope)
    from_ends = np.maximum(np.abs(x - 0.5) - 0.29, 0)
    return texture_of(0.5 - (np.hypot(from_line, from_ends) - 0.045) * side)


def _is_normal(look: Look) -> bool:
    return not look.comfort.large_text
