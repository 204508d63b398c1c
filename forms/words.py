"""The words of the documents, read from ``wording/<language>.toml``."""

import hashlib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal

from forms.house import PLAIN, House, Tables
from forms.typography.letters import isolate
from kiosk.text.words import locale_of

FOLDER = Path(__file__).parent / "wording"
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words; ``say("form.title")`` reads the key ``title`` of the table ``form``."""

    language: str
    sha256: str
    """Of the words, so that a signed form proves which ones were shown."""
    tables: Tables

    def say(self, key: str, **values: object) -> str:
        """Return a sentence with its values put in, each kept apart from the words around it."""
        table, _, name = key.partition(".")
        sentence: str = self.tables[table][name]
        return sentence.format(**{name: isolate(str(value)) for name, value in values.items()})

    def count(self, key: str, n: int) -> str:
        """Return the sentence that ``n`` asks for in this language; ``{n}`` in it is the number.

        What is said of none at all may be another sentence, ``none``.
        """
        table, _, name = key.partition(".")
        sentences: dict[str, str] = self.tables[table][name]
        locale = locale_of(self.language)
        kind = "none" if n == 0 and "none" in sentences else locale.plural_form(n)
        return sentences[kind].format(n=isolate(format_decimal(n, locale=locale)))

    def steps(self, key: str) -> Sequence[str]:
        """Return the sentences of a list."""
        table, _, name = key.partition(".")
        sentences: list[str] = self.tables[table][name]
        return sentences

    def term(self, table: str, code: str) -> str | None:
        """Return the plain word for a code, or None where there is none."""
        word: str | None = self.tables[table].get(code)
        return word

    def day(self, day: date | None) -> str:
        """Return a date in words, so that no one can swap day and month."""
        if day is None:
            return self.say("date.unknown")
        return format_date(day, self.tables["date"]["day"], locale=locale_of(self.language))

    def moment(self, moment: datetime, zone: tzinfo) -> str:
        """Return a date and time with its time zone."""
        local = moment.astimezone(zone)
        offset = local.strftime("%z")
        name = local.tzname() or ""
        sentence: str = self.tables["date"]["moment"]
        return sentence.format(
            day=self.day(local.date()),
            time=local.strftime("%H:%M"),
            zone=name if name == "UTC" else f"{name} (UTC{offset[:3]}:{offset[3:5]})",
        )


def wording_for(language: str, house: House = PLAIN) -> Wording:
    """Return the words of a language as a hospital says them; English where there are none."""
    asked = primary_tag(language)
    ours = our_wording(asked if asked in languages() else FALLBACK)
    own = house.words.get(ours.language)
    return _overlaid(ours, own) if own else ours


def languages() -> frozenset[str]:
    """Name every language that has words."""
    return frozenset(path.stem for path in FOLDER.glob("*.toml"))


def primary_tag(language: str) -> str:
    """Return the language of a tag without its region or script (BCP 47): ``zh`` of ``zh-Hans``."""
    return language.lower().replace("_", "-").split("-")[0]


@cache
def our_wording(language: str) -> Wording:
    """Return the words that come with this program."""
    tables = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return Wording(language, _sha256(tables), tables)


def _overlaid(ours: Wording, own: Tables) -> Wording:
    """Return our words with a hospital's own in their places, as a version of its own."""
    tables = {name: {**table, **own.get(name, {})} for name, table in ours.tables.items()}
    sha256 = _sha256(tables)
    about = tables["about"]
    tables["about"] = {**about, "version": f"{about['version']}+{sha256[:8]}"}
    return Wording(ours.language, sha256, tables)


def _sha256(tables: Tables) -> str:
    """Hash the words and not the file: how a translator lays it out changes no sentence."""
    words = json.dumps(tables, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode("utf-8")).hexdigest()
