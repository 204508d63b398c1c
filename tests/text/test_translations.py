"""The same words in every language: none missing, none left in English, all of them drawable."""

import re
from collections import defaultdict
from decimal import Decimal
from fnmatch import fnmatch

import pytest

from kiosk.domain.session.facts import Authority, MediumKind, OutOfOrder, Purpose
from kiosk.domain.session.places import Notice, Reason, Way
from kiosk.text.words import LANGUAGES, words_for
from kiosk.ui.faces import Coverage
from tests.text.catalogue import (
    BUTTONS,
    LONGEST_BUTTON,
    NO_SENTENCES,
    keys,
    placeholders,
    spoken,
    texts,
)

ENGLISH = words_for("en")
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
TRANSLATIONS = pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])

SAME_AS_IN_ENGLISH = {
    "date.day": "the same order of day, month and year",
    "date.gigabytes": "GB stands on every stick",
    "date.megabytes": "MB stands on every stick",
    "see_and_hear.normal": "the same word in Spanish",
}
COUNTED = [*range(1001), 10**6, 2 * 10**6]
ARABIC_COMMA, ARABIC_QUESTION = "،", "؟"
EXCLAMATIONS = "!¡\N{FULLWIDTH EXCLAMATION MARK}"
QUESTIONS = ("?", "\N{FULLWIDTH QUESTION MARK}", ARABIC_QUESTION)


@TRANSLATIONS
def test_every_language_has_the_same_keys_of_the_same_shape(language: str) -> None:
    words = words_for(language)
    assert words.sentences.keys() == ENGLISH.sentences.keys()
    assert words.plurals.keys() == ENGLISH.plurals.keys()
    assert {key: len(lines) for key, lines in words.lists.items() if key not in NO_SENTENCES} == {
        key: len(lines) for key, lines in ENGLISH.lists.items() if key not in NO_SENTENCES
    }


@EVERY_LANGUAGE
def test_no_text_is_empty_or_padded(language: str) -> None:
    wrong = [key for key, text in texts(words_for(language)) if not text or text != text.strip()]
    assert wrong == []


@TRANSLATIONS
def test_every_language_fills_in_the_same_values(language: str) -> None:
    words = words_for(language)
    for key, sentence in ENGLISH.sentences.items():
        assert placeholders(words.sentences[key]) == placeholders(sentence), key
    for key, lines in ENGLISH.lists.items():
        if key not in NO_SENTENCES:
            theirs = [placeholders(line) for line in words.lists[key]]
            assert theirs == [placeholders(line) for line in lines], key


@EVERY_LANGUAGE
def test_plurals_have_the_categories_of_the_language_and_no_other(language: str) -> None:
    words = words_for(language)
    asked = {*words.locale.plural_form.tags, "other"}
    assert {key: set(forms) for key, forms in words.plurals.items() if set(forms) != asked} == {}


@EVERY_LANGUAGE
def test_only_a_form_for_a_single_number_may_leave_that_number_out(language: str) -> None:
    words = words_for(language)
    numbers = defaultdict(list)
    for n in COUNTED:
        numbers[words.locale.plural_form(n)].append(n)
    for key, forms in words.plurals.items():
        expected = placeholders(ENGLISH.plurals[key]["other"])
        for category, form in forms.items():
            may_lack = {"n"} if len(numbers[category]) == 1 else set()
            assert placeholders(form) <= expected, (key, category)
            assert expected - placeholders(form) <= may_lack, (key, category)


def _as_in_english(language: str) -> set[str]:
    """Return the keys of texts that hold a word, and the same one as in English."""
    same = set(texts(words_for(language))) & set(texts(ENGLISH))
    return {key for key, text in same if re.search(r"[^\W\d_]{2}", spoken(text))}


@TRANSLATIONS
def test_nothing_is_left_in_english(language: str) -> None:
    assert _as_in_english(language) - SAME_AS_IN_ENGLISH.keys() == set()


def test_every_exception_is_still_one() -> None:
    same = set().union(*(_as_in_english(each) for each in LANGUAGES if each != "en"))
    assert SAME_AS_IN_ENGLISH.keys() - same == set()


@EVERY_LANGUAGE
def test_every_letter_is_in_one_of_our_fonts(language: str) -> None:
    coverage = Coverage.read()
    words = words_for(language)
    shown = [text for _, text in texts(words)]
    shown += [words.name, words.money(Decimal("1234.50"), "USD"), words.percent(0.5)]
    missing = {char for text in shown for char in text if coverage.family(char) is None}
    assert missing == set()


@EVERY_LANGUAGE
def test_nobody_is_shouted_at(language: str) -> None:
    assert [key for key, text in texts(words_for(language)) if set(text) & set(EXCLAMATIONS)] == []


def test_chinese_uses_its_own_punctuation() -> None:
    told = ((key, spoken(text).replace("INDEX.HTM", "")) for key, text in texts(words_for("zh")))
    wrong = [key for key, text in told if key not in NO_SENTENCES and set(text) & set(",.;:?()\"'")]
    assert wrong == []


def test_arabic_uses_its_own_punctuation() -> None:
    told = ((key, spoken(text).replace("INDEX.HTM", "")) for key, text in texts(words_for("ar")))
    assert [key for key, text in told if set(text) & set(",;?")] == []
    said = "".join(text for _, text in texts(words_for("ar")))
    assert ARABIC_COMMA in said
    assert ARABIC_QUESTION in said


def test_spanish_opens_every_question() -> None:
    wrong = [key for key, text in texts(words_for("es")) if text.count("¿") != text.count("?")]
    assert wrong == []


@pytest.mark.parametrize("language", ["ar", "ru"])
def test_a_button_that_a_sentence_names_is_quoted(language: str) -> None:
    quoted = re.compile("«(.*?)»")
    names = {text for key, text in texts(words_for(language)) if not key.startswith("speech.")}
    for key, text in texts(words_for(language)):
        for name in quoted.findall(text):
            assert name in names | {"{make}", "{cancel}", "назад"}, key


@EVERY_LANGUAGE
def test_a_question_in_english_is_one_everywhere(language: str) -> None:
    words = words_for(language)
    asked = {key for key, sentence in ENGLISH.sentences.items() if sentence.endswith("?")}
    assert [key for key in asked if not words.sentences[key].endswith(QUESTIONS)] == []


def test_everything_that_the_session_can_say_has_its_words() -> None:
    asked = {
        *(f"errors.{each}" for each in (*Notice, *Reason)),
        *(f"way.{each}" for each in Way),
        *(f"authority.{each}{part}" for each in Authority for part in ("", "_more")),
        *(f"who_for.{each}{part}" for each in Purpose for part in ("", "_more", "_short")),
        *(f"media.{kind}_{why}" for kind in MediumKind for why in OutOfOrder),
        *(f"media.{kind}_{part}" for kind in MediumKind for part in ("name", "put", "make")),
    }
    assert asked - keys(ENGLISH) == set()


@EVERY_LANGUAGE
def test_a_button_is_short_enough_to_be_read_at_a_glance(language: str) -> None:
    long = {
        key: text
        for key, text in texts(words_for(language))
        if any(fnmatch(key, each) for each in BUTTONS) and len(spoken(text)) > LONGEST_BUTTON
    }
    assert long == {}


def test_every_pattern_of_the_buttons_finds_one() -> None:
    found = keys(ENGLISH)
    assert [each for each in BUTTONS if not any(fnmatch(key, each) for key in found)] == []
