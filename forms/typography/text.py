"""A paragraph in any script: broken in the order of reading, drawn in the order of the eye."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from copy import copy
from itertools import groupby
from typing import Any
from unicodedata import bidirectional, normalize

from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph
from reportlab.platypus.paragraph import (  # type: ignore[attr-defined]  # the stub leaves two out
    FragLine,
    _getFragWords,
    _HSFrag,
)
from reportlab.platypus.paraparser import ParaFrag

from forms.typography.direction import (
    FENCES,
    FIRST_STRONG_ISOLATE,
    Seen,
    as_seen,
    fenced_lines,
    is_turned,
)
from forms.typography.letters import Run
from forms.typography.marks import with_marks
from forms.typography.page import Page, is_mirrored
from kiosk.text.breaking import is_chinese, pieces

_ENDLESS = 1e6
_OTHER_SIDE: dict[Any, Any] = {TA_LEFT: TA_RIGHT, TA_RIGHT: TA_LEFT}
_WIDE = ("，", "。", "：", "；", "？", "）")  # noqa: RUF001 - Chinese
"""Signs that bring their own space along."""
_FIRST_JOINED, _LAST_JOINED = "\ufb50", "\ufefc"
"""Between them are the letters in the forms that join them to their neighbours."""


class Text(Paragraph):
    """A paragraph that is aligned to the side from which its page is read."""

    blPara: Any  # noqa: N815 - reportlab's name for the lines
    frags: Any

    def __init__(
        self, runs: Sequence[Run] | None, style: ParagraphStyle, frags: Any = None, **kwargs: Any
    ) -> None:
        if runs is not None:  # else it is the rest of one that was split
            words = _getFragWords([_fragment(run, style) for run in runs])
            text = "".join(run.letters for run in runs)
            frags = _company(list(_cut(words))) if is_chinese(text) else words
        super().__init__(None, style, frags=frags, **kwargs)  # type: ignore[arg-type]  # the stub's
        self._wrapped: tuple[float, tuple[float, float]] | None = None

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        """Break it into lines, unless it is broken for this width: a table asks time and again."""
        is_broken = hasattr(self, "blPara")  # reportlab takes the lines away again to split it
        if not is_broken or self._wrapped is None or self._wrapped[0] != availWidth:
            self._wrapped = availWidth, super().wrap(availWidth, availHeight)
        return self._wrapped[1]

    def length(self) -> float:
        """Return how wide it is on one line, in points."""
        self.wrap(_ENDLESS, 0)
        return float(sum(_ENDLESS - line.extraSpace for line in self.blPara.lines))

    def draw(self) -> None:
        """Draw the lines, and say what they say: their letters are in the order of the eye."""
        mirrored = is_mirrored(self.canv)
        texts = list(map(_text, self.blPara.lines))
        from_right = mirrored and not _is_foreign("".join(texts))
        with _says(self.canv, _written(texts)):
            for number, text in enumerate(fenced_lines(texts)):
                line = self.blPara.lines[number]
                one = copy(self)
                one.style = _mirrored(self.style) if mirrored else self.style
                one.height = self.height - number * self.style.leading
                one.blPara = copy(self.blPara)
                one.blPara.lines = [_line_of(_seen(text, from_right=from_right), line, len(text))]
                one.drawPara()


def _fragment(run: Run, style: ParagraphStyle) -> ParaFrag:
    """Return what reportlab makes of markup; made at once, no letter can be taken for any."""
    return ParaFrag(
        text=run.letters,
        fontName=run.font_name,
        fontSize=style.fontSize,
        textColor=style.textColor,
        rise=0,
        link=[],
        us_lines=[],
    )


def _cut(words: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Cut reportlab's words, each a width with pairs of style and text, where a line may end.

    A value stays whole: nobody's name is broken over two lines that need not be.
    """
    is_value, piece = False, ""
    for word in words:
        letters = [(style, letter) for style, text in word[1:] for letter in text]
        if not letters and not piece.endswith(_WIDE):  # a space of its own
            yield word
        begin = end = 0
        for piece in pieces("".join(letter for _, letter in letters)):
            end += len(piece)
            for fence in (letter for letter in piece if ord(letter) in FENCES):
                is_value = fence == FIRST_STRONG_ISOLATE
            if not is_value or end == len(letters):
                ends_word = end == len(letters) and not piece.endswith(_WIDE)
                kind: Any = type(word) if ends_word else list
                yield kind(_word(letters[begin:end]))
                begin = end


def _company(words: list[Sequence[Any]]) -> list[Sequence[Any]]:
    """Let no letter stand alone on the last line."""
    if len(words) > 1 and not isinstance(words[-2], _HSFrag):
        (before, *left), (width, *right) = words[-2:]
        words[-2:] = [[before + width, *left, *right]]
    return words


def _word(letters: Sequence[tuple[Any, str]]) -> list[Any]:
    parts = [
        (style, "".join(letter for _, letter in run))
        for style, run in groupby(letters, key=lambda each: each[0])
    ]
    return [sum(stringWidth(text, each.fontName, each.fontSize) for each, text in parts), *parts]


def _mirrored(style: ParagraphStyle) -> ParagraphStyle:
    other = copy(style)
    other.alignment = _OTHER_SIDE.get(style.alignment, style.alignment)
    return other


def _text(line: FragLine) -> str:
    return "".join(run.text for run in line.words)


def _is_foreign(text: str) -> bool:
    """Return whether a text of other letters, or digits in groups, keeps its order on any page."""
    if is_turned(text):
        return False
    return any(letter.isspace() or bidirectional(letter) == "L" for letter in text)


def _seen(text: str, *, from_right: bool) -> list[Seen]:
    if from_right or is_turned(text):
        return as_seen(text, right_to_left=from_right)
    return [Seen(place, letter) for place, letter in enumerate(text) if ord(letter) not in FENCES]


def _line_of(letters: Sequence[Seen], line: FragLine, length: int) -> FragLine:
    """Return a line with its letters in another order, each in the style that it had."""
    styles = [run for run in line.words for _ in run.text]
    before = length - len(styles)  # a fence that was opened in an earlier line
    seen = copy(line)
    seen.words = [
        run.clone(text=with_marks("".join(each.letter for each in drawn), run.fontName))
        for run, drawn in groupby(letters, key=lambda each: styles[each.place - before])
    ]
    return seen


def _written(lines: Sequence[str]) -> str:
    """Return the text as it was written: without fences, no letter joined, on one line."""
    text = ""
    for line in (line.translate(FENCES) for line in lines):
        is_one_word = is_chinese(text[-1:]) or is_chinese(line[:1])
        text += line if is_one_word or not text else f" {line}"
    return "".join(
        normalize("NFKC", each) if _FIRST_JOINED <= each <= _LAST_JOINED else each for each in text
    )


def _says(canvas: Any, text: str) -> AbstractContextManager[None]:
    return canvas.says(text) if isinstance(canvas, Page) and text else nullcontext()
