"""The drawing of the slip: where its code stands. It shows no number, so none can be copied."""

from kiosk.ui.box import Box
from kiosk.ui.drawing import edge, fill, shadow
from kiosk.ui.look import Look
from kiosk.ui.widgets.card import Ground, card_colour
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.part import NOWHERE, Part
from kiosk.ui.widgets.text import Text

_PAPER_PX = (476, 226)
_LEAST_PX = 104
_DIGITS = 8
_BETWEEN_PX = 56


class SlipCard(Part):
    """The slip as it lies in the hand, and beside it what to look for.

    Parameters
    ----------
    title, code
        As printed on the slip.
    words
        Where the code is, and how long.
    """

    def __init__(self, look: Look, title: str, code: str, words: str) -> None:
        ground = card_colour(look, Ground.SUNK)
        self.paper = _Slip(look, title, code)
        self.words = Text(look, words, look.theme.type.body, ground=ground)
        super().__init__(look, [self.paper, self.words])

    def wish(self, width: float) -> float:
        """Return the height of slip and words, with the ground around them."""
        words = self.words.wish(self._room(width))
        return max(self.paper.wish(width) + self.look.px(70), words + self.look.px(48))

    def least(self, width: float) -> float:
        """Return the height of the words, and of a slip that is barely seen."""
        return max(self.paper.least(width), self.words.wish(self._room(width))) + self.look.px(24)

    def arrange(self, box: Box) -> None:
        """Place the slip at the start, the words beside it."""
        look = self.look
        inner = box.inset(look.px(40), 0)
        height = min(self.paper.wish(0), box.height - look.px(24))
        wide = self.paper.natural()
        self.paper.place(inner.from_start(0, wide, look.rtl).centred(wide, height))
        room = self._room(box.width)
        words = inner.from_start(wide + look.px(_BETWEEN_PX), room, look.rtl)
        self.words.place(words.centred(room, self.words.wish(room)))

    def draw(self, box: Box) -> None:
        """Draw the ground."""
        fill(box, self.look.colour.sunk, self.look.px(self.look.theme.radius.card))

    def _room(self, width: float) -> float:
        return width - 2 * self.look.px(40) - self.paper.natural() - self.look.px(_BETWEEN_PX)


class _Slip(Part):
    """A small sheet; lower than it likes to be, it has no words on it."""

    def __init__(self, look: Look, title: str, code: str) -> None:
        super().__init__(look)
        ink, paper = look.colour.art, look.colour.paper
        self.title, self.code = (
            Text(look, words, look.theme.type.form_head, ink=ink, ground=paper)
            for words in (title, code)
        )
        self.square = Icon(look, "qr-code", 108, ink=ink, ground=paper)
        self.mark = NOWHERE
        # What is printed on it is drawn only; the words beside it are read aloud.
        self.title.speech = self.code.speech = ""

    def natural(self) -> float:
        """Return its width."""
        return float(self.look.px(_PAPER_PX[0]))

    def wish(self, width: float) -> float:
        """Return its height."""
        return float(self.look.px(_PAPER_PX[1]))

    def least(self, width: float) -> float:
        """Return the height of the boxes on it."""
        return float(self.look.px(_LEAST_PX))

    def arrange(self, box: Box) -> None:
        """Place what fits on it."""
        self.parts = [self.square]
        has_words = box.height >= self.wish(box.width)
        inner = box.inset(self.look.px(28), self.look.px(14))
        body = inner
        if has_words:
            line = self.title.font.line_px
            self.add(self.title)
            self.title.place(inner.from_top(0, line))
            body = Box(inner.x, inner.y, inner.width, inner.height - line)
        side = min(self.square.side_px, body.height)
        self.square.place(body.from_start(0, side, self.look.rtl).centred(side, side))
        self._place_code(self._beside(body), has_words)

    def draw(self, box: Box) -> None:
        """Draw the sheet, and on it the place of the code."""
        look, colour = self.look, self.look.colour
        shadows = look.theme.shadow
        radius = look.px(look.theme.radius.small) / 2
        shadow(box, shadows.card, radius, look.panel.scale)
        fill(box, colour.paper, radius)
        self._draw_code()

    def _beside(self, body: Box) -> Box:
        along = self.square.side_px + self.look.px(28)
        return body.from_start(along, body.width - along, self.look.rtl)

    def _place_code(self, beside: Box, has_words: bool) -> None:
        high = self.look.px(70)
        line = self.code.font.line_px + self.look.px(4) if has_words else 0
        group = beside.centred(beside.width, high + line)
        self.mark = Box(group.x, group.y, group.width, high)
        if has_words:
            self.add(self.code)
            self.code.place(group.from_top(0, line))

    def _draw_code(self) -> None:
        look, colour, mark = self.look, self.look.colour, self.mark
        fill(mark, colour.form_mark, look.px(12))
        edge(mark, colour.art, look.px(12), look.px(4))
        wide, gap = look.px(20), look.px(8)
        width = _DIGITS * wide + (_DIGITS - 2) * gap + 3 * gap
        x = mark.x + (mark.width - width) // 2
        for number in range(_DIGITS):
            shift = number * (wide + gap) + (2 * gap if number >= _DIGITS // 2 else 0)
            block = Box(x + shift, mark.y, wide, mark.height).inset(0, mark.height * 0.28)
            fill(block, colour.art, look.px(4))
