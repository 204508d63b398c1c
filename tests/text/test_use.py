"""Every word is used, and every word that is asked for is there."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kiosk.text.phrases import terms
from kiosk.text.words import LANGUAGES, words_for
from tests.text.catalogue import keys

KIOSK = Path(__file__).parents[2] / "kiosk"
KEYS = keys(words_for("en"))
TABLES = "|".join({key.partition(".")[0] for key in KEYS})
KEY = re.compile(rf"(?:{TABLES})\.[a-z][a-zA-Z_-]*")


def asked_for() -> tuple[set[str], set[str]]:
    """Return the strings in the source that are keys, and the keys that its f-strings can make.

    What an f-string puts in is a string of the source too: the value of an enum, or a name.
    """
    nodes = [node for path in KIOSK.rglob("*.py") for node in _strings(ast.parse(path.read_text()))]
    literal = {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
    parts = {*literal, *(name for table in terms().values() for name in table)}
    made = _alternatives(part for part in parts if re.fullmatch(r"[a-z][a-z_-]*", part))
    patterns = {_pattern(node, made) for node in nodes if isinstance(node, ast.JoinedStr)}
    ours = {each for each in patterns if re.match(rf"(?:{TABLES})\\\.", each)}
    return {each for each in literal if KEY.fullmatch(each)}, ours


def _alternatives(parts: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(parts))})"


def _strings(tree: ast.AST) -> Iterator[ast.JoinedStr | ast.Constant]:
    """Yield the strings of a module, but not the literal pieces of its f-strings."""
    if isinstance(tree, ast.JoinedStr):
        yield tree
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        yield tree
    for child in ast.iter_child_nodes(tree):
        if not (isinstance(tree, ast.JoinedStr) and isinstance(child, ast.Constant)):
            yield from _strings(child)


def _pattern(node: ast.JoinedStr, made: str) -> str:
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else made
        for part in node.values
    )


def used() -> set[str]:
    literal, patterns = asked_for()
    return {key for key in KEYS if any(re.fullmatch(each, key) for each in patterns)} | literal


def test_every_word_that_is_asked_for_is_there() -> None:
    literal, patterns = asked_for()
    assert {key for key in literal if key not in KEYS} == set()
    assert {each for each in patterns if not any(re.fullmatch(each, key) for key in KEYS)} == set()


def test_every_word_is_used() -> None:
    assert KEYS - used() == set()


def test_every_file_of_words_belongs_to_a_language() -> None:
    files = {path.stem for path in (KIOSK / "text").glob("*.toml")} - {"terms"}
    assert files == set(LANGUAGES)
