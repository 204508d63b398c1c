"""The signature in its box."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.units import mm

from forms.release.signature import PADDING, Box, strokes_in_box
from kiosk.errors import ConsentRefused

BOX = Box(84 * mm, 36 * mm)
COORDINATE = st.floats(allow_nan=False, allow_infinity=False, width=32)
POINT = st.tuples(COORDINATE, COORDINATE, st.just(0.0))
STROKES = st.lists(st.lists(POINT, min_size=1, max_size=8), min_size=1, max_size=5)


@given(STROKES)
def test_a_signature_stays_inside_the_box_whatever_its_scale(
    strokes: list[list[tuple[float, float, float]]],
) -> None:
    for line in strokes_in_box(strokes, BOX):
        for x, y in line:
            assert PADDING - 0.01 <= x <= BOX.width - PADDING + 0.01
            assert PADDING - 0.01 <= y <= BOX.height - PADDING + 0.01


def test_a_signature_that_fits_has_its_own_size() -> None:
    (line,) = strokes_in_box([[(10, 10, 0), (40, 10, 1)]], BOX)
    assert line[1][0] - line[0][0] == pytest.approx(30 * mm)


def test_a_large_signature_keeps_its_shape() -> None:
    (line,) = strokes_in_box([[(0, 0, 0), (2000, 1000, 1)]], BOX)
    wide, high = line[1][0] - line[0][0], line[0][1] - line[1][1]
    assert wide == pytest.approx(2 * high)


def test_down_on_the_glass_is_down_on_paper() -> None:
    (line,) = strokes_in_box([[(0, 0, 0), (0, 10, 1)]], BOX)
    assert line[1][1] < line[0][1]


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_a_signature_without_numbers_is_refused(wrong: float) -> None:
    with pytest.raises(ConsentRefused, match="signature"):
        strokes_in_box([[(0, 0, 0), (wrong, 1, 1)]], BOX)


def test_a_signature_beyond_every_glass_is_refused() -> None:
    with pytest.raises(ConsentRefused, match="signature"):
        strokes_in_box([[(-1.7e308, 0, 0), (1.7e308, 1, 1)]], BOX)
