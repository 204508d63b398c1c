"""In whose right somebody signs for the patient."""

from kiosk.domain.session.events import GoBack, GoOn, PickAuthority
from kiosk.domain.session.facts import Authority
from kiosk.domain.session.places import WhoAreYou
from kiosk.ui.page import Page
from kiosk.ui.screens.answer import answer, answers
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.notice import told
from kiosk.ui.widgets.button import go_back, primary
from kiosk.ui.widgets.card import ChoiceCard

ICONS = {
    Authority.PARENT: "baby",
    Authority.GUARDIAN: "scales",
    Authority.POWER_OF_ATTORNEY: "handshake",
    Authority.EXECUTOR: "file-text",
}


def who_are_you(frame: Frame, place: WhoAreYou) -> Page:
    """Return the page with the four rights that staff can check."""
    look, chosen = frame.look, place.wish.authority
    cards = [_card(frame, authority, authority is chosen) for authority in Authority]
    lead = frame.say("authority.lead")
    return Page(
        look,
        frame.send,
        brand=frame.brand(4),
        rail=frame.rail(),
        title=frame.say("authority.title"),
        lead=told(frame, f"errors.{place.notice}") if place.notice else lead,
        content=[answers(frame, cards, place.page)],
        back=go_back(look, frame.say("rail.go_back"), GoBack()),
        primary=primary(look, frame.say("authority.enter_name"), GoOn()),
    )


def _card(frame: Frame, authority: Authority, chosen: bool) -> ChoiceCard:
    words = frame.say(f"authority.{authority}"), frame.say(f"authority.{authority}_more")
    name, pick = f"authority-{authority}", PickAuthority(authority)
    return answer(frame, words, pick, name=name, icon=ICONS[authority], chosen=chosen)
