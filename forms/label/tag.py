"""The tag that is tied to a stick."""

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from forms.facts import LabelFacts
from forms.label.on_paper import print_label
from forms.label.said import LabelText
from forms.printing.table import Table
from forms.typography.fitted import Type, fitted
from forms.typography.look import HAIRLINE, INK_SOFT, LAID_OUT, PRIMARY

SIZE = (54 * mm, 25 * mm)
"""A common size of small labels."""
MARGIN = 2.5 * mm
WIDTH = SIZE[0] - 2 * MARGIN
SITE_SHARE = 0.6
"""Of the width; the rest is for the date."""

PATIENT = Type(13, 6, bold=True)
FACT = Type(7.5, 5)
SITE = Type(6, 4.5, lines=2, color=INK_SOFT)
WRITTEN = Type(6, 4.5, color=INK_SOFT, align=TA_RIGHT)


def render_tag(facts: LabelFacts) -> bytes:
    """Return the tag, 54 mm by 25 mm."""
    return print_label(facts, SIZE, MARGIN, _story)


def _story(label: LabelText) -> list[Flowable]:
    return [
        fitted(label.patient, PATIENT, WIDTH),
        *([fitted(label.known_by, FACT, WIDTH)] if label.known_by else []),
        fitted(label.what, FACT, WIDTH),
        _origin(label),
    ]


def _origin(label: LabelText) -> Table:
    """Return where it is from and when it was written, beside each other."""
    widths = [WIDTH * SITE_SHARE, WIDTH * (1 - SITE_SHARE)]
    return Table(
        [[fitted(label.site, SITE, widths[0]), fitted(label.written, WRITTEN, widths[1])]],
        colWidths=widths,
        style=[
            *LAID_OUT,
            ("LINEABOVE", (0, 0), (-1, 0), HAIRLINE, PRIMARY),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ],
    )
