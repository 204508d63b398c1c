"""The keyboard for a typed name, with the letters of the person's language."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

from kiosk.ui.box import Box
from kiosk.ui.look import Look
from kiosk.ui.widgets.button import Button
from kiosk.ui.widgets.key import Key, command_key, letter_key
from kiosk.ui.widgets.layout import Column, Row
from kiosk.ui.widgets.part import Part

_LATIN = "abcdefghijklmnopqrstuvwxyz'-"
ALPHABETS = {
    "es": "abcdefghijklmnñopqrstuvwxyzáéíóúü'-",
    "vi": "abcdđefghijklmnopqrstuvwxyz'-",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя-",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآءؤئةى",
}
"""Letters by language where they are more than those of English, in the order of the alphabet."""
FIRST_LETTERS = {"ru": "АБВ", "ar": "أبج"}
"""Of the languages with letters of their own, whose people may yet have a Latin name."""
TONES = "\u0301\u0300\u0309\u0303\u0323"
"""Of Vietnamese; like the marks, each is typed after its vowel and changes it."""
MARKS = {"a": "\u0306\u0302", "e": "\u0302", "o": "\u0302\u031b", "u": "\u031b"}
_TONED = frozenset("aăâeêioôơuưy")
_MOST_CHANGES = 7
_MOST_COLUMNS, _MOST_WIDE_COLUMNS = 10, 13
_NAMES = {"'": "apostrophe", "-": "hyphen"}


@dataclass(frozen=True, slots=True)
class Other:
    """A key for other letters than those that are shown."""

    latin: bool
    """Whether Latin letters are shown."""
    event: Any
    speech: str


class Keyboard(Part):
    """Letters, and below them space and two keys that take away.

    A letter at the start of a word is a capital, as in a name.

    Parameters
    ----------
    letter
        Returns the event of a letter; a tone is a letter of its own (a combining mark).
    typed
        What was typed until now.
    space
        Label of the space key.
    delete, clear
        Label and event.
    other
        The way to Latin letters and back, where the language has its own.
    beside
        Stands after them where there is no other room for it within reach.
    """

    def __init__(
        self,
        look: Look,
        letter: Callable[[str], Any],
        *,
        typed: str,
        space: str,
        delete: tuple[str, Any],
        clear: tuple[str, Any],
        other: Other,
        beside: Button | None = None,
    ) -> None:
        self.letters = Letters(look, letter, typed, other)
        self.commands = [
            command_key(look, *clear, name="clear-all", height_px=104),
            command_key(look, space, letter(" "), name="space", height_px=104),
            command_key(look, *delete, name="delete", icon="backspace", height_px=104),
        ]
        shares = (1, 1.3, 1, 1.2) if beside else (1, 1.3, 1)
        commands = [*self.commands, beside] if beside else self.commands
        row = Row(look, commands, shares=shares, gap_px=12)
        self.column = Column(look, [self.letters, row], 0)
        self.column.gap = look.gap(12)
        super().__init__(look, [self.column])

    def wish(self, width: float) -> float:
        """Return the height of all rows."""
        return self.column.wish(width)

    def least(self, width: float) -> float:
        """Return the height with keys as low as a finger needs."""
        return self.column.least(width)

    def arrange(self, box: Box) -> None:
        """Place the letters, and the commands below them."""
        self.column.place(box)


class Letters(Part):
    """The letters of a language in equally long rows.

    Parameters
    ----------
    letter, typed, other
        As of `Keyboard`.
    """

    def __init__(self, look: Look, letter: Callable[[str], Any], typed: str, other: Other) -> None:
        keys = _keys(look, letter, typed, other.latin)
        self.wide_key: Key | None = None
        if look.words.language in FIRST_LETTERS:
            self.wide_key = _other_key(look, other)
            keys.append(self.wide_key)
        is_vietnamese = look.words.language == "vi"
        super().__init__(look, [*keys, *(_changes(look, letter, typed) if is_vietnamese else ())])
        # The rows stay where they are, whichever vowel was typed last.
        self.most = len(keys) + (_MOST_CHANGES if is_vietnamese else 0)
        self.gap = look.gap(12)

    def wish(self, width: float) -> float:
        """Return the height of its rows; with lower buttons all of them are within reach."""
        if self.look.comfort.lower_buttons and not self.look.wide:
            return self.least(width)
        return self._height(width, self.parts[0].wish(width))

    def least(self, width: float) -> float:
        """Return the height with keys as low as a finger needs."""
        return self._height(width, self.parts[0].least(width))

    def arrange(self, box: Box) -> None:
        """Place the keys from the side where reading starts."""
        columns, rows = self._shape(box.width)
        row = (box.height + self.gap) // rows
        for number, key in enumerate(self.parts):
            strip = box.from_top(number // columns * row, row - self.gap)
            cells = self._cells(box.width) if key is self.wide_key else 1
            start, end = (
                round((box.width + self.gap) * (number % columns + more) / columns)
                for more in (0, cells)
            )
            key.place(strip.from_start(start, end - start - self.gap, self.look.rtl))

    def _height(self, width: float, key: float) -> float:
        _, rows = self._shape(width)
        return rows * (key + self.gap) - self.gap

    def _shape(self, width: float) -> tuple[int, int]:
        """Return as few rows as fingers allow, and equally long ones."""
        return self._rows_of(self.most + self._cells(width) - 1, width)

    def _cells(self, width: float) -> int:
        """Return how many cells the key with several letters takes: two where one is narrow."""
        columns, _ = self._rows_of(self.most, width)
        cell = (width + self.gap) // columns - self.gap
        return 2 if self.wide_key and self.wide_key.natural() > cell else 1

    def _rows_of(self, cells: int, width: float) -> tuple[int, int]:
        most = _MOST_WIDE_COLUMNS if self.look.wide else _MOST_COLUMNS
        fit = int((width + self.gap) // (self.look.target(0) + self.gap))
        rows = ceil(cells / min(most, fit))
        return ceil(cells / rows), rows


def _keys(look: Look, letter: Callable[[str], Any], typed: str, latin: bool) -> list[Key]:
    capital = not typed or typed[-1] in " -'"
    keys = []
    for sign in _LATIN if latin else ALPHABETS.get(look.words.language, _LATIN):
        shown, name = sign.upper() if capital else sign, _NAMES.get(sign, sign)
        key = letter_key(look, shown, letter(shown), f"letter-{name}")
        if sign in _NAMES:
            key.speech = look.words.say(f"key.{name}")
        keys.append(key)
    return keys


def _other_key(look: Look, other: Other) -> Key:
    sign = FIRST_LETTERS[look.words.language] if other.latin else "ABC"
    key = letter_key(look, sign, other.event, "other-letters")
    key.speech = other.speech
    return key


def _changes(look: Look, letter: Callable[[str], Any], typed: str) -> list[Key]:
    """Return what the last vowel may be changed into, each by a mark that is typed after it."""
    last = unicodedata.normalize("NFC", typed)[-1:]
    marks = [(mark, f"mark-{n}") for n, mark in enumerate(MARKS.get(last.lower(), ""), 1)]
    if last.lower() in _TONED:
        marks += [(tone, f"tone-{n}") for n, tone in enumerate(TONES, 1)]
    return [
        letter_key(look, unicodedata.normalize("NFC", last + mark), letter(mark), name)
        for mark, name in marks
    ]
