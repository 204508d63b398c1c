"""The fonts that text is set in, and which letters each of them covers."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from struct import unpack_from

FONTS = Path(str(files("kiosk.ui"))) / "assets" / "fonts"
FAMILIES = {
    "NotoSans": {400: 400, 600: 600, 700: 700},
    "NotoSansArabic": {400: 400, 600: 600, 700: 700},
    "NotoSansSC": {400: 400, 600: 700, 700: 700},
}
"""In the order in which they are asked for a letter; the file of each weight."""
MISSING = "\N{WHITE SQUARE}"
"""Stands for a letter that no font has."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file of one family."""

    family: str
    weight: int

    @property
    def path(self) -> str:
        """Where its file is."""
        return f"{FONTS}/{self.family}-{FAMILIES[self.family][self.weight]}.ttf"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which letters each family has."""

    letters: dict[str, frozenset[int]]

    @classmethod
    def read(cls) -> "Coverage":
        """Read it from the fonts themselves."""
        regular = {name: Path(Face(name, 400).path) for name in FAMILIES}
        return cls({name: covered(path.read_bytes()) for name, path in regular.items()})

    def family(self, letter: str, before: str | None = None) -> str | None:
        """Return the family for a letter; a space stays with the family of the letter before."""
        if before is not None and letter.isspace() and ord(letter) in self.letters[before]:
            return before
        code = ord(letter)
        return next((name for name, has in self.letters.items() if code in has), None)


def covered(font: bytes) -> frozenset[int]:
    """Return the code points of a TrueType file that have a letter ("cmap", formats 4 and 12)."""
    cmap = _table(font, b"cmap")
    (count,) = unpack_from(">H", font, cmap + 2)
    found: set[int] = set()
    for record in range(count):
        (offset,) = unpack_from(">I", font, cmap + 8 + 8 * record)
        (form,) = unpack_from(">H", font, cmap + offset)
        found |= _READERS.get(form, _nothing)(font, cmap + offset)
    return frozenset(found)


def _table(font: bytes, tag: bytes) -> int:
    (count,) = unpack_from(">H", font, 4)
    for entry in range(12, 12 + 16 * count, 16):
        name, _, offset, _ = unpack_from(">4sIII", font, entry)
        if name == tag:
            return int(offset)
    raise ValueError(f"no table {tag!r}")


def _segments(font: bytes, at: int) -> set[int]:
    """Format 4; the subsets that we ship leave no hole inside a segment."""
    (doubled,) = unpack_from(">H", font, at + 6)
    ends = unpack_from(f">{doubled // 2}H", font, at + 14)
    starts = unpack_from(f">{doubled // 2}H", font, at + 16 + doubled)
    codes = (range(start, end + 1) for start, end in zip(starts, ends, strict=True))
    return {code for run in codes for code in run} - {0xFFFF}


def _groups(font: bytes, at: int) -> set[int]:
    """Format 12."""
    (count,) = unpack_from(">I", font, at + 12)
    groups = (unpack_from(">II", font, at + 16 + 12 * group) for group in range(count))
    return {code for start, end in groups for code in range(start, end + 1)}


def _nothing(font: bytes, at: int) -> set[int]:
    return set()


_READERS = {4: _segments, 12: _groups}
