"""Any letters in a name: which font draws them, joined where they join."""

import re
import unicodedata
from functools import cache
from itertools import groupby
from typing import NamedTuple

from arabic_reshaper import ArabicReshaper

from forms.typography.direction import FIRST_STRONG_ISOLATE, POP_ISOLATE, is_turned
from forms.typography.fonts import CHINESE, FACES, TEXT, Face, letters_of

JOINERS = "\u200c\u200d"  # they shape Persian and Urdu words
_GROUPS_OF_DIGITS = re.compile(r"(?<=\d) (?=\d)")
_WIDE_IN_CHINESE = "“”‘’…—·"  # noqa: RUF001 - Chinese
"""Both kinds of fonts have them; in a Chinese sentence they are as wide as its letters."""


class Run(NamedTuple):
    """Letters that one font draws."""

    font_name: str
    letters: str


def isolate(value: str) -> str:
    """Fence a value that is put into a sentence, so that its direction ends with it (UAX 9).

    A telephone number stays on one line.
    """
    together = _GROUPS_OF_DIGITS.sub("\u00a0", clean(value))
    return f"{FIRST_STRONG_ISOLATE}{together}{POP_ISOLATE}"


def clean(value: str) -> str:
    """Return a value composed, on one line, without invisible marks that reorder what is read."""
    composed = unicodedata.normalize("NFC", value)
    spaced = "".join(" " if char.isspace() else char for char in composed)
    visible = (char for char in spaced if char in JOINERS or unicodedata.category(char)[0] != "C")
    line = " ".join("".join(visible).split())
    # A mark that comes before any letter stands on a space (Unicode 2.11).
    return f"\u00a0{line}" if line and unicodedata.combining(line[0]) else line


def in_fonts(text: str, *, bold: bool = False) -> list[Run]:
    """Return ``text`` in pieces, each with a font that has its letters.

    It stays in the order of reading, with its fences: only lines can be put in that of the eye.
    """
    joined = _reshaper().reshape(text) if is_turned(text) else text
    pieces = groupby(zip(joined, _faces(joined), strict=True), key=lambda each: each[1])
    return [
        _in_face(face, "".join(char for char, _ in letters), bold=bold) for face, letters in pieces
    ]


def _faces(text: str) -> list[Face | None]:
    faces: list[Face | None] = []
    before: Face | None = None
    for char in text:
        stays = char == " " or (before is CHINESE and char in _WIDE_IN_CHINESE)
        has = before is not None and ord(char) in letters_of(before)
        before = before if stays and has else _face_for(char)
        faces.append(before)
    return faces


@cache
def _reshaper() -> ArabicReshaper:
    return ArabicReshaper(configuration={"delete_harakat": False, "support_zwj": True})


def _in_face(face: Face | None, chars: str, *, bold: bool) -> Run:
    if face is None:
        # No font has it: its code says at least which letter it is; a hollow box says nothing.
        face, chars = TEXT, "".join(f"[U+{ord(char):04X}]" for char in chars)
    return Run(face.bold_name if bold else face.name, chars)


@cache
def _face_for(char: str) -> Face | None:
    return next((face for face in FACES if ord(char) in letters_of(face)), None)
