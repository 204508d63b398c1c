"""A list that shows as many cards as fit, and large buttons to see the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.ui.box import Box
from kiosk.ui.look import Look
from kiosk.ui.widgets.button import Button, small
from kiosk.ui.widgets.layout import Column, Row, touch_gap
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Text

CountText = Callable[[int, int, int], str]
"""First and last that are shown, counted from 1, and how many there are."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A button that shows other cards."""

    label: Callable[[int], str]
    """Says how many are on that side: ``See 2 more``."""
    event: Callable[[int], Any]
    """Returns the event that leads to a page."""
    name: str


class Pager(Part):
    """Cards, page by page.

    Parameters
    ----------
    page
        From 0; beyond the last page the last is shown.
    count_text
        Says which are shown: ``Exams 1 to 4 of 6``.
    newer, older
        Lead to the page before and after; each is absent where there is none.
    """

    def __init__(
        self,
        look: Look,
        cards: Sequence[Part],
        *,
        page: int,
        count_text: CountText,
        newer: Turn,
        older: Turn,
    ) -> None:
        super().__init__(look)
        self.cards = list(cards)
        self.page = page
        self.count_text = count_text
        self.newer, self.older = newer, older

    def wish(self, width: float) -> float:
        """Return the height of all cards."""
        return Column(self.look, self.cards).wish(width)

    def least(self, width: float) -> float:
        """Return the height with one card on each page."""
        tallest = max(card.least(width) for card in self.cards)
        if len(self.cards) == 1:
            return tallest
        middle = self._foot(width, 1, 1, 2)
        return tallest + touch_gap(self.look) + middle.wish(width)

    def arrange(self, box: Box) -> None:
        """Choose what is shown, and place it."""
        pages = self._pages(box)
        page = min(self.page, len(pages) - 1)
        column = self._column(box.width, page, *pages[page])
        self.parts = [column]
        high = min(box.height, column.wish(box.width))
        down = box.height - high if self.look.comfort.lower_buttons else 0.0
        column.place(box.from_top(down, high))

    def _pages(self, box: Box) -> list[tuple[int, int]]:
        """Return first and end of each page."""
        pages: list[tuple[int, int]] = []
        first = 0
        while first < len(self.cards):
            lasts = range(len(self.cards), first, -1)
            columns = ((last, self._column(box.width, len(pages), first, last)) for last in lasts)
            fits = (last for last, column in columns if self._fits(column, box))
            last = next(fits, first + 1)
            pages.append((first, last))
            first = last
        return pages

    def _fits(self, column: Column, box: Box) -> bool:
        """Tell whether a page has room; cards of large letters stand closer together."""
        is_close = self.look.comfort.large_text
        high = column.least(box.width) if is_close else column.wish(box.width)
        return high <= box.height

    def _column(self, width: float, page: int, first: int, last: int) -> Column:
        """Return a page that shows some of the cards."""
        parts = self.cards[first:last]
        if last - first < len(self.cards):
            parts = [*parts, self._foot(width, page, first, last)]
        return Column(self.look, parts)

    def _foot(self, width: float, page: int, first: int, last: int) -> Part:
        """Return the count beside the buttons, or above them where a word would not fit."""
        look, total = self.look, len(self.cards)
        buttons: list[Part] = []
        if first > 0:
            buttons.append(self._button(self.newer, first, page - 1))
        if last < total:
            buttons.append(self._button(self.older, total - last, page + 1))
        words = Text(look, self.count_text(first + 1, last, total), look.theme.type.small_strong)
        share = 0.7 if len(buttons) > 1 else 1.0
        room = (width - len(buttons) * look.gap(16)) * share / (share + len(buttons))
        if words.narrowest() > room or words.wish(room) > 2 * words.font.line_px:
            return Column(look, [words, Row(look, buttons)], 8)
        return Row(look, [words, *buttons], shares=(share, *(1.0,) * len(buttons)), centred=True)

    def _button(self, turn: Turn, cards: int, page: int) -> Button:
        icon = "arrow-up" if turn is self.newer else "arrow-down"
        label, event = turn.label(cards), turn.event(page)
        return small(self.look, label, event, name=turn.name, icon=icon)
