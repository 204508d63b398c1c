"""The readiness report for the hospital's engineer: one line for each thing a release needs."""

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from forms.facts import ReadinessFacts
from forms.printing.furniture import page_furniture
from forms.printing.paper import Sheet, print_on
from forms.printing.table import Table
from forms.typography.letters import clean
from forms.typography.look import HAIRLINE, INK_SOFT, LAID_OUT, LINE, WARN, say, type_size
from forms.words import wording_for
from kiosk.domain.readiness import Finding, Level

MARGIN = 24 * mm
STATES = {Level.READY: "Ready", Level.WARNING: "Look at it", Level.BROKEN: "Mend it"}


def render_readiness(facts: ReadinessFacts) -> bytes:
    """Return the report as a PDF."""
    sheet = Sheet(
        size=A4,
        margin=MARGIN,
        top=31 * mm,
        bottom=16 * mm,
        title="Is this kiosk ready?",
        author=clean(facts.site.name),
        language="en",
        made_at=facts.looked_at,
    )

    def furniture(canvas: Canvas, page: int, pages: int) -> None:
        page_furniture(canvas, sheet, facts.site, (facts.kiosk, f"Page {page} of {pages}"), 10)

    return print_on(sheet, _story(facts, sheet.width), furniture)


def _story(facts: ReadinessFacts, width: float) -> list[Flowable]:
    when = wording_for("en").moment(facts.looked_at, facts.site.zone)
    return [
        say("Is this kiosk ready?", type_size(18, after=4), bold=True),
        say(_verdict(facts), type_size(11, after=4)),
        say(f"{when}, {facts.software}", type_size(9, color=INK_SOFT, after=10)),
        Table(
            [_row(finding) for finding in facts.findings],
            colWidths=[0.2 * width, 0.14 * width, 0.66 * width],
            style=[
                *LAID_OUT,
                ("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, LINE),
                ("TOPPADDING", (0, 0), (-1, -1), 5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
            ],
        ),
    ]


def _verdict(facts: ReadinessFacts) -> str:
    broken = sum(finding.level is Level.BROKEN for finding in facts.findings)
    if broken:
        return f"Not yet: {broken} of {len(facts.findings)} things must be mended first."
    return "Yes. Patients can use it."


def _row(finding: Finding) -> list[Flowable]:
    style = type_size(9.5)
    state = type_size(9.5, color=INK_SOFT if finding.level is Level.READY else WARN)
    sentences = [f"{_begun(each)}." for each in (finding.found, finding.to_do) if each]
    return [
        say(finding.name, style, bold=True),
        say(STATES[finding.level], state, bold=finding.level is not Level.READY),
        say(" ".join(sentences), style),
    ]


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
