"""The answers to a question: a card for each, read aloud, part by part where they are many."""

from collections.abc import Sequence

from kiosk.domain.session.events import Event, TurnPage
from kiosk.ui.look import Look
from kiosk.ui.screens.frame import Frame
from kiosk.ui.widgets.card import ChoiceCard, Kind, tile
from kiosk.ui.widgets.pager import Pager, Turn
from kiosk.ui.widgets.part import Part


def said(frame: Frame, words: str, chosen: bool) -> str:
    """Return what an answer is, and whether it is the chosen one."""
    return f"{words}. {frame.say('speech.chosen' if chosen else 'speech.not_chosen')}."


def card_px(look: Look) -> int:
    """Return the height of a card with one answer, in px of the design."""
    return 124 if look.flat_lists else 164


def tile_px(look: Look) -> int:
    """Return the side of the pictogram on it."""
    return 80 if look.flat_lists else 112


def answer(
    frame: Frame, words: tuple[str, str], event: Event, *, name: str, icon: str, chosen: bool
) -> ChoiceCard:
    """Return the card of one answer: what it is, and a line that explains it."""
    look, (title, more) = frame.look, words
    return ChoiceCard(
        look,
        title,
        event,
        name=name,
        lines=(more,),
        picture=tile(look, icon, Kind.CHOSEN if chosen else Kind.PLAIN, tile_px(look)),
        chosen=chosen,
        height_px=card_px(look),
        speech=said(frame, f"{title}. {more}", chosen),
    )


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
