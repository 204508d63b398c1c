"""A screen to look at and to touch, with no window that anybody sees."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from kiosk.domain.session.places import Session
from kiosk.text.words import unfenced
from kiosk.ui.page import Page
from kiosk.ui.widgets.handwritten import LEFT_TO_RIGHT
from kiosk.ui.widgets.text import Text
from tests.screens.gallery import Painter
from tests.screens.views import Studio, View, open_window

RAIL = frozenset(
    {
        "call-staff",
        "languages",
        "see-and-hear",
        "start-over",
        "cancel-disc",
        "text-size",
        "contrast",
        "read-aloud",
    }
)
"""What is called so stands on the rail, on every screen."""


@dataclass(slots=True)
class Shown:
    """One screen, and what was sent by touching it."""

    view: View
    page: Page
    sent: list[Any] = field(default_factory=list)

    @property
    def session(self) -> Session:
        """The session behind it."""
        return self.view.session

    @property
    def words(self) -> list[str]:
        """All that can be read on it."""
        texts = [part.text for part in self.page.everything() if isinstance(part, Text)]
        return [unfenced(text).removeprefix(LEFT_TO_RIGHT) for text in texts]

    @property
    def speech(self) -> list[str]:
        """All that is read aloud."""
        return [unfenced(sentence) for sentence in self.page.spoken]

    @property
    def names(self) -> list[str]:
        """What can be touched above the rail, in reading order."""
        return [part.name for part in self.page.touchables if part.name not in RAIL]

    def says(self, part: str) -> bool:
        """Tell whether a piece of a sentence can be read."""
        return any(part in sentence for sentence in self.words)

    def touch(self, name: str) -> Any:
        """Touch something; return what was sent."""
        assert self.page.choose(name), f"no {name} among {self.names}"
        return self.sent[-1]

    def touched(self) -> dict[str, Any]:
        """Touch everything above the rail; return what was sent, by name."""
        return {name: self.touch(name) for name in self.names}


Show = Callable[..., Shown]


@pytest.fixture(scope="session")
def studio() -> Studio:
    open_window()
    return Studio()


@pytest.fixture(scope="session")
def painter(studio: Studio) -> Painter:
    return Painter(studio)


@pytest.fixture
def show(studio: Studio) -> Show:
    """Show a session by its name, as `View` takes it."""

    def shown(name: str, language: str = "en", **how: Any) -> Shown:
        view, sent = View(name, language, **how), []
        return Shown(view, studio.page(view, sent.append), sent)

    return shown
