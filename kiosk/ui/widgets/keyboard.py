"""The keyboard for a typed name, with the letters of the person's language."""

import unicodedata
from collections.abc import Callable
from math import ceil
from typing import Any

from kiosk.ui.box import Box
from kiosk.ui.look import Look
from kiosk.ui.widgets.key import Key, command_key, letter_key
from kiosk.ui.widgets.layout import Row
from kiosk.ui.widgets.part import Part

_LATIN = "abcdefghijklmnopqrstuvwxyz'-"
ALPHABETS = {
    "es": "abcdefghijklmnñopqrstuvwxyzáéíóúü'-",
    "vi": "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz'-",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя-",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآءؤئةى",
}
"""Letters by language where they are more than those of English, in the order of the alphabet."""
TONES = "\u0301\u0300\u0309\u0303\u0323"
"""Of Vietnamese; each is typed after its vowel and changes it."""
_TONED = frozenset("aăâeêioôơuưy")
_MOST_COLUMNS = 10
_NAMES = {"'": "apostrophe", "-": "hyphen"}


class Keyboard(Part):
    """Letters, space, and two keys that take away.

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
    ) -> None:
        self.letters = _keys(look, letter, typed)
        self.commands = Row(
            look,
            [
                command_key(look, *clear, name="clear-all", height_px=104),
                command_key(look, space, letter(" "), name="space", height_px=104),
                command_key(look, *delete, name="delete", icon="backspace", height_px=104),
            ],
            shares=(1, 1.3, 1),
            gap_px=12,
        )
        super().__init__(look, [*self.letters, self.commands])
        self.gap = look.gap(12)

    def wish(self, width: float) -> float:
        """Return the height of all rows."""
        return self._height(width, self.letters[0].wish(width))

    def least(self, width: float) -> float:
        """Return the height with keys as low as a finger needs."""
        return self._height(width, self.letters[0].least(width))

    def arrange(self, box: Box) -> None:
        """Place the letters in rows, from the side where reading starts."""
        columns, rows = self._shape(box.width)
        foot = self.commands.wish(box.width)
        row = (box.height - foot) // rows
        for number, key in enumerate(self.letters):
            strip = box.from_top(number // columns * row, row - self.gap)
            start, end = (
                round((box.width + self.gap) * (number % columns + more) / columns)
                for more in (0, 1)
            )
            key.place(strip.from_start(start, end - start - self.gap, self.look.rtl))
        self.commands.place(Box(box.x, box.y, box.width, foot))

    def _height(self, width: float, key: float) -> float:
        _, rows = self._shape(width)
        return rows * (key + self.gap) + self.commands.wish(width)

    def _shape(self, width: float) -> tuple[int, int]:
        """Return as few rows as fingers allow, and equally long ones."""
        fit = int((width + self.gap) // (self.look.target(0) + self.gap))
        rows = ceil(len(self.letters) / min(_MOST_COLUMNS, fit))
        return ceil(len(self.letters) / rows), rows


def _keys(look: Look, letter: Callable[[str], Any], typed: str) -> list[Key]:
    capital = not typed or typed[-1] in " -'"
    signs = ALPHABETS.get(look.words.language.split("-")[0], _LATIN)
    keys = [
        letter_key(look, shown, letter(shown), f"letter-{_NAMES.get(sign, sign)}")
        for sign in signs
        for shown in (sign.upper() if capital else sign,)
    ]
    if look.words.language == "vi" and typed[-1:].lower() in _TONED and typed:
        shown = (unicodedata.normalize("NFC", typed[-1] + tone) for tone in TONES)
        keys += [
            letter_key(look, each, letter(tone), f"tone-{number}")
            for number, (each, tone) in enumerate(zip(shown, TONES, strict=True), 1)
        ]
    return keys
