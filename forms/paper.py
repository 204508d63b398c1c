"""From a story to the bytes of a PDF: pages and their furniture, the same for the same facts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from forms.fonts import TEXT, letters_of

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
    pages = _print(sheet, story, lambda *_: None)[1]
    return _print(sheet, story, lambda canvas, page, _: furniture(canvas, page, pages))[0]


def _print(sheet: Sheet, story: Story, furniture: Furniture) -> tuple[bytes, int]:
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
        canvas.setDateFormatter(lambda *_: _pdf_date(sheet.made_at))
        canvas.saveState()
        furniture(canvas, canvas.getPageNumber(), 0)
        canvas.restoreState()

    document.addPageTemplates([PageTemplate(frames=[frame], onPage=on_page)])
    document.build(story())
    return file.getvalue(), document.page


def _pdf_date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
