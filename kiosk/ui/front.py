"""Everything that the screen is handed; it reaches for nothing itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from kiosk.domain.session.asks import Ask
from kiosk.domain.session.events import Event
from kiosk.domain.session.facts import Rules
from kiosk.ports import Clock, Headphones, Voice

Tell = Callable[[Event], None]
IsWanted = Callable[[], bool]

Perform = Callable[[Ask, Tell, IsWanted], None]
"""Performs an ask off the screen's thread, tells each answer, and stops early when nobody
wants the answer any more. Two asks may be performed at the same time."""


@dataclass(frozen=True, slots=True)
class Site:
    """The hospital, as the brand line and the label name it."""

    name: str
    zone: tzinfo
    logo: bytes | None = None
    """A PNG, square; the product's own sign where there is none."""
    languages: tuple[str, ...] = ("en",)
    """In the order of their buttons."""


@dataclass(frozen=True, slots=True)
class Glass:
    """The panel that the screen is drawn on."""

    width_px: int = 1080
    height_px: int = 1920
    diagonal_inch: float = 21.5
    fullscreen: bool = True


@dataclass(frozen=True, slots=True)
class Front:
    """One touch screen and what stands behind it."""

    rules: Rules
    site: Site
    glass: Glass
    clock: Clock
    perform: Perform
    voice: Voice
    headphones: Headphones
