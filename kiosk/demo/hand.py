"""A hand at the glass: it touches the real window through the display, as a finger would."""

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kiosk.demo.failed import DemoFailed
from kiosk.domain.consent import Point

if TYPE_CHECKING:
    from kiosk.ui.app import Kiosk

Stroke = tuple[Point, ...]

STANDS_AT_MM = 13.7
"""Where the letters of strokes stand, from the top."""
_WRITTEN_FOR_MM = 80
"""Width of the box that strokes are written for."""
_LINE = 136 / 984
"""Height of the line to sign on, above the foot of the box and as a share of its width."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where something lies on the display, in px from its top left corner."""

    left: float
    top: float
    width: float
    height: float


def areas(kiosk: "Kiosk") -> dict[str, Area]:
    """Return where everything lies that can be touched now, by name."""
    window, page = kiosk.window, kiosk.page
    return {
        part.name: Area(
            window.left + part.box.x,
            window.top + window.height - part.box.top,
            part.box.width,
            part.box.height,
        )
        for part in (page.touchables if page else ())
    }


class Hand:
    """Touches, draws and types; never reaches into the kiosk.

    Parameters
    ----------
    display : str
        As in ``DISPLAY``.
    """

    def __init__(self, display: str) -> None:
        self._environment = os.environ | {"DISPLAY": display}
        self._moving: subprocess.Popen[bytes] | None = None

    @property
    def rests(self) -> bool:
        """Whether what it did last is finished."""
        return self._moving is None or self._moving.poll() is not None

    def touch(self, area: Area) -> None:
        """Touch the middle of something."""
        self._move("mousemove", *_middle(area), "click", "1")

    def point(self, area: Area) -> None:
        """Stay over the middle of something without touching it."""
        self._move("mousemove", *_middle(area))

    def scan(self, text: str) -> None:
        """Type as a scanner does: fast, with Enter at the end."""
        self._move("type", "--delay", "5", "--args", "1", text, "key", "Return")

    def press(self, *keys: str) -> None:
        """Press keys by their X names, such as ``Down`` and ``Return``."""
        self._move("key", "--delay", "20", *keys)

    def sign(self, area: Area, strokes: Iterable[Stroke]) -> None:
        """Draw strokes at their own pace, standing on the line of a signature box."""
        scale = area.width / _WRITTEN_FOR_MM
        line = area.top + area.height - area.width * _LINE
        words: list[str] = []
        for stroke in strokes:
            points = [
                _px(area.left + x * scale, line + (y - STANDS_AT_MM) * scale) for x, y, *_ in stroke
            ]
            words += ["mousemove", *points[0], "mousedown", "1"]
            for point, (before, after) in zip(points[1:], pairwise(stroke), strict=True):
                words += ["sleep", f"{after[2] - before[2]:.3f}", "mousemove", *point]
            words += ["mouseup", "1", "sleep", "0.1"]
        self._move(*words)

    def _move(self, *words: str) -> None:
        if self._moving is not None:
            self._moving.wait()
        try:
            self._moving = subprocess.Popen(  # noqa: S603 - the words are ours
                ["/usr/bin/xdotool", *words], env=self._environment
            )
        except FileNotFoundError as error:
            raise DemoFailed("install the package xdotool") from error


def _middle(area: Area) -> tuple[str, str]:
    return _px(area.left + area.width / 2, area.top + area.height / 2)


def _px(x: float, y: float) -> tuple[str, str]:
    return str(round(x)), str(round(y))
