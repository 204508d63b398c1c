"""What somebody drew and wrote on an image in a presentation state (PS3.3 C.10.5)."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from pydicom import Dataset

from kiosk.domain.picture import Note
from kiosk.media.display.frame import Pixels
from kiosk.media.display.state import Area, Turn, items_for

_PIXEL, _DISPLAY = "PIXEL", "DISPLAY"
_ROUND = 96
"""Corners of what is drawn as a circle."""
_FINENESS = 500
"""Lines are one pixel wide on pictures up to so many pixels."""
_POINT = 3
"""Half the length of a point's cross, in widths of a line."""

Points = NDArray[np.float64]
ToPicture = Callable[[float, float, str], tuple[float, float]]
"""From a point and its units to the picture as displayed, both sides from 0 to 1."""


def places(area: Area, turn: Turn) -> ToPicture:
    """Return how a point in the image or on the display becomes one of the displayed picture."""

    def place(x: float, y: float, units: str) -> tuple[float, float]:
        return (x, y) if units == _DISPLAY else turn.point(*area.point(x, y))

    return place


def draw_lines(pixels: Pixels, state: Dataset, uid: str, frame: int, place: ToPicture) -> Pixels:
    """Return a displayed picture, values from 0 to its white, with the lines of a state on it."""
    lines = [
        _on_picture(graphic, place)
        for annotation in items_for(state.get("GraphicAnnotationSequence"), uid, frame)
        for graphic in annotation.get("GraphicObjectSequence") or []
        if graphic.get("GraphicAnnotationUnits") in {_PIXEL, _DISPLAY}
    ]
    if not lines:
        return pixels
    image = Image.fromarray(np.ascontiguousarray(pixels))
    pen = ImageDraw.Draw(image)
    width = max(1, round(max(image.size) / _FINENESS))
    white = (255, 255, 255) if image.mode == "RGB" else 1.0
    black = (0, 0, 0) if image.mode == "RGB" else 0.0
    for color, wide in ((black, width + 2), (white, width)):
        for line in lines:
            corners = [(x * image.width, y * image.height) for x, y in line]
            for stroke in _strokes(corners, width):
                pen.line(stroke, fill=color, width=wide)
    return np.asarray(image)


def notes_of(state: Dataset, uid: str, frame: int, place: ToPicture) -> tuple[Note, ...]:
    """Return the texts of a state where they stand on the displayed picture."""
    return tuple(
        note
        for annotation in items_for(state.get("GraphicAnnotationSequence"), uid, frame)
        for text in annotation.get("TextObjectSequence") or []
        if (note := _note(text, place))
    )


def _note(text: Dataset, place: ToPicture) -> Note | None:
    words = str(text.get("UnformattedTextValue") or "").strip()
    corner, units = text.get("BoundingBoxTopLeftHandCorner"), "BoundingBoxAnnotationUnits"
    if not corner:
        corner, units = text.get("AnchorPoint"), "AnchorPointAnnotationUnits"
    if not words or not corner or text.get(units) not in {_PIXEL, _DISPLAY}:
        return None
    x, y = place(float(corner[0]), float(corner[1]), text[units].value)
    return Note(words, min(max(x, 0), 1), min(max(y, 0), 1))


def _on_picture(graphic: Dataset, place: ToPicture) -> list[tuple[float, float]]:
    units = graphic.GraphicAnnotationUnits
    numbers = np.asarray([float(number) for number in graphic.GraphicData]).reshape(-1, 2)
    return [place(x, y, units) for x, y in _corners(str(graphic.GraphicType), numbers)]


def _corners(kind: str, points: Points) -> Points:
    """Return what is drawn as a line from point to point; a point itself stays one."""
    if kind == "CIRCLE":
        middle, rim = points[:2]
        radius = float(np.hypot(*(rim - middle)))
        return _ellipse(middle, np.array([radius, 0.0]), np.array([0.0, radius]))
    if kind == "ELLIPSE":
        first, last, side, other = points[:4]
        return _ellipse((first + last) / 2, (last - first) / 2, (other - side) / 2)
    return points


def _ellipse(middle: Points, long: Points, short: Points) -> Points:
    angles = np.linspace(0, 2 * np.pi, _ROUND)[:, None]
    corners: Points = middle + long * np.cos(angles) + short * np.sin(angles)
    return corners


def _strokes(corners: list[tuple[float, float]], width: int) -> Iterator[list[tuple[float, float]]]:
    """Yield the lines to be drawn; a point is a cross."""
    if len(corners) > 1:
        yield corners
        return
    arm = _POINT * width
    for x, y in corners:
        yield [(x - arm, y), (x + arm, y)]
        yield [(x, y - arm), (x, y + arm)]
