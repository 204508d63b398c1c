"""The keypad for numbers."""

from collections.abc import Callable
from typing import Any

from kiosk.ui.box import Box
from kiosk.ui.look import Look
from kiosk.ui.widgets.key import Key, command_key, digit_key
from kiosk.ui.widgets.layout import grid
from kiosk.ui.widgets.part import Part


class Keypad(Part):
    """0 to 9, and two keys that take away: in four rows, or in three on a wide panel.

    It runs from left to right in every language, as on the telephone that fingers know it from.

    Parameters
    ----------
    digit
        Returns the event of a digit.
    clear, delete
        Label and event: take everything away, and the last digit.
    """

    def __init__(
        self,
        look: Look,
        digit: Callable[[str], Any],
        *,
        clear: tuple[str, Any],
        delete: tuple[str, Any],
    ) -> None:
        digits: list[Key] = [digit_key(look, number, digit(number)) for number in "1234567890"]
        clear_all = command_key(look, *clear, name="clear-all")
        delete_last = command_key(look, *delete, name="delete", icon="backspace")
        if look.wide:
            one, four, seven = digits[:3], digits[3:6], digits[6:9]
            rows = [*one, delete_last, *four, clear_all, *seven, digits[9]]
            self.keys = grid(look, rows, 4)
        else:
            self.keys = grid(look, [*digits[:9], clear_all, digits[9], delete_last], 3)
        super().__init__(look, [self.keys])

    def wish(self, width: float) -> float:
        """Return the height of its rows."""
        return self.keys.wish(width)

    def least(self, width: float) -> float:
        """Return the height with keys as low as a finger needs."""
        return self.keys.least(width)

    def arrange(self, box: Box) -> None:
        """Place the keys."""
        self.keys.place(box)
        for key in self.keys.everything() if self.look.rtl else ():
            if isinstance(key, Key):
                at = key.box
                key.place(Box(box.x + box.right - at.right, at.y, at.width, at.height))
