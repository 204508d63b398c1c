"""Keys of the keypad and of the keyboard."""

from typing import Any

from kiosk.ui.look import Look
from kiosk.ui.theme import Colour, Role
from kiosk.ui.widgets.button import Button, ButtonStyle


class Key(Button):
    """A button with the round corners and the low shadow of a key."""

    @property
    def radius(self) -> float:
        """Of its corners, px."""
        return self.look.px(self.look.theme.radius.key)

    def _within(self, width: float) -> float:
        """Let a sign come closer to the edge than the words of a button."""
        return width - 2 * self.look.px(4)

    def least(self, width: float) -> float:
        """Return the height that a finger needs, and its sign."""
        return max(self.look.target(0), self.label.font.line_px)


def digit_key(look: Look, digit: str, event: Any) -> Key:
    """Return a key of the keypad."""
    style = _style(look, look.theme.type.digit, look.colour.card, 136, 0)
    return Key(look, style, digit, event, name=f"digit-{digit}")


def letter_key(look: Look, letter: str, event: Any, name: str) -> Key:
    """Return a key of the keyboard."""
    style = _style(look, look.theme.type.button, look.colour.card, 116, 0)
    return Key(look, style, letter, event, name=name)


def command_key(
    look: Look,
    label: str,
    event: Any,
    *,
    name: str,
    icon: str | None = None,
    height_px: float = 136,
) -> Key:
    """Return a key that does something with what was typed."""
    style = _style(look, look.theme.type.key, look.colour.sunk, height_px, 48)
    return Key(look, style, label, event, name=name, icon=icon)


def _style(look: Look, role: Role, ground: Colour, height_px: float, icon_px: float) -> ButtonStyle:
    colour, shadows = look.colour, look.theme.shadow
    return ButtonStyle(
        role,
        90 if look.wide else height_px,
        icon_px,
        ink=colour.text,
        ground=ground,
        pressed_ink=colour.text,
        pressed_ground=colour.tint_pressed,
        edge=colour.edge,
        edge_px=look.theme.stroke.hairline,
        shadow=shadows.key,
        side_px=8,
    )
