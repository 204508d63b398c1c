"""The words of the documents, and the fonts that print them."""

import re
import string
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from forms.fonts import FACES, Face, check_fonts, letters_of
from forms.words import FOLDER, wording_for
from kiosk.domain.consent import UNENCRYPTED_MEDIUM
from kiosk.domain.release import TargetKind
from kiosk.errors import ConfigurationWrong
from tests.forms.builders import SIGNED_AT

SOURCES = "".join(path.read_text() for path in FOLDER.parent.glob("*.py"))


def sentences(language: str) -> dict[str, str]:
    """Return every sentence with its key."""
    found = {}
    for table, words in wording_for(language).tables.items():
        for name, value in words.items():
            for number, sentence in enumerate(value if isinstance(value, list) else [value]):
                found[f"{table}.{name}.{number}"] = sentence
    return found


ENDINGS = "one|many|none|staff|code|wristband|self|other|patient|representative"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences_with_the_same_places(language: str) -> None:
    def shape(words: dict[str, str]) -> dict[str, set[str | None]]:
        return {
            key: {place for _, place, _, _ in string.Formatter().parse(sentence) if place}
            for key, sentence in words.items()
            if not key.startswith("languages.")
        }

    assert shape(sentences(language)) == shape(sentences("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_shouts_or_abbreviates(language: str) -> None:
    for key, sentence in sentences(language).items():
        assert "!" not in sentence, key
        assert not re.search(r"\b(e\.g|i\.e|etc)\b", sentence), key


def test_the_english_sentences_are_short() -> None:
    for key, text in sentences("en").items():
        if key.startswith("form.record"):
            continue  # for the hospital's lawyer, in small print
        for sentence in re.split(r"(?<=[.?:])\s+", text):
            assert len(sentence.split()) <= 21, (key, sentence)


def test_no_sentence_is_left_unused() -> None:
    for table in ("form", "receipt", "slip", "page", "people", "exam"):
        for name in wording_for("en").tables[table]:
            stem = re.sub(f"_({ENDINGS})$", "", name)
            assert name in SOURCES or stem in SOURCES, f"{table}.{name}"


def test_every_kind_of_target_and_every_acknowledgement_has_words() -> None:
    words = wording_for("en")
    assert all(words.term("media", kind.value) for kind in TargetKind)
    assert words.term("acknowledgements", UNENCRYPTED_MEDIUM)


@pytest.mark.parametrize("language", ["../../secret", "/etc/passwd", "", "en/../en", "EN_us"])
def test_a_language_names_no_file_of_its_own(language: str) -> None:
    assert wording_for(language).language == "en"


def test_a_value_with_braces_is_printed_and_not_filled_in() -> None:
    sentence = wording_for("en").say("receipt.call", phone="{phone} {0}")
    assert "{phone} {0}" in sentence


def test_days_and_moments_are_written_out() -> None:
    words = wording_for("en")
    assert words.day(date(2026, 2, 3)) == "3 February 2026"
    assert words.day(None) == "no date"
    moment = words.moment(SIGNED_AT, ZoneInfo("Asia/Kolkata"))
    assert moment == "24 November 2026, 15:31 IST (UTC+05:30)"


def test_the_fonts_of_every_script_are_installed() -> None:
    assert check_fonts() == len(FACES)
    assert all(len(letters_of(face)) > 90 for face in FACES)


def test_a_missing_font_says_what_to_install(tmp_path: Path) -> None:
    face = Face("Lost", tmp_path / "Lost.ttf", tmp_path / "Lost-Bold.ttf", "fonts-lost")
    with pytest.raises(ConfigurationWrong, match="apt install fonts-lost"):
        letters_of(face)
