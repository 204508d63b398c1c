"""Cards: what can be chosen, what cannot, and grounds that hold other parts."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import Any

from kiosk.ui.box import Box
from kiosk.ui.drawing import edge, fill, shadow
from kiosk.ui.look import Look
from kiosk.ui.theme import Colour
from kiosk.ui.widgets.icon import Icon, Tile
from kiosk.ui.widgets.layout import Column
from kiosk.ui.widgets.mark import Mark, MarkSign
from kiosk.ui.widgets.note import IconLine
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Text
from kiosk.ui.widgets.touchable import Touchable

INNER_PX = 36
GAP_PX = 32


class Ground(Enum):
    """What a card stands out by."""

    WHITE = auto()
    SUNK = auto()
    PRIMARY = auto()
    """White on teal: the ticket."""
    ART = auto()
    """The dark ground of a drawing."""


class Card(Part):
    """A ground that holds parts, one below the other.

    Parameters
    ----------
    inner_px
        Between its edge and the parts, of the design; all around, or left and right of them.
    upper_px
        Above and below them.
    """

    def __init__(
        self,
        look: Look,
        parts: Sequence[Part],
        *,
        ground: Ground = Ground.WHITE,
        inner_px: float = INNER_PX,
        upper_px: float | None = None,
        gap_px: float | None = None,
        radius_px: float | None = None,
    ) -> None:
        self.column = Column(look, parts, gap_px)
        super().__init__(look, [self.column])
        self.kind = ground
        self.inner = look.px(inner_px)
        self.upper = self.inner if upper_px is None else look.px(upper_px)
        self.radius = look.px(look.theme.radius.card if radius_px is None else radius_px)
        self.grows = self.column.grows

    @property
    def ground(self) -> Colour:
        """Its colour."""
        return card_colour(self.look, self.kind)

    def natural(self) -> float:
        """Return the width of the widest part and the margins."""
        return self.column.natural() + 2 * self.inner

    def wish(self, width: float) -> float:
        """Return the height of its parts and the margins."""
        return self.column.wish(width - 2 * self.inner) + 2 * self.upper

    def least(self, width: float) -> float:
        """Return the height with every part as small as it can be."""
        return self.column.least(width - 2 * self.inner) + 2 * self.upper

    def arrange(self, box: Box) -> None:
        """Place the parts inside."""
        self.column.place(box.inset(self.inner, self.upper))

    def draw(self, box: Box) -> None:
        """Draw the ground."""
        look = self.look
        if self.kind is Ground.WHITE:
            shadows = look.theme.shadow
            shadow(box, shadows.card, self.radius, look.panel.scale)
        fill(box, self.ground, self.radius)
        if look.theme.flat and self.kind is not Ground.SUNK:
            edge(box, look.colour.edge, self.radius, look.px(look.theme.stroke.edge))


def card_colour(look: Look, ground: Ground) -> Colour:
    """Return the colour of a ground, for the words that stand on it."""
    colour = look.colour
    return {
        Ground.WHITE: colour.card,
        Ground.SUNK: colour.sunk,
        Ground.PRIMARY: colour.primary,
        Ground.ART: colour.art,
    }[ground]


class ChoiceCard(Touchable):
    """One answer of a screen: touched, it is chosen, or left out again.

    Parameters
    ----------
    title, lines
        What it is; the lines may be of a few words each.
    picture
        A `Picture` or `Tile` before the words.
    mark
        How it shows whether it is chosen, or that it leads on.
    price
        Before the mark.
    height_px
        Of the design; more where the words need it.
    """

    def __init__(
        self,
        look: Look,
        title: str,
        event: Any,
        *,
        name: str,
        lines: tuple[str, ...] = (),
        picture: Part | None = None,
        mark: Mark = Mark.RADIO,
        chosen: bool = False,
        price: str = "",
        height_px: float = 164,
        speech: str | None = None,
    ) -> None:
        said = ". ".join(part for part in (title, *lines, price) if part)
        super().__init__(look, name=name, event=event, speech=speech or said)
        self.chosen = chosen
        self.height_px = look.px(height_px)
        self.words = _words(look, title, lines, self.ground)
        self.picture = picture
        self.sign = MarkSign(look, mark, chosen)
        self.price = Text(look, price, look.theme.type.key, ground=self.ground) if price else None
        mark_first = mark is Mark.CHECK
        before = [self.sign] if mark_first else []
        after = [] if mark_first else [self.sign]
        cells = (*before, picture, self.words, self.price, *after)
        for part in cells:
            if part is not None:
                self.add(part)
        for part in self.everything():
            if isinstance(part, Text):
                part.speech = ""

    @property
    def ground(self) -> Colour:
        """White, tinted when it is chosen."""
        colour = self.look.colour
        if self.pressed:
            return colour.tint_pressed if self.chosen else colour.pressed
        return colour.tint if self.chosen else colour.card

    def wish(self, width: float) -> float:
        """Return the height of its kind, or more where its words need it."""
        return max(self.look.target(0), self.height_px, self._content(width) + 2 * self._inner())

    def least(self, width: float) -> float:
        """Return the height of words and picture."""
        return max(self.look.target(0), self._content(width) + 2 * self.look.px(7))

    def arrange(self, box: Box) -> None:
        """Place mark, picture, words and price from the start."""
        inner = box.inset(self.look.px(INNER_PX), 0)
        along = 0.0
        for part, width in self._cells(box.width):
            height = part.wish(width)
            part.place(inner.from_start(along, width, self.look.rtl).centred(width, height))
            along += width + self.look.px(GAP_PX)

    def redraw(self) -> None:
        """Draw anew, and the words in the colour that fits."""
        super().redraw()
        for part in self.everything():
            if isinstance(part, Text):
                part.colour(part.ink, self.ground)

    def draw(self, box: Box) -> None:
        """Draw shadow, ground and edge."""
        look, colour = self.look, self.look.colour
        shadows = look.theme.shadow
        shadow(box, shadows.card, self.radius, look.panel.scale)
        fill(box, self.ground, self.radius)
        if self.chosen:
            edge(box, colour.chosen_edge, self.radius, look.px(look.theme.stroke.selected))
        else:
            edge(box, colour.edge, self.radius, look.px(look.theme.stroke.hairline))

    def _inner(self) -> int:
        return self.look.px(7 if self.look.flat_lists else 22)

    def _content(self, width: float) -> float:
        return max(part.wish(room) for part, room in self._cells(width))

    def _cells(self, width: float) -> list[tuple[Part, float]]:
        own = [part.natural() for part in self.parts if part is not self.words]
        gaps = self.look.px(GAP_PX) * (len(self.parts) - 1)
        room = width - 2 * self.look.px(INNER_PX) - sum(own) - gaps
        return [
            (part, room if part is self.words else float(round(part.natural() + 0.5)))
            for part in self.parts
        ]


class ClosedCard(Part):
    """What is out of order: sunk, with the reason; there is nothing to touch.

    Parameters
    ----------
    icon
        Its pictogram.
    reason
        Why, and who helps.
    """

    def __init__(
        self, look: Look, title: str, reason: str, *, icon: str, height_px: float = 212
    ) -> None:
        colour, kinds = look.colour, look.theme.type
        ground = colour.sunk
        sign = Icon(look, "prohibit", 40, ink=colour.out, ground=ground)
        why = Text(look, reason, kinds.small_strong, ink=colour.out, ground=ground)
        name = Text(look, title, kinds.item, ink=colour.second, ground=ground)
        self.words = Column(look, [name, IconLine(look, sign, why, 14, on_first_line=True)], 4)
        self.tile = tile(look, icon, Kind.CLOSED)
        super().__init__(look, [self.tile, self.words])
        self.height_px = look.px(height_px)

    def wish(self, width: float) -> float:
        """Return the height of its kind, or more where its words need it."""
        return max(self.height_px, self.least(width))

    def least(self, width: float) -> float:
        """Return the height of its words."""
        return self.words.wish(self._room(width)) + 2 * self.look.px(16)

    def arrange(self, box: Box) -> None:
        """Place pictogram and words."""
        look, side = self.look, self.tile.side_px
        inner = box.inset(look.px(INNER_PX), 0)
        self.tile.place(inner.from_start(0, side, look.rtl).centred(side, side))
        room = self._room(box.width)
        words = inner.from_start(side + look.px(GAP_PX), room, look.rtl)
        self.words.place(words.centred(room, self.words.wish(room)))

    def draw(self, box: Box) -> None:
        """Draw the ground."""
        fill(box, self.look.colour.sunk, self.look.px(self.look.theme.radius.card))

    def _room(self, width: float) -> float:
        return width - 2 * self.look.px(INNER_PX) - self.tile.side_px - self.look.px(GAP_PX)


class Kind(Enum):
    """What the ground of a pictogram says."""

    PLAIN = auto()
    CHOSEN = auto()
    PERSON = auto()
    CLOSED = auto()


def tile(look: Look, icon: str, kind: Kind = Kind.PLAIN, side_px: float = 128) -> Tile:
    """Return the pictogram of a card."""
    colour = look.colour
    ink, ground = {
        Kind.PLAIN: (colour.primary, colour.tint),
        Kind.CHOSEN: (colour.primary, colour.card),
        Kind.PERSON: (colour.on_person, colour.person),
        Kind.CLOSED: (colour.second, colour.page),
    }[kind]
    if look.theme.flat and kind is Kind.CLOSED:
        ground = colour.sunk
    side = min(side_px, 96) if look.wide else side_px
    return Tile(look, icon, side, side * 0.72, ink=ink, ground=ground)


def _words(look: Look, title: str, lines: tuple[str, ...], ground: Colour) -> Column:
    kinds = look.theme.type
    parts: list[Part] = [Text(look, title, kinds.item, ground=ground)]
    ink = look.colour.second
    parts += [Text(look, line, kinds.small, ink=ink, ground=ground) for line in lines]
    return Column(look, parts, 0)
