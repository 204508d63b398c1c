"""A hand at the glass: it touches the real window, as a finger would, through the display."""

import subprocess
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.demo.failed import DemoFailed
from kiosk.domain.consent import Point

if TYPE_CHECKING:
    from kiosk.ui.app import Kiosk
    from kiosk.ui.box import Box

_STROKE_PAUSE_S = "0.012"


class Hand:
    """Touches what has a name, and draws; never reaches into the kiosk."""

    def __init__(self) -> None:
        self._moving: subprocess.Popen[bytes] | None = None

    @property
    def rests(self) -> bool:
        """Whether what it did last is finished."""
        return self._moving is None or self._moving.poll() is not None

    def touch(self, kiosk: "Kiosk", name: str) -> None:
        """Touch the middle of the button with a name."""
        box = _box(kiosk, name)
        x, y = _on_display(kiosk, box.x + box.width / 2, box.y + box.height / 2)
        self._move("mousemove", x, y, "click", "1")

    def type(self, text: str) -> None:
        """Type as the scanner does: fast, with Enter at the end."""
        self._move("type", "--delay", "5", f"{text}\n")

    def sign(self, kiosk: "Kiosk", strokes: Iterable[Iterable[Point]], name: str) -> None:
        """Draw strokes, given in mm for an 80 mm box, across the box with a name."""
        box = _box(kiosk, name)
        scale = box.width / 80
        words: list[str] = []
        for stroke in strokes:
            points = [
                _on_display(kiosk, box.x + x * scale, box.top - (y + 4) * scale)
                for x, y, *_ in stroke
            ]
            words += ["mousemove", *points[0], "mousedown", "1"]
            for point in points[1:]:
                words += ["mousemove", *point, "sleep", _STROKE_PAUSE_S]
            words += ["mouseup", "1", "sleep", "0.1"]
        self._move(*words)

    def _move(self, *words: str) -> None:
        try:
            self._moving = subprocess.Popen(  # noqa: S603 - the words are ours
                ["/usr/bin/xdotool", *words]
            )
        except FileNotFoundError as error:
            raise DemoFailed("install the package xdotool") from error


def _box(kiosk: "Kiosk", name: str) -> "Box":
    page = kiosk.page
    named = {part.name: part.box for part in page.touchables} if page else {}
    if name not in named:
        raise DemoFailed(f"there is no {name} among {', '.join(sorted(named))}")
    return named[name]


def _on_display(kiosk: "Kiosk", x: float, y: float) -> tuple[str, str]:
    """Turn a place in the window, counted from its foot, into one on the display."""
    window = kiosk.window
    return str(round(window.left + x)), str(round(window.top + window.height - y))
