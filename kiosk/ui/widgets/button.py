"""Buttons: a verb and its noun, and an icon beside it."""

from dataclasses import dataclass
from typing import Any

from kiosk.ui.box import Box
from kiosk.ui.drawing import edge, fill, shadow
from kiosk.ui.look import Look
from kiosk.ui.theme import Colour, Role, Shadow
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.text import Side, Text
from kiosk.ui.widgets.touchable import Touchable

_SIDE_PX = 10
"""Between words and edge, where there is no more room."""


@dataclass(frozen=True, slots=True)
class ButtonStyle:
    """How one kind of button looks."""

    role: Role
    height_px: float
    icon_px: float
    ink: Colour
    ground: Colour
    pressed_ink: Colour
    pressed_ground: Colour
    edge: Colour | None = None
    edge_px: float = 0
    shadow: Shadow | None = None
    side_px: float = 36
    """Left and right of the words, at least."""


class Button(Touchable):
    """A button; its words take a second line, or the icon's place, before anything is cut.

    Parameters
    ----------
    label
        A verb and a noun.
    icon
        Beside the words.
    icon_at_end
        Whether the icon stands after the words: it points onwards.
    """

    def __init__(
        self,
        look: Look,
        style: ButtonStyle,
        label: str,
        event: Any,
        *,
        name: str,
        icon: str | None = None,
        icon_at_end: bool = False,
        speech: str | None = None,
    ) -> None:
        super().__init__(look, name=name, event=event, speech=label if speech is None else speech)
        self.style = style
        self.label = Text(
            look, label, style.role, ink=style.ink, ground=style.ground, side=Side.CENTRE
        )
        self.label.speech = ""
        self.icon = icon and Icon(look, icon, style.icon_px, ink=style.ink, ground=style.ground)
        self.icon_at_end = icon_at_end
        self.add(self.label)
        if self.icon:
            self.add(self.icon)

    @property
    def ground(self) -> Colour:
        """The colour that it is filled with."""
        return self.style.pressed_ground if self.pressed else self.style.ground

    @property
    def ink(self) -> Colour:
        """The colour of its words."""
        return self.style.pressed_ink if self.pressed else self.style.ink

    def natural(self) -> float:
        """Return its width with the words on one line."""
        icon = self._icon_px if self.icon else 0
        return self.label.natural() + icon + 2 * self.look.px(self.style.side_px)

    def narrowest(self) -> float:
        """Return the width below which a word would be broken, or the icon left out."""
        icon = self._icon_px if self.icon else 0
        return self.label.narrowest() + icon + 2 * self.look.px(_SIDE_PX)

    def wish(self, width: float) -> float:
        """Return the height of its kind, or more where its words need it."""
        words = self.label.wish(self._room(width)) + 2 * self.look.px(14)
        return max(self.look.target(self.style.height_px), words)

    def least(self, width: float) -> float:
        """Return the height that its words and a finger need."""
        words = self.label.wish(self._room(width)) + 2 * self.look.px(8)
        return max(self.look.target(0), words)

    def arrange(self, box: Box) -> None:
        """Place words and icon in the middle."""
        room, beside = self._room(box.width), self._beside(box.width)
        words = min(room, self.label.setting(room).width + 1)
        height = self.label.wish(words)
        group = box.centred(words + beside, height)
        along = 0.0 if self.icon_at_end else beside
        self.label.place(group.from_start(along, words, self.look.rtl))
        self.parts = [self.label]
        if self.icon and beside:
            self.add(self.icon)
            along = group.width - self.icon.side_px if self.icon_at_end else 0.0
            at = group.from_start(along, self.icon.side_px, self.look.rtl)
            self.icon.place(at.centred(self.icon.side_px, self.icon.side_px))

    def redraw(self) -> None:
        """Draw anew, and the words in the colour that fits."""
        super().redraw()
        self.label.colour(self.ink, self.ground)
        if self.icon and self.icon.ink != self.ink:
            self.icon.colour(self.ink, self.ground)

    def draw(self, box: Box) -> None:
        """Draw shadow, ground and edge."""
        if not self.pressed:
            shadow(box, self.style.shadow, self.radius, self.look.panel.scale)
        fill(box, self.ground, self.radius)
        if self.style.edge:
            edge(box, self.style.edge, self.radius, self.look.px(self.style.edge_px))

    @property
    def _icon_px(self) -> float:
        return self.look.px(self.style.icon_px + 14)

    def _beside(self, width: float) -> float:
        """Return what the icon takes: nothing, if a word would have to be broken for it."""
        room = self._within(width) - self._icon_px
        return self._icon_px if self.icon and self.label.narrowest() <= room else 0.0

    def _room(self, width: float) -> float:
        return self._within(width) - self._beside(width)

    def _within(self, width: float) -> float:
        return width - 2 * self.look.px(_SIDE_PX)


def primary(
    look: Look, label: str, event: Any, *, name: str = "go-on", icon: str | None = "arrow-right"
) -> Button:
    """Return the one big button of a screen: the answer to its question."""
    style = _filled(look, look.theme.type.button, 128, 48)
    return Button(look, style, label, event, name=name, icon=icon, icon_at_end=True)


def hero(
    look: Look, label: str, event: Any, *, name: str = "go-on", icon: str | None = "arrow-right"
) -> Button:
    """Return the button of WELCOME and of the idle question."""
    style = _filled(look, look.theme.type.hero_button, 124 if look.wide else 152, 54)
    return Button(look, style, label, event, name=name, icon=icon, icon_at_end=True)


def secondary(look: Look, label: str, event: Any, *, name: str, icon: str | None = None) -> Button:
    """Return a second way, as high as the primary button beside it."""
    style = _outlined(look, look.theme.type.body_strong, 104 if look.wide else 128, 46)
    return Button(look, style, label, event, name=name, icon=icon)


def go_back(look: Look, label: str, event: Any, *, name: str = "back") -> Button:
    """Return the way back."""
    return secondary(look, label, event, name=name, icon="arrow-left")


def small(
    look: Look,
    label: str,
    event: Any,
    *,
    name: str,
    icon: str | None = None,
    speech: str | None = None,
) -> Button:
    """Return a button that does something to the screen's content."""
    style = _quiet(look, look.theme.type.key)
    return Button(look, style, label, event, name=name, icon=icon, speech=speech)


def small_primary(
    look: Look, label: str, event: Any, *, name: str, icon: str | None = None
) -> Button:
    """Return a small button in the colour of going on, beside a box that it changes."""
    style = _outlined(look, look.theme.type.key, 112, 46)
    return Button(look, style, label, event, name=name, icon=icon)


def choice(
    look: Look,
    label: str,
    event: Any,
    *,
    name: str,
    chosen: bool,
    speech: str | None = None,
    role: Role | None = None,
) -> Button:
    """Return one of several answers side by side; the chosen one has a tick."""
    role = role or look.theme.type.key
    style = _chosen(look, role) if chosen else _quiet(look, role)
    icon = "check" if chosen else None
    return Button(look, style, label, event, name=name, icon=icon, speech=speech)


def _filled(look: Look, role: Role, height_px: float, icon_px: float) -> ButtonStyle:
    colour, shadows = look.colour, look.theme.shadow
    return ButtonStyle(
        role,
        height_px,
        icon_px,
        ink=colour.on_primary,
        ground=colour.primary,
        pressed_ink=colour.on_primary,
        pressed_ground=colour.primary_pressed,
        shadow=shadows.primary,
    )


def _outlined(look: Look, role: Role, height_px: float, icon_px: float) -> ButtonStyle:
    colour = look.colour
    return ButtonStyle(
        role,
        height_px,
        icon_px,
        ink=colour.primary,
        ground=colour.card,
        pressed_ink=colour.primary,
        pressed_ground=colour.tint_pressed,
        edge=colour.primary,
        edge_px=look.theme.stroke.edge,
    )


def _quiet(look: Look, role: Role) -> ButtonStyle:
    colour = look.colour
    return ButtonStyle(
        role,
        90 if look.wide else 104,
        42,
        ink=colour.text,
        ground=colour.card,
        pressed_ink=colour.text,
        pressed_ground=colour.pressed,
        edge=colour.edge,
        edge_px=look.theme.stroke.edge,
    )


def _chosen(look: Look, role: Role) -> ButtonStyle:
    colour = look.colour
    return ButtonStyle(
        role,
        90 if look.wide else 104,
        42,
        ink=colour.primary,
        ground=colour.tint,
        pressed_ink=colour.primary,
        pressed_ground=colour.tint_pressed,
        edge=colour.chosen_edge,
        edge_px=look.theme.stroke.selected,
    )
