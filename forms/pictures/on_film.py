"""Films: an image box for every cell, its captions burnt in, as a film printer takes them."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from forms.facts import PicturesFacts
from forms.pictures.cell import draw_around
from forms.pictures.layout import Layout, lay_out
from forms.pictures.on_paper import Develop
from forms.pictures.pixels import as_levels
from forms.pictures.sheet import Box, FilmSheet
from forms.printing.paper import Sheet, draw_on
from forms.reading.pdfium import opened
from forms.words import wording_for
from kiosk.domain.picture import ImageBox, Picture, Raster, Tones

_POINTS_PER_MM = 72 / 25.4
_PREVIEW_BITS = 8

Share = NDArray[np.float32]


def film_boxes(
    facts: PicturesFacts, pictures: Sequence[Develop], film: FilmSheet, tones: Tones
) -> Iterator[ImageBox]:
    """Yield the image boxes, one film after another; one at a time is in memory.

    Parameters
    ----------
    pictures
        Developed in the same tones.
    tones : Tones
        One of the grey ones.
    """
    for number, develop in enumerate(pictures):
        sheet, at = divmod(number, film.grid.cells)
        cell = film.cells[at]
        box = Box(0, 0, cell.width, cell.height)
        raster = _raster(facts, develop(), box, film, tones)
        yield ImageBox(sheet + 1, at + 1, raster, cell.width / _POINTS_PER_MM)


def preview(boxes: Iterable[ImageBox], film: FilmSheet, dots_per_mm: float = 4.0) -> bytes:
    """Return one film as a PNG, as it looks on a light box."""
    scale = dots_per_mm / _POINTS_PER_MM
    width, height = (round(side * scale) for side in film.size)
    whole = Image.new("L", (width, height))
    for box in boxes:
        cell = film.cells[box.position - 1]
        raster = box.raster
        levels = as_levels(raster, round(cell.width * scale), round(cell.height * scale))
        grey = Image.fromarray((levels >> (raster.bits - _PREVIEW_BITS)).astype(np.uint8))
        whole.paste(grey, (round(cell.x * scale), round(height - cell.top * scale)))
    encoded = BytesIO()
    whole.save(encoded, "PNG")
    return encoded.getvalue()


def _raster(
    facts: PicturesFacts, picture: Picture, box: Box, film: FilmSheet, tones: Tones
) -> Raster:
    layout = lay_out(box, picture, true_size=film.true_size)
    scale = film.dots_per_mm / _POINTS_PER_MM
    white = (1 << tones.bits) - 1
    ink, cover = _ink(facts, picture, layout, box, scale)
    levels = np.zeros(ink.shape, np.float32)
    if picture.raster:
        _put(levels, layout.picture, picture.raster, scale)
    seen = np.rint(levels * (1 - cover) + ink * cover * white)
    rows, columns = seen.shape
    kind = "<u2" if tones.bits > 8 else "u1"  # noqa: PLR2004 - a byte
    return Raster(columns, rows, 1, tones.bits, seen.astype(kind).tobytes())


def _put(levels: Share, box: Box, raster: Raster, scale: float) -> None:
    """Put the pixels where the layout has their picture, the first row on top."""
    width, height = (max(1, round(side * scale)) for side in (box.width, box.height))
    left, top = round(box.x * scale), len(levels) - round(box.top * scale)
    levels[top : top + height, left : left + width] = as_levels(raster, width, height)


def _ink(
    facts: PicturesFacts, picture: Picture, layout: Layout, box: Box, scale: float
) -> tuple[Share, Share]:
    """Return how light everything around the picture is, and how much of what is below it covers.

    The letters are those of the documents, in any script, and drawn by the same hand.
    """
    words = wording_for(facts.language, facts.site.house)
    sheet = Sheet((box.width, box.height), 0, 0, 0, "", "", words.language, facts.printed_at)

    def draw(canvas: Canvas, _: int, __: int) -> None:
        draw_around(canvas, layout, picture, facts, words)

    with opened(draw_on(sheet, 1, draw)) as document:
        bitmap = document[0].render(scale=scale, fill_color=(0, 0, 0, 0))
        drawn = bitmap.to_numpy()
        ink, cover = (drawn[..., channel] / np.float32(255) for channel in (0, 3))
        bitmap.close()
    return ink, cover
