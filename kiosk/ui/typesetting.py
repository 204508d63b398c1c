"""Sets a sentence: breaks it into lines, and each line into runs that one font can draw.

Kivy has no font fallback and knows neither Arabic's joined letters nor its direction. A line is
broken in reading order, then its letters are joined and put in the order of the eye, and then each
letter gets the first font that has it.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from arabic_reshaper import ArabicReshaper
from kivy.core.text import Label as Ink
from kivy.graphics.texture import Texture

from kiosk.ui.album import Album
from kiosk.ui.breaking import break_evenly, break_lines
from kiosk.ui.direction import as_seen
from kiosk.ui.drawing import px_for_px
from kiosk.ui.faces import MISSING, Coverage, Face

_Text = tuple[str, "Font", float, bool, tuple[str, ...], bool]

REMEMBERED_RUNS = 2000
"""More than a session ever shows."""


@dataclass(frozen=True, slots=True)
class Font:
    """A size and weight of letters."""

    px: int
    weight: int
    line_height: float
    """In em."""

    @property
    def line_px(self) -> int:
        """From one line to the next."""
        return round(self.px * self.line_height)


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one font, in the order of the eye."""

    text: str
    face: Face
    x: float
    """From the left end of the line."""
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line."""

    runs: tuple[Run, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Setting:
    """A sentence as it will be drawn."""

    lines: tuple[Line, ...]
    font: Font

    @property
    def width(self) -> float:
        """Of the longest line."""
        return max((line.width for line in self.lines), default=0.0)

    @property
    def height(self) -> int:
        """Of all lines."""
        return self.font.line_px * len(self.lines)


@dataclass(slots=True)
class Typesetter:
    """Sets text, and remembers what it measured and drew until told to forget."""

    coverage: Coverage
    album: Album = field(default_factory=Album)
    """Its pictures, which are forgotten with the text."""
    remembered: int = REMEMBERED_RUNS
    """How many texts; beyond it all are forgotten and set again."""
    _reshaper: ArabicReshaper = field(default_factory=ArabicReshaper)
    _inks: dict[tuple[str, int], Ink] = field(default_factory=dict)
    _widths: dict[tuple[str, Font], float] = field(default_factory=dict)
    _settings: dict[_Text, Setting] = field(default_factory=dict)
    _textures: dict[tuple[str, Face, int], Texture] = field(default_factory=dict)

    def set(
        self,
        text: str,
        font: Font,
        width: float,
        rtl: bool,
        strong: tuple[str, ...] = (),
        even: bool = False,
    ) -> Setting:
        """Return the lines of a text.

        Parameters
        ----------
        text
            In reading order, as it was typed or translated; never read as markup.
        width
            No line is wider, px.
        rtl
            Whether the paragraph runs from the right.
        strong
            Parts of the text to be set bold.
        even
            Whether all lines are about equally long, as in a title.
        """
        key = (text, font, width, rtl, strong, even)
        if key not in self._settings:
            self._make_room()
            self._settings[key] = self._set(unicodedata.normalize("NFC", text), *key[1:])
        return self._settings[key]

    def width(self, text: str, font: Font) -> float:
        """Return how wide a text is on one line."""
        key = (text, font)
        if key not in self._widths:
            self._make_room()
            runs = self._runs(unicodedata.normalize("NFC", text), font, rtl=False, strong=())
            self._widths[key] = sum(run.width for run in runs)
        return self._widths[key]

    def texture(self, run: Run, px: int) -> Texture:
        """Return the drawn letters of a run, white on nothing."""
        key = (run.text, run.face, px)
        if key not in self._textures:
            self._make_room()
            ink = Ink(text=run.text, font_name=run.face.path, font_size=px, color=(1, 1, 1, 1))
            ink.refresh()
            self._textures[key] = px_for_px(ink.texture)
        return self._textures[key]

    def ascent(self, face: Face, px: int) -> float:
        """Return how far the top of a run's picture lies above its base line."""
        return float(self._ink(face, px).get_ascent())

    def forget(self) -> None:
        """Drop every text that was set: it may hold names."""
        self._widths.clear()
        self._settings.clear()
        self._textures.clear()
        self.album.forget()

    def _make_room(self) -> None:
        if max(len(self._widths), len(self._settings), len(self._textures)) > self.remembered:
            self.forget()

    def _set(
        self, text: str, font: Font, width: float, rtl: bool, strong: tuple[str, ...], even: bool
    ) -> Setting:
        widest = Font(font.px, 700, font.line_height) if strong else font
        breaks = break_evenly if even else break_lines
        lines = breaks(text, width, lambda piece: self.width(piece, widest))
        strong_lines = zip(lines, _strong_of(lines, text, strong), strict=True)
        return Setting(
            tuple(self._line(line, font, rtl, part) for line, part in strong_lines), font
        )

    def _line(self, text: str, font: Font, rtl: bool, strong: tuple[str, ...]) -> Line:
        runs = self._runs(text, font, rtl, strong)
        return Line(runs, sum(run.width for run in runs))

    def _runs(self, text: str, font: Font, rtl: bool, strong: tuple[str, ...]) -> tuple[Run, ...]:
        seen = as_seen(text, rtl, self._reshaper)
        weights = [font.weight] * len(seen)
        for part in strong:
            visible = as_seen(part, rtl, self._reshaper)
            at = seen.find(visible)
            if at >= 0:
                weights[at : at + len(visible)] = [700] * len(visible)
        runs: list[Run] = []
        x = 0.0
        for (family, weight), letters in groupby(self._faces(seen, weights), lambda face: face[1:]):
            piece, face = "".join(letter for letter, *_ in letters), Face(family, weight)
            wide = float(self._ink(face, font.px).get_extents(piece)[0])
            runs.append(Run(piece, face, x, wide))
            x += wide
        return tuple(runs)

    def _faces(self, text: str, weights: list[int]) -> list[tuple[str, str, int]]:
        faces: list[tuple[str, str, int]] = []
        before: str | None = None
        for letter, weight in zip(text, weights, strict=True):
            family = self.coverage.family(letter, before)
            if family is None:
                letter = MISSING  # noqa: PLW2901 - what is drawn in its place
                family = self.coverage.family(MISSING)
                assert family is not None, "a font has the sign for missing letters"  # noqa: S101
            faces.append((letter, family, weight))
            before = family
        return faces

    def _ink(self, face: Face, px: int) -> Ink:
        key = (face.path, px)
        if key not in self._inks:
            self._inks[key] = Ink(font_name=face.path, font_size=px)
        return self._inks[key]


def _strong_of(lines: list[str], text: str, strong: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield for each line what of it is strong: a strong part may run over a line's end."""
    spans = [(text.find(part), text.find(part) + len(part)) for part in strong if part in text]
    start = 0
    for line in lines:
        start = text.find(line, start)
        end = start + len(line)
        inside = ((max(a, start), min(b, end)) for a, b in spans)
        yield tuple(text[a:b].strip() for a, b in inside if a < b)
        start = end
