"""Any person, any exams, any signature: every letter of the form stands on its paper, uncut."""

from hypothesis import given
from pypdfium2 import PdfDocument

from forms.facts import FormFacts
from forms.release.form import LARGE_MARGIN, MARGIN, render_form
from forms.release.signing import Signed
from tests.forms.anybody import FACTS, SIGNED, often, require_uncut


@given(FACTS, SIGNED)
@often
def test_every_letter_stands_between_the_margins_of_its_paper(
    facts: FormFacts, signed: Signed
) -> None:
    require_uncut(render_form(facts), MARGIN)
    require_uncut(render_form(facts, signed), MARGIN)
    require_uncut(render_form(facts, large=True), LARGE_MARGIN)


@given(FACTS, SIGNED)
@often
def test_the_signed_form_turns_its_pages_where_the_form_as_shown_does(
    facts: FormFacts, signed: Signed
) -> None:
    shown, made = render_form(facts), render_form(facts, signed)
    assert heads(shown) == heads(made)


def heads(pdf: bytes) -> list[list[str]]:
    """Return which answers begin on each page: their numbers stand first in a line, in bold."""
    document = PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return [
        [line.split()[0] for line in page.splitlines() if line[:1].isdigit() and ". " in line[:4]]
        for page in pages
    ]
