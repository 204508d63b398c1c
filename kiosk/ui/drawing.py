"""Draws boxes with round corners, edges and shadows.

A corner is one small picture, what lies between corners is plain. So an edge is smooth without
multisampling, a shadow is no dearer than its rim, and no px is painted that does not show: on a
kiosk without a graphics card each full screen of blended px costs a third of a frame.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil, cos, hypot, pi, sin

import numpy as np
from kivy.graphics import ClearBuffers, ClearColor, Color, Mesh, Rectangle
from kivy.graphics.texture import Texture
from numpy.typing import NDArray

from kiosk.ui.box import Box
from kiosk.ui.theme import Colour, Shadow

Mask = NDArray[np.float64]
"""How much of each px is covered, 0 to 1; the first row is the lowest."""

_Quad = tuple[float, float, float, float, float, float, float, float]
"""Left, lower, right and upper end on the screen, and the same of a picture from 0 to 1."""
_MIDDLE_PX = 4
_FADE_PX = 2
_STEPS = 144
"""Straight pieces of a whole ring."""
_PIECES = 2000
"""Of a line in one mesh, which holds no more than 65,536 corners."""


def clear(colour: Colour) -> None:
    """Fill the whole screen; cheaper than a box as large."""
    ClearColor(*colour.rgba())
    ClearBuffers()


def fill(box: Box, colour: Colour, radius: float = 0) -> None:
    """Fill a box."""
    box = box.snapped
    Color(*colour.rgba())
    r = _round(box, radius)
    if r:
        _quads(_filled(r), _corners(box, r, _filled(r)))
    x, y, right, top = box.x, box.y, box.right, box.top
    middle, sides = (x + r, y, right - r, top), ((x, x + r), (right - r, right))
    _plain([middle, *((left, y + r, end, top - r) for left, end in sides if r)])


def edge(box: Box, colour: Colour, radius: float, width: float) -> None:
    """Draw the edge of a box, inside it."""
    box, w = box.snapped, round(width)
    Color(*colour.rgba())
    r = max(_round(box, radius), w)
    _quads(_edged(r, w), _corners(box, r, _edged(r, w)))
    x, y, right, top = box.x, box.y, box.right, box.top
    level = [(x + r, y, right - r, y + w), (x + r, top - w, right - r, top)]
    upright = [(x, y + r, x + w, top - r), (right - w, y + r, right, top - r)]
    _plain([*level, *upright])


def shadow(box: Box, thrown: Shadow | None, radius: float, scale: float) -> None:
    """Draw the rim of the shadow that a box throws; nothing where the theme has none."""
    if thrown is None:
        return
    box, blur = box.snapped, max(1, round(thrown.blur * scale))
    border = _round(box, radius) + 2 * blur
    texture = _blurred(border - 2 * blur, blur)
    Color(*thrown.colour.rgba(thrown.alpha))
    under = Box(box.x, box.y - round(thrown.drop * scale), box.width, box.height).inset(-blur)
    border = int(min(border, under.width // 2, under.height // 2))
    # Of the sides only what the box does not cover.
    seen = min(border, blur + round(thrown.drop * scale))
    _quads(texture, [*_corners(under, border, texture), *_sides(under, border, seen, texture)])


def picture(texture: Texture, box: Box) -> None:
    """Draw a picture in its own colours."""
    Color(1, 1, 1, 1)
    Rectangle(texture=texture, pos=(box.x, box.y), size=(box.width, box.height))


def tinted(texture: Texture, box: Box, colour: Colour, alpha: float = 1.0) -> None:
    """Draw a white picture in one colour, px for px in the middle of a box."""
    at = box.centred(*texture.size)
    Color(*colour.rgba(alpha))
    Rectangle(texture=texture, pos=(round(at.x), round(at.y)), size=texture.size)


def arc(box: Box, colour: Colour, width: float, share: float) -> None:
    """Draw a share of a ring from the top with the clock, with round ends.

    Parameters
    ----------
    box
        Around the whole ring.
    width
        Of the line, px.
    """
    thick = round(width)
    if share <= 0 or box.width <= 2 * thick:
        return
    middle_x, middle_y = box.x + box.width / 2, box.y + box.height / 2
    radius = (box.width - thick) / 2
    Color(*colour.rgba())
    steps = max(2, ceil(_STEPS * min(1.0, share)))
    vertices: list[float] = []
    for step in range(steps + 1):
        turn = 2 * pi * min(1.0, share) * step / steps
        for side, u in ((-1, 0.0), (1, 1.0)):
            from_middle = radius + side * (thick / 2 + _FADE_PX)
            x = middle_x + from_middle * sin(turn)
            vertices += (x, middle_y + from_middle * cos(turn), u, 0.5)
    indices = list(range(len(vertices) // 4))
    Mesh(vertices=vertices, indices=indices, mode="triangle_strip", texture=_profile(thick))
    if share < 1:
        for turn in (0.0, 2 * pi * share):
            x, y = middle_x + radius * sin(turn), middle_y + radius * cos(turn)
            _dot(x, y, thick)


def line(points: Sequence[tuple[float, float]], colour: Colour, width: float) -> None:
    """Draw the way of a pen, round at its ends and at every turn."""
    thick = max(2, round(width))
    Color(*colour.rgba())
    for first in range(0, max(1, len(points) - 1), _PIECES):
        _pen(list(points[first : first + _PIECES + 1]), thick)


def texture_of(mask: Mask, smooth: bool = False) -> Texture:
    """Return a mask as a white picture of which only the mask's share covers.

    Parameters
    ----------
    smooth
        Whether it may be drawn between px; else px for px, which is quicker.
    """
    height, width = mask.shape
    px = np.full((height, width, 4), 255, np.uint8)
    px[..., 3] = np.rint(np.clip(mask, 0, 1) * 255)
    texture = Texture.create(size=(width, height), colorfmt="rgba")
    texture.blit_buffer(px.tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    return texture if smooth else px_for_px(texture)


def px_for_px(texture: Texture) -> Texture:
    """Return a picture that is never scaled, so that nothing is reckoned between its px."""
    texture.mag_filter = texture.min_filter = "nearest"
    return texture


def _quads(texture: Texture, quads: Iterable[_Quad]) -> None:
    vertices: list[float] = []
    for x, y, right, top, u, v, u_right, v_top in quads:
        vertices += (x, y, u, v, right, y, u_right, v, right, top, u_right, v_top, x, top, u, v_top)
    firsts = range(0, len(vertices) // 4, 4)
    indices = [first + corner for first in firsts for corner in (0, 1, 2, 2, 3, 0)]
    Mesh(vertices=vertices, indices=indices, mode="triangles", texture=texture)


def _plain(areas: Iterable[tuple[float, float, float, float]]) -> None:
    drawn = [area for area in areas if area[2] > area[0] and area[3] > area[1]]
    if drawn:
        _quads(_white(), [(*area, 0.5, 0.5, 0.5, 0.5) for area in drawn])


def _corners(box: Box, side: int, texture: Texture) -> list[_Quad]:
    """Return the corners of a box, out of the corners of a picture."""
    u, v = side / texture.width, side / texture.height
    across = ((box.x, box.x + side, 0.0, u), (box.right - side, box.right, 1 - u, 1.0))
    upward = ((box.y, box.y + side, 0.0, v), (box.top - side, box.top, 1 - v, 1.0))
    return [
        (x, y, right, top, start, low, end, high)
        for x, right, start, end in across
        for y, top, low, high in upward
    ]


def _sides(box: Box, side: int, deep: int, texture: Texture) -> list[_Quad]:
    """Return what lies between the corners, so deep, out of the middle of a picture's sides."""
    u, v = deep / texture.width, deep / texture.height
    x, y, right, top = box.x + side, box.y + side, box.right - side, box.top - side
    return [
        (x, box.y, right, box.y + deep, 0.5, 0.0, 0.5, v),
        (x, box.top - deep, right, box.top, 0.5, 1 - v, 0.5, 1.0),
        (box.x, y, box.x + deep, top, 0.0, 0.5, u, 0.5),
        (box.right - deep, y, box.right, top, 1 - u, 0.5, 1.0, 0.5),
    ]


@lru_cache(maxsize=1)
def _white() -> Texture:
    return texture_of(np.ones((2, 2)))


def _pen(points: list[tuple[float, float]], thick: int) -> None:
    """Draw each straight piece as a disc that is pulled to the next point; a dot is not pulled."""
    texture = _disc(thick)
    half = texture.width / 2
    vertices: list[float] = []
    for start, end in pairwise(points if len(points) > 1 else points * 2):
        vertices += _pulled(start, end, half)
    quads = (first + 2 * n for first in range(0, len(vertices) // 4, 8) for n in range(3))
    indices = [first + corner for first in quads for corner in (0, 1, 2, 1, 3, 2)]
    Mesh(vertices=vertices, indices=indices, mode="triangles", texture=texture)


def _pulled(start: tuple[float, float], end: tuple[float, float], half: float) -> list[float]:
    """Return the corners of three areas: half a disc, what lies between, and its other half."""
    across, up = end[0] - start[0], end[1] - start[1]
    far = hypot(across, up)
    across, up = (across / far, up / far) if far else (1.0, 0.0)
    vertices: list[float] = []
    for (x, y), beyond, u in (
        (start, -half, 0.0),
        (start, 0, 0.5),
        (end, 0, 0.5),
        (end, half, 1.0),
    ):
        for side, v in ((-half, 0.0), (half, 1.0)):
            vertices += (x + across * beyond - up * side, y + up * beyond + across * side, u, v)
    return vertices


def _dot(x: float, y: float, size: int) -> None:
    """Draw a disc in the colour set; its middle may lie between px."""
    side = size + 2 * _FADE_PX
    Rectangle(texture=_disc(size), pos=(x - side / 2, y - side / 2), size=(side, side))


@lru_cache(maxsize=8)
def _disc(size: int) -> Texture:
    side = size + 2 * _FADE_PX
    return texture_of(0.5 - _outside(side, side, size / 2, _FADE_PX), smooth=True)


@lru_cache(maxsize=8)
def _profile(thick: int) -> Texture:
    """Return a line across, with soft edges."""
    across = np.abs(np.arange(thick + 2 * _FADE_PX) + 0.5 - thick / 2 - _FADE_PX)
    return texture_of(np.tile(thick / 2 + 0.5 - across, (2, 1)), smooth=True)


def _round(box: Box, radius: float) -> int:
    return int(min(round(radius), box.width // 2, box.height // 2))


@lru_cache(maxsize=64)
def _filled(radius: int) -> Texture:
    return texture_of(0.5 - _distance(radius, 0))


@lru_cache(maxsize=64)
def _edged(radius: int, width: int) -> Texture:
    distance = _distance(radius, 0)
    return texture_of(np.clip(0.5 - distance, 0, 1) - np.clip(0.5 - distance - width, 0, 1))


@lru_cache(maxsize=32)
def _blurred(radius: int, blur: int) -> Texture:
    """Return a box whose edge falls off as a smooth step, half outside as CSS has it."""
    fall = np.clip(0.5 - _distance(radius + blur, blur) / (2 * blur), 0, 1)
    return texture_of(fall * fall * (3 - 2 * fall))


def covered_box(width: int, height: int, radius: float) -> Mask:
    """Return the mask of a whole box with round corners."""
    return np.clip(0.5 - _outside(width, height, radius, 0), 0, 1)


def _distance(radius: int, margin: int) -> Mask:
    size = 2 * (radius + margin) + _MIDDLE_PX
    return _outside(size, size, radius, margin)


def _outside(width: int, height: int, radius: float, margin: float) -> Mask:
    """Return how far each px's middle lies outside of a box with round corners."""
    x, y = np.meshgrid(
        np.abs(np.arange(width) + 0.5 - width / 2) - (width / 2 - margin - radius),
        np.abs(np.arange(height) + 0.5 - height / 2) - (height / 2 - margin - radius),
    )
    beyond = np.hypot(np.maximum(x, 0), np.maximum(y, 0))
    return np.asarray(beyond + np.minimum(np.maximum(x, y), 0) - radius)
