"""Puts the marks of a letter, such as vowels, where its font wants them."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from unicodedata import combining

import uharfbuzz
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr

Offset = tuple[float, float]
"""From where the letter begins, in thousandths of the size."""


def with_marks(letters: str, font_name: str) -> str:
    """Return letters in the order of the eye, each before its marks, with the marks' places."""
    if not any(map(combining, letters)):
        return letters
    font: Any = getFont(font_name)
    widths = font.face.charWidths
    shapes: list[ShapeData] = []
    for cluster in _clusters(letters):
        width = widths[ord(cluster[0])]
        shapes.append(ShapeData(len(shapes), width, 0, 0, 0, width))
        for mark, (x, y) in zip(cluster[1:], _offsets(cluster, font_name), strict=True):
            shapes.append(ShapeData(len(shapes), 0, 0, x - width, y, widths[ord(mark)]))
    return ShapedStr(letters, shapes)  # type: ignore[arg-type]  # one for each letter


def _clusters(letters: str) -> Iterator[str]:
    cluster = ""
    for letter in letters:
        if cluster and not combining(letter):
            yield cluster
            cluster = ""
        cluster += letter
    yield cluster


@cache
def _offsets(cluster: str, font_name: str) -> list[Offset]:
    """Ask HarfBuzz where a letter's marks stand; behind it where the font does not say."""
    font: Any = getFont(font_name)  # the stub knows no TTFont
    drawn = font.hbFont()
    buffer = uharfbuzz.Buffer()
    buffer.add_str(cluster)
    buffer.guess_segment_properties()
    uharfbuzz.shape(drawn, buffer)
    places: dict[int, Offset] = {}
    pen = 0.0
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        places[glyph.codepoint] = pen + place.x_offset, place.y_offset
        pen += place.x_advance
    letter, *marks = (drawn.get_nominal_glyph(ord(each)) for each in cluster)
    left, _ = places.get(letter, (0.0, 0.0))
    own = [places.get(mark, (left + pen, 0.0)) for mark in marks]
    return [(font.pdfScale(x - left), font.pdfScale(y)) for x, y in own]
