"""The words of the documents in every language: complete, faithful, plain, and kept by version."""

import json
import re
from collections.abc import Iterator
from string import Formatter
from typing import Any

import pytest

from forms.release.evidence import evidence
from forms.release.form import render_form
from forms.typography.letters import in_fonts
from forms.words import FOLDER, languages, our_wording
from kiosk.domain.elements import Element
from kiosk.text.words import LANGUAGES, locale_of, words_for
from tests.forms.builders import a_consent, form_facts
from tests.text.test_english import grade

ONLY_ENGLISH = {"fallback", "languages"}
"""Said where a language has no words here."""
MAY_BE_EMPTY = {"page.address", "page.footer"}
SAME_IN_EVERY_LANGUAGE = {
    "access.id", "access.version", "authorization.id", "authorization.version",
    "receipt.sha256", "form.heading", "people.named_also", "label.joint", "about.version",
    "pictures.millimetres", "pictures.centimetres", "page.address", "page.footer",
    "receipt.volume", "date.day", "date.moment",
}  # fmt: skip
TRANSLATED = sorted(set(LANGUAGES) - {"en"})
LAW = "45 CFR 164."


def sentences(language: str) -> dict[str, Any]:
    """Return every text, list or plural by its key."""
    return {
        f"{table}.{name}": words
        for table, names in our_wording(language).tables.items()
        for name, words in names.items()
        if table not in ONLY_ENGLISH
    }


def texts(words: Any) -> list[str]:
    """Return every text of one of them."""
    match words:
        case dict():
            return list(words.values())
        case list():
            return words
        case _:
            return [words]


def every_text(language: str) -> Iterator[tuple[str, str]]:
    for key, words in sentences(language).items():
        yield from ((key, text) for text in texts(words))


def places(text: str) -> set[str]:
    return {place for _, place, _, _ in Formatter().parse(text) if place}


def test_every_language_of_the_screen_has_words() -> None:
    assert languages() == set(LANGUAGES)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_has_the_sentences_of_the_english_one(language: str) -> None:
    assert sentences(language).keys() == sentences("en").keys()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_takes_the_values_of_the_english_one(language: str) -> None:
    english = sentences("en")
    for key, words in sentences(language).items():
        assert type(words) is type(english[key]), key
        wanted = set().union(*map(places, texts(english[key])))
        for text in texts(words):
            if isinstance(words, dict):
                assert places(text) <= wanted, key
            else:
                assert places(text) == wanted, key
        if isinstance(words, list):
            assert len(words) == len(english[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_exactly_the_forms_of_its_language(language: str) -> None:
    forms = {locale_of(language).plural_form(n) for n in range(200)} | {
        locale_of(language).plural_form(n) for n in (1_000_000, 1.5)
    }
    for key, words in sentences(language).items():
        if isinstance(words, dict):
            assert set(words) - {"none"} == forms, key
            assert ("none" in words) == ("none" in sentences("en")[key]), key
            assert all("{n}" in words[form] for form in ("many", "few") if form in words), key


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_in_english(language: str) -> None:
    english = sentences("en")
    left = {
        key
        for key, words in sentences(language).items()
        if words == english[key] and key not in SAME_IN_EVERY_LANGUAGE
    }
    assert left == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_and_every_letter_has_a_font(language: str) -> None:
    for key, text in every_text(language):
        assert text.strip() or key in MAY_BE_EMPTY, key
        assert not any("[U+" in run.letters for run in in_fonts(text)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_shouts_or_abbreviates(language: str) -> None:
    for key, text in every_text(language):
        assert "!" not in text, key
        assert "！" not in text, key  # noqa: RUF001 - the Chinese one
        assert not re.search(r"\b(e\.g|i\.e|etc|p\. ej|т\. е|и т\. д)\b", text), key  # noqa: RUF001 - not Latin


# What the law wants of each form (standards B2), and the sentences that say it.
ELEMENTS: dict[str, tuple[str, ...]] = {
    "a request under 164.524": ("access.title", "access.law_patient", "access.law_representative"),
    "who asks, born when, number": ("form.who_patient", "form.who_representative"),
    "what: exams, date, number, images": (
        "form.what_is", "form.column_date", "form.column_exam", "form.accession",
        "form.column_images",
    ),
    "whether reports are with it": ("form.reports",),
    "format and number of copies": ("form.medium_is",),
    "proof of identity": (
        "form.identity_staff", "form.identity_code", "form.identity_wristband",
    ),
    "warning of the medium without a password": (
        "form.safe_is", "acknowledgements.unencrypted-medium",
    ),
    "fee, and that it is accepted": ("form.cost_is", "acknowledgements.fee"),
    "consent to sign on a screen, paper offered": ("acknowledgements.electronic-signature",),
    "signature, date, role, meaning": (
        "form.signature", "form.label_signed_at", "form.label_role", "access.meaning",
        "authorization.meaning",
    ),
    "an authorization under 164.508": (
        "authorization.title", "authorization.law_patient", "authorization.law_representative",
    ),
    "(c)(1)(ii) who may disclose": ("form.discloser", "authorization.discloser_is"),
    "(c)(1)(iii) to whom": ("form.recipient", "authorization.recipient_other"),
    "(c)(1)(iv) each purpose": ("form.purpose", "purposes.individual-request"),
    "(c)(1)(v) expiry": ("authorization.until_day", "authorization.until_event"),
    "(c)(1)(vi) authority of a representative": (
        "roles.representative", "authorities.parent", "authorities.guardian",
        "authorities.power-of-attorney", "authorities.executor", "form.document_seen",
    ),
    Element.REVOCATION: ("form.revocation", "authorization.revocation"),
    Element.CONDITIONS: ("form.conditions", "authorization.conditions"),
    Element.REDISCLOSURE: ("form.redisclosure", "authorization.redisclosure"),
    "(c)(4) a copy for the signer": ("authorization.choice_is",),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("element", ELEMENTS)
def test_every_required_element_has_its_sentence(element: str, language: str) -> None:
    words = sentences(language)
    for key in ELEMENTS[element]:
        assert all(text.strip() for text in texts(words[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_law_is_named_as_in_english(language: str) -> None:
    for key, text in every_text("en"):
        for clause in re.findall(r"45 CFR 164\.\d+", text):
            assert clause in sentences(language)[key], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_slip_and_ticket_name_the_button_as_the_screen_does(language: str) -> None:
    button = words_for(language).say("welcome.start")
    for key in ("slip.steps", "ticket.steps", "ticket.steps_wristband"):
        assert any(button in step for step in sentences(language)[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_screen_and_form_ask_for_the_same_consent(language: str) -> None:
    understood = words_for(language).say("read_form.understood")
    assert sentences(language)["acknowledgements.unencrypted-medium"] == understood


@pytest.mark.parametrize("language", LANGUAGES)
def test_changed_words_are_a_new_version(language: str) -> None:
    words = our_wording(language)
    kept = json.loads((FOLDER / "versions.json").read_text())[language]
    version = words.tables["about"]["version"]
    assert kept.get(version) == words.sha256, (
        f"raise [about] version in {language}.toml, and note in versions.json: {words.sha256}"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_version_and_hash_are_stored_with_each_signature(language: str) -> None:
    facts, words = form_facts(consent=a_consent(language=language)), our_wording(language)
    form = json.loads(evidence(facts, words, render_form(facts), "0" * 64))["form"]
    assert (form["language"], form["language_asked"]) == (language, language)
    assert form["wording_sha256"] == words.sha256
    assert form["wording_version"].strip("\u2068\u2069") == words.tables["about"]["version"]


# How easily it is read.

SMALL_PRINT = ("form.record", "form.clock")
"""For the hospital's lawyer."""
GRADE = 8.0
EASY = 60.0
"""Of Fernández Huerta's scale: 60 to 70 is read after primary school, at 12 to 13 years."""


def said(language: str) -> list[str]:
    """Return sentences that are long enough to measure, a short word in place of each value."""
    read = [text for key, text in every_text(language) if not key.startswith(SMALL_PRINT)]
    plain = (re.sub(r"{\w+}", "it", text) for text in read)
    parts = (part for text in plain for part in re.split(r"(?<=[.?:])\s+", text))
    return [part for part in parts if len(part.split()) >= 5]


def spanish_syllables(word: str) -> int:
    """Count groups of vowels; an accent on i or u, and two strong vowels, part them."""
    parted = re.sub(r"[íú]", " a ", re.sub(r"([aeoáéó])(?=[aeoáéó])", r"\1 ", word.lower()))
    return max(1, len(re.findall(r"[aeiouáéóü]+", parted)))


def ease_in_spanish(parts: list[str]) -> float:
    """Return Fernández Huerta's ease of reading: 0 is hard, 100 easy."""
    words = [word for part in parts for word in re.findall(r"\w+", part)]
    per_word = sum(map(spanish_syllables, words)) / len(words)
    return 206.84 - 60 * per_word - 1.02 * len(words) / len(parts)


def test_the_english_words_are_read_in_the_eighth_year_of_school() -> None:
    assert grade(said("en")) <= 6.0
    assert {part for part in said("en") if grade([part]) > GRADE + 4} == set()


def test_the_spanish_words_are_read_after_primary_school() -> None:
    assert ease_in_spanish(said("es")) >= EASY


def test_the_measures_tell_hard_words_from_easy_ones() -> None:
    hard = "La autorización administrativa requiere documentación identificativa."
    assert ease_in_spanish([hard]) < 20
    assert ease_in_spanish(["Me llevo la copia conmigo."]) > EASY
    assert list(map(spanish_syllables, ("día", "imagen", "radiografía", "oído"))) == [2, 3, 5, 3]
