"""From a story to the bytes of a PDF: pages and their furniture, the same for the same facts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from forms.fonts import TEXT, letters_of
from forms.page import BlankPage, Page
from kiosk.text.words import is_right_to_left

Story = Callable[[], list[Flowable]]
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


def print_on(sheet: Sheet, story: Story, furniture: Furniture) -> bytes:
    """Return the PDF of a story; the same arguments give the same bytes."""
    pages = _print(sheet, story, lambda *_: None, BlankPage)[1]
    return _print(sheet, story, lambda canvas, page, _: furniture(canvas, page, pages), Page)[0]


def draw_on(sheet: Sheet, pages: int, draw: Furniture) -> bytes:
    """Return the PDF of pages that are drawn rather than told; same arguments, same bytes."""
    letters_of(TEXT)
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


def _print(sheet: Sheet, story: Story, furniture: Furniture, kind: type[Page]) -> tuple[bytes, int]:
    letters_of(TEXT)  # registers the font that a page starts with
    file = BytesIO()
    document = BaseDocTemplate(
        file,
        pagesize=sheet.size,
        title=sheet.title,
        author=sheet.author,
        lang=sheet.language,
        invariant=1,
        initialFontName=TEXT.name,
    )
    frame = Frame(
        sheet.margin,
        sheet.bottom,
        sheet.width,
        sheet.size[1] - sheet.top - sheet.bottom,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )

    def on_page(canvas: Canvas, _: BaseDocTemplate) -> None:
        _describe(canvas, sheet)
        canvas.saveState()
        furniture(canvas, canvas.getPageNumber(), 0)
        canvas.restoreState()

    document.addPageTemplates([PageTemplate(frames=[frame], onPage=on_page)])
    document.build(story(), canvasmaker=kind)
    return file.getvalue(), document.page


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
