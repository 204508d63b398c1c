"""The slip that carries a release code from the desk to the kiosk, with nobody's name on it."""

from reportlab.lib.pagesizes import A6
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from forms.facts import SlipFacts
from forms.printing.furniture import page_furniture
from forms.printing.paper import Sheet, print_on
from forms.printing.square_code import SquareCode
from forms.printing.table import Table
from forms.typography.letters import clean, isolate
from forms.typography.look import INK_SOFT, LAID_OUT, PRIMARY, TINT, say, type_size
from forms.words import Wording, wording_for

SIDE = 44 * mm


def render_slip(facts: SlipFacts, language: str = "en") -> bytes:
    """Return the slip as an A6 page."""
    words = wording_for(language, facts.site.house)
    sheet = Sheet(
        size=A6,
        margin=11 * mm,
        top=26 * mm,
        bottom=8 * mm,
        title=words.say("slip.title"),
        author=clean(facts.site.name),
        language=words.language,
        made_at=facts.issued_at,
    )

    def furniture(canvas: Canvas, _: int, __: int) -> None:
        page_furniture(canvas, sheet, facts.site, ("", ""), 9)

    return print_on(sheet, _story(facts, words, sheet.width), furniture)


def _story(facts: SlipFacts, words: Wording, width: float) -> list[Flowable]:
    until = words.moment(facts.valid_until, facts.site.zone)
    steps = type_size(9.5, after=3)
    return [
        say(words.say("slip.title"), type_size(15, after=5), bold=True),
        _digits(facts.digits, width),
        Spacer(0, 4),
        say(words.say("slip.valid_until", at=until), type_size(9, color=INK_SOFT, after=7)),
        *(
            say(step, steps, lead=f"{number}.")
            for number, step in enumerate(words.steps("slip.steps"), start=1)
        ),
        Spacer(0, 2),
        Table(
            [[SquareCode(facts.digits, SIDE, "q")]],
            colWidths=[width],
            style=[*LAID_OUT, ("ALIGN", (0, 0), (-1, -1), "CENTER")],
        ),
    ]


def _digits(digits: str, width: float) -> Table:
    """Return the digits in two groups of four, which is how people read and type them."""
    style = type_size(34, color=PRIMARY)
    style.alignment, style.leading = 1, 40
    return Table(
        [[say(isolate(f"{digits[:4]} {digits[4:]}"), style, bold=True)]],
        colWidths=[width],
        style=[
            *LAID_OUT,
            ("BACKGROUND", (0, 0), (-1, -1), TINT),
            ("ROUNDEDCORNERS", [2.5 * mm] * 4),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
        ],
    )
