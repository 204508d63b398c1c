"""The icons by name, as letters of the icon fonts."""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from kiosk.ui.faces import FONTS

_MIRRORED = {"arrow-left": "arrow-right", "caret-left": "caret-right"}
MIRRORED = _MIRRORED | {right: left for left, right in _MIRRORED.items()}
"""Which icon stands for another where one reads from the right."""


class IconStyle(StrEnum):
    """Thick lines or one solid shape; for pictograms see `Glyph.tone`."""

    BOLD = "Bold"
    FILL = "Fill"
    DUOTONE = "Duotone"

    @property
    def path(self) -> str:
        """Where its font is."""
        return str(FONTS / f"Phosphor-{self}.ttf")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One icon: its letter in bold and fill, and its two letters in duotone."""

    letter: str
    """Also the tone of the duotone."""
    line: str
    """The lines of the duotone."""


@cache
def glyphs() -> dict[str, Glyph]:
    """Return all icons by name."""
    table = json.loads((files("kiosk.ui") / "assets" / "icons.json").read_text(encoding="utf-8"))
    return {name: Glyph(chr(letter), chr(line)) for name, (letter, line) in table.items()}


def glyph(name: str, rtl: bool) -> Glyph:
    """Return an icon as it is drawn in a direction of reading.

    Raises
    ------
    KeyError
        If there is no icon of that name.
    """
    return glyphs()[MIRRORED.get(name, name) if rtl else name]
