"""A table whose first column stands at the side from which its page is read."""

from contextlib import ExitStack
from copy import copy
from typing import Any

from reportlab import platypus

from forms.typography.page import Page, is_mirrored

_OTHER_SIDE = {"LEFT": "RIGHT", "RIGHT": "LEFT"}


class Table(platypus.Table):
    """A table; its lines and grounds span all columns, so that they look the same mirrored."""

    canv: Any
    _colWidths: Any  # noqa: N815 - reportlab's name

    def _drawCell(  # noqa: N802 - reportlab's name
        self, cell: Any, style: Any, place: tuple[float, float], size: tuple[float, float]
    ) -> None:
        if is_mirrored(self.canv):
            (left, foot), (width, _) = place, size
            place = sum(self._colWidths) - left - width, foot
            style = _mirrored(style)
        super()._drawCell(  # type: ignore[misc]  # the stub leaves it out
            cell, style, place, size
        )


class DataTable(Table):
    """A table that is one to the ear too: its cells are read row by row."""

    def draw(self) -> None:
        """Draw it as a table, which holds rows, which hold cells (PDF 32000-1, 14.8.4.3.4)."""
        with ExitStack() as self._table, ExitStack() as self._row:
            self._foot: float | None = None
            if isinstance(self.canv, Page):
                self._table.enter_context(self.canv.part("Table"))
            super().draw()

    def _drawCell(  # noqa: N802 - reportlab's name
        self, cell: Any, style: Any, place: tuple[float, float], size: tuple[float, float]
    ) -> None:
        _, foot = place
        if foot != self._foot:
            self._foot = foot
            self._row.close()
            self._row.enter_context(self.canv.part("TR"))
        with self.canv.part("TD"):
            super()._drawCell(cell, style, place, size)


def _mirrored(style: Any) -> Any:
    other = copy(style)
    other.alignment = _OTHER_SIDE.get(style.alignment, style.alignment)
    other.leftPadding, other.rightPadding = style.rightPadding, style.leftPadding
    return other
