"""Opens the window that the kiosk is drawn in, and says nothing of it to the rest."""

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
    from kivy.core.window import Window

    return Window
