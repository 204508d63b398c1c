"""The ticket of a patient who comes back later."""

from dataclasses import fields, replace
from datetime import timedelta

import numpy as np
import pytest

from forms.facts import ComeBack, TicketFacts
from forms.ticket import render_ticket
from tests.forms.builders import SIGNED_AT, SITE
from tests.forms.reading import fonts_of, pages_of, picture_of, text_of

FACTS = TicketFacts(SITE, ComeBack.NO_IMAGES_YET, SIGNED_AT, SIGNED_AT + timedelta(hours=24))
REASONS = {
    ComeBack.ARCHIVE_AWAY: "We cannot reach your images right now.",
    ComeBack.NO_IMAGES_YET: "We found no images for you yet. New images can take a day.",
    ComeBack.STILL_GROWING: "New images are still coming in for your exam.",
}


@pytest.mark.parametrize("reason", ComeBack)
def test_the_ticket_says_why_and_until_when(reason: ComeBack) -> None:
    text = text_of(render_ticket(replace(FACTS, reason=reason)))
    assert REASONS[reason] in text
    assert "still works until: 25 November 2026, 10:01 UTC" in text
    assert "Riverside Example Hospital" in text


def test_the_ticket_says_what_to_do() -> None:
    text = text_of(render_ticket(FACTS))
    for words in ("1. Keep your slip.", "2. Come back to the touch screen.", "call 555 0100"):
        assert words in text


def test_who_came_with_a_wristband_has_no_slip_to_keep() -> None:
    text = text_of(render_ticket(replace(FACTS, works_until=None)))
    assert "slip" not in text
    assert "2. Hold your hospital wristband under the red light." in text


def test_a_hospital_without_a_phone_names_its_desk() -> None:
    text = text_of(render_ticket(replace(FACTS, site=replace(SITE, phone=""))))
    assert "call" not in text
    assert "ask at our desk" in text


@pytest.mark.parametrize("reason", ComeBack)
def test_the_ticket_is_one_page_with_room_below(reason: ComeBack) -> None:
    long = replace(SITE, name="Riverside Example Hospital and Clinics of the Upper Valley " * 2)
    ticket = render_ticket(replace(FACTS, reason=reason, site=long))
    assert pages_of(ticket) == 1
    rows = np.flatnonzero((picture_of(ticket) < 200).any(axis=1))
    assert rows[-1] < 0.95 * len(picture_of(ticket))


def test_there_is_no_room_for_a_person_or_a_code_on_the_ticket() -> None:
    assert {field.name for field in fields(TicketFacts)} == {
        "site",
        "reason",
        "printed_at",
        "works_until",
    }


def test_the_same_facts_give_the_same_ticket() -> None:
    assert render_ticket(FACTS) == render_ticket(FACTS)


def test_the_ticket_brings_its_own_letters() -> None:
    fonts = fonts_of(render_ticket(FACTS))
    assert fonts
    assert all(is_embedded for _, is_embedded in fonts)
