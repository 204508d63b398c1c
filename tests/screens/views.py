"""A view: one screen as one person sees it, and how it is built and drawn where nobody looks."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC
from enum import StrEnum
from typing import Any

os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")

import kiosk.ui  # noqa: F401 - quiets Kivy before it is imported
from kiosk.domain.session.events import TurnPage
from kiosk.domain.session.facts import Comfort, ShownForm, Wish
from kiosk.domain.session.places import Session
from kiosk.text.words import LANGUAGES, words_for
from kiosk.ui.faces import Coverage
from kiosk.ui.front import Site
from kiosk.ui.look import Look
from kiosk.ui.page import Page
from kiosk.ui.panel import Panel
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.hidden import hidden
from kiosk.ui.screens.table import page_of
from kiosk.ui.theme import Themes
from kiosk.ui.typesetting import Typesetter
from tests.screens.maria import SITE_NAME, form_of
from tests.screens.sessions import PANELS, At, session_named

INCH = 21.5
SITE = Site(SITE_NAME, UTC, languages=tuple(LANGUAGES))
THEMES = Themes.read()
REMEMBERED = 50_000
"""Texts: of every screen in a language."""
LEAVES = ("older", "more")
"""What the buttons are called that show the rest of a list."""


class Mode(StrEnum):
    """How the person asked to see it."""

    PLAIN = "plain"
    LARGE = "large-text"
    CONTRAST = "high-contrast"
    LOWER = "lower-buttons"

    def comfort(self, language: str) -> Comfort:
        """Return what See and hear was set to."""
        return Comfort(
            language,
            large_text=self is Mode.LARGE,
            high_contrast=self is Mode.CONTRAST,
            lower_buttons=self is Mode.LOWER,
        )


class WithOneForm(At):
    """Everybody reads the English form: where only its frame counts, one is laid out for all."""

    __slots__ = ()

    def form(self, wish: Wish) -> ShownForm:
        """Return the form for a wish."""
        return form_of(wish, Comfort(), *self.panel)


@dataclass(frozen=True, slots=True)
class View:
    """One screen, as somebody sees it.

    Parameters
    ----------
    name
        Of the session, of ``sessions.NAMES``.
    orientation
        Of ``sessions.PANELS``.
    leaf
        How often the person turned on to the rest of a list.
    at
        Where the session gets its form from.
    """

    name: str
    language: str = "en"
    orientation: str = "portrait"
    mode: Mode = Mode.PLAIN
    inch: float = INCH
    leaf: int = 0
    at: type[At] = At

    def __str__(self) -> str:
        size = "" if self.inch == INCH else f"-{self.inch:g}-inch"
        leaf = f"-leaf-{self.leaf + 1}" if self.leaf else ""
        return f"{self.language}-{self.orientation}{size}-{self.mode}-{self.name}{leaf}"

    @property
    def panel(self) -> Panel:
        """The glass."""
        return Panel(*PANELS[self.orientation], self.inch)

    @property
    def session(self) -> Session:
        """The session behind it."""
        comfort = self.mode.comfort(self.language)
        session = session_named(self.name, comfort, PANELS[self.orientation], self.at)
        if not self.leaf:
            return session
        place: Any = session.place
        return replace(session, place=replace(place, page=place.page + self.leaf))


@dataclass(slots=True)
class Studio:
    """Builds the pages of views."""

    typesetter: Typesetter = field(
        default_factory=lambda: Typesetter(Coverage.read(), remembered=REMEMBERED)
    )

    def page(self, view: View, send: Callable[[Any], None] = lambda event: None) -> Page:
        """Return the page as the window would show it."""
        session = view.session
        words = words_for(session.comfort.language)
        look = Look.of(view.panel, THEMES, words, session.comfort, self.typesetter)
        frame = Frame(session, look, SITE, send)
        return hidden(frame) if session.comfort.screen_hidden else page_of(frame)

    def leaves(self, view: View) -> Iterator[tuple[View, Page]]:
        """Yield a view, and what its buttons lead to where a list is longer than the screen."""
        page = self.page(view)
        yield view, page
        while _leads_on(page):
            view = replace(view, leaf=view.leaf + 1)
            page = self.page(view)
            yield view, page


def _leads_on(page: Page) -> bool:
    on = (part.event for part in page.touchables if part.name in LEAVES)
    return any(isinstance(event, TurnPage) and event.by > 0 for event in on)


def open_window() -> None:
    """Open the one window of Kivy's that there can be; no screen is needed and none shows it."""
    from kivy.base import EventLoop
    from kivy.config import Config

    width, height = PANELS["portrait"]
    Config.set("graphics", "width", str(width))
    Config.set("graphics", "height", str(height))
    EventLoop.ensure_window()


def let_go() -> None:
    """Free the pictures of pages that are gone: Kivy does so between two frames."""
    from kivy.clock import Clock

    Clock.tick()
