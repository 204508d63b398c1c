"""The receipt as a page: A5, or half of a letter sheet."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from reportlab.lib.pagesizes import A5, HALF_LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from forms.facts import ReceiptFacts
from forms.printing.furniture import page_furniture
from forms.printing.paper import Sheet, print_on
from forms.printing.square_code import SquareCode
from forms.printing.table import Table
from forms.receipt.said import Exam, Exams, ForStaff, Heading, Held, Line, Said, Step, Title, said
from forms.typography.letters import clean
from forms.typography.look import HAIRLINE, INK_SOFT, LAID_OUT, LINE, PRIMARY, say, type_size
from forms.words import Wording, wording_for

BODY = 8.5
SMALL = 6.2
CODE_SIDE = 24 * mm
EXAM_AT = 31 * mm
STEP_AT = 4.5 * mm
"""From the left edge of the text."""
HEADED = 22 * mm
"""What stays with a heading, or the heading goes to the next page."""


class ReceiptPage(Enum):
    """The size of paper, by its name."""

    A5 = "a5"
    HALF_LETTER = "half-letter"


SIZES = {ReceiptPage.A5: A5, ReceiptPage.HALF_LETTER: HALF_LETTER}
"""In points."""


def render_receipt(facts: ReceiptFacts, page: ReceiptPage = ReceiptPage.A5) -> bytes:
    """Return the receipt as a PDF, in the language of the form."""
    words = wording_for(facts.job.release.consent.language, facts.site.house)
    number = words.say("receipt.number", number=facts.job.number)
    sheet = Sheet(
        size=SIZES[page],
        margin=12 * mm,
        top=24 * mm,
        bottom=8 * mm,
        title=number,
        author=clean(facts.site.name),
        language=words.language,
        made_at=facts.handed_over_at,
    )

    def furniture(canvas: Canvas, page: int, pages: int) -> None:
        which = words.say("page.number", page=page, pages=pages)
        page_furniture(canvas, sheet, facts.site, (number, which), 9)

    return print_on(sheet, _story(facts, words, sheet.width), furniture)


def _story(facts: ReceiptFacts, words: Wording, width: float) -> list[Flowable]:
    return [flowable for part in said(facts, words) for flowable in _drawn(part, width)]


def _drawn(part: Said, width: float) -> list[Flowable]:  # noqa: PLR0911 - a table
    match part:
        case Title(text=text):
            return [say(text, type_size(16, after=3), bold=True)]
        case Heading(text=text):
            style = type_size(BODY + 1, color=PRIMARY, after=2)
            style.spaceBefore = 6
            return [CondPageBreak(HEADED), say(text, style, bold=True)]
        case Line(text=text, strong=strong):
            return [say(text, type_size(BODY, after=1.5), bold=strong)]
        case Step(number=number, text=text):
            body = type_size(BODY)
            steps = [[say(f"{number}.", body, bold=True), say(text, body)]]
            return [_columns(steps, STEP_AT, width)]
        case Exams(exams=exams):
            return [_exams(exams, width), Spacer(0, 4)]
        case Held() as held:
            return [KeepTogether(_held(held))]
        case ForStaff() as staff:
            return [KeepTogether([Spacer(0, 6), _for_staff(staff, width)])]


def _exams(exams: Sequence[Exam], width: float) -> Table:
    cell = type_size(BODY)
    return _columns(
        [[say(exam.day, cell), say(exam.description, cell, lead=exam.kind)] for exam in exams],
        EXAM_AT,
        width,
        ("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, LINE),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    )


def _held(held: Held) -> list[Flowable]:
    return [
        say(held.text, type_size(BODY, after=1), lead=held.name),
        say(held.digest, type_size(SMALL, color=INK_SOFT, after=4), lead=held.digest_name),
    ]


def _for_staff(staff: ForStaff, width: float) -> Table:
    small, label = type_size(SMALL, color=INK_SOFT, after=1.5), type_size(SMALL, color=INK_SOFT)
    beside = [
        say(staff.title, type_size(SMALL, after=2), bold=True),
        *(
            line
            for name, value in staff.fields
            for line in (say(name, label, bold=True), say(value, small))
        ),
        say(staff.note, small),
    ]
    return _columns(
        [[SquareCode(staff.scanned, CODE_SIDE), beside]],
        CODE_SIDE + 3 * mm,
        width,
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LINEABOVE", (0, 0), (-1, 0), HAIRLINE, LINE),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
    )


def _columns(rows: Sequence[list[Any]], at: float, width: float, *style: Any) -> Table:
    """Return rows of two cells, of which the second one begins at a place in points."""
    return Table(
        rows,
        colWidths=[at, width - at],
        style=[
            *LAID_OUT,
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            *style,
        ],
    )
