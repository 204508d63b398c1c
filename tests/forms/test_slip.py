"""The slip that carries a code."""

from dataclasses import fields

import numpy as np
import segno

from forms.facts import SlipFacts
from forms.slip import render_slip
from tests.forms.builders import slip_facts
from tests.forms.reading import pages_of, picture_of, text_of


def test_the_slip_says_what_to_do_with_the_code() -> None:
    text = text_of(render_slip(slip_facts()))
    assert "0482 0137" in text
    assert "Works once, until 25 November 2026, 10:01 UTC." in text
    assert "Riverside Example Hospital" in text
    for step in ("1. Go to the touch screen.", "2. Type this code", "3. Then enter your date"):
        assert step in text


def test_the_slip_is_one_page() -> None:
    assert pages_of(render_slip(slip_facts())) == 1


def test_there_is_no_room_for_a_person_on_the_slip() -> None:
    assert {field.name for field in fields(SlipFacts)} == {
        "site",
        "digits",
        "issued_at",
        "valid_until",
    }


def test_the_same_facts_give_the_same_slip() -> None:
    assert render_slip(slip_facts()) == render_slip(slip_facts())


def test_the_square_on_the_slip_is_the_code() -> None:
    page = picture_of(render_slip(slip_facts()), dpi=300)
    lower = page[page.shape[0] * 6 // 10 :] < 128
    rows, columns = np.flatnonzero(lower.any(axis=1)), np.flatnonzero(lower.any(axis=0))
    square = lower[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    expected = np.array(
        [list(row) for row in segno.make("04820137", error="q", micro=False).matrix]
    )
    side = len(expected)
    centres = ((np.arange(side) + 0.5) * square.shape[0] / side).astype(int)
    assert (square[np.ix_(centres, centres)] == expected.astype(bool)).all()
