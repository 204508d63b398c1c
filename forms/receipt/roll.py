"""The receipt on a paper roll of 80 mm, for a receipt printer."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from forms.facts import ReceiptFacts
from forms.printing.roll import (
    DOT,
    WIDTH,
    OnDots,
    Roll,
    print_on_roll,
    roll_head,
    roll_rule,
    roll_type,
)
from forms.printing.square_code import SquareCode, modules_across
from forms.printing.table import Table
from forms.receipt.said import Exam, Exams, ForStaff, Heading, Held, Line, Said, Step, Title, said
from forms.typography.look import LAID_OUT, say
from forms.words import Wording, wording_for

BODY = 9.0
SMALL = 7.5
MODULE = 5 * DOT
"""Whole dots, so that every module of the code is as wide as the next."""
STEP_AT = 5 * mm


def render_receipt_roll(facts: ReceiptFacts) -> bytes:
    """Return the receipt as ESC/POS commands, with the words of the page."""
    words = wording_for(facts.job.release.consent.language, facts.site.house)
    roll = Roll(_number(facts, words), words.language, facts.handed_over_at)
    return print_on_roll(roll, roll_story(facts, words))


def roll_story(facts: ReceiptFacts, words: Wording) -> list[Flowable]:
    """Return what stands on the roll, from its head to its foot."""
    return [
        *roll_head(facts.site, words.language),
        say(_number(facts, words), roll_type(BODY, after=2)),
        *(flowable for part in said(facts, words) for flowable in _drawn(part)),
    ]


def _number(facts: ReceiptFacts, words: Wording) -> str:
    return words.say("receipt.number", number=facts.job.number)


def _drawn(part: Said) -> list[Flowable]:  # noqa: PLR0911 - a table
    match part:
        case Title(text=text):
            return [say(text, roll_type(17, after=5), bold=True)]
        case Heading(text=text):
            return [
                Spacer(0, 5),
                say(text, roll_type(BODY + 2, after=2), bold=True),
                roll_rule(0.8),
            ]
        case Line(text=text, strong=strong):
            return [say(text, roll_type(BODY, after=3), bold=strong)]
        case Step(number=number, text=text):
            return [_step(number, text)]
        case Exams(exams=exams):
            return [line for exam in exams for line in _exam(exam)]
        case Held() as held:
            return [
                say(held.text, roll_type(BODY, after=2), lead=held.name),
                say(held.digest, roll_type(SMALL, after=5), lead=held.digest_name),
            ]
        case ForStaff() as staff:
            return _for_staff(staff)


def _exam(exam: Exam) -> list[Flowable]:
    return [
        say(exam.day, roll_type(BODY)),
        say(exam.description, roll_type(BODY, after=4), lead=exam.kind),
    ]


def _step(number: int, text: str) -> Table:
    body = roll_type(BODY)
    return Table(
        [[say(f"{number}.", body, bold=True), say(text, body)]],
        colWidths=[STEP_AT, WIDTH - STEP_AT],
        style=[
            *LAID_OUT,
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ],
    )


def _for_staff(staff: ForStaff) -> list[Flowable]:
    side = modules_across(staff.scanned) * MODULE
    code = SquareCode(staff.scanned, side, inset=DOT / 50)
    return [
        Spacer(0, 5),
        roll_rule(0.8),
        Spacer(0, 4),
        say(staff.title, roll_type(SMALL), bold=True),
        OnDots(code),
        *(say(value, roll_type(SMALL, after=2), lead=name) for name, value in staff.fields),
        say(staff.note, roll_type(SMALL)),
    ]
