"""The words of the documents, read from ``wording/<language>.toml``."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import Any

from forms.letters import isolate

FOLDER = Path(__file__).parent / "wording"
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words; ``say("form.title")`` reads the key ``title`` of the table ``form``."""

    language: str
    sha256: str
    """Of the file, so that a signed form proves which words were shown."""
    tables: Mapping[str, Mapping[str, Any]]

    def say(self, key: str, **values: object) -> str:
        """Return a sentence with its values put in, each kept apart from the words around it."""
        table, _, name = key.partition(".")
        sentence: str = self.tables[table][name]
        return sentence.format(**{name: isolate(str(value)) for name, value in values.items()})

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
        month = self.steps("date.months")[day.month - 1]
        sentence: str = self.tables["date"]["day"]
        return sentence.format(day=day.day, month=month, year=day.year)

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


def wording_for(language: str) -> Wording:
    """Return the words of a language, or the English ones where there are none for it."""
    asked = primary_tag(language)
    known = {path.stem for path in FOLDER.glob("*.toml")}
    return _read(asked if asked in known else FALLBACK)


def primary_tag(language: str) -> str:
    """Return the language of a tag without its region or script (BCP 47): ``zh`` of ``zh-Hans``."""
    return language.lower().replace("_", "-").split("-")[0]


@cache
def _read(language: str) -> Wording:
    content = (FOLDER / f"{language}.toml").read_bytes()
    return Wording(
        language, hashlib.sha256(content).hexdigest(), tomllib.loads(content.decode("utf-8"))
    )
