"""The name of who signs for the patient."""

from kiosk.domain.session.events import ClearAll, Delete, GoBack, GoOn, TypeLetter
from kiosk.domain.session.places import TypeSigner
from kiosk.ui.page import Page
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.notice import told
from kiosk.ui.widgets.button import go_back, primary
from kiosk.ui.widgets.cells import NameLine
from kiosk.ui.widgets.keyboard import Keyboard


def type_signer(frame: Frame, place: TypeSigner) -> Page:
    """Return the page with what was typed and the keyboard."""
    look, typed = frame.look, place.wish.signer_name
    lead = frame.say("name.lead_signer")
    keyboard = Keyboard(
        look,
        TypeLetter,
        typed=typed,
        space=frame.say("key.space"),
        delete=(frame.say("key.delete"), Delete()),
        clear=(frame.say("key.clear"), ClearAll()),
        other=frame.other_letters(place.latin),
    )
    return Page(
        look,
        frame.send,
        brand=frame.brand(4),
        rail=frame.rail(),
        title=frame.say("name.title_signer"),
        lead=told(frame, f"errors.{place.notice}") if place.notice else lead,
        content=[NameLine(look, typed)],
        keyboard=keyboard,
        back=go_back(look, frame.say("rail.go_back"), GoBack()),
        primary=primary(look, frame.say("name.use"), GoOn()),
    )
