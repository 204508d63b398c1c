"""What SDL tells of a finger, and the first frames."""

import ctypes
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.ui.app import _draw_again
from kiosk.ui.front import Glass
from kiosk.ui.window import open_window
from tests.ui.conftest import PORTRAIT

SDL_FINGERDOWN, SDL_FINGERUP = 0x700, 0x701

Reports = Callable[..., None]


class FingerEvent(ctypes.Structure):
    """SDL_events.h: SDL_TouchFingerEvent, in the room of an SDL_Event."""

    _fields_ = (
        ("type", ctypes.c_uint32),
        ("timestamp", ctypes.c_uint32),
        ("touch_id", ctypes.c_int64),
        ("finger_id", ctypes.c_int64),
        *((name, ctypes.c_float) for name in ("x", "y", "dx", "dy", "pressure")),
        ("window_id", ctypes.c_uint32),
        ("rest", ctypes.c_uint8 * 8),
    )


@pytest.fixture
def window(_window: Any) -> Iterator[Any]:
    """The window as the kiosk opens it."""
    plain = _window._win
    yield open_window(Glass(PORTRAIT.width_px, PORTRAIT.height_px))
    _window._win = plain


@pytest.fixture
def panel_reports(window: Any) -> Reports:
    """Let SDL hear of a finger, as it does from a panel, and Kivy take it from there."""
    import kivy
    from kivy.base import EventLoop

    (library,) = (Path(kivy.__file__).parents[1] / "Kivy.libs").glob("libSDL2-2*")
    sdl = ctypes.CDLL(str(library))

    def report(kind: int, x: float, y: float, pressure: float) -> None:
        event = FingerEvent(type=kind, touch_id=1, finger_id=7, x=x, y=y, pressure=pressure)
        sdl.SDL_PushEvent(ctypes.byref(event))
        window.mainloop()
        EventLoop.dispatch_input()

    return report


def test_a_finger_on_the_panel_is_one_touch_with_its_pressure(
    window: Any, panel_reports: Reports
) -> None:
    touches: list[tuple[float, ...]] = []

    def touched(_: Any, touch: Any) -> None:
        touches.append((touch.sx, touch.sy, touch.pressure))

    window.bind(on_touch_down=touched, on_touch_up=touched)
    panel_reports(SDL_FINGERDOWN, 0.25, 0.125, 0.5)
    panel_reports(SDL_FINGERUP, 0.75, 0.125, 0.25)
    window.unbind(on_touch_down=touched, on_touch_up=touched)
    assert touches == [(0.25, 0.875, 0.5), (0.75, 0.875, 0.25)]


def test_a_first_frame_is_followed_by_a_second_one_and_no_third(window: Any) -> None:
    from kivy.base import EventLoop

    frames: list[bool] = []
    window.bind(on_flip=_draw_again)
    window.bind(on_flip=lambda _: frames.append(True))
    window.canvas.ask_update()
    for _ in range(5):
        EventLoop.idle()
    assert len(frames) == 2
