"""What stands at the head of every page: the hospital, what the paper is, which page."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepInFrame

from forms.facts import Site
from forms.letters import clean
from forms.look import HAIRLINE, INK_SOFT, PRIMARY, READ, say, type_size
from forms.paper import Sheet

EDGE_TO_HEAD = 11 * mm
SITE_SHARE = 0.64


def page_furniture(
    canvas: Canvas, sheet: Sheet, site: Site, right: tuple[str, str], size: float
) -> None:
    """Draw the hospital on the left, two lines on the right and a rule below; size in points."""
    contact = " · ".join(_contact(site))
    _head(canvas, sheet, (clean(site.name), contact), right, (size, size * 0.85))


def readable_furniture(canvas: Canvas, sheet: Sheet, site: Site, right: tuple[str, str]) -> None:
    """Draw the same in the size of what is read before signing, a line for each fact."""
    _head(canvas, sheet, (clean(site.name), *_contact(site)), right, (READ, READ))


def _contact(site: Site) -> list[str]:
    return [part for part in (clean(site.address), clean(site.phone)) if part]


def _head(
    canvas: Canvas,
    sheet: Sheet,
    left: Sequence[str],
    right: Sequence[str],
    sizes: tuple[float, float],
) -> None:
    """Draw lines on the left, the first one bold, and on the right; sizes of it and of the rest."""
    bold, soft = sizes
    room = sheet.top - EDGE_TO_HEAD - 5 * mm
    rule = sheet.size[1] - sheet.top + 4 * mm
    name, *rest = left
    width = sheet.width * (SITE_SHARE if any(right) else 1)
    lines = [say(line, type_size(soft, color=INK_SOFT)) for line in rest]
    lines = [say(name, type_size(bold), bold=True), *lines]
    _stand_on(canvas, lines, sheet.margin, rule, width, room)
    if any(right):
        lines = [say(line, type_size(soft, color=INK_SOFT, right=True)) for line in right]
        _stand_on(canvas, lines, sheet.margin + width, rule, sheet.width - width, room)
    canvas.setStrokeColor(PRIMARY)
    canvas.setLineWidth(HAIRLINE * 2)
    canvas.line(sheet.margin, rule, sheet.margin + sheet.width, rule)


def _stand_on(
    canvas: Canvas, lines: Sequence[Flowable], x: float, rule: float, width: float, room: float
) -> None:
    """Draw lines that stand on the rule, made smaller if they would leave the head."""
    block = KeepInFrame(width, room, list(lines), mode="shrink")
    block.wrapOn(canvas, width, room)
    block.drawOn(canvas, x, rule + 2 * mm)
