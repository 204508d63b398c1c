"""Whoever reads the form on the panel can read it: capitals of 4.8 mm (508 standards, 402.4)."""

import math
from collections.abc import Iterator

import pytest
from reportlab.lib.pagesizes import A4

from forms.facts import FormFacts, Site
from forms.reading.aloud import page_texts
from forms.reading.pages import MARGIN_PT
from forms.reading.pdfium import opened
from forms.release.form import LARGE_MARGIN, MARGIN, render_form
from kiosk.domain.consent import SignerRole
from kiosk.services.visit.reading import Reading
from tests.forms.builders import a_consent, form_facts

PANELS = [(1080, 1920), (1920, 1080)]
PX_PER_MM = math.hypot(1080, 1920) / (21.5 * 25.4)
LEAST_CAPITAL_MM = 4.8
FLAT_CAPITALS = "BDEFHIKLMNPRTXZ"
"""Without the round ones, which are a little higher, and those with a tail."""

REPRESENTATIVE = a_consent(role=SignerRole.REPRESENTATIVE, name="R. Example", authority="parent")
FORMS = {
    "one exam": form_facts(),
    "many exams": form_facts(studies=14),
    "representative": form_facts(consent=REPRESENTATIVE),
    "no form in this language": form_facts(consent=a_consent(language="ko")),
    "no address": form_facts(site=Site("Riverside Example Hospital")),
    "long address": form_facts(
        site=Site(
            "Saint Bartholomew Example Memorial Hospital",
            "Image release desk, 1234 Upper River Road, West Springfield",
            "555 0100 extension 1234",
        )
    ),
}


def capitals_pt(pdf: bytes) -> Iterator[float]:
    """Yield how high each capital stands on paper."""
    with opened(pdf) as document:
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                if text.get_text_range(index, 1) in FLAT_CAPITALS:
                    _, bottom, _, top = text.get_charbox(index)
                    yield top - bottom


def smallest_capital_mm(pdf: bytes, margin: float, panel: tuple[int, int]) -> float:
    shown_pt = A4[0] - 2 * (margin - MARGIN_PT)
    return min(capitals_pt(pdf)) * Reading.on_panel(*panel).width_px / shown_pt / PX_PER_MM


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("facts", FORMS.values(), ids=FORMS)
def test_nothing_that_is_read_before_signing_is_small(
    facts: FormFacts, panel: tuple[int, int]
) -> None:
    assert smallest_capital_mm(render_form(facts), MARGIN, panel) >= LEAST_CAPITAL_MM


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("facts", FORMS.values(), ids=FORMS)
def test_nothing_in_large_print_is_smaller_than_a_third_more(
    facts: FormFacts, panel: tuple[int, int]
) -> None:
    large = render_form(facts, large=True)
    assert smallest_capital_mm(large, LARGE_MARGIN, panel) >= 1.33 * LEAST_CAPITAL_MM


@pytest.mark.parametrize("facts", FORMS.values(), ids=FORMS)
def test_large_print_has_the_words_of_the_form_and_says_that_it_is_not_signed(
    facts: FormFacts,
) -> None:
    note = "This is the large print. The form that you sign has the same words."
    large = words_of(render_form(facts, large=True))
    assert note in large
    assert large.replace(f"{note} ", "") == words_of(render_form(facts))


def words_of(pdf: bytes) -> str:
    """Return the words between the heads of pages, and the heads of tables that go on."""
    bodies = []
    for text in page_texts(pdf):
        *_, body = text.partition(" of ")
        bodies.append(" ".join(body.split()[1:]))
    first, *others = bodies
    return " ".join([first, *(body.removeprefix("Date, Exam, Images ") for body in others)])
