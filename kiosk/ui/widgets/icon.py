"""Icons, and the pictograms in two layers."""

from functools import lru_cache

from kivy.core.text import Label as Ink
from kivy.graphics.texture import Texture

from kiosk.ui.box import Box
from kiosk.ui.drawing import fill, px_for_px, tinted
from kiosk.ui.icons import IconStyle, glyph
from kiosk.ui.look import Look
from kiosk.ui.stick import PLUS, STICKS, stick_line, stick_tone
from kiosk.ui.theme import Colour
from kiosk.ui.widgets.part import Part


class Icon(Part):
    """An icon; a word always stands beside it, so it is not read aloud.

    Parameters
    ----------
    name
        Of Phosphor; ``usb-stick`` and ``usb-stick-plus`` are our own.
    px
        Its side, of the design.
    """

    def __init__(
        self,
        look: Look,
        name: str,
        px: float,
        *,
        ink: Colour | None = None,
        ground: Colour | None = None,
        style: IconStyle = IconStyle.BOLD,
    ) -> None:
        super().__init__(look)
        self.icon = name
        self.side_px = look.px(px)
        self.ink = ink or look.colour.text
        self.ground = ground or look.colour.page
        self.style = style

    def natural(self) -> float:
        """Return its side."""
        return float(self.side_px)

    def wish(self, width: float) -> float:
        """Return its side."""
        return float(self.side_px)

    def colour(self, ink: Colour, ground: Colour) -> None:
        """Show it in another colour."""
        self.ink, self.ground = ink, ground
        self.redraw()

    def draw(self, box: Box) -> None:
        """Draw it in the middle."""
        at = box.centred(self.side_px, self.side_px)
        tone = self.look.colour.tone
        if self.icon in STICKS:
            self._layer(stick_tone(self.side_px), at, tone)
            self._layer(stick_line(self.side_px, plus=self.icon == PLUS), at, 1)
            return
        letters = glyph(self.icon, self.look.rtl)
        self._layer(
            _glyph(letters.letter, self.style, self.side_px),
            at,
            tone if self.style is IconStyle.DUOTONE else 1,
        )
        if self.style is IconStyle.DUOTONE:
            self._layer(_glyph(letters.line, self.style, self.side_px), at, 1)

    def _layer(self, texture: Texture, box: Box, alpha: float) -> None:
        tinted(texture, box, self.ink, alpha)


class Tile(Part):
    """A pictogram on a round square.

    Parameters
    ----------
    side_px, icon_px
        Of the design.
    """

    def __init__(
        self, look: Look, name: str, side_px: float, icon_px: float, *, ink: Colour, ground: Colour
    ) -> None:
        self.icon = Icon(look, name, icon_px, ink=ink, ground=ground, style=IconStyle.DUOTONE)
        super().__init__(look, [self.icon])
        self.side_px = look.px(side_px)
        self.ground = ground

    def natural(self) -> float:
        """Return its side."""
        return float(self.side_px)

    def wish(self, width: float) -> float:
        """Return its side."""
        return float(self.side_px)

    def arrange(self, box: Box) -> None:
        """Place the pictogram in the middle."""
        self.icon.place(box)

    def draw(self, box: Box) -> None:
        """Draw the square."""
        side = box.centred(self.side_px, self.side_px)
        fill(side, self.ground, self.look.px(self.look.theme.radius.card))


@lru_cache(maxsize=128)
def _glyph(letter: str, style: IconStyle, px: int) -> Texture:
    ink = Ink(text=letter, font_name=style.path, font_size=px, color=(1, 1, 1, 1))
    ink.refresh()
    return px_for_px(ink.texture)
