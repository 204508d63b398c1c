"""Draws what stands in a cell around its picture, in white for black ground."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.pdfgen.canvas import Canvas

from forms.facts import PicturesFacts
from forms.pictures.caption import bar_words, caption_lines
from forms.pictures.layout import CAPTION_LINES, Layout
from forms.pictures.sheet import Box
from forms.typography.fitted import Type, fitted
from forms.typography.fonts import TEXT
from forms.typography.letters import clean
from forms.typography.page import is_mirrored
from forms.words import Wording
from kiosk.domain.picture import Note, Picture

INK = white
SOFT = HexColor("#B9C6C8")
Align = Literal[0, 1, 2]
_OTHER_SIDE: dict[Align, Align] = {TA_LEFT: TA_RIGHT, TA_RIGHT: TA_LEFT}
_HAIRLINE, _BAR = 0.5, 0.8
"""Widths of lines, in points."""
_CAP_HEIGHT = 0.714
"""Of Noto Sans, in units of its size."""
_LEAST_NOTE = 0.25
"""Share of the picture that a note may be as wide as, however far on the right it begins."""
_BESIDE = 0.42
"""Share of a strip on each side of the letter in its middle."""
_SMALLEST = 0.7
"""Share of the size of type to which a text is made smaller before it is cut."""


def draw_around(
    canvas: Canvas, layout: Layout, picture: Picture, facts: PicturesFacts, words: Wording
) -> None:
    """Draw everything but the picture itself."""
    _edges(canvas, layout, picture)
    _above(canvas, layout, picture, words)
    _below(canvas, layout, picture, words)
    if picture.raster is None:
        _missing(canvas, layout, words)
    for note in picture.notes:
        _note(canvas, layout, note)
    _caption(canvas, layout, caption_lines(picture, facts, words))


def _edges(canvas: Canvas, layout: Layout, picture: Picture) -> None:
    """Draw the letters in the middle of each edge, beside the picture."""
    box, size = layout.picture, layout.letters
    _take_bold(canvas, size)
    middle = box.y + box.height / 2 - size * _CAP_HEIGHT / 2
    top, right, bottom, left = picture.edges
    above, below = (
        replace(layout.above, y=box.top),
        replace(layout.below, y=box.y - layout.below.height),
    )
    canvas.drawCentredString(box.middle, _baseline(above, size), top)
    canvas.drawCentredString(box.middle, _baseline(below, size), bottom)
    for text, x, draw in (
        (left, box.x - size * 0.4, canvas.drawRightString),
        (right, box.x + box.width + size * 0.4, canvas.drawString),
    ):
        draw(x, middle, text)


def _above(canvas: Canvas, layout: Layout, picture: Picture, words: Wording) -> None:
    """Draw the marker of the side on the left, and what the picture must not be used for."""
    strip, size = layout.above, layout.letters
    if picture.side:
        _take_bold(canvas, size)
        width = canvas.stringWidth(picture.side, TEXT.bold_name, size) + size
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(_HAIRLINE)
        canvas.rect(strip.x, strip.y + size * 0.12, width, size * 1.32, fill=0)
        canvas.drawString(strip.x + size / 2, _baseline(strip, size), picture.side)
    _fit(canvas, words.say("pictures.not_for_diagnosis"), _right(strip), size, TA_RIGHT)


def _below(canvas: Canvas, layout: Layout, picture: Picture, words: Wording) -> None:
    """Draw the bar on the left and how large the picture is on the right."""
    strip, size, bar = layout.below, layout.letters, layout.bar
    if bar and picture.spacing:
        y, tick = strip.y + strip.height / 2, size * 0.3
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(_BAR)
        canvas.line(strip.x, y, strip.x + bar.length, y)
        for x in (strip.x + _BAR / 2, strip.x + bar.length - _BAR / 2):
            canvas.line(x, y - tick, x, y + tick)
        start = bar.length + size * 0.5
        room = Box(strip.x + start, strip.y, strip.width * _BESIDE - start, strip.height)
        _fit(canvas, bar_words(bar, picture.spacing.measured, words), room, size, TA_LEFT)
    if picture.raster:
        words_of_scale = words.say(f"pictures.{layout.scale.value}")
        _fit(canvas, words_of_scale, _right(strip), size, TA_RIGHT)


def _caption(canvas: Canvas, layout: Layout, lines: Sequence[str]) -> None:
    """Draw the lines below each other, the first one bold."""
    box = layout.caption
    height = box.height / CAPTION_LINES
    start: Align = TA_RIGHT if is_mirrored(canvas) else TA_LEFT
    for number, text in enumerate(lines):
        line = Box(box.x, box.top - (number + 1) * height, box.width, height)
        if number == 0:
            _fit(canvas, text, line, layout.letters, start, color=INK, bold=True)
        else:
            _fit(canvas, text, line, layout.letters, start)


def _missing(canvas: Canvas, layout: Layout, words: Wording) -> None:
    box, size = layout.picture, layout.letters
    line = Box(box.x, box.y + box.height / 2 - size, box.width, 2 * size)
    _fit(canvas, words.say("pictures.cannot_be_shown"), line, size, TA_CENTER, color=INK)


def _note(canvas: Canvas, layout: Layout, note: Note) -> None:
    """Draw what somebody wrote on the image, on black so that it is read on bone as well."""
    box, size = layout.picture, layout.letters
    left = min(box.x + note.x * box.width, box.x + box.width * (1 - _LEAST_NOTE))
    room = box.x + box.width - left
    align = _on_paper(canvas, TA_LEFT)
    type_ = Type(size, size * _SMALLEST, color=INK, align=align)
    paragraph = fitted(clean(note.text), type_, room)
    height = paragraph.wrap(room, 0)[1]
    width = max(paragraph.getActualLineWidths0(), default=0)
    foot = max(box.top - note.y * box.height - height, box.y)
    canvas.setFillColor(black)
    canvas.rect(left, foot, min(width, room), height, stroke=0, fill=1)
    paragraph.drawOn(canvas, left, foot)


def _fit(
    canvas: Canvas,
    text: str,
    box: Box,
    size: float,
    align: Align,
    *,
    color: Color = SOFT,
    bold: bool = False,
) -> None:
    """Draw a line in a box, made smaller and at last cut where it is too long."""
    smallest = size * _SMALLEST
    type_ = Type(size, smallest, bold=bold, color=color, align=_on_paper(canvas, align))
    paragraph = fitted(text, type_, box.width)
    height = paragraph.wrap(box.width, 0)[1]
    paragraph.drawOn(canvas, box.x, box.y + (box.height - height) / 2)


def _take_bold(canvas: Canvas, size: float) -> None:
    canvas.setFillColor(INK)
    canvas.setFont(TEXT.bold_name, size)


def _on_paper(canvas: Canvas, align: Align) -> Align:
    """Return the alignment by which a text stays on its side; texts mirror, bodies must not."""
    if not is_mirrored(canvas):
        return align
    return _OTHER_SIDE.get(align, align)


def _baseline(strip: Box, size: float) -> float:
    return strip.y + (strip.height - size * _CAP_HEIGHT) / 2


def _right(strip: Box) -> Box:
    """Return a strip's share on the right of the letter in its middle."""
    width = strip.width * _BESIDE
    return Box(strip.x + strip.width - width, strip.y, width, strip.height)
