"""A scanner types fast; a person does not."""

import pytest

from kiosk.domain.session.events import Event, Scanned, TypeDigit, TypeLetter
from kiosk.ui.keys import SCANNER_GAP_S, Wedge

FRAME_S = 1 / 60
FAST_S, SLOW_S = 0.01, 0.3


def wait(wedge: Wedge, seconds: float) -> list[Event]:
    """Let frames pass."""
    events: list[Event] = []
    for _ in range(round(seconds / FRAME_S)):
        events += wedge.go_on(FRAME_S)
    return events


def type_in(wedge: Wedge, text: str, gap_s: float) -> list[Event]:
    events: list[Event] = []
    for character in text:
        wedge.typed(character)
        events += wait(wedge, gap_s)
    return events


def test_what_comes_fast_and_ends_with_enter_was_scanned() -> None:
    wedge = Wedge()
    assert type_in(wedge, "48271906", FAST_S) == []
    assert wedge.entered() == [Scanned("48271906")]
    assert wait(wedge, 1) == []


def test_what_comes_slowly_was_typed() -> None:
    wedge = Wedge()
    events = type_in(wedge, "48271", SLOW_S)
    assert events == [TypeDigit(digit) for digit in "48271"]
    assert wedge.entered() is None


def test_a_letter_typed_slowly_is_a_letter() -> None:
    assert type_in(Wedge(), "ñ", SLOW_S) == [TypeLetter("ñ")]


def test_enter_alone_selects() -> None:
    assert Wedge().entered() is None


def test_two_keys_pressed_at_once_are_no_scan() -> None:
    wedge = Wedge()
    assert type_in(wedge, "12", FAST_S) == []
    assert wedge.entered() is None
    assert wait(wedge, 1) == [TypeDigit("1"), TypeDigit("2")]


def test_a_scan_right_after_a_typed_digit_is_told_apart() -> None:
    wedge = Wedge()
    assert type_in(wedge, "7", SLOW_S) == [TypeDigit("7")]
    assert type_in(wedge, "48271906", FAST_S) == []
    assert wedge.entered() == [Scanned("48271906")]


def test_a_scan_that_never_ends_is_not_kept() -> None:
    wedge = Wedge()
    type_in(wedge, "48271906", FAST_S)
    wedge.forget()
    assert wait(wedge, 1) == []


def test_the_gap_itself_still_belongs_to_a_scan() -> None:
    wedge = Wedge()
    assert type_in(wedge, "4827", SCANNER_GAP_S * 0.9) == []
    assert wedge.entered() == [Scanned("4827")]


@pytest.mark.parametrize("frame_s", [0.1, 0.5, 2])
def test_a_frame_that_takes_long_cuts_no_scan_in_two(frame_s: float) -> None:
    wedge = Wedge()
    for part in ("482", "71906"):
        for character in part:
            wedge.typed(character)
        assert wedge.go_on(frame_s) == []
    assert wedge.entered() == [Scanned("48271906")]


def test_text_that_comes_at_once_is_as_good_as_its_characters() -> None:
    wedge = Wedge()
    wedge.typed("482")
    assert wait(wedge, 1) == [TypeDigit("4"), TypeDigit("8"), TypeDigit("2")]
