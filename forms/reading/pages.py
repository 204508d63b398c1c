"""Shows the pages of a PDF as pictures, in parts that fit where they are read."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import PdfDocument, PdfPage
from reportlab.lib.units import mm

from forms.reading.pdfium import opened

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
    pdf: bytes, width_px: int, height_px: int | None = None, last_height_px: int | None = None
) -> tuple[PagePicture, ...]:
    """Return the pages, without their margins, as wide as the place where they are read.

    Parameters
    ----------
    pdf : bytes
        A document of ours.
    width_px, height_px : int
        The place where it is read. A page that is higher is cut between its lines, where the
        white is widest; without a height it stays whole.
    last_height_px : int, optional
        The place for the last part of all, where something else stands below it.
    """
    with opened(pdf) as document:
        left, right = _column(document)
        scale = width_px / (right - left)
        pictures: list[PagePicture] = []
        for number, page in enumerate(document, start=1):
            pixels = _drawn(page, scale)[:, int(left * scale) :][:, :width_px]
            last_px = last_height_px if number == len(document) else None
            parts = list(_parts(_without_ends(pixels, scale), height_px, last_px))
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


def _parts(pixels: Pixels, height_px: int | None, last_px: int | None) -> Iterator[Pixels]:
    """Cut a page into what is seen at once, between its lines; the last part fits its own place."""
    is_white = _darkest_of_rows(pixels) >= _LETTERS
    whole_px = height_px or len(pixels)
    last_px = last_px or whole_px
    top = 0
    while (rest_px := len(pixels) - top) > last_px:
        begin, end, best = _where_to_cut(rest_px, whole_px, last_px)
        gap = _widest_gap(is_white[top + begin : top + end], best - begin)
        cut = end if gap is None else begin + gap
        yield pixels[top : top + cut]
        top += round(end * (1 - OVERLAP)) if gap is None else cut
    yield pixels[top:]


def _where_to_cut(rest_px: int, whole_px: int, last_px: int) -> tuple[int, int, int]:
    """Return between which heights to cut, and where it would be best.

    The last two parts share what is left evenly, so that none is a single line.
    """
    if rest_px > last_px + whole_px * 8 // 10:
        return whole_px * 6 // 10, whole_px, whole_px
    even = max(rest_px - last_px, rest_px * 3 // 10), min(whole_px, rest_px * 7 // 10)
    return *even, rest_px // 2


def _widest_gap(is_white: NDArray[np.bool_], best: int) -> int | None:
    """Return the middle of a gap as wide as between paragraphs, the nearest to the best one."""
    white = np.flatnonzero(is_white)
    if not white.size:
        return None
    runs = np.split(white, np.flatnonzero(np.diff(white) > 1) + 1)
    widest = max(map(len, runs))
    middles = [int(run[len(run) // 2]) for run in runs if len(run) >= _WIDE * widest]
    return min(middles, key=lambda middle: abs(middle - best))
