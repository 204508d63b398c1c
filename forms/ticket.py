"""The ticket of a patient whose images are not there yet, with nobody's name and no code on it."""

from datetime import datetime

from reportlab.lib.pagesizes import A6
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from forms.facts import TicketFacts
from forms.printing.furniture import page_furniture
from forms.printing.paper import Sheet, print_on
from forms.printing.roll import WIDTH as ROLL_WIDTH
from forms.printing.roll import Roll, print_on_roll, roll_head
from forms.printing.table import Table
from forms.typography.fitted import Type, fitted
from forms.typography.letters import clean
from forms.typography.look import HAIRLINE, INK_SOFT, LAID_OUT, PRIMARY, TINT, say, type_size
from forms.words import Wording, wording_for

UNTIL = Type(14, 8, bold=True, color=PRIMARY)
INSET = 10
"""Points."""


def render_ticket(facts: TicketFacts, language: str = "en") -> bytes:
    """Return the ticket as an A6 page."""
    words = wording_for(language, facts.site.house)
    sheet = Sheet(
        size=A6,
        margin=11 * mm,
        top=26 * mm,
        bottom=8 * mm,
        title=words.say("ticket.title"),
        author=clean(facts.site.name),
        language=words.language,
        made_at=facts.printed_at,
    )

    def furniture(canvas: Canvas, _: int, __: int) -> None:
        page_furniture(canvas, sheet, facts.site, ("", ""), 9)

    return print_on(sheet, _story(facts, words, sheet.width), furniture)


def render_ticket_roll(facts: TicketFacts, language: str = "en") -> bytes:
    """Return the same for a paper roll, as ESC/POS commands."""
    words = wording_for(language, facts.site.house)
    roll = Roll(words.say("ticket.title"), words.language, facts.printed_at)
    return print_on_roll(
        roll, [*roll_head(facts.site, words.language), *_story(facts, words, ROLL_WIDTH)]
    )


def _story(facts: TicketFacts, words: Wording, width: float) -> list[Flowable]:
    phone = clean(facts.site.phone)
    call = words.say("ticket.call", phone=phone) if phone else words.say("ticket.call_desk")
    printed = words.moment(facts.printed_at, facts.site.zone)
    steps = type_size(11, after=4)
    return [
        say(words.say("ticket.title"), type_size(16, after=6), bold=True),
        say(words.say(f"ticket.{facts.reason.value}"), type_size(12, after=9)),
        *([_until(facts.works_until, facts, words, width)] if facts.works_until else []),
        Spacer(0, 10),
        *(
            say(step, steps, lead=f"{number}.")
            for number, step in enumerate(words.steps(f"ticket.{_steps(facts)}"), start=1)
        ),
        Spacer(0, 6),
        say(call, type_size(11, after=10), bold=True),
        say(words.say("ticket.printed", at=printed), type_size(8.5, color=INK_SOFT)),
    ]


def _steps(facts: TicketFacts) -> str:
    return "steps" if facts.works_until else "steps_wristband"


def _until(moment: datetime, facts: TicketFacts, words: Wording, width: float) -> Table:
    """Return the end of the code's time, which is what one looks for at home."""
    until = words.moment(moment, facts.site.zone)
    return Table(
        [
            [say(words.say("ticket.works_until"), type_size(10, color=INK_SOFT))],
            [fitted(until, UNTIL, width - 2 * INSET)],
        ],
        colWidths=[width],
        style=[
            *LAID_OUT,
            ("BACKGROUND", (0, 0), (-1, -1), TINT),
            ("ROUNDEDCORNERS", [2.5 * mm] * 4),
            ("BOX", (0, 0), (-1, -1), HAIRLINE, PRIMARY),  # a roll shows no tint
            ("LEFTPADDING", (0, 0), (-1, -1), INSET),
            ("RIGHTPADDING", (0, 0), (-1, -1), INSET),
            ("TOPPADDING", (0, 0), (-1, 0), 8),
            ("TOPPADDING", (0, 1), (-1, 1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, 0), 2),
            ("BOTTOMPADDING", (0, 1), (-1, 1), 10),
        ],
    )
