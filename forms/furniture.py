"""What stands at the head of every page: the hospital, what the paper is, which page."""

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepInFrame

from forms.facts import Site
from forms.letters import clean
from forms.look import HAIRLINE, INK_SOFT, PRIMARY, say, type_size
from forms.paper import Sheet

EDGE_TO_HEAD = 11 * mm
SITE_SHARE = 0.64


def page_furniture(
    canvas: Canvas, sheet: Sheet, site: Site, right: tuple[str, str], size: float
) -> None:
    """Draw the hospital on the left, two lines on the right and a rule below; size in points."""
    room = sheet.top - EDGE_TO_HEAD - 5 * mm
    rule = sheet.size[1] - sheet.top + 4 * mm
    soft = type_size(size * 0.85, color=INK_SOFT)
    contact = " · ".join(part for part in (clean(site.address), clean(site.phone)) if part)
    left: list[Flowable] = [say(clean(site.name), type_size(size), bold=True), say(contact, soft)]
    width = sheet.width * (SITE_SHARE if any(right) else 1)
    _stand_on(canvas, left, sheet.margin, rule, width, room)
    soft_right = type_size(size * 0.85, color=INK_SOFT, right=True)
    if any(right):
        lines: list[Flowable] = [say(line, soft_right) for line in right]
        _stand_on(canvas, lines, sheet.margin + width, rule, sheet.width - width, room)
    canvas.setStrokeColor(PRIMARY)
    canvas.setLineWidth(HAIRLINE * 2)
    canvas.line(sheet.margin, rule, sheet.margin + sheet.width, rule)


def _stand_on(
    canvas: Canvas, lines: list[Flowable], x: float, rule: float, width: float, room: float
) -> None:
    """Draw lines that stand on the rule, made smaller if they would leave the head."""
    block = KeepInFrame(width, room, lines, mode="shrink")
    block.wrapOn(canvas, width, room)
    block.drawOn(canvas, x, rule + 2 * mm)
