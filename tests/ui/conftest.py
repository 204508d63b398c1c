"""One window for all tests of the screen, drawn by the processor and shown nowhere.

`look_of` makes a look; `show` draws a page, or a part in a box, and returns it as a picture;
`Finger` touches a page as a finger would, through Kivy's own event loop.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")

import kiosk.ui  # noqa: F401 - quiets Kivy before it is imported
from kiosk.domain.session.facts import Comfort
from kiosk.ui.faces import Coverage
from kiosk.ui.look import Look
from kiosk.ui.panel import Panel
from kiosk.ui.theme import Themes
from kiosk.ui.typesetting import Typesetter

PORTRAIT = Panel(1080, 1920, 21.5)
LANDSCAPE = Panel(1920, 1080, 21.5)


@dataclass(frozen=True, slots=True)
class Letters:
    """Words that are their own keys; only language and direction count."""

    language: str = "en"
    right_to_left: bool = False

    def say(self, key: str, /, **values: object) -> str:
        return key

    def count(self, key: str, number: int, /, **values: object) -> str:
        return key


ENGLISH, ARABIC = Letters(), Letters("ar", right_to_left=True)

LookOf = Callable[..., Look]
Show = Callable[..., Any]


@pytest.fixture(scope="session")
def _window() -> Any:
    from kivy.config import Config

    Config.set("graphics", "width", str(PORTRAIT.width_px))
    Config.set("graphics", "height", str(PORTRAIT.height_px))
    from kivy.base import EventLoop
    from kivy.core.window import Window

    EventLoop.ensure_window()
    return Window


@pytest.fixture(scope="session")
def _typesetter(_window: Any) -> Typesetter:
    return Typesetter(Coverage.read())


@pytest.fixture(scope="session")
def _themes() -> Themes:
    return Themes.read()


@pytest.fixture
def look_of(_themes: Themes, _typesetter: Typesetter) -> LookOf:
    """Make a look: ``look_of(PORTRAIT, ENGLISH, large_text=True)``."""

    def make(panel: Panel = PORTRAIT, words: Letters = ENGLISH, **comfort: Any) -> Look:
        chosen = replace(Comfort(), language=words.language, **comfort)
        return Look.of(panel, _themes, words, chosen, _typesetter)

    return make


@pytest.fixture
def look(look_of: LookOf) -> Look:
    """Portrait, English, nothing special."""
    return look_of()


@pytest.fixture
def show(_window: Any) -> Show:
    """Draw a page, or a part in a box, and return it as a picture (RGB, top row first)."""
    from kivy.graphics import ClearBuffers, ClearColor, Fbo
    from PIL import Image

    def drawn(part: Any, box: Any = None) -> Image.Image:
        if box is not None:
            part.place(box)
        panel = part.look.panel
        fbo = Fbo(size=(panel.width_px, panel.height_px))
        with fbo:
            ClearColor(*part.look.colour.page.rgba())
            ClearBuffers()
        part.compose(fbo)
        fbo.draw()
        rows = Image.frombytes("RGBA", fbo.size, fbo.pixels)
        return rows.transpose(Image.Transpose.FLIP_TOP_BOTTOM).convert("RGB")

    return drawn


class Finger:
    """Touches what is in the window."""

    def __init__(self, window: Any, page: Any) -> None:
        from kivy.tests.common import UnitTestTouch

        self._touch, self.window = UnitTestTouch, window
        _empty(window)
        window.add_widget(page)
        self.page = page
        self.touch: Any = None

    def down(self, x: float, y: float) -> None:
        self.touch = self._touch(x, y)
        self.touch.touch_down()

    def move(self, x: float, y: float) -> None:
        self.touch.touch_move(x, y)

    def up(self) -> None:
        self.touch.touch_up()

    def tap(self, name: str) -> None:
        """Tap the middle of what has a name."""
        part = next(part for part in self.page.touchables if part.name == name)
        self.down(part.box.x + part.box.width / 2, part.box.y + part.box.height / 2)
        self.up()


@pytest.fixture
def finger_on(_window: Any) -> Iterator[Callable[[Any], Finger]]:
    """Put a page into the window and return a finger over it."""
    yield lambda page: Finger(_window, page)
    _empty(_window)


def _empty(window: Any) -> None:
    for child in window.children[:]:
        window.remove_widget(child)
