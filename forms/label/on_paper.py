"""Puts a label on a page of its own size."""

from collections.abc import Callable

from reportlab.platypus import Flowable

from forms.facts import LabelFacts
from forms.label.said import LabelText, label_text
from forms.printing.paper import Sheet, print_on


def print_label(
    facts: LabelFacts,
    size: tuple[float, float],
    margin: float,
    story: Callable[[LabelText], list[Flowable]],
) -> bytes:
    """Return a label as a PDF of one page; size and margin in points."""
    label = label_text(facts)
    sheet = Sheet(
        size=size,
        margin=margin,
        top=margin,
        bottom=margin,
        title=facts.medium.file_set_id,
        author=label.site,
        language=label.words.language,
        made_at=facts.job.changed_at,
    )
    return print_on(sheet, story(label), lambda *_: None)
