"""Any letters in a name: which font draws them, in which order, and never read as markup."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from html import escape
from itertools import groupby

from arabic_reshaper import ArabicReshaper

from forms.fonts import FACES, TEXT, Face, letters_of

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
NO_BREAK_SPACE = "\u00a0"
JOINERS = "\u200c\u200d"  # they shape Persian and Urdu words
RIGHT_TO_LEFT = {"R", "AL"}


def isolate(value: str) -> str:
    """Fence a value that is put into a sentence, so that its direction ends with it (UAX 9)."""
    return f"{FIRST_STRONG_ISOLATE}{clean(value)}{POP_ISOLATE}"


def clean(value: str) -> str:
    """Return a value composed, on one line, without invisible marks that reorder what is read."""
    composed = unicodedata.normalize("NFC", value)
    spaced = "".join(" " if char.isspace() else char for char in composed)
    visible = (char for char in spaced if char in JOINERS or unicodedata.category(char)[0] != "C")
    return " ".join("".join(visible).split())


def markup(text: str) -> str:
    """Return reportlab markup that prints ``text`` literally, each letter in a font that has it."""
    return "".join(_drawn(piece) for piece in _visual_pieces(text))


def _visual_pieces(text: str) -> Iterator[str]:
    """Cut a left-to-right line into pieces, those that read from the right turned around."""
    for fenced in text.replace(POP_ISOLATE, FIRST_STRONG_ISOLATE).split(FIRST_STRONG_ISOLATE):
        start = 0
        for begin, end in _right_to_left_runs(fenced):
            yield fenced[start:begin]
            yield _from_the_right(fenced[begin:end])
            start = end
        yield fenced[start:]


def _right_to_left_runs(text: str) -> Iterator[tuple[int, int]]:
    """Find the stretches from one right-to-left letter to the last before any other strong one."""
    begin = end = None
    for position, char in enumerate(text):
        direction = unicodedata.bidirectional(char)
        if direction in RIGHT_TO_LEFT:
            begin = position if begin is None else begin
            end = position + 1
        elif direction == "NSM" and end == position:
            end = position + 1
        elif direction in {"L", "EN", "AN"} and begin is not None and end is not None:
            yield begin, end
            begin = end = None
    if begin is not None and end is not None:
        yield begin, end


def _from_the_right(run: str) -> str:
    """Join Arabic letters and put the run in the order in which it stands on paper."""
    joined = _reshaper().reshape(run)
    clusters: list[str] = []
    for char in joined:
        if clusters and unicodedata.combining(char):
            clusters[-1] += char
        else:
            clusters.append(char)
    mirrored = (_mirrored(cluster) for cluster in reversed(clusters))
    # Kept on one line: broken at a space, its first words would stand below its last ones.
    return "".join(mirrored).replace(" ", NO_BREAK_SPACE)


def _mirrored(cluster: str) -> str:
    pairs = "()[]{}<>«»"
    place = pairs.find(cluster)
    return cluster if place < 0 else pairs[place ^ 1]


@cache
def _reshaper() -> ArabicReshaper:
    return ArabicReshaper(configuration={"delete_harakat": False, "support_zwj": True})


def _drawn(piece: str) -> str:
    return "".join(_in_face(face, "".join(chars)) for face, chars in groupby(piece, key=_face_for))


def _in_face(face: Face | None, chars: str) -> str:
    if face is None:
        # No font has it: its code says at least which letter it is; a hollow box says nothing.
        return "".join(f"[U+{ord(char):04X}]" for char in chars)
    if face is TEXT:
        return escape(chars, quote=False)
    return f'<font name="{face.name}">{escape(chars, quote=False)}</font>'


@cache
def _face_for(char: str) -> Face | None:
    return next((face for face in FACES if ord(char) in letters_of(face)), None)
