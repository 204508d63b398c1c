"""What stands on every page: above the hospital, what the paper is and which page, below a line."""

from collections.abc import Sequence

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepInFrame

from forms.facts import Site
from forms.printing.logo import Logo
from forms.printing.paper import Sheet
from forms.typography.letters import isolate
from forms.typography.look import HAIRLINE, INK_SOFT, LEADING, PRIMARY, READ, say, type_size
from forms.typography.page import is_mirrored
from forms.typography.text import Text
from forms.words import wording_for

EDGE_TO_HEAD = 11 * mm
HEAD_TO_TEXT = 5 * mm
HIGHEST_SHARE = 0.3
"""Of the paper; a head that would be higher is made smaller."""
WIDEST_SHARE = 0.5
"""Of the lines on the right."""
FOOT_TO_EDGE = 4 * mm


def page_furniture(
    canvas: Canvas, sheet: Sheet, site: Site, right: tuple[str, str], size: float
) -> None:
    """Draw the hospital on the left, two lines on the right and a rule below; size in points."""
    left = [isolate(site.name), " · ".join(contact(site, sheet.language))]
    _head(canvas, sheet, site.house.logo, (left, right), (size, size * 0.85))
    _foot(canvas, sheet, site, size * 0.85)


def readable_furniture(canvas: Canvas, sheet: Sheet, site: Site, right: tuple[str, str]) -> None:
    """Draw the same in the size of what is read before signing, a line for each fact."""
    _head(canvas, sheet, site.house.logo, (_readable(site, sheet), right), (READ, READ))
    _foot(canvas, sheet, site, READ)


def readable_top(sheet: Sheet, site: Site, right: tuple[str, str]) -> float:
    """Return the margin above the text, in points, by which no line need be made smaller."""
    logo = Logo(site.house.logo)
    width = sheet.width - _width_of(right, READ, sheet) - logo.width
    lines = _lines(_readable(site, sheet), (READ, READ))
    beside = len(right) * READ * LEADING
    height = max(beside, logo.height, sum(line.wrap(width, sheet.size[1])[1] for line in lines))
    return min(EDGE_TO_HEAD + height + HEAD_TO_TEXT + READ / 10, sheet.size[1] * HIGHEST_SHARE)


def readable_bottom(sheet: Sheet, site: Site) -> float:
    """Return the margin below the text, in points, by which the foot need not be made smaller."""
    height = sum(line.wrap(sheet.width, 0)[1] for line in foot_lines(site, sheet.language, READ))
    return max(sheet.bottom, FOOT_TO_EDGE + height + READ / 2 if height else 0)


def contact(site: Site, language: str) -> list[str]:
    """Return the address as it reads in a language, and the telephone."""
    address = wording_for(language, site.house).say("page.address") or site.address
    return [isolate(part) for part in (address, site.phone) if part.strip()]


def foot_lines(site: Site, language: str, size: float) -> list[Text]:
    """Return what a hospital has at the foot of every page, if anything."""
    foot = wording_for(language, site.house).say("page.footer")
    style = type_size(size, color=INK_SOFT)
    style.alignment = TA_CENTER
    return [say(foot, style)] if foot else []


def _readable(site: Site, sheet: Sheet) -> list[str]:
    return [isolate(site.name), *contact(site, sheet.language)]


def _lines(left: Sequence[str], sizes: tuple[float, float]) -> list[Text]:
    """Return lines of which the first one is bold; sizes of it and of the rest."""
    bold, soft = sizes
    name, *rest = left
    return [
        say(name, type_size(bold), bold=True),
        *(say(line, type_size(soft, color=INK_SOFT)) for line in rest if line),
    ]


def _head(
    canvas: Canvas,
    sheet: Sheet,
    logo: bytes | None,
    ends: tuple[Sequence[str], Sequence[str]],
    sizes: tuple[float, float],
) -> None:
    """Draw the lines at both ends and the rule below them, from the side that is read first."""
    (left, right), (_, soft) = ends, sizes
    room = sheet.top - EDGE_TO_HEAD - HEAD_TO_TEXT
    rule = sheet.size[1] - sheet.top + 4 * mm
    picture = Logo(logo, room)
    beside = _width_of(right, soft, sheet)
    parts: list[tuple[Sequence[Flowable], float]] = [
        ([picture], picture.width),
        (_lines(left, sizes), sheet.width - beside - picture.width),
        (_right(right, soft), beside),
    ]
    x = sheet.margin
    for lines, wide in reversed(parts) if is_mirrored(canvas) else parts:
        if wide:
            _stand_on(canvas, lines, x, rule, wide, room)
        x += wide
    canvas.setStrokeColor(PRIMARY)
    canvas.setLineWidth(HAIRLINE * 2)
    canvas.line(sheet.margin, rule, sheet.margin + sheet.width, rule)


def _foot(canvas: Canvas, sheet: Sheet, site: Site, size: float) -> None:
    lines = foot_lines(site, sheet.language, size)
    if lines:
        room = sheet.bottom - FOOT_TO_EDGE
        block = KeepInFrame(sheet.width, room, [*lines], mode="shrink")
        block.wrapOn(canvas, sheet.width, room)
        block.drawOn(canvas, sheet.margin, FOOT_TO_EDGE)


def _right(lines: Sequence[str], size: float) -> list[Text]:
    return [say(line, type_size(size, color=INK_SOFT, right=True)) for line in lines if line]


def _width_of(lines: Sequence[str], size: float, sheet: Sheet) -> float:
    """Return how wide lines of our own words are, with some air before them."""
    widest = max((line.length() for line in _right(lines, size)), default=0)
    return min(widest + size, sheet.width * WIDEST_SHARE) if widest else 0


def _stand_on(
    canvas: Canvas, lines: Sequence[Flowable], x: float, rule: float, width: float, room: float
) -> None:
    """Draw lines that stand on the rule, made smaller if they would leave the head."""
    block = KeepInFrame(width, room, list(lines), mode="shrink")
    block.wrapOn(canvas, width, room)
    block.drawOn(canvas, x, rule + 2 * mm)
