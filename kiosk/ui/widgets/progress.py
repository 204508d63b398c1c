"""How far something is: a ring, a bar, a list of stages. All show what is so, none is a timer."""

from enum import Enum, auto

from kiosk.ui.box import Box
from kiosk.ui.drawing import arc, edge, fill
from kiosk.ui.look import Look
from kiosk.ui.theme import Colour, Role
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.mark import Sign
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Side, Text

_THICK = 0.066
"""Of a ring, as a share of its diameter."""
_BAR_PX = 28


class Ring(Part):
    """A ring that fills, around a number.

    Parameters
    ----------
    share
        0 to 1.
    number, caption
        In its middle.
    diameter_px
        Of the design.
    """

    def __init__(
        self,
        look: Look,
        share: float,
        number: str,
        caption: str = "",
        *,
        diameter_px: float = 424,
        role: Role | None = None,
        ground: Colour | None = None,
    ) -> None:
        kinds = look.theme.type
        ground = ground or look.colour.page
        self.number = Text(look, number, role or kinds.minutes, ground=ground, side=Side.CENTRE)
        words: list[Part] = [self.number]
        if caption:
            words.append(Text(look, caption, kinds.body_strong, ground=ground, side=Side.CENTRE))
        super().__init__(look, words)
        self.share = share
        self.diameter = look.px(diameter_px)

    def natural(self) -> float:
        """Return its diameter."""
        return float(self.diameter)

    def wish(self, width: float) -> float:
        """Return its diameter."""
        return float(self.diameter)

    def show(self, share: float, number: str) -> None:
        """Show another share and number in the same place."""
        if number != self.number.text:
            self.number.say(number)
        self.share = share
        self.redraw()

    def arrange(self, box: Box) -> None:
        """Place number and caption in the middle."""
        inner = box.centred(self.diameter * 0.8, self.diameter)
        heights = [part.wish(inner.width) for part in self.parts]
        # Digits fill their line less than letters do, so the caption moves up to them.
        closer = self.number.font.px * 0.11 if len(self.parts) > 1 else 0.0
        group = inner.centred(inner.width, sum(heights) - closer)
        self.number.place(group.from_top(0, heights[0]))
        if len(self.parts) > 1:
            self.parts[1].place(group.from_top(heights[0] - closer, heights[1]))

    def draw(self, box: Box) -> None:
        """Draw the whole ring, and over it the part that is done."""
        at = box.centred(self.diameter, self.diameter)
        contrast = self.look.theme.flat
        track = self.look.colour.sunk if contrast else self.look.colour.line
        width = self.diameter * _THICK
        arc(at, track, width, 1)
        arc(at, self.look.colour.primary, width, self.share)


class Bar(Part):
    """A bar that fills from the side where reading starts.

    Parameters
    ----------
    share
        0 to 1.
    """

    def __init__(self, look: Look, share: float) -> None:
        super().__init__(look)
        self.share = share

    def wish(self, width: float) -> float:
        """Return its height."""
        return float(self.look.px(_BAR_PX))

    def show(self, share: float) -> None:
        """Show another share in the same place."""
        self.share = share
        self.redraw()

    def draw(self, box: Box) -> None:
        """Draw the whole bar, and over it the part that is done."""
        colour = self.look.colour
        contrast = self.look.theme.flat
        fill(box, colour.sunk if contrast else colour.line, box.height / 2)
        width = max(box.height, round(box.width * min(1.0, self.share)))
        if self.share > 0:
            fill(box.from_start(0, width, self.look.rtl), colour.primary, box.height / 2)


class StageState(Enum):
    """Where one stage stands."""

    DONE = auto()
    NOW = auto()
    LATER = auto()


class StageRow(Part):
    """One stage: its sign, its name, how far it is, and a bar while it is going on.

    Parameters
    ----------
    right
        At the end of the line: ``430 of 430``, ``62%``.
    share
        Of the bar; None without one.
    """

    def __init__(
        self,
        look: Look,
        label: str,
        state: StageState,
        right: str = "",
        share: float | None = None,
    ) -> None:
        kinds, colour = look.theme.type, look.colour
        later = state is StageState.LATER
        ground = colour.card
        self.sign = _StageSign(look, state)
        self.label = Text(
            look,
            label,
            kinds.body if later else kinds.item,
            ink=colour.second if later else colour.text,
            ground=ground,
        )
        now = state is StageState.NOW
        self.at_end = Text(
            look,
            right,
            kinds.item if now else kinds.small,
            ink=colour.text if now else colour.second,
            ground=ground,
            side=Side.END,
        )
        self.bar = Bar(look, share) if share is not None else None
        super().__init__(look, [self.sign, self.label, self.at_end])
        if self.bar:
            self.add(self.bar)

    def wish(self, width: float) -> float:
        """Return the height of its line, and its bar."""
        line = max(self.sign.wish(0), self.label.wish(self._room(width))) + self.look.px(40)
        return line + (self.bar.wish(width) + self.look.px(24) if self.bar else 0)

    def least(self, width: float) -> float:
        """Return the height with little air."""
        return self.wish(width) - self.look.px(28)

    def arrange(self, box: Box) -> None:
        """Place sign, name and share on one line, the bar below."""
        look = self.look
        below = self.bar.wish(box.width) + look.px(24) if self.bar else 0
        line = box.from_top(0, box.height - below)
        side, beside = self.sign.natural(), self._start()
        self.sign.place(line.from_start(0, side, look.rtl).centred(side, side))
        room = self._room(box.width)
        height = self.label.wish(room)
        self.label.place(line.from_start(beside, room, look.rtl).centred(room, height))
        right = box.width - beside - room - look.px(16) if self.at_end.text else 0
        at_end = line.from_start(box.width - right, right, look.rtl)
        self.at_end.place(at_end.centred(right, self.at_end.font.line_px))
        if self.bar:
            under = box.from_start(beside, box.width - beside, look.rtl)
            height = self.bar.wish(under.width)
            self.bar.place(Box(under.x, under.y + look.px(24), under.width, height))

    def _start(self) -> float:
        return self.sign.natural() + self.look.px(28)

    def _room(self, width: float) -> float:
        right = self.at_end.natural() + 1 + self.look.px(16) if self.at_end.text else 0
        return width - self._start() - right


class _StageSign(Sign):
    """A tick, a filled circle or an empty one."""

    def __init__(self, look: Look, state: StageState) -> None:
        super().__init__(look)
        self.state = state
        if state is StageState.DONE:
            colour = look.colour
            self.add(Icon(look, "check", 42, ink=colour.right, ground=colour.right_ground))

    def draw(self, box: Box) -> None:
        """Draw the circle."""
        look, colour, half = self.look, self.look.colour, self.side / 2
        if self.state is StageState.DONE:
            fill(box, colour.right_ground, half)
        elif self.state is StageState.NOW:
            edge(box, colour.primary, half, look.px(6))
            dot = look.px(28)
            fill(box.centred(dot, dot), colour.primary, dot / 2)
        else:
            edge(box, colour.edge, half, look.px(4))
