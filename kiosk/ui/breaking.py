"""Breaks a text into lines, in reading order."""

from collections.abc import Callable, Iterator

from kiosk.text.breaking import pieces

Measure = Callable[[str], float]

_ROUNDING_PX = 16
"""By so much the sum of words may differ from the line: each is measured in whole px."""


def break_lines(text: str, width: float, measure: Measure) -> list[str]:
    """Return lines that are at most so wide; a word that is wider is broken between letters."""
    return [line for part in text.split("\n") for line in _fill(part, width, measure)]


def break_evenly(text: str, width: float, measure: Measure) -> list[str]:
    """Return as many lines as `break_lines`, but about equally long."""
    lines = break_lines(text, width, measure)
    narrow, wide = 0.0, width
    while len(lines) > 1 and wide - narrow > _ROUNDING_PX:
        middle = (narrow + wide) / 2
        tried = break_lines(text, middle, measure)
        if len(tried) > len(lines) or _breaks_words(tried, text):
            narrow = middle
        else:
            wide, lines = middle, tried
    return lines


def _breaks_words(lines: list[str], text: str) -> bool:
    return any(line not in text.split("\n") and f"{line} " not in f"{text} " for line in lines)


def _fill(text: str, width: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _narrow(text, width, measure):
        longer = used + measure(piece.rstrip(" "))
        if abs(longer - width) < _ROUNDING_PX:
            longer = measure((line + piece).rstrip(" "))
        if line and longer > width:
            lines.append(line.rstrip(" "))
            line, used = "", 0.0
        line += piece
        used += measure(piece)
    return [*lines, line.rstrip(" ")]


def _narrow(text: str, width: float, measure: Measure) -> Iterator[str]:
    """Yield pieces between which a line may end, none wider than a line."""
    for piece in pieces(text):
        if measure(piece.rstrip(" ")) <= width:
            yield piece
            continue
        part = ""
        for letter in piece:
            if part and measure(part + letter) > width:
                yield part
                part = ""
            part += letter
        yield part
