"""Puts the letters of one line in the order of the eye (UAX 9)."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bidi import get_display
from bidi.mirror import MIRRORED

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
RIGHT_TO_LEFT_MARK = "\u200f"
FENCES = dict.fromkeys([0x200E, 0x200F, *range(0x2066, 0x206A)])
"""Marks that steer the direction; drawn, they are nothing."""
RIGHT_TO_LEFT = {"R", "AL"}

_LEFT_ISOLATE, _RIGHT_ISOLATE = "\u2066", "\u2067"
_ISOLATES = (_LEFT_ISOLATE, _RIGHT_ISOLATE, FIRST_STRONG_ISOLATE)
# The algorithm returns letters and not their places, so each carries its place with it: two tags
# (BN), which stay with the letter before them (UAX 9, 5.2) and with it stand in either order.
_HIGH, _LOW, _TAGS = 0xE0020, 0xE0050, 48
_LAST = {True: "\u05d0", False: "a"}
"""A letter in the direction of the line keeps the tags of the last one from its end (rule L1)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A letter in the order of the eye."""

    place: int
    """In the order of reading, from 0."""
    letter: str


def is_turned(text: str) -> bool:
    """Return whether any of it is read from the right."""
    return any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in text)


def as_seen(line: str, *, right_to_left: bool) -> list[Seen]:
    """Return the letters of a line from left to right, its fences left out.

    Parameters
    ----------
    line
        In reading order, its letters joined; at most 2304 of them.
    right_to_left
        Whether the paragraph begins at the right.
    """
    tagged = "".join(
        f"{letter}{chr(_HIGH + place // _TAGS)}{chr(_LOW + place % _TAGS)}"
        for place, letter in enumerate(line)
    )
    ending = POP_ISOLATE * _still_open(line) + _LAST[right_to_left]
    shown = get_display(tagged + ending, base_dir="R" if right_to_left else "L")
    shown = shown[len(ending) :] if right_to_left else shown[: -len(ending)]
    triples = (shown[at : at + 3] for at in range(0, len(shown), 3))
    letters = [_read(triple) for triple in triples]
    return list(_marks_behind(each for each in letters if ord(each.letter) not in FENCES))


def fenced_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines, each with the fence that was open where the one before it ended.

    A value that is broken over several lines keeps its direction in all of them.
    """
    opened = ""
    for number, line in enumerate(lines):
        yield opened + line
        rest = " ".join(lines[number:])
        for place, letter in enumerate(line):
            if letter == FIRST_STRONG_ISOLATE:
                opened = _isolate_of(rest[place:].split(POP_ISOLATE)[0])
            elif letter == POP_ISOLATE:
                opened = ""


def _still_open(line: str) -> int:
    """Return how many values are broken at the end of a line."""
    opened = sum(line.count(isolate) for isolate in _ISOLATES)
    return max(opened - line.count(POP_ISOLATE), 0)


def _isolate_of(value: str) -> str:
    strong = (unicodedata.bidirectional(letter) for letter in value)
    first = next((each for each in strong if each in {"L", *RIGHT_TO_LEFT}), "L")
    return _RIGHT_ISOLATE if first in RIGHT_TO_LEFT else _LEFT_ISOLATE


def _read(triple: str) -> Seen:
    first, second, third = map(ord, triple)
    if _LOW <= first < _LOW + _TAGS:
        letter = chr(third)
        return Seen((second - _HIGH) * _TAGS + first - _LOW, MIRRORED.get(letter, letter))
    return Seen((second - _HIGH) * _TAGS + third - _LOW, chr(first))


def _marks_behind(letters: Iterable[Seen]) -> Iterator[Seen]:
    """Draw a letter before the marks on it, also where these come first for the eye (L3)."""
    before = -1
    marks: list[Seen] = []
    for each in letters:
        if unicodedata.combining(each.letter) and before != each.place - 1:
            marks.insert(0, each)
        else:
            yield each
            yield from marks
            marks.clear()
        before = each.place
    yield from marks
