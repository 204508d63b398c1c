"""The paper in the sleeve of a disc."""

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, Spacer

from forms.facts import LabelFacts
from forms.label.on_paper import print_label
from forms.label.said import LabelText
from forms.printing.table import Table
from forms.typography.fitted import Type, fitted
from forms.typography.look import HAIRLINE, LAID_OUT, LINE, PRIMARY, TINT

SIDE = 120 * mm
MARGIN = 9 * mm
WIDTH = SIDE - 2 * MARGIN

SITE = Type(11, 7, lines=2, bold=True)
PATIENT = Type(22, 10, lines=2, bold=True)
KNOWN_BY = Type(12, 8)
FACT = Type(10, 6, bold=True, color=PRIMARY, align=TA_CENTER)
EXAM = Type(9, 9)
EXAM_ROW = EXAM.height + 5
FACT_ROW = 20


def render_sleeve(facts: LabelFacts) -> bytes:
    """Return the sleeve's paper, 120 mm by 120 mm."""
    return print_label(facts, (SIDE, SIDE), MARGIN, _story)


def _story(label: LabelText) -> list[Flowable]:
    head: list[Flowable] = [
        fitted(label.site, SITE, WIDTH),
        Spacer(0, 4),
        HRFlowable(
            width="100%", thickness=HAIRLINE * 2, color=PRIMARY, spaceBefore=0, spaceAfter=0
        ),
        Spacer(0, 11),
        fitted(label.patient, PATIENT, WIDTH),
        *([fitted(label.known_by, KNOWN_BY, WIDTH)] if label.known_by else []),
        Spacer(0, 8),
        _facts(label),
        Spacer(0, 8),
    ]
    used = sum(flowable.wrap(WIDTH, SIDE)[1] for flowable in head)
    room = int((SIDE - 2 * MARGIN - used) / EXAM_ROW)
    return [*head, *(_exam(exam) for exam in label.exams_in(room))]


def _facts(label: LabelText) -> Table:
    """Return what is on it, which of how many it is, and when it was written, beside each other."""
    widths = [WIDTH * share for share in (0.4, 0.2, 0.4)]
    texts = (label.content, label.volume, label.written)
    return Table(
        [[fitted(text, FACT, width - 8) for text, width in zip(texts, widths, strict=True)]],
        colWidths=widths,
        rowHeights=[FACT_ROW],
        style=[
            *LAID_OUT,
            ("BACKGROUND", (0, 0), (-1, -1), TINT),
            ("ROUNDEDCORNERS", [2 * mm] * 4),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ],
    )


def _exam(exam: str) -> Table:
    return Table(
        [[fitted(exam, EXAM, WIDTH)]],
        colWidths=[WIDTH],
        rowHeights=[EXAM_ROW],
        style=[*LAID_OUT, ("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, LINE)],
    )
