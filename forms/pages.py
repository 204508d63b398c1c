"""Shows the pages of a PDF as pictures, in parts that fit where they are read."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import PdfDocument, PdfPage
from reportlab.lib.units import mm

from forms.pdfium import opened

MARGIN_PT = 4 * mm
"""White that stays around what is printed; the paper's own margins only make the letters small."""
OVERLAP = 0.08
"""Share of a part that is seen again in the next one, where something had to be cut through."""
_PRINTED = 250
"""Grey levels below this are no bare paper."""
_LETTERS = 200
"""Grey levels below this are letters or lines; the tinted grounds are lighter."""
_WIDE = 0.8
"""Share of the widest gap."""

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page, or the part of it that is read at once."""

    page: int
    """From 1."""
    pages: int
    part: int
    """From 1, in the order of reading."""
    parts: int
    """Of this page."""
    width_px: int
    height_px: int
    rgb: bytes
    """Rows from the top, three bytes a pixel, with nothing between the rows."""


def page_pictures(
    pdf: bytes, width_px: int, height_px: int | None = None, zoom: float = 1
) -> tuple[PagePicture, ...]:
    """Return the pages, without their margins, as wide as the place where they are read.

    Parameters
    ----------
    pdf : bytes
        A document of ours.
    width_px, height_px : int
        The place where it is read. A page that is higher is cut between its lines, where the
        white is widest; without a height it stays whole.
    zoom : float
        1 shows whole lines. Beyond it lines are cut into parts beside each other, which overlap;
        the left one comes first.
    """
    with opened(pdf) as document:
        left, right = _column(document)
        scale = width_px * zoom / (right - left)
        pictures: list[PagePicture] = []
        for number, page in enumerate(document, start=1):
            pixels = _drawn(page, scale)[:, int(left * scale) :][:, : round(width_px * zoom)]
            parts = list(_parts(_without_ends(pixels, scale), width_px, height_px))
            pictures += [
                PagePicture(
                    number, len(document), part, len(parts), each.shape[1], each.shape[0],
                    each.tobytes(),
                )
                for part, each in enumerate(parts, start=1)
            ]  # fmt: skip
    return tuple(pictures)


def _column(document: PdfDocument) -> tuple[float, float]:
    """Return the left and right edge, in points, of what is printed on any page."""
    edges = [_printed(_drawn(page, 1, grayscale=True).min(axis=0)) for page in document]
    left = min(left for left, _ in edges)
    right = max(right for _, right in edges)
    widest = max(page.get_width() for page in document)
    return max(left - MARGIN_PT, 0), min(right + MARGIN_PT, widest)


def _drawn(page: PdfPage, scale: float, *, grayscale: bool = False) -> Pixels:
    """Return the page in grey or in RGB, ``scale`` pixels a point."""
    bitmap = page.render(scale=scale, grayscale=grayscale, rev_byteorder=not grayscale)
    pixels: Pixels = bitmap.to_numpy().copy()
    bitmap.close()
    return pixels


def _darkest_of_rows(pixels: Pixels) -> Pixels:
    darkest: Pixels = np.ascontiguousarray(pixels).reshape(len(pixels), -1).min(axis=1)
    return darkest


def _printed(darkest: Pixels) -> tuple[int, int]:
    """Return where bare paper ends and begins again; there is none on an empty page."""
    printed = np.flatnonzero(darkest < _PRINTED)
    return (int(printed[0]), int(printed[-1]) + 1) if printed.size else (0, len(darkest))


def _without_ends(pixels: Pixels, scale: float) -> Pixels:
    """Take off the bare paper above and below."""
    (top, bottom), margin = _printed(_darkest_of_rows(pixels)), round(MARGIN_PT * scale)
    return pixels[max(top - margin, 0) : bottom + margin]


def _parts(pixels: Pixels, width_px: int, height_px: int | None) -> Iterator[Pixels]:
    """Cut a page into what is seen at once, line by line."""
    for top, bottom in _strips(pixels, height_px or len(pixels)):
        for left in _lefts(pixels.shape[1], width_px):
            yield pixels[top:bottom, left : left + width_px]


def _strips(pixels: Pixels, height_px: int) -> Iterator[tuple[int, int]]:
    is_white = _darkest_of_rows(pixels) >= _LETTERS
    top = 0
    while len(pixels) - top > height_px:
        gap = _widest_gap(is_white, top + height_px * 6 // 10, top + height_px)
        yield top, gap or top + height_px
        top = gap or top + round(height_px * (1 - OVERLAP))
    yield top, len(pixels)


def _widest_gap(is_white: NDArray[np.bool_], begin: int, end: int) -> int | None:
    """Return the middle of the lowest wide gap between lines, as paragraphs have; or None."""
    white = np.flatnonzero(is_white[begin:end])
    if not white.size:
        return None
    runs = np.split(white, np.flatnonzero(np.diff(white) > 1) + 1)
    widest = max(map(len, runs))
    wide = [run for run in runs if len(run) >= _WIDE * widest][-1]
    return begin + int(wide[len(wide) // 2])


def _lefts(width: int, width_px: int) -> list[int]:
    """Return where the parts of a line begin."""
    step = width_px * (1 - OVERLAP)
    count = 1 + max(0, int(np.ceil((width - width_px) / step)))
    return [round(left) for left in np.linspace(0, width - width_px, count)]
