"""What eyes need of a screen."""

from collections.abc import Iterator

from kiosk.text.breaking import pieces
from kiosk.ui.widgets.layout import Column
from kiosk.ui.widgets.text import Text
from tests.screens.widget_tree import ROUNDING_PX, Tree, apart, around, inked, inside

TEXT_CONTRAST = 4.5
DRAWN_ONLY = {
    "_Slip": "the drawing of a slip; the sentence beside it says the same in larger letters"
}
"""Whose letters may be smaller, and why."""


def letters_are_large(tree: Tree) -> Iterator[str]:
    """Capitals of 4.8 mm."""
    least = tree.look.theme.floor_mm.cap_height
    for text in tree.texts:
        drawn = any(type(part).__name__ in DRAWN_ONLY for part in tree.above[id(text)])
        if text.cap_mm < least - 0.005 and not drawn:
            yield f"{text.text!r} has capitals of {text.cap_mm:.2f} mm"


def letters_stand_out(tree: Tree) -> Iterator[str]:
    """4.5 to 1 from their ground (WCAG 2.1, 1.4.3)."""
    for part in (*tree.texts, *tree.touchables):
        ratio = part.ink.contrast(part.ground)
        if ratio < TEXT_CONTRAST:
            name = part.text if isinstance(part, Text) else part.name
            yield f"{name!r} has a contrast of {ratio:.1f}"


def letters_are_whole(tree: Tree) -> Iterator[str]:
    """Each text has the lines and the width that it needs."""
    for text in tree.texts:
        setting = text.setting(text.box.width)
        if setting.width > text.box.width + ROUNDING_PX:
            yield f"{text.text!r} is {setting.width - text.box.width:.0f} px too wide"
        if setting.height > text.box.height + ROUNDING_PX:
            yield f"{text.text!r} is {setting.height - text.box.height:.0f} px too high"


def words_are_whole(tree: Tree) -> Iterator[str]:
    """No word is broken between its letters."""
    for text in tree.texts:
        width = tree.look.typesetter.width
        for word in pieces(text.text):
            if width(word.strip(), text.font) > text.box.width + ROUNDING_PX:
                yield f"{word.strip()!r} of {text.text!r} is broken"


def letters_are_in_place(tree: Tree) -> Iterator[str]:
    """Inside of every part that they belong to, and of the screen."""
    for text in tree.texts:
        letters = around(inked(text))
        for part in tree.above[id(text)]:
            # Where lines stand close, tails and accents may reach out of the first and the last.
            if not inside(letters, part.box, by_px=0.1 * text.font.px):
                yield f"{text.text!r} stands out of its {type(part).__name__}"
                break


def letters_are_apart(tree: Tree) -> Iterator[str]:
    """No text lies over another, or over something to touch that is not its own."""
    boxes = [(text, around(inked(text))) for text in tree.texts]
    boxes.sort(key=lambda each: each[1].y)
    for number, (one, box) in enumerate(boxes, 1):
        for other, above in boxes[number:]:
            if above.y > box.top:
                break
            if apart(box, above) < -ROUNDING_PX:
                yield f"{one.text!r} lies over {other.text!r}"
    for text, box in boxes:
        for part in tree.touchables:
            if apart(box, part.box) < -ROUNDING_PX and not tree.holds(part, text):
                yield f"{text.text!r} lies over {part.name}"


def nothing_overflows(tree: Tree) -> Iterator[str]:
    """Every column has the height that its parts need."""
    for part in tree.parts:
        if isinstance(part, Column) and part.overflow > ROUNDING_PX / 2:
            where = "the content" if part is tree.page.content else "a column"
            yield f"{where} is {part.overflow:.0f} px too high"
