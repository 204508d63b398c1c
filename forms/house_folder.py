"""Reads a hospital's own folder: ``<language>.toml`` with what it changes, and ``logo.png``."""

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from string import Formatter
from typing import Any

from PIL import Image, UnidentifiedImageError

from forms.house import House, Tables
from forms.words import languages, our_wording
from kiosk.errors import HouseFolderWrong

LOGO = "logo.png"
OURS_ALONE = ("about",)
"""Tables that say which words these are."""
MAY_BE_EMPTY = ("page.address", "page.footer")


def read_house(folder: Path) -> House:
    """Read and check the whole folder.

    Raises
    ------
    HouseFolderWrong
        If it cannot be read or anything in it cannot be used; its detail names each such thing.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise HouseFolderWrong(f"{folder}: {error.strerror}") from error
    wrong: list[str] = []
    words: dict[str, Tables] = {}
    logo = None
    for path in files:
        if path.name == LOGO:
            logo = path.read_bytes()
            wrong += _wrong_with_logo(path)
        elif path.suffix == ".toml" and path.stem in languages():
            words[path.stem] = _read(path, wrong)
        else:
            expected = ", ".join(f"{language}.toml" for language in sorted(languages()))
            wrong.append(f"{path.name}: only {expected} and {LOGO} are read; remove or rename it")
    if wrong:
        raise HouseFolderWrong(f"{folder}: {'; '.join(wrong)}")
    return House(words, logo)


def _read(path: Path, wrong: list[str]) -> Tables:
    try:
        own: Tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        wrong.append(f"{path.name}: {error}")
        return {}
    wrong += (f"{path.name}: {each}" for each in _wrong_with(own, our_wording(path.stem).tables))
    return own


def _wrong_with(own: Mapping[str, Any], ours: Tables) -> Iterator[str]:
    for table, sentences in own.items():
        if table in OURS_ALONE:
            yield f"[{table}] cannot be changed; remove it"
        elif table not in ours:
            yield f"[{table}] is no table{_meant(table, ours)}"
        elif not isinstance(sentences, dict):
            yield f"{table} is no key here; write [{table}] above the sentences"
        else:
            for name, sentence in sentences.items():
                yield from _wrong_with_sentence(table, name, sentence, ours[table])


def _wrong_with_sentence(
    table: str, name: str, sentence: object, ours: Mapping[str, Any]
) -> Iterator[str]:
    key = f"{table}.{name}"
    if name not in ours:
        yield f"{key} is no key{_meant(name, ours)}"
        return
    expected, given = _texts(ours[name]), _texts(sentence)
    if type(sentence) is not type(ours[name]) or not all(
        isinstance(each, str) for each in given.values()
    ):
        yield f"{key} must be {_KINDS[type(ours[name])]}, as it is in the words it replaces"
    elif isinstance(sentence, dict) and set(sentence) != set(ours[name]):
        yield f"{key} must have exactly the forms {', '.join(ours[name])}"
    else:
        for which, text in given.items():
            yield from _wrong_with_text(f"{key}{which}", text, _places(expected.get(which, "")))


_KINDS: dict[type, str] = {
    str: "a text", list: "a list of texts", dict: "a text for each number",
}  # fmt: skip


def _wrong_with_text(key: str, text: str, expected: set[str]) -> Iterator[str]:
    if not text.strip() and key not in MAY_BE_EMPTY:
        yield f"{key} is empty; remove it to keep ours"
    try:
        given = _places(text)
    except ValueError:
        yield f"{key} has a brace without its other one; write {{{{ or }}}} for a brace itself"
        return
    for place in sorted(expected - given):
        yield f"{key} lacks the placeholder {{{place}}}; put it where the value belongs"
    for place in sorted(given - expected):
        yield f"{key} has {{{place}}}, which is not filled in there; remove it"


def _texts(sentence: Any) -> dict[str, Any]:
    """Return each text of a sentence by where it stands in it."""
    if isinstance(sentence, dict):
        return {f".{form}": text for form, text in sentence.items()}
    if isinstance(sentence, list):
        return {f"[{number}]": text for number, text in enumerate(sentence, start=1)}
    return {"": sentence}


def _places(text: str) -> set[str]:
    return {place for _, place, _, _ in Formatter().parse(text) if place is not None}


def _meant(name: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"; do you mean {near[0]}?" if near else "; remove it"


def _wrong_with_logo(path: Path) -> Iterator[str]:
    try:
        with Image.open(path) as picture:
            picture.load()
            if picture.format != "PNG":
                yield f"{LOGO} is {picture.format} inside; save it as PNG"
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, SyntaxError) as error:
        yield f"{LOGO} cannot be read ({error}); save it as PNG again"
