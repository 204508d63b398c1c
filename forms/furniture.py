"""What stands at the head of every page: the hospital, what the paper is, which page."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepInFrame, Paragraph

from forms.facts import Site
from forms.fonts import TEXT, letters_of
from forms.letters import clean
from forms.look import HAIRLINE, INK_SOFT, LEADING, PRIMARY, READ, say, type_size
from forms.paper import Sheet

EDGE_TO_HEAD = 11 * mm
HEAD_TO_TEXT = 5 * mm
HIGHEST_SHARE = 0.3
"""Of the paper; a head that would be higher is made smaller."""
WIDEST_SHARE = 0.5
"""Of the lines on the right."""


def page_furniture(
    canvas: Canvas, sheet: Sheet, site: Site, right: tuple[str, str], size: float
) -> None:
    """Draw the hospital on the left, two lines on the right and a rule below; size in points."""
    contact = " · ".join(_contact(site))
    _head(canvas, sheet, (clean(site.name), contact), right, (size, size * 0.85))


def readable_furniture(canvas: Canvas, sheet: Sheet, site: Site, right: tuple[str, str]) -> None:
    """Draw the same in the size of what is read before signing, a line for each fact."""
    _head(canvas, sheet, _readable(site), right, (READ, READ))


def readable_top(sheet: Sheet, site: Site, right: tuple[str, str]) -> float:
    """Return the margin above the text, in points, by which no line need be made smaller."""
    width = sheet.width - _width_of(right, READ, sheet)
    lines = _lines(_readable(site), (READ, READ))
    beside = len(right) * READ * LEADING
    height = max(beside, sum(line.wrap(width, sheet.size[1])[1] for line in lines))
    return min(EDGE_TO_HEAD + height + HEAD_TO_TEXT + READ / 10, sheet.size[1] * HIGHEST_SHARE)


def _readable(site: Site) -> list[str]:
    return [clean(site.name), *_contact(site)]


def _lines(left: Sequence[str], sizes: tuple[float, float]) -> list[Paragraph]:
    """Return lines of which the first one is bold; sizes of it and of the rest."""
    bold, soft = sizes
    name, *rest = left
    return [
        say(name, type_size(bold), bold=True),
        *(say(line, type_size(soft, color=INK_SOFT)) for line in rest),
    ]


def _contact(site: Site) -> list[str]:
    return [part for part in (clean(site.address), clean(site.phone)) if part]


def _head(
    canvas: Canvas,
    sheet: Sheet,
    left: Sequence[str],
    right: Sequence[str],
    sizes: tuple[float, float],
) -> None:
    """Draw lines on the left and on the right, and the rule below them."""
    _, soft = sizes
    room = sheet.top - EDGE_TO_HEAD - HEAD_TO_TEXT
    rule = sheet.size[1] - sheet.top + 4 * mm
    width = sheet.width - _width_of(right, soft, sheet)
    _stand_on(canvas, _lines(left, sizes), sheet.margin, rule, width, room)
    if any(right):
        lines = [say(line, type_size(soft, color=INK_SOFT, right=True)) for line in right]
        _stand_on(canvas, lines, sheet.margin + width, rule, sheet.width - width, room)
    canvas.setStrokeColor(PRIMARY)
    canvas.setLineWidth(HAIRLINE * 2)
    canvas.line(sheet.margin, rule, sheet.margin + sheet.width, rule)


def _width_of(lines: Sequence[str], size: float, sheet: Sheet) -> float:
    """Return how wide lines of our own words are, with some air before them."""
    letters_of(TEXT)
    widest = max(stringWidth(line, TEXT.name, size) for line in lines)
    return min(widest + size, sheet.width * WIDEST_SHARE) if widest else 0


def _stand_on(
    canvas: Canvas, lines: Sequence[Flowable], x: float, rule: float, width: float, room: float
) -> None:
    """Draw lines that stand on the rule, made smaller if they would leave the head."""
    block = KeepInFrame(width, room, list(lines), mode="shrink")
    block.wrapOn(canvas, width, room)
    block.drawOn(canvas, x, rule + 2 * mm)
