"""What there is to look at, and who paints it: pages as they stand on the glass."""

from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from kiosk.ui.page import Page
from tests.screens.sessions import NAMES, PANELS
from tests.screens.views import Mode, Studio, View, let_go, open_window

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
    return [
        View(name, language, orientation, mode)
        for name in NAMES
        for mode in (*IN_EVERY_MODE, *([Mode.LOWER] if name in LOWERED else []))
    ]


def one_of_each() -> list[str]:
    """Return the name of one session for each place, each sheet, and each place with a notice."""
    first: dict[object, str] = {}
    for name in NAMES:
        session = View(name).session
        told = getattr(session.place, "notice", None) is not None
        first.setdefault((type(session.place), type(session.over), session.over, told), name)
    return list(first.values())


@dataclass(slots=True)
class Painter:
    """Draws pages by the processor."""

    studio: Studio = field(default_factory=Studio)
    _canvases: dict[tuple[int, int], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from kivy.graphics import Fbo

        open_window()
        self._canvases = {size: Fbo(size=size) for size in PANELS.values()}

    def paint(self, view: View) -> Image.Image:
        """Return a view as it stands on the glass, px for px."""
        return self.paint_page(self.studio.page(view))

    def paint_page(self, page: Page) -> Image.Image:
        """Return a page as it stands on the glass."""
        canvas = self._canvases[page.look.panel.width_px, page.look.panel.height_px]
        canvas.clear()
        let_go()
        page.compose(canvas)
        canvas.draw()
        drawn = Image.frombytes("RGBA", canvas.size, canvas.pixels)
        return drawn.transpose(Image.Transpose.FLIP_TOP_BOTTOM).convert("RGB")
