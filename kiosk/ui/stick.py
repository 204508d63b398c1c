"""Our own drawing of a USB stick: patients do not know the trident sign."""

from functools import lru_cache

import numpy as np
from kivy.graphics.texture import Texture

from kiosk.ui.drawing import Mask, texture_of

PLUS = "usb-stick-plus"
STICKS = ("usb-stick", PLUS)

_LINE = 0.062
"""Thickness of the lines; all lengths are shares of the side."""


@lru_cache(maxsize=16)
def stick_tone(side: int) -> Texture:
    """Return the light ground of the stick's body."""
    return texture_of(_covered(_body(side), side))


@lru_cache(maxsize=16)
def stick_line(side: int, plus: bool) -> Texture:
    """Return the stick's lines, with a round plus sign at its foot where it is a new one."""
    line = _LINE / 2
    drawn = np.minimum(np.abs(_body(side)) - line, np.abs(_plug(side)) - line)
    along, across = _turned(side)
    for hole in (-0.05, 0.05):
        drawn = np.minimum(drawn, _rounded(along - 0.36, across - hole, 0.022, 0.022, 0.0))
    drawn = np.minimum(drawn, np.hypot(along + 0.27, across) - 0.035)
    mask = _covered(drawn, side)
    return texture_of(_with_plus(mask, side) if plus else mask)


def _with_plus(mask: Mask, side: int) -> Mask:
    x, y = _plain(side)
    x, y = x - 0.3, y + 0.3
    from_middle = np.hypot(x, y)
    cross = np.minimum(
        _rounded(x, y, 0.1, 0.028, 0.02),
        _rounded(x, y, 0.028, 0.1, 0.02),
    )
    clear = _covered(from_middle - 0.245, side)
    sign = np.minimum(_covered(from_middle - 0.19, side), 1 - _covered(cross, side))
    return np.maximum(mask * (1 - clear), sign)


def _body(side: int) -> Mask:
    along, across = _turned(side)
    return _rounded(along + 0.12, across, 0.3, 0.155, 0.07)


def _plug(side: int) -> Mask:
    along, across = _turned(side)
    return _rounded(along - 0.33, across, 0.13, 0.105, 0.02)


def _plain(side: int) -> tuple[Mask, Mask]:
    middle = (np.arange(side) + 0.5) / side - 0.5
    x, y = np.meshgrid(middle, middle)
    return x, y


def _turned(side: int) -> tuple[Mask, Mask]:
    """Coordinates along the stick, which points up and to the right, and across it."""
    x, y = _plain(side)
    cos, sin = np.cos(np.pi / 4.6), np.sin(np.pi / 4.6)
    return x * cos + y * sin, -x * sin + y * cos


def _rounded(x: Mask, y: Mask, half_x: float, half_y: float, radius: float) -> Mask:
    """Return the distance to a box with round corners."""
    across, up = np.abs(x) - half_x + radius, np.abs(y) - half_y + radius
    outside = np.hypot(np.maximum(across, 0), np.maximum(up, 0))
    return np.asarray(outside + np.minimum(np.maximum(across, up), 0) - radius)


def _covered(distance: Mask, side: int) -> Mask:
    return np.clip(0.5 - distance * side, 0, 1)
