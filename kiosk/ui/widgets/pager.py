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
        """Return the height with all cards on one page."""
        return sum(card.wish(width) for card in self.cards) + touch_gap(self.look) * (
            len(self.cards) - 1
        )

    def least(self, width: float) -> float:
        """Return the height with one card on each page."""
        tallest = max(card.wish(width) for card in self.cards)
        if len(self.cards) == 1:
            return tallest
        return tallest + touch_gap(self.look) + self._tallest_foot(width).wish(width)

    def arrange(self, box: Box) -> None:
        """Choose what is shown, and place it."""
        pages = self._pages(box)
        page = min(self.page, len(pages) - 1)
        first, last = pages[page]
        shown = self.cards[first:last]
        if len(pages) > 1:
            buttons = []
            if page > 0:
                buttons.append(self._button(self.newer, first, page - 1))
            if page < len(pages) - 1:
                buttons.append(self._button(self.older, len(self.cards) - last, page + 1))
            shown.append(self._foot(box.width, first, last, buttons))
        self._show(shown, box)

    def _show(self, parts: list[Part], box: Box) -> None:
        column = Column(self.look, parts)
        self.parts = [column]
        column.place(box)

    def _pages(self, box: Box) -> list[tuple[int, int]]:
        """Return first and end of each page; the foot stands on each, so that it never moves."""
        if self.wish(box.width) <= box.height:
            return [(0, len(self.cards))]
        foot = self._tallest_foot(box.width).wish(box.width) + touch_gap(self.look)
        pages: list[tuple[int, int]] = []
        first, used = 0, foot
        for number, card in enumerate(self.cards):
            height = card.wish(box.width)
            if number > first and used + height > box.height:
                pages.append((first, number))
                first, used = number, foot
            used += height + touch_gap(self.look)
        return [*pages, (first, len(self.cards))]

    def _tallest_foot(self, width: float) -> Part:
        total = len(self.cards)
        buttons = [self._button(turn, total - 1, 0) for turn in (self.newer, self.older)]
        return self._foot(width, 0, total, buttons)

    def _foot(self, width: float, first: int, last: int, buttons: Sequence[Button]) -> Part:
        """Return the count beside the buttons, or above them where a word would not fit."""
        look = self.look
        count = self.count_text(first + 1, last, len(self.cards))
        words = Text(look, count, look.theme.type.small_strong)
        share = 0.7 if len(buttons) > 1 else 1.0
        room = (width - len(buttons) * look.gap(16)) * share / (share + len(buttons))
        if words.narrowest() > room:
            return Column(look, [words, Row(look, buttons)], 8)
        return Row(look, [words, *buttons], shares=(share, *(1.0,) * len(buttons)), centred=True)

    def _button(self, turn: Turn, cards: int, page: int) -> Button:
        icon = "arrow-up" if turn is self.newer else "arrow-down"
        label, event = turn.label(cards), turn.event(page)
        return small(self.look, label, event, name=turn.name, icon=icon)
