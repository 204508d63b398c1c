"""The text of a PDF's pages as it is read aloud: in the order of reading, with its pauses."""

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage, PdfTextPage

from forms.pdfium import opened

_SAME_LINE = 0.4
_NEXT_LINE = 1.7
_NEXT_COLUMN = 1.5
"""All in sizes of the letters."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """Where a letter stands, in points from the lower left corner."""

    text: str
    left: float
    right: float
    baseline: float
    size: float

    @property
    def is_from_the_right(self) -> bool:
        """Whether it is Arabic or Hebrew."""
        return unicodedata.bidirectional(self.text) in {"R", "AL"}


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Return the text of each page; blank lines between paragraphs, commas between columns."""
    with opened(pdf) as document:
        return tuple(_text(page) for page in document)


def _text(page: PdfPage) -> str:
    text, before = "", None
    for letter in _letters(page.get_textpage()):
        if letter.text == " ":  # PDFium makes some up, which stand nowhere
            text += " "
            continue
        if before is not None:
            text = _paused(text, _pause(before, letter))
        text += letter.text
        before = letter
    return text.strip()


def _letters(textpage: PdfTextPage) -> Iterator[_Letter]:
    """Yield the letters in the order of drawing; PDFium's own line ends are left out."""
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(textpage.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(textpage, index))
        if not char.isprintable():
            continue
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        left, _, right, _ = textpage.get_charbox(index)
        size = pdfium.FPDFText_GetFontSize(textpage, index)
        yield _Letter(char, left, right, y.value, size)


def _pause(before: _Letter, letter: _Letter) -> str:
    """Return what stands between two letters for the ear."""
    lower = before.baseline - letter.baseline
    if abs(lower) < _SAME_LINE * letter.size:
        if before.is_from_the_right or letter.is_from_the_right:
            return ""  # such letters stand before those that they follow
        is_apart = letter.left - before.right > _NEXT_COLUMN * letter.size
        return ", " if is_apart else ""
    if lower < 0:
        return ", "
    if before.size == letter.size and lower < _NEXT_LINE * letter.size:
        return " "
    return "\n\n"


def _paused(text: str, pause: str) -> str:
    if not pause:
        return text
    text = text.rstrip(" ")
    return text + (" " if pause == ", " and text.endswith((".", ",", ":")) else pause)
