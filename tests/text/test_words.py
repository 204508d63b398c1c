"""The words of one language: sentences, plurals, dates, numbers, money."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from kiosk.text.words import LANGUAGES, isolate, unfenced, words_for

BIRTH = date(1948, 5, 14)
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def test_a_sentence_is_read_by_its_key() -> None:
    assert words_for("en").say("welcome.title") == "Take your images home with you"


def test_a_missing_key_is_a_defect_and_no_empty_sentence() -> None:
    words = words_for("en")
    for read in (words.say, words.steps):
        with pytest.raises(KeyError):
            read("welcome.no-such-key")
    with pytest.raises(KeyError):
        words.count("welcome.no-such-key", 1)


def test_a_name_is_fenced_so_that_its_direction_ends_with_it() -> None:
    said = words_for("ar").count("choose_studies.lead", 5, name="Maria", total=6)
    assert "\u2068Maria\u2069" in said
    assert "Maria" in unfenced(said)
    assert "\u2068" not in unfenced(said)


def test_a_fenced_value_is_not_fenced_twice_and_hides_no_mark() -> None:
    assert isolate(isolate("A-17")) == "\u2068A-17\u2069"
    assert isolate("Ma\u202eria\u200f") == "\u2068Maria\u2069"
    assert isolate("e\u0301") == "\u2068\u00e9\u2069"


def test_braces_in_a_name_stay_what_they_are() -> None:
    assert "{total}" in words_for("en").say("confirm.born", day="{total}")


def test_a_list_keeps_its_order_and_takes_values() -> None:
    first, second = words_for("en").steps("errors.must-wait", seconds=words_for("en").seconds(57))
    assert unfenced(first) == "Please wait 57 seconds, then try again."
    assert second == "Or touch Call staff."


@pytest.mark.parametrize(
    ("language", "n", "expected"),
    [
        ("en", 0, "0 images"),
        ("en", 1, "1 image"),
        ("en", 384, "384 images"),
        ("en", 1250, "1,250 images"),
        ("es", 1, "1 imagen"),
        ("es", 2, "2 imágenes"),
        ("zh", 2, "2张影像"),
        ("ar", 1, "صورة واحدة"),
        ("ar", 2, "صورتان"),
        ("ar", 3, "3 صور"),
        ("ar", 41, "41 صورة"),
        ("ar", 384, "384 صورة"),
        ("vi", 1250, "1.250 hình"),
        ("ru", 1, "1 снимок"),
        ("ru", 2, "2 снимка"),
        ("ru", 5, "5 снимков"),
        ("ru", 11, "11 снимков"),
        ("ru", 21, "21 снимок"),
    ],
)
def test_a_number_decides_the_form(language: str, n: int, expected: str) -> None:
    assert words_for(language).count("choose_studies.images", n) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "14 May 1948"),
        ("es", "14 de mayo de 1948"),
        ("zh", "1948年5月14日"),
        ("ar", "14 مايو 1948"),
        ("vi", "14 tháng 5 năm 1948"),
        ("ru", "14 мая 1948"),
    ],
)
def test_a_date_names_its_month_in_words(language: str, expected: str) -> None:
    assert words_for(language).day(BIRTH) == expected


def test_an_unknown_date_is_said_to_be_one() -> None:
    assert words_for("en").day(None) == "No date"


def test_a_month_has_a_name_and_a_thirteenth_has_none() -> None:
    words = words_for("ru")
    assert (words.month(5), words.month(12)) == ("май", "декабрь")
    assert words.month(0) is None
    assert words.month(13) is None


def test_no_language_changes_what_another_one_says() -> None:
    """Babel keeps resolved aliases in data that locales share; ours must not depend on order."""

    def said() -> dict[str, tuple[str, ...]]:
        return {
            language: (
                words.day(BIRTH),
                words.number(1234567),
                words.percent(0.5),
                words.money(Decimal("6.50"), "EUR"),
            )
            for language, words in ((each, words_for(each)) for each in LANGUAGES)
        }

    first = said()
    for language in reversed(LANGUAGES):
        words_for(language).day(BIRTH)
    assert said() == first
    assert len({dates for dates, *_ in first.values()}) == len(LANGUAGES)


@EVERY_LANGUAGE
def test_digits_are_western_everywhere(language: str) -> None:
    words = words_for(language)
    said = [
        words.number(1234567890),
        words.day(BIRTH),
        words.percent(0.62),
        words.size(4_700_000_000),
        words.money(Decimal("6.50"), "USD"),
        words.minutes(34),
        words.time(datetime(2026, 11, 24, 10, 42, tzinfo=UTC)),
    ]
    assert all(char.isascii() for text in said for char in text if char.isdigit())


def test_a_time_is_told_as_on_the_printed_form() -> None:
    moment = datetime(2026, 11, 24, 21, 5, tzinfo=UTC).astimezone(ZoneInfo("America/Chicago"))
    assert words_for("en").time(moment) == "15:05"


@pytest.mark.parametrize(
    ("size_bytes", "expected"),
    [
        (1, "1 MB"),
        (649_000_001, "650 MB"),
        (4_000_000_000, "4 GB"),
        (4_000_000_001, "4.1 GB"),
        (4_700_000_000, "4.7 GB"),
    ],
)
def test_a_size_is_never_said_smaller_than_it_is(size_bytes: int, expected: str) -> None:
    assert words_for("en").size(size_bytes) == expected


def test_a_percentage_says_100_only_when_all_is_done() -> None:
    words = words_for("en")
    assert [words.percent(share) for share in (0, 0.629, 0.999, 1)] == ["0%", "62%", "99%", "100%"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "$6.50"),
        ("es", "$6.50"),
        ("zh", "US$6.50"),
        ("vi", "6,50\N{NO-BREAK SPACE}US$"),
        ("ru", "6,50\N{NO-BREAK SPACE}$"),
    ],
)
def test_a_price_is_written_as_the_language_does(language: str, expected: str) -> None:
    assert words_for(language).money(Decimal("6.50"), "USD") == expected


def test_only_arabic_begins_at_the_right() -> None:
    assert [each for each in LANGUAGES if words_for(each).right_to_left] == ["ar"]


@EVERY_LANGUAGE
def test_words_are_read_once_and_know_their_own_name(language: str) -> None:
    assert words_for(language) is words_for(language)
    assert words_for(language).name == LANGUAGES[language]
