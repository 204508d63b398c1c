"""How a question's answers are read aloud, and shown part by part where they are many."""

from collections.abc import Sequence

from kiosk.domain.session.events import TurnPage
from kiosk.ui.screens.frame import Frame
from kiosk.ui.widgets.pager import Pager, Turn
from kiosk.ui.widgets.part import Part


def said(frame: Frame, words: str, chosen: bool) -> str:
    """Return what an answer is, and whether it is the chosen one."""
    return f"{words}. {frame.say('speech.chosen' if chosen else 'speech.not_chosen')}."


def answers(frame: Frame, cards: Sequence[Part], page: int) -> Pager:
    """Return cards of which as many are seen as fit."""
    look = frame.look

    def turn_to(wanted: int) -> TurnPage:
        return TurnPage(wanted - page)

    def count(first: int, last: int, total: int) -> str:
        if first == last:
            return frame.say("choose_media.range_one", first=first, total=total)
        return frame.say("choose_media.range", first=first, last=last, total=total)

    return Pager(
        look,
        cards,
        page=page,
        count_text=count,
        newer=Turn(lambda _: frame.say("choose_media.first"), turn_to, "newer"),
        older=Turn(lambda left: frame.count("choose_media.more", left), turn_to, "older"),
    )
