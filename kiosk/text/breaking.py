"""Where a line may end: after a word, and between Chinese letters."""

from collections.abc import Iterator
from itertools import pairwise

_CLOSING = frozenset("，。、！？；：）》」』】〕”’…—,.!?;:)]}%")  # noqa: RUF001 - Chinese
_OPENING = frozenset("（《「『【〔“‘([{")  # noqa: RUF001 - Chinese


def pieces(text: str) -> Iterator[str]:
    """Yield pieces between which a line may end: words with their space, or Chinese letters."""
    if not text:
        return
    piece = text[0]
    for before, letter in pairwise(text):
        if _may_break(before, letter):
            yield piece
            piece = ""
        piece += letter
    yield piece


def is_chinese(text: str) -> bool:
    """Return whether any letter is written without spaces between words."""
    return any("\u2e80" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uffef" for letter in text)


def _may_break(before: str, letter: str) -> bool:
    if letter == " " or letter in _CLOSING or before in _OPENING:
        return False
    return before == " " or is_chinese(before) or is_chinese(letter)
