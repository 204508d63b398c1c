"""Sheets of pictures for an office printer: black cells below the head of the hospital."""

from collections.abc import Callable, Sequence

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from forms.facts import PicturesFacts
from forms.pictures.cell import draw_around
from forms.pictures.layout import lay_out
from forms.pictures.pixels import as_jpeg
from forms.pictures.sheet import Box, PaperSheet
from forms.printing.furniture import page_furniture
from forms.printing.paper import Sheet, draw_on
from forms.typography.letters import clean
from forms.typography.look import INK_SOFT, say, type_size
from forms.words import Wording, wording_for
from kiosk.domain.picture import Picture, Raster

MARGIN = 10 * mm
TOP = 24 * mm
BOTTOM = 14 * mm
GAP = 0.7
"""Points of white between the cells."""
DOTS_PER_POINT = 300 / 72
"""What office printers put down."""
_FOOT = 6.8

Develop = Callable[[], Picture]
"""Makes a picture when its turn comes, so that there is never more than one in memory."""


def render_pictures(facts: PicturesFacts, pictures: Sequence[Develop], paper: PaperSheet) -> bytes:
    """Return the sheets as a PDF; the same facts and pictures give the same bytes."""
    words = wording_for(facts.language, facts.site.house)
    sheet = Sheet(
        size=paper.size,
        margin=MARGIN,
        top=TOP,
        bottom=BOTTOM,
        title=words.say("pictures.title"),
        author=clean(facts.site.name),
        language=words.language,
        made_at=facts.printed_at,
    )
    body = Box(MARGIN, BOTTOM, sheet.width, paper.size[1] - TOP - BOTTOM)
    cells = [cell.inset(GAP / 2) for cell in paper.grid.divide(body)]

    def draw(canvas: Canvas, page: int, pages: int) -> None:
        which = words.say("page.number", page=page, pages=pages)
        page_furniture(canvas, sheet, facts.site, (words.say("pictures.title"), which), 9)
        on_this_page = pictures[(page - 1) * len(cells) : page * len(cells)]
        for cell, develop in zip(cells, on_this_page, strict=False):
            _draw_cell(canvas, cell, develop(), facts, words, true_size=paper.true_size)
        _foot(canvas, sheet, words)

    return draw_on(sheet, -(-len(pictures) // len(cells)), draw)


def _draw_cell(
    canvas: Canvas,
    cell: Box,
    picture: Picture,
    facts: PicturesFacts,
    words: Wording,
    *,
    true_size: bool,
) -> None:
    layout = lay_out(cell, picture, true_size=true_size)
    canvas.setFillColor(black)
    canvas.rect(cell.x, cell.y, cell.width, cell.height, stroke=0, fill=1)
    if picture.raster:
        _put(canvas, layout.picture, picture.raster)
    draw_around(canvas, layout, picture, facts, words)


def _put(canvas: Canvas, box: Box, raster: Raster) -> None:
    width_px, height_px = (max(1, round(side * DOTS_PER_POINT)) for side in (box.width, box.height))
    image = ImageReader(as_jpeg(raster, width_px, height_px))
    canvas.drawImage(image, box.x, box.y, box.width, box.height)


def _foot(canvas: Canvas, sheet: Sheet, words: Wording) -> None:
    line = say(words.say("pictures.footer"), type_size(_FOOT, color=INK_SOFT))
    _, height = line.wrap(sheet.width, sheet.bottom)
    line.drawOn(canvas, sheet.margin, sheet.bottom - 2 * mm - height)
