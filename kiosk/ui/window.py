"""Opens the window that the kiosk is drawn in, and says nothing of it to the rest."""

import os
from typing import Any

from kivy.config import Config

from kiosk.ui.front import Glass

FRAMES_A_SECOND = 60


def open_window(glass: Glass) -> Any:
    """Open the window; Kivy opens it on import, so all is set before."""
    settings: dict[str, dict[str, str]] = {
        "graphics": {
            "width": str(glass.width_px),
            "height": str(glass.height_px),
            "fullscreen": "auto" if glass.fullscreen else "0",
            "borderless": "1" if glass.fullscreen else "0",
            "show_cursor": "0" if glass.fullscreen else "1",
            "resizable": "0",
            "maxfps": str(FRAMES_A_SECOND),
            "multisamples": "0",
        },
        "kivy": {"exit_on_escape": "0", "log_level": "warning"},
    }
    for section, values in settings.items():
        for key, value in values.items():
            Config.set(section, key, value)
    # A mouse is one finger; red dots that stand for a second one would frighten people.
    Config.set("input", "mouse", "mouse,disable_multitouch")
    # SDL reads the panel: Kivy's own reader stays with one device node, and a panel gets another
    # after a glitch on its cable (kivy #6141). Nor shall a finger be a mouse as well.
    Config.remove_option("input", "%(name)s")
    os.environ["SDL_TOUCH_MOUSE_EVENTS"] = "0"
    from kivy.core.window import Window

    Window._win = _Fingers(Window._win)
    return Window


class _Fingers:
    """SDL's window; hands on the fingers that Kivy takes from it on telephones only."""

    def __init__(self, sdl: Any) -> None:
        from kivy.core.window.window_sdl2 import SDL2MotionEventProvider

        self._sdl = sdl
        self._queue = SDL2MotionEventProvider.q

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sdl, name)

    def poll(self) -> Any:
        """Return the next event."""
        event = self._sdl.poll()
        if event and event[0].startswith("finger"):
            self._queue.appendleft(event)
        return event
