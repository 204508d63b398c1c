"""Finds known words in what a department wrote, whole words only."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

_WORD = re.compile(r"[a-z0-9]+")
_ELISION = re.compile(r"\b[dl]['\u2019]")  # French: the l in "l'épaule" is no side


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found: what it means, and between which words it stands."""

    names: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """What each phrase means; a phrase may mean two things, as "LLE" a leg and a side."""

    meanings: Mapping[tuple[str, ...], frozenset[str]]

    @classmethod
    def of(cls, *tables: Mapping[str, Sequence[str]]) -> "Phrasebook":
        """Turn tables of name and phrases around."""
        meanings: dict[tuple[str, ...], frozenset[str]] = {}
        for table in tables:
            for name, phrases in table.items():
                for phrase in phrases:
                    key = tuple(phrase.split())
                    meanings[key] = meanings.get(key, frozenset()) | {name}
        return cls(meanings)

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the phrases of a text in order; of two that begin together, the longer one."""
        words = words_of(text)
        longest = max(len(phrase) for phrase in self.meanings)
        start = 0
        while start < len(words):
            ends = range(min(start + longest, len(words)), start, -1)
            end = next((end for end in ends if tuple(words[start:end]) in self.meanings), None)
            if end is not None:
                yield Hit(self.meanings[tuple(words[start:end])], start, end)
            start = end or start + 1


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters without accents."""
    bare = "".join(char for char in normalize("NFKD", text.casefold()) if not combining(char))
    return _WORD.findall(_ELISION.sub(" ", bare))


@cache
def terms() -> Mapping[str, Any]:
    """Return the tables of ``terms.toml``."""
    return tomllib.loads(Path(__file__).with_name("terms.toml").read_text(encoding="utf-8"))
