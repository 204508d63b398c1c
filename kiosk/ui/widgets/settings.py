"""Settings: what each is called, and its answers side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.ui.box import Box
from kiosk.ui.look import Look
from kiosk.ui.widgets.icon import Icon, Tile
from kiosk.ui.widgets.layout import Column, Row, Space
from kiosk.ui.widgets.note import IconLine
from kiosk.ui.widgets.pairs import SettingRow
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Text

_TILE_PX, _ICON_PX = 96, 56
_BELOW_PX, _LEAST_BELOW_PX, _APART_PX = 56, 14, 56


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set."""

    icon: str
    label: str
    answers: tuple[Part, ...]
    """Buttons, or a sentence in place of one that cannot be used."""


class Settings(Part):
    """One setting a line; where lines are too short or too many, in two columns below their names.

    Parameters
    ----------
    settings
        In reading order.
    """

    def __init__(self, look: Look, settings: Sequence[Setting]) -> None:
        super().__init__(look)
        self.settings = settings
        self.labels = [Text(look, each.label, look.theme.type.item) for each in settings]

    def wish(self, width: float) -> float:
        """Return the height as it looks best."""
        return self._laid(width, self._may_be_lines(width)).wish(width)

    def least(self, width: float) -> float:
        """Return the height with little air."""
        in_lines = self._may_be_lines(width)
        return min(self._laid(width, each).least(width) for each in {in_lines, False})

    def arrange(self, box: Box) -> None:
        """Lay the settings out in lines, else in columns."""
        in_lines = self._may_be_lines(box.width)
        if in_lines:
            in_lines = self._laid(box.width, in_lines).least(box.width) <= box.height
        laid = self._laid(box.width, in_lines)
        self.parts = [laid]
        laid.place(box)

    def _may_be_lines(self, width: float) -> bool:
        """Tell whether no word has to be broken when each setting stands on one line."""
        look = self.look
        if look.wide:
            return False
        answers = SettingRow.answers_width(width)
        room = width - answers - look.px(_TILE_PX) - 2 * look.px(28)
        return all(label.narrowest() <= room for label in self.labels) and all(
            answer.narrowest() <= (answers - look.gap(16)) / len(each.answers)
            for each in self.settings
            for answer in each.answers
        )

    def _laid(self, width: float, in_lines: bool) -> Column:
        if in_lines:
            return Column(self.look, [self._line(each) for each in self.settings], 0)
        return self._two_columns(width)

    def _line(self, setting: Setting) -> Part:
        colour = self.look.colour
        tile = Tile(
            self.look, setting.icon, _TILE_PX, _ICON_PX, ink=colour.primary, ground=colour.tint
        )
        return SettingRow(self.look, tile, setting.label, setting.answers)

    def _two_columns(self, width: float) -> Column:
        look = self.look
        apart = self._apart(width)
        cells: list[Part] = [self._cell(each, (width - apart) / 2) for each in self.settings]
        cells += [Part(look)] * (len(cells) % 2)
        rows: list[Part] = []
        for left, right in zip(cells[::2], cells[1::2], strict=True):
            row = Row(look, [left, right], gap_px=apart / look.panel.scale)
            rows += [Space(look, _BELOW_PX, _LEAST_BELOW_PX), row]
        return Column(look, rows[1:])

    def _cell(self, setting: Setting, width: float) -> Part:
        look = self.look
        icon = Icon(look, setting.icon, 56, ink=look.colour.primary)
        name = IconLine(look, icon, Text(look, setting.label, look.theme.type.item), 18)
        beside = self._are_beside(setting, width)
        answers: Part = (
            Row(look, setting.answers) if beside else Column(look, list(setting.answers))
        )
        return Column(look, [name, answers], 8)

    def _apart(self, width: float) -> float:
        """Return the width between the columns: as much as answers need not have."""
        wide = self.look.gap(_APART_PX)
        fits = all(self._are_beside(each, (width - wide) / 2) for each in self.settings)
        return wide if fits else self.look.gap(16)

    def _are_beside(self, setting: Setting, width: float) -> bool:
        room = (width - self.look.gap(16)) / len(setting.answers)
        return all(answer.narrowest() <= room for answer in setting.answers)
