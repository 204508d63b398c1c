"""A scanner types fast; a person does not."""

from kiosk.domain.session.events import Event, Scanned, TypeDigit, TypeLetter
from kiosk.ui.keys import SCANNER_GAP_S, Wedge


def type_in(wedge: Wedge, text: str, gap_s: float) -> tuple[list[Event], float]:
    events: list[Event] = []
    at_s = 100.0
    for character in text:
        at_s += gap_s
        events += wedge.typed(character, at_s)
    return events, at_s


def test_what_comes_fast_and_ends_with_enter_was_scanned() -> None:
    wedge = Wedge()
    events, at_s = type_in(wedge, "48271906", 0.01)
    assert events == []
    assert wedge.entered(at_s + 0.01) == [Scanned("48271906")]


def test_what_comes_slowly_was_typed() -> None:
    wedge = Wedge()
    events, at_s = type_in(wedge, "482", 0.3)
    assert events + wedge.flush(at_s + 0.3) == [TypeDigit("4"), TypeDigit("8"), TypeDigit("2")]
    assert wedge.entered(at_s + 1) is None


def test_a_letter_typed_slowly_is_a_letter() -> None:
    wedge = Wedge()
    events, at_s = type_in(wedge, "ñ", 0.3)
    assert events + wedge.flush(at_s + 1) == [TypeLetter("ñ")]


def test_enter_alone_selects() -> None:
    assert Wedge().entered(5.0) is None


def test_two_keys_pressed_at_once_are_no_scan() -> None:
    wedge = Wedge()
    _, at_s = type_in(wedge, "12", 0.01)
    assert wedge.entered(at_s + 0.01) is None
    assert wedge.flush(at_s + 1) == [TypeDigit("1"), TypeDigit("2")]


def test_a_scan_right_after_a_typed_digit_is_told_apart() -> None:
    wedge = Wedge()
    wedge.typed("7", 1.0)
    events = wedge.typed("4", 2.0)
    assert events == [TypeDigit("7")]
    for step, character in enumerate("8271906", start=1):
        assert wedge.typed(character, 2.0 + step / 100) == []
    assert wedge.entered(2.08) == [Scanned("48271906")]


def test_a_scan_that_never_ends_is_not_kept() -> None:
    wedge = Wedge()
    type_in(wedge, "48271906", 0.01)
    wedge.forget()
    assert wedge.flush(1000.0) == []


def test_the_gap_itself_still_belongs_to_a_scan() -> None:
    wedge = Wedge()
    events, at_s = type_in(wedge, "4827", SCANNER_GAP_S * 0.99)
    assert events == []
    assert wedge.entered(at_s + SCANNER_GAP_S * 0.99) == [Scanned("4827")]
