"""The words of one language, with its plurals, dates, numbers and money."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal
from functools import cache
from pathlib import Path
from unicodedata import category, normalize

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

FOLDER = Path(__file__).parent

LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "es": "Español",
    "zh": "中文",
    "ar": "العربية",
    "vi": "Tiếng Việt",
    "ru": "Русский",
}
"""Every language of the screen, each by its own name, in the order of the buttons."""

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
JOINERS = "\u200c\u200d"  # they shape Persian and Urdu words
MEGABYTE = 10**6
GIGABYTE = 10**9

# CLDR's conventions differ by country. The forms quote the law of the United States, whose Spanish
# speakers write 1,250.50; Arabic without a country is what most readers share.
_LOCALES = {
    "en": "en_US",
    "es": "es_US",
    "zh": "zh_Hans",
    "ar": "ar",
    "vi": "vi",
    "ru": "ru",
}


@dataclass(frozen=True, slots=True)
class Words:
    """One language; ``say("welcome.title")`` reads the key ``title`` of the table ``welcome``.

    A key that is not there raises KeyError: the tests look every key up in every language, so
    that none is missed in front of a patient.
    """

    language: str
    locale: Locale = field(repr=False)
    sentences: Mapping[str, str] = field(repr=False)
    plurals: Mapping[str, Mapping[str, str]] = field(repr=False)
    lists: Mapping[str, Sequence[str]] = field(repr=False)

    @property
    def name(self) -> str:
        """The language's name in its own script."""
        return LANGUAGES[self.language]

    @property
    def right_to_left(self) -> bool:
        """Whether lines, and with them the whole layout, begin at the right."""
        return is_right_to_left(self.language)

    def say(self, key: str, **values: str | int) -> str:
        """Return a sentence with its values put in, each kept apart from the words around it."""
        return self.sentences[key].format(**self._fenced(values))

    def count(self, key: str, n: int, **values: str | int) -> str:
        """Return the form of a sentence that ``n`` asks for; ``{n}`` in it is the number."""
        forms = self.plurals[key]
        return forms[self.locale.plural_form(n)].format(**self._fenced(values), n=self.number(n))

    def steps(self, key: str, **values: str | int) -> Sequence[str]:
        """Return the sentences of a list with their values put in."""
        fenced = self._fenced(values)
        return tuple(sentence.format(**fenced) for sentence in self.lists[key])

    def day(self, day: date | None) -> str:
        """Return a date in words, so that no one can swap day and month."""
        if day is None:
            return self.say("date.unknown")
        return format_date(day, self.sentences["date.day"], locale=self.locale)

    def month(self, number: int) -> str | None:
        """Return the name of a month as it stands alone, or None where there is no such month."""
        return dict(enumerate(self.lists["date.months"], start=1)).get(number)

    def time(self, moment: datetime) -> str:
        """Return hour and minute in the zone of ``moment``, by the 24 hours of the printed form."""
        return moment.strftime("%H:%M")

    def number(self, number: int) -> str:
        """Return a number with the language's thousands separator.

        Digits are 0 to 9 in Arabic too: slip, ticket, disc and keypad carry these.
        """
        return _visible(format_decimal(number, locale=self.locale))

    def percent(self, share: float) -> str:
        """Return a share, 0 to 1, as a whole percentage; 100 % only when all is done."""
        whole = Decimal(int(share * 100)) / 100
        return _visible(format_percent(whole, locale=self.locale))

    def size(self, size_bytes: int) -> str:
        """Return a size, rounded up: that much free space is enough."""
        if size_bytes >= GIGABYTE:
            return self._amount("date.gigabytes", Decimal(size_bytes) / GIGABYTE, Decimal("0.1"))
        return self._amount("date.megabytes", Decimal(size_bytes) / MEGABYTE, Decimal(1))

    def money(self, amount: Decimal, currency: str) -> str:
        """Return a price; ``currency`` is its ISO 4217 code."""
        return _visible(format_currency(amount, currency, locale=self.locale))

    def minutes(self, n: int) -> str:
        """Return a span of time in minutes."""
        return self.count("date.minutes", n)

    def seconds(self, n: int) -> str:
        """Return a span of time in seconds."""
        return self.count("date.seconds", n)

    def _amount(self, key: str, amount: Decimal, step: Decimal) -> str:
        rounded = amount.quantize(step, rounding=ROUND_CEILING)
        shown = format_decimal(rounded, locale=self.locale)
        return self.sentences[key].format(n=_visible(shown))

    def _fenced(self, values: Mapping[str, str | int]) -> dict[str, str]:
        return {
            name: self.number(value) if isinstance(value, int) else isolate(value)
            for name, value in values.items()
        }


def isolate(value: str) -> str:
    """Fence a value that is put into a sentence, so that its direction ends with it (UAX 9)."""
    return f"{FIRST_STRONG_ISOLATE}{_visible(normalize('NFC', value))}{POP_ISOLATE}"


def unfenced(text: str) -> str:
    """Return a text without the marks around its values, for the voice and for a plain line."""
    return text.replace(FIRST_STRONG_ISOLATE, "").replace(POP_ISOLATE, "")


@cache
def words_for(language: str) -> Words:
    """Return the words of one of LANGUAGES."""
    content = (FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    entries = {
        f"{table}.{name}": entry
        for table, names in tomllib.loads(content).items()
        for name, entry in names.items()
    }
    return Words(
        language,
        locale_of(language),
        sentences={key: entry for key, entry in entries.items() if isinstance(entry, str)},
        plurals={key: entry for key, entry in entries.items() if isinstance(entry, dict)},
        lists={key: tuple(entry) for key, entry in entries.items() if isinstance(entry, list)},
    )


def locale_of(language: str) -> Locale:
    """Return CLDR's conventions for one of LANGUAGES."""
    return Locale.parse(_LOCALES[language])


@cache
def is_right_to_left(language: str) -> bool:
    """Return what Babel reckons anew from its tables; every part of a screen asks for it."""
    return bool(locale_of(language).text_direction == "rtl")


def _visible(text: str) -> str:
    """Drop invisible marks: in a name they reorder what is read, and no font draws them."""
    return "".join(char for char in text if char in JOINERS or category(char) != "Cf")
