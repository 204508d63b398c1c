"""The rail along the bottom edge: the same on every screen."""

from typing import Any

from kiosk.ui.box import Box
from kiosk.ui.drawing import edge, fill
from kiosk.ui.look import Look
from kiosk.ui.theme import Colour
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.note import StaffLine
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Side, Text
from kiosk.ui.widgets.touchable import Touchable


class RailButton(Touchable):
    """One button of the rail: an icon and a word.

    Parameters
    ----------
    person
        Whether it calls a person: the only amber button.
    """

    def __init__(
        self,
        look: Look,
        icon: str,
        label: str,
        event: Any,
        *,
        name: str,
        person: bool = False,
        speech: str | None = None,
    ) -> None:
        super().__init__(look, name=name, event=event, speech=label if speech is None else speech)
        self.person = person
        self.icon = Icon(look, icon, 50, ink=self.ink, ground=self.ground)
        side = Side.START if look.wide else Side.CENTRE
        self.label = Text(look, label, self._role(), ink=self.ink, ground=self.ground, side=side)
        self.label.speech = ""
        self.add(self.icon)
        self.add(self.label)

    @property
    def ground(self) -> Colour:
        """Amber for a person, else the page's colour."""
        colour = self.look.colour
        if self.person:
            return colour.person_pressed if self.pressed else colour.person
        return colour.pressed if self.pressed else colour.page

    @property
    def ink(self) -> Colour:
        """The colour of its word."""
        return self.look.colour.on_person if self.person else self.look.colour.text

    @property
    def radius(self) -> float:
        """Of its corners, px."""
        return self.look.px(self.look.theme.radius.key)

    def wish(self, width: float) -> float:
        """Return the height of icon and word."""
        look = self.look
        if look.wide:
            return max(look.target(96), self.label.wish(self._room(width)) + look.px(16))
        words = self.label.wish(width - 2 * look.px(6))
        return max(look.target(136), self.icon.side_px + words + look.px(48))

    def arrange(self, box: Box) -> None:
        """Place the icon above the word; beside it on a wide panel."""
        if self.look.wide:
            self._side_by_side(box)
            return
        inner = box.inset(self.look.px(6), 0)
        words = self.label.wish(inner.width)
        group = inner.centred(inner.width, self.icon.side_px + self.look.px(6) + words)
        self.icon.place(group.from_top(0, self.icon.side_px))
        self.label.place(group.from_top(group.height - words, words))

    def _side_by_side(self, box: Box) -> None:
        gap = self.look.px(18)
        room = self._room(box.width)
        words = self.label.setting(room).width + 1
        side = self.icon.side_px
        group = box.centred(side + gap + words, self.label.wish(room))
        icon = group.from_start(0, side, self.look.rtl)
        self.icon.place(icon.centred(side, side))
        self.label.place(group.from_start(side + gap, words, self.look.rtl))

    def _room(self, width: float) -> float:
        return width - self.icon.side_px - self.look.px(18 + 24)

    def redraw(self) -> None:
        """Draw anew, and the word in the colour that fits."""
        super().redraw()
        self.label.colour(self.ink, self.ground)

    def draw(self, box: Box) -> None:
        """Draw ground and edge."""
        fill(box, self.ground, self.radius)
        if not self.person:
            width = self.look.px(self.look.theme.stroke.hairline)
            edge(box, self.look.colour.edge, self.radius, width)

    def _role(self) -> Any:
        kinds = self.look.theme.type
        return kinds.key if self.look.wide else kinds.rail


class Rail(Part):
    """The buttons that never move.

    Parameters
    ----------
    buttons
        Call staff first; the way out last, absent where there is nothing to undo.
    staff_called
        That staff were called, as long as it is true.
    """

    def __init__(self, look: Look, buttons: list[RailButton], staff_called: str = "") -> None:
        self.line = StaffLine(look, staff_called) if staff_called else None
        super().__init__(look, [*([self.line] if self.line else []), *buttons])
        self.buttons = buttons

    def wish(self, width: float) -> float:
        """Return the height of its buttons and the ground around them."""
        cell = self._cell(width)
        buttons = max(button.wish(cell) for button in self.buttons)
        return buttons + 2 * self._margin() + self._line_height(width)

    def arrange(self, box: Box) -> None:
        """Place the buttons from the start."""
        side, gap, cell = self._side(), self.look.gap(16), self._cell(box.width)
        inner = box.inset(side, 0)
        line = self._line_height(box.width)
        if self.line:
            self.line.place(inner.from_top(self._margin() // 2, line))
        row = inner.from_top(self._margin() + line, box.height - 2 * self._margin() - line)
        for number, button in enumerate(self.buttons):
            button.place(row.from_start(number * (cell + gap), cell, self.look.rtl))

    def draw(self, box: Box) -> None:
        """Draw the ground and the line above it."""
        fill(box, self.look.colour.card)
        hairline = self.look.px(self.look.theme.stroke.hairline)
        fill(box.from_top(0, hairline), self.look.colour.line)

    def _line_height(self, width: float) -> float:
        return self.line.wish(width - 2 * self._side()) if self.line else 0.0

    def _margin(self) -> int:
        return self.look.px(19 if self.look.wide else 23)

    def _side(self) -> int:
        if self.look.wide:
            return self.look.px(64)
        # Letters that are larger than drawn need the room at the sides.
        role = self.look.theme.type.rail
        is_larger = self.look.font(role).px > self.look.px(role.px + 2)
        return self.look.px(24 if is_larger else 48)

    def _cell(self, width: float) -> float:
        free = width - 2 * self._side() - self.look.gap(16) * (len(self.buttons) - 1)
        return free // len(self.buttons)
