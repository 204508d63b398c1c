"""Any letters in a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.people import patient_name
from forms.release.form import render_form
from forms.typography.direction import (
    FENCES,
    FIRST_STRONG_ISOLATE,
    POP_ISOLATE,
    as_seen,
    fenced_lines,
)
from forms.typography.letters import clean, in_fonts, isolate
from forms.typography.look import say, type_size
from forms.words import wording_for
from kiosk.domain.study import Patient
from tests.forms.builders import MARIA, a_consent, form_facts
from tests.forms.reading import text_of

NAMES = {
    "Vietnamese": "Nguyễn Thị Ngọc Ánh",
    "Chinese": "张三",
    "traditional Chinese": "歐陽龍",
    "Japanese": "やまだ タロウ 山田",
    "Korean": "김희중",
    "Arabic": "أحمد الأمين",
    "Persian": "پرویز گلشیری",
    "Hebrew": "שרה לוי",
    "Russian": "Михаил Щербаков",
    "Greek": "Ελένη Παπαδοπούλου",
    "Polish": "Żółć Łukasiewicz",
    "Thai": "สมชาย ใจดี",
    "Armenian": "Արամ Խաչատրյան",
    "Georgian": "ნინო",
    "Amharic": "ተስፋዬ",
}


@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_read_back_as_it_was_given(script: str) -> None:
    form = render_form(form_facts(consent=a_consent(recipient=NAMES[script])))
    assert f"It is for: {NAMES[script]}." in text_of(form, order="-layout")


def seen(text: str) -> str:
    """Return the letters of a line of a Latin document from left to right."""
    return "".join(each.letter for each in as_seen(joined(text), right_to_left=False))


def joined(text: str) -> str:
    return "".join(run.letters for run in in_fonts(text))


def test_arabic_letters_are_joined_and_stand_from_right_to_left() -> None:
    # "لا" is a ligature, "محمد" joins: final dal, medial meem, medial hah, initial meem.
    assert "\ufeaa\ufee4\ufea4\ufee3" in seen("محمد")
    assert "\ufefb" in seen("لا")


def test_two_arabic_words_keep_their_order() -> None:
    second, first = seen("لا محمد").split(" ")
    assert "\ufeaa" in second
    assert "\ufefb" in first


def test_a_number_after_an_arabic_name_keeps_its_digits() -> None:
    assert "123" in seen(f"{isolate('محمد 123')}.")


def test_brackets_in_an_arabic_name_open_to_the_right_side() -> None:
    drawn = seen("أحمد (علي) محمد")
    assert drawn.index("(") < drawn.index(")")


def test_two_names_beside_each_other_keep_their_places() -> None:
    sentence = seen(f"{isolate('محمد')}, {isolate('لا')}")
    assert sentence.index("\ufeaa") < sentence.index("\ufefb")


def test_two_right_to_left_names_in_one_sentence_keep_their_places() -> None:
    printed = seen(wording_for("en").say("people.named_also", name="לוי", also="שרה"))
    assert printed.index("יול") < printed.index("(") < printed.index("הרש")


def test_vowel_marks_stay_with_their_letter() -> None:
    assert "\ufea4\u0651" in seen("مح\u0651مد")
    assert seen("שָׂרָה") == "הרָשָׂ"


def test_a_value_that_is_broken_keeps_its_direction_in_every_line() -> None:
    value = f"{FIRST_STRONG_ISOLATE}24"
    _, second = fenced_lines([value, f"محمد 12{POP_ISOLATE}"])
    assert second.startswith("\u2067")  # the value begins with a number, but it is Arabic
    _, second = fenced_lines([value, f"Maria 12{POP_ISOLATE}"])
    assert second.startswith("\u2066")


@pytest.mark.parametrize(
    ("given_name", "printed"),
    [
        ("Ma\u202eria", "Maria"),
        ("Ma\u2066ria\u2069", "Maria"),
        ("Ma\x00ria\x1b[31m", "Maria[31m"),
        ("Maria \n\t  Example", "Maria Example"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("Ma\u00adria", "Maria"),
    ],
)
def test_marks_that_hide_or_reorder_are_left_out(given_name: str, printed: str) -> None:
    assert clean(given_name) == printed


def test_a_sentence_takes_no_hidden_mark_from_a_value() -> None:
    assert "\u202e" not in wording_for("en").say("receipt.call", phone="555\u202e 0100")


def test_a_letter_that_no_font_has_is_named_by_its_code() -> None:
    assert joined("a\U0001f3e5b") == "a[U+1F3E5]b"


@given(st.text(max_size=300), st.booleans())
def test_no_letter_is_lost_or_said_twice(text: str, right_to_left: bool) -> None:
    line = f"{isolate(text)}: {clean(text)} {isolate(text)}"[:-1]  # the last fence stays open
    letters = as_seen(line, right_to_left=right_to_left)
    kept = [place for place, letter in enumerate(line) if ord(letter) not in FENCES]
    assert sorted(each.place for each in letters) == kept


@given(st.text(max_size=60))
def test_any_text_at_all_can_be_printed(text: str) -> None:
    paragraph = say(isolate(text), type_size(10))
    assert paragraph.wrap(200, 2000)[1] >= 0


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("Example^Maria", "Maria Example"),
        ("Zhang^San=张^三=", "San Zhang (张三)"),
        ("=张^三", "张三"),
        ("", "name not in the archive"),
        ("^^^^", "name not in the archive"),
    ],
)
def test_a_patients_name_is_printed_in_reading_order(stored: str, printed: str) -> None:
    patient = Patient("M-1", MARIA.birth_date, stored)
    assert clean(patient_name(patient, wording_for("en"))) == printed


def test_a_mark_without_a_letter_stands_on_a_space() -> None:
    assert clean(" \u0300a") == "\u00a0\u0300a"
