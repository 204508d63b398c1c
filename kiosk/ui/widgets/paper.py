"""A sheet of white paper, and on it a piece of a form."""

from kivy.graphics.texture import Texture
from PIL import Image

from kiosk.domain.session.facts import FormPage
from kiosk.ui.box import Box
from kiosk.ui.drawing import edge, fill, picture, shadow
from kiosk.ui.look import Look
from kiosk.ui.widgets.part import Part

LEAST_PX = 320


class Paper(Part):
    """A sheet; it is white in every theme, as the form is printed.

    Parameters
    ----------
    page
        What is read on it; None while that is being written.
    """

    grows = True

    def __init__(self, look: Look, page: FormPage | None) -> None:
        super().__init__(look)
        self.page = page
        self.speech = page.text if page else ""
        self._shown: Texture | None = None

    @property
    def shown_size(self) -> tuple[int, int]:
        """How large the piece is drawn, px."""
        return tuple(self._shown.size) if self._shown else (0, 0)

    def wish(self, width: float) -> float:
        """Return the height of the piece as it was made for this width."""
        return max(self.least(width), float(self.page.height)) if self.page else self.least(width)

    def least(self, width: float) -> float:
        """Return a height at which the piece is shown smaller, but can be read."""
        return float(self.look.px(LEAST_PX))

    def arrange(self, box: Box) -> None:
        """Make the picture for a box of this size; it is never made larger."""
        if self.page is None or box.width < 1 or box.height < 1:
            return
        self._shown = _fitted(self.page, int(box.width), int(box.height))

    def draw(self, box: Box) -> None:
        """Draw the sheet, and the piece at its top."""
        look = self.look
        radius, shadows = look.px(look.theme.radius.small), look.theme.shadow
        shadow(box, shadows.card, radius, look.panel.scale)
        fill(box, look.colour.paper, radius)
        if self._shown is not None:
            width, height = self._shown.size
            picture(self._shown, box.from_top(0, height).centred(width, height))
        edge(box, look.colour.line, radius, look.px(look.theme.stroke.hairline))


def _fitted(page: FormPage, width: int, height: int) -> Texture:
    scale = min(1.0, width / page.width, height / page.height)
    size, rows = (page.width, page.height), page.rgb
    if scale < 1:
        size = (int(page.width * scale), int(page.height * scale))
        whole = Image.frombytes("RGB", (page.width, page.height), rows)
        rows = whole.resize(size, Image.Resampling.LANCZOS).tobytes()
    texture = Texture.create(size=size, colorfmt="rgb")
    texture.blit_buffer(rows, colorfmt="rgb", bufferfmt="ubyte")
    texture.flip_vertical()
    return texture
