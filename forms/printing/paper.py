"""From a story to the bytes of a PDF: pages and their furniture, the same for the same facts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Literal

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from forms.typography.fonts import TEXT, letters_of
from forms.typography.page import Page
from kiosk.text.words import is_right_to_left

Draw = Callable[[Canvas], None]
Fits = Literal[0, 1]
Furniture = Callable[[Canvas, int, int], None]
"""Draws what stands on every page: canvas, page from 1, pages."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper with its margins, in points, and what the file says of itself."""

    size: tuple[float, float]
    margin: float
    top: float
    bottom: float
    title: str
    author: str
    language: str
    made_at: datetime

    @property
    def width(self) -> float:
        """Between the margins."""
        return self.size[0] - 2 * self.margin


def print_on(sheet: Sheet, story: Sequence[Flowable], furniture: Furniture) -> bytes:
    """Return the PDF of a story; the same arguments give the same bytes."""
    laid_out = _lay_out(sheet, story)

    def draw(canvas: Canvas, page: int, pages: int) -> None:
        canvas.saveState()
        furniture(canvas, page, pages)
        canvas.restoreState()
        for draw_part in laid_out[page - 1]:
            draw_part(canvas)

    return draw_on(sheet, len(laid_out), draw)


def draw_on(sheet: Sheet, pages: int, draw: Furniture) -> bytes:
    """Return the PDF of pages that are drawn rather than told; same arguments, same bytes."""
    letters_of(TEXT)  # registers the font that a page starts with
    file = BytesIO()
    canvas = Page(
        file,
        sheet.size,
        invariant=1,
        initialFontName=TEXT.name,
        lang=sheet.language,
    )
    canvas.setTitle(sheet.title)
    canvas.setAuthor(sheet.author)
    _describe(canvas, sheet)
    for page in range(1, pages + 1):
        draw(canvas, page, pages)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


class _Column(Frame):
    """Notes how it would draw each part of a story in its place, and draws none."""

    def __init__(self, sheet: Sheet, note: Callable[[Draw], None]) -> None:
        height = sheet.size[1] - sheet.top - sheet.bottom
        super().__init__(sheet.margin, sheet.bottom, sheet.width, height, 0, 0, 0, 0)
        self._note = note

    def add(self, flowable: Any, canv: Canvas, trySplit: int = 0) -> Fits:  # noqa: N803 - reportlab's
        """Give a part its place, if there is room for it."""

        def note(_: Canvas, x: float, y: float, _sW: float) -> None:  # noqa: N803 - as above
            self._note(lambda canvas: flowable.drawOn(canvas, x, y, _sW))

        flowable.drawOn = note
        try:
            fits: Fits = super().add(flowable, canv, trySplit)
        finally:
            del flowable.drawOn
        return fits


def _lay_out(sheet: Sheet, story: Sequence[Flowable]) -> list[list[Draw]]:
    """Return how each page is drawn, broken as reportlab breaks it: so pages can be counted."""
    pages: list[list[Draw]] = []

    def note(draw: Draw) -> None:
        pages[-1].append(draw)

    template = PageTemplate(frames=[_Column(sheet, note)], onPage=lambda *_: pages.append([]))
    document = BaseDocTemplate(
        BytesIO(), pagesize=sheet.size, pageTemplates=[template], initialFontName=TEXT.name
    )
    document.build(list(story))
    return pages


def _describe(canvas: Canvas, sheet: Sheet) -> None:
    """Say when it was made and from which side it is read; its window shows its title."""
    right_to_left = is_right_to_left(sheet.language)
    if isinstance(canvas, Page):
        canvas.right_to_left = right_to_left
    canvas.setDateFormatter(lambda *_: _pdf_date(sheet.made_at))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setViewerPreference("Direction", "R2L" if right_to_left else "L2R")


def _pdf_date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
