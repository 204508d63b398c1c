"""Who the copy is for, and why."""

from kiosk.domain.session.events import GoBack, GoOn, PickPurpose, SignForSomeone
from kiosk.domain.session.facts import Purpose
from kiosk.domain.session.places import WhoFor
from kiosk.ui.page import Page
from kiosk.ui.screens.answer import answer, answers, card_px, tile_px
from kiosk.ui.screens.frame import Frame
from kiosk.ui.widgets.button import go_back, primary
from kiosk.ui.widgets.card import ChoiceCard, Kind, tile
from kiosk.ui.widgets.layout import Column, Space, spring
from kiosk.ui.widgets.mark import Mark
from kiosk.ui.widgets.text import Text

ICONS = {
    Purpose.MYSELF: "user",
    Purpose.DOCTOR: "stethoscope",
    Purpose.SECOND_OPINION: "chats-circle",
    Purpose.TREATMENT: "hospital",
    Purpose.HEALTH_RECORD: "first-aid-kit",
}


def who_for(frame: Frame, place: WhoFor) -> Page:
    """Return the page with the purposes, and the way for who signs for somebody else."""
    if not frame.look.wide:
        return _page(frame, place, is_beside=False)
    page = _page(frame, place, is_beside=True)
    return _page(frame, place, is_beside=False) if page.is_crowded else page


def _page(frame: Frame, place: WhoFor, *, is_beside: bool) -> Page:
    """Return the page, the way for somebody else below the lead or below the purposes."""
    look = frame.look
    cards = [_card(frame, purpose, purpose is place.wish.purpose) for purpose in Purpose]
    lead = Text(look, frame.say("who_for.lead"), look.theme.type.body, ink=look.colour.second)
    space, other = Space(look, 40, 20), _someone_else(frame)
    below = [] if is_beside else [space, other]
    return Page(
        look,
        frame.send,
        brand=frame.brand(4),
        rail=frame.rail(),
        title=frame.say("who_for.title"),
        lead=Column(look, [lead, space, other]) if is_beside else lead,
        content=[answers(frame, cards, place.page), *below, spring(look)],
        back=go_back(look, frame.say("rail.go_back"), GoBack()),
        primary=primary(look, frame.say("who_for.read"), GoOn()),
    )


def _card(frame: Frame, purpose: Purpose, chosen: bool) -> ChoiceCard:
    words = frame.say(f"who_for.{purpose}"), frame.say(f"who_for.{purpose}_more")
    name, pick = f"purpose-{purpose}", PickPurpose(purpose)
    return answer(frame, words, pick, name=name, icon=ICONS[purpose], chosen=chosen)


def _someone_else(frame: Frame) -> Column:
    look = frame.look
    question = Text(look, frame.say("who_for.someone_else_title"), look.theme.type.small_strong)
    card = ChoiceCard(
        look,
        frame.say("who_for.someone_else"),
        SignForSomeone(),
        name="someone-else",
        lines=(frame.say("who_for.someone_else_more"),),
        picture=tile(look, "users", Kind.PERSON, tile_px(look)),
        mark=Mark.ARROW,
        height_px=card_px(look),
    )
    return Column(look, [question, card], 12)
