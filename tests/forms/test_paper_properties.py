"""Any person and hospital: no letter of receipt, slip, ticket or roll is cut on its paper."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reportlab.lib.units import mm

from forms.facts import ComeBack, FormFacts, ReceiptFacts, Site, SlipFacts, TicketFacts
from forms.printing.paper import Sheet, print_on
from forms.printing.roll import WIDTH, WIDTH_DOTS
from forms.reading.pdfium import opened
from forms.receipt.page import ReceiptPage, render_receipt
from forms.receipt.roll import render_receipt_roll, roll_story
from forms.slip import render_slip
from forms.ticket import render_ticket, render_ticket_roll
from forms.words import wording_for
from kiosk.text.words import LANGUAGES
from tests.forms.anybody import ANY, EDGE, FACTS, MOMENTS, SITES, boxes, often, require_uncut
from tests.forms.builders import SIGNED_AT, a_medium, form_facts, receipt_facts
from tests.forms.roll_reader import paper_of


def handed_over(form: FormFacts, volumes: int, serial: str, label: str) -> ReceiptFacts:
    facts = receipt_facts(form=form, volumes=volumes)
    medium = replace(a_medium(), serial=serial, file_set_id=label)
    return replace(facts, job=replace(facts.job, media=(medium, *facts.job.media[1:])))


RECEIPTS = st.builds(handed_over, FACTS, st.integers(1, 40), ANY, ANY)
TICKETS = st.builds(TicketFacts, SITES, st.sampled_from(ComeBack), MOMENTS, st.none() | MOMENTS)
SLIPS = st.builds(SlipFacts, SITES, st.from_regex("[0-9]{8}", fullmatch=True), MOMENTS, MOMENTS)
WORDS = st.sampled_from(list(LANGUAGES))


NO_LETTER = receipt_facts(form=form_facts(site=Site("\u0300")))


@pytest.mark.parametrize("page", ReceiptPage)
@example(NO_LETTER)
@given(RECEIPTS)
@often
def test_every_letter_of_a_receipt_stands_between_its_margins(
    page: ReceiptPage, facts: ReceiptFacts
) -> None:
    require_uncut(render_receipt(facts, page), 12 * mm)


@given(RECEIPTS)
@often
def test_every_letter_of_a_receipt_stands_within_the_width_of_its_roll(
    facts: ReceiptFacts,
) -> None:
    words = wording_for(facts.job.release.consent.language)
    sheet = Sheet((WIDTH, 600 * mm), 0, 0, 0, "", "", words.language, SIGNED_AT)
    with opened(print_on(sheet, roll_story(facts, words), lambda *_: None)) as document:
        for page in document:
            for left, _, right, _ in boxes(page.get_textpage()):
                assert -EDGE <= left <= right <= WIDTH + EDGE
    assert paper_of(render_receipt_roll(facts)).shape[1] == WIDTH_DOTS


@given(TICKETS, WORDS)
@often
def test_every_letter_of_a_ticket_stands_on_one_page_and_on_its_roll(
    facts: TicketFacts, language: str
) -> None:
    require_one_page(render_ticket(facts, language))
    assert paper_of(render_ticket_roll(facts, language)).any()


@given(SLIPS, WORDS)
@often
def test_every_letter_of_a_slip_stands_on_one_page(facts: SlipFacts, language: str) -> None:
    require_one_page(render_slip(facts, language))


def require_one_page(pdf: bytes) -> None:
    require_uncut(pdf, 11 * mm)
    with opened(pdf) as document:
        assert len(document) == 1
