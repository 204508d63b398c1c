"""The words of the documents, and the fonts that print them."""

import re
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from forms.typography.fonts import FACES, Face, check_fonts, letters_of
from forms.typography.letters import clean
from forms.words import FOLDER, wording_for
from kiosk.domain.consent import UNENCRYPTED_MEDIUM
from kiosk.domain.release import TargetKind
from kiosk.errors import ConfigurationWrong
from tests.forms.builders import SIGNED_AT
from tests.forms.test_wording import every_text

SOURCES = "".join(path.read_text() for path in FOLDER.parent.rglob("*.py"))


ENDINGS = (
    "staff|code|wristband|self|other|patient|representative|synchronised|not-synchronised|unknown"
)


def test_the_english_sentences_are_short() -> None:
    for key, text in every_text("en"):
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


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "3 February 2026", "24 November 2026, 15:31 IST (UTC+05:30)"),
        ("es", "3 de febrero de 2026", "24 de noviembre de 2026, 15:31 IST (UTC+05:30)"),
        ("zh", "2026年2月3日", "2026年11月24日 15:31 IST (UTC+05:30)"),
        ("ar", "3 فبراير 2026", "24 نوفمبر 2026، 15:31 IST (UTC+05:30)"),
        ("vi", "3 tháng 2 năm 2026", "24 tháng 11 năm 2026, 15:31 IST (UTC+05:30)"),
        ("ru", "3 февраля 2026", "24 ноября 2026, 15:31 IST (UTC+05:30)"),
    ],
)
def test_days_and_moments_are_written_out(language: str, day: str, moment: str) -> None:
    words = wording_for(language)
    assert words.day(date(2026, 2, 3)) == day
    assert words.moment(SIGNED_AT, ZoneInfo("Asia/Kolkata")) == moment


def test_an_unknown_day_is_said_to_be_unknown() -> None:
    assert wording_for("en").day(None) == "no date"


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("en", 0, "The archive keeps no report with these images."),
        ("en", 1, "1 exam has its report with it. The report is part of the copy."),
        ("ru", 2, "Заключения есть у 2 исследований. Они входят в копию."),  # noqa: RUF001 - not Latin
        ("ru", 21, "Заключение есть у 21 исследования. Оно входит в копию."),  # noqa: RUF001 - not Latin
        ("ar", 2, "لفحصين تقريران. التقريران جزء من النسخة."),
        ("zh", 3, "有3项检查附有报告。报告也在拷贝中。"),
    ],
)
def test_every_number_has_the_grammar_of_its_language(language: str, n: int, said: str) -> None:
    assert clean(wording_for(language).count("form.reports", n)) == said


def test_the_fonts_of_every_script_are_installed() -> None:
    assert check_fonts() == len(FACES)
    assert all(len(letters_of(face)) > 90 for face in FACES)


def test_a_missing_font_says_what_to_install(tmp_path: Path) -> None:
    face = Face("Lost", tmp_path / "Lost.ttf", tmp_path / "Lost-Bold.ttf", "fonts-lost")
    with pytest.raises(ConfigurationWrong, match="apt install fonts-lost"):
        letters_of(face)
