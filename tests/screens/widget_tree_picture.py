"""What is looked up in the picture of a screen, as the light falls on it."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from kiosk.ui.box import Box
from kiosk.ui.theme import Colour
from tests.screens.widget_tree import Tree, around, inked
from tests.screens.widget_tree_sight import DRAWN_ONLY

EDGE_CONTRAST = 3.0
NO_EDGE = {"call-staff": "amber, with an icon and words of 8.5 to 1 in it, as the design has it"}
"""What needs none, and why (WCAG 2.1, 1.4.11: where it is needed to know the control)."""
_OUTSIDE_PX, _INSIDE_PX = 6, 16
_NOISE = 3
Pixels = NDArray[np.uint8]


def grounds_are_true(tree: Tree, picture: Image.Image) -> Iterator[str]:
    """Ground and ink of a text are the colours that most of its px have."""
    pixels = np.asarray(picture)
    for text in tree.texts:
        if any(type(part).__name__ in DRAWN_ONLY for part in tree.above[id(text)]):
            continue
        seen = _commonest(_cut(pixels, around(inked(text))), 2)
        for what, colour in (("ground", text.ground), ("ink", text.ink)):
            if not any(_is_like(colour, each) for each in seen):
                yield f"{text.text!r} has not the {what} {_rgb(colour)} but {seen}"


def edges_stand_out(tree: Tree, picture: Image.Image) -> Iterator[str]:
    """Across each side of a target lie two colours of 3 to 1 (WCAG 2.1, 1.4.11)."""
    pixels = np.asarray(picture)
    for part in tree.touchables:
        if part.name in NO_EDGE:
            continue
        worst = min(_steepest(line) for line in _across(pixels, part.box))
        if worst < EDGE_CONTRAST:
            yield f"{part.name} has an edge of {worst:.1f}"


def _across(pixels: Pixels, box: Box) -> Iterator[Pixels]:
    """Yield a line of px across the middle of each side, from outside to inside."""
    x, y = round(box.x + box.width / 2), round(pixels.shape[0] - box.y - box.height / 2)
    left, right = round(box.x), round(box.right)
    top, low = round(pixels.shape[0] - box.top), round(pixels.shape[0] - box.y)
    yield pixels[y, left - _OUTSIDE_PX : left + _INSIDE_PX]
    yield pixels[y, right - _INSIDE_PX : right + _OUTSIDE_PX][::-1]
    yield pixels[top - _OUTSIDE_PX : top + _INSIDE_PX, x]
    yield pixels[low - _INSIDE_PX : low + _OUTSIDE_PX, x][::-1]


def _steepest(line: Pixels) -> float:
    """Return the highest contrast of a px of the edge to the ground outside."""
    outside, *edge = (Colour(*(int(part) for part in px)) for px in line)
    return max(outside.contrast(px) for px in edge)


def _cut(pixels: Pixels, box: Box) -> Pixels:
    height, width, _ = pixels.shape
    top, low = max(0, round(height - box.top)), min(height, round(height - box.y))
    return pixels[top:low, max(0, round(box.x)) : min(width, round(box.right))]


def _commonest(pixels: Pixels, count: int) -> list[tuple[int, ...]]:
    packed = pixels.reshape(-1, 3).astype(np.uint32) @ np.array((1 << 16, 1 << 8, 1), np.uint32)
    colours, counts = np.unique(packed, return_counts=True)
    return [tuple(int(each).to_bytes(3, "big")) for each in colours[counts.argsort()[-count:]]]


def _rgb(colour: Colour) -> tuple[int, ...]:
    return colour.red, colour.green, colour.blue


def _is_like(colour: Colour, seen: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(_rgb(colour), seen, strict=True)) <= _NOISE
