"""Small pictures of six made-up exams, drawn by program: nobody's body is in them."""

import io
from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE_PX = 256
Grey = NDArray[np.float64]

_Y, _X = (np.mgrid[0:SIDE_PX, 0:SIDE_PX] + 0.5) / SIDE_PX * 2 - 1


@cache
def thumbnail(of: str) -> bytes:
    """Return a PNG of one of DRAWN."""
    grey = np.clip(DRAWN[of](), 0, 1)
    encoded = io.BytesIO()
    Image.fromarray((grey * 255).astype(np.uint8)).save(encoded, "PNG")
    return encoded.getvalue()


def _disc(x: float, y: float, wide: float, high: float, soft: float = 0.02) -> Grey:
    """Return an ellipse with a soft edge."""
    away = np.hypot((_X - x) / wide, (_Y - y) / high)
    return np.clip((1 - away) * min(wide, high) / soft, 0, 1)


def _grain(size: int, seed: int) -> Grey:
    """Return blots of about so many pixels, 0 to 1."""
    few = np.random.default_rng(seed).random((SIDE_PX // size + 1,) * 2)
    blots = Image.fromarray((few * 255).astype(np.uint8)).resize(
        (SIDE_PX, SIDE_PX), Image.Resampling.BICUBIC
    )
    return np.asarray(blots) / 255


def _head() -> Grey:
    skin, skull = _disc(0, 0, 0.72, 0.9), _disc(0, 0, 0.68, 0.86)
    brain = _disc(0, 0, 0.6, 0.78)
    depth = np.clip(1 - np.hypot(_X / 0.6, _Y / 0.78), 0, 1)
    folds = np.abs(_grain(12, 1) - 0.5) * 2 * np.clip(1.4 - depth * 2.2, 0, 1)
    grey = 0.62 * skin - 0.55 * skull + brain * (0.78 - 0.75 * np.clip(0.45 - folds, 0, 1))
    cleft = np.exp(-((_X / 0.012) ** 2)) * (np.abs(_Y) > 0.24) * brain
    horns = _disc(-0.1, -0.12, 0.07, 0.2) + _disc(0.1, -0.12, 0.07, 0.2)
    horns += _disc(-0.17, 0.22, 0.06, 0.16) + _disc(0.17, 0.22, 0.06, 0.16)
    return grey - 0.6 * cleft - 0.7 * horns


def _chest() -> Grey:
    body = _disc(0, 0.25, 0.98, 1.2, 0.3) * 0.72 + _disc(0, -0.95, 0.22, 0.4, 0.1) * 0.3
    lungs = _disc(-0.42, 0.02, 0.32, 0.72, 0.12) + _disc(0.42, 0.02, 0.32, 0.72, 0.12)
    heart = _disc(0.14, 0.42, 0.34, 0.36, 0.12)
    ribs = np.clip(np.sin((_Y + 0.28 * _X**2) * 26), 0, 1) ** 2 * lungs
    spine = np.exp(-((_X / 0.09) ** 4)) * 0.2
    grey = body - 0.5 * lungs + 0.22 * ribs + 0.25 * heart + spine
    return grey + 0.04 * _grain(2, 3)


def _knee() -> Grey:
    leg = np.clip((0.52 + 0.1 * np.cos(_Y * 3) - np.abs(_X)) / 0.1, 0, 1) * 0.3
    thigh = np.clip((0.2 + 0.22 * np.clip(_Y + 0.45, 0, 1) ** 1.5 - np.abs(_X)) / 0.04, 0, 1)
    thigh *= np.clip((0.02 - _Y - 0.25 * _X**2) / 0.03, 0, 1)
    shin = np.clip((0.18 + 0.2 * np.clip(0.5 - _Y, 0, 1) ** 2 - np.abs(_X)) / 0.04, 0, 1)
    shin *= np.clip((_Y - 0.1) / 0.03, 0, 1)
    calf = np.clip((0.05 - np.abs(_X - 0.36)) / 0.03, 0, 1) * np.clip((_Y - 0.24) / 0.03, 0, 1)
    cap = _disc(0.03, -0.16, 0.17, 0.18, 0.05)
    return 0.06 + leg + 0.42 * np.maximum(thigh, shin) + 0.3 * calf + 0.16 * cap


def _ultrasound() -> Grey:
    x, y = _X, _Y + 1.05
    away, turn = np.hypot(x, y), np.arctan2(x, y)
    fan = (np.abs(turn) < 0.62) & (away > 0.25) & (away < 1.9)
    grey = 0.22 + 0.5 * (_grain(2, 5) - 0.4) + 0.3 * (_grain(16, 6) - 0.5)
    for place in ((0.02, 0.1, 0.3, 0.2), (-0.3, -0.22, 0.16, 0.08), (0.22, 0.5, 0.22, 0.13)):
        x0, y0, wide, high = place
        wall = _disc(x0, y0, wide + 0.04, high + 0.04) - _disc(x0, y0, wide, high)
        grey = grey * (1 - _disc(*place)) + 0.35 * wall
    return np.asarray(grey * fan)


def _belly() -> Grey:
    body = _disc(0, 0, 0.94, 0.7)
    inside = _disc(0, 0, 0.84, 0.6)
    liver = _disc(-0.42, -0.08, 0.4, 0.42, 0.06)
    spleen = _disc(0.62, 0.02, 0.17, 0.3, 0.05)
    kidneys = _disc(-0.34, 0.3, 0.13, 0.16) + _disc(0.36, 0.3, 0.13, 0.16)
    bone = _disc(0, 0.36, 0.16, 0.14) + _disc(0, 0.55, 0.05, 0.12)
    vessel = _disc(0.05, 0.14, 0.07, 0.07)
    stomach = _disc(0.26, -0.26, 0.24, 0.16)
    grey = 0.24 * body + 0.1 * inside + 0.28 * liver + 0.24 * spleen + 0.36 * kidneys
    return grey + 0.62 * bone + 0.36 * vessel - 0.22 * stomach + 0.05 * (_grain(3, 8) - 0.5)


def _hand() -> Grey:
    palm = _disc(0, 0.42, 0.42, 0.46, 0.08) * 0.32
    bones = np.zeros_like(_X)
    flesh = palm
    for lean, length in ((-0.9, 0.62), (-0.32, 1.02), (-0.08, 1.12), (0.16, 1.04), (0.42, 0.84)):
        along = (0.62 - _Y) * np.cos(lean) + _X * np.sin(lean)
        aside = np.abs(_X * np.cos(lean) - (0.62 - _Y) * np.sin(lean))
        inside = (along > 0.15) & (along < length)
        flesh = np.maximum(flesh, np.clip((0.1 - aside) / 0.04, 0, 1) * inside * 0.3)
        joints = np.abs(np.sin(along / length * 3 * np.pi)) > 0.16
        bones = np.maximum(bones, np.clip((0.05 - aside) / 0.03, 0, 1) * inside * joints)
    wrist = np.clip((0.3 - np.abs(_X)) / 0.08, 0, 1) * (_Y > 0.55)
    return 0.04 + np.maximum(flesh, wrist * 0.3) + 0.5 * bones + 0.3 * _disc(0, 0.6, 0.26, 0.12)


DRAWN: dict[str, Callable[[], Grey]] = {
    "head": _head,
    "chest": _chest,
    "knee": _knee,
    "ultrasound": _ultrasound,
    "belly": _belly,
    "hand": _hand,
}
