"""Draws views, and keeps a picture of each where one can look at them."""

from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from kiosk.ui.page import Page
from tests.screens.sessions import NAMES
from tests.screens.views import Mode, Studio, View, open_window

COLOURS = 256
IN_EVERY_MODE = (Mode.PLAIN, Mode.LARGE, Mode.CONTRAST)
LOWERED = (
    "welcome",
    "enter-code",
    "choose-studies",
    "choose-media",
    "who-for",
    "read-form",
    "sign-drawn",
    "see-and-hear",
)
"""The screens of which a picture with lower buttons is made too."""


def views_of(language: str, orientation: str) -> list[View]:
    """Return what there is to look at in one language on one kind of panel."""
    modes = [(name, mode) for name in NAMES for mode in IN_EVERY_MODE]
    lowered = [(name, Mode.LOWER) for name in NAMES if name in LOWERED]
    return [View(name, language, orientation, mode) for name, mode in sorted([*modes, *lowered])]


@dataclass(slots=True)
class Painter:
    """Draws pages by the processor."""

    studio: Studio = field(default_factory=Studio)
    _canvases: dict[tuple[int, int], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        open_window()

    def paint(self, view: View) -> Image.Image:
        """Return a view as it stands on the glass, px for px."""
        return self.paint_page(self.studio.page(view))

    def paint_page(self, page: Page) -> Image.Image:
        """Return a page as it stands on the glass."""
        fbo = self._canvas(page.look.panel.width_px, page.look.panel.height_px)
        fbo.clear()
        page.compose(fbo)
        fbo.draw()
        drawn = Image.frombytes("RGBA", fbo.size, fbo.pixels)
        return drawn.transpose(Image.Transpose.FLIP_TOP_BOTTOM).convert("RGB")

    def _canvas(self, *size: int) -> Any:
        from kivy.graphics import Fbo

        return self._canvases.setdefault(size, None) or self._canvases.setdefault(size, Fbo(size))
