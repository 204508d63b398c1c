"""The order in which letters are seen."""

import pytest
from arabic_reshaper import ArabicReshaper

from kiosk.ui.direction import as_seen

RESHAPER = ArabicReshaper()


def _seen(text: str, rtl: bool = True) -> str:
    return as_seen(text, rtl, RESHAPER)


def test_english_is_left_alone() -> None:
    assert _seen("Hello Maria (5)", rtl=False) == "Hello Maria (5)"


def test_arabic_letters_are_joined_and_run_from_the_right() -> None:
    seen = _seen("سلام")
    assert seen[-1] == "\ufeb3"  # SEEN in its initial form stands rightmost
    assert all("\ufb50" <= letter <= "\ufeff" for letter in seen)


def test_numbers_and_latin_names_keep_their_own_order() -> None:
    assert _seen("5 من 6").startswith("6 ")
    assert "Maria Example" in _seen("أهلا Maria Example")
    assert "A-17" in _seen("A-17")


def test_brackets_are_turned_where_one_reads_from_the_right() -> None:
    assert _seen("صور (5)").startswith("(5)")
    assert _seen("(صور)")[0] == "("
    assert _seen("(صور)")[-1] == ")"


def test_brackets_around_latin_in_arabic_open_and_close() -> None:
    assert "(A-17)" in _seen("(A-17) صور")


def test_an_arabic_name_in_an_english_sentence_is_turned_alone() -> None:
    seen = _seen("Hello محمد, you chose 5 (of 6).", rtl=False)
    assert seen.startswith("Hello ")
    assert seen.endswith(", you chose 5 (of 6).")


@pytest.mark.parametrize("rtl", [True, False])
def test_fences_around_a_name_are_not_drawn(rtl: bool) -> None:
    for name in ("Maria", "محمد"):
        assert not set(_seen(f"x \u2068{name}\u2069 y", rtl)) & {"\u2068", "\u2069", "\x01"}


def test_a_fenced_name_does_not_move_what_stands_around_it() -> None:
    assert _seen("\u2068محمد\u2069: 5", rtl=False).endswith(": 5")
