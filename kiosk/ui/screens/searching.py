"""SEARCHING: code and date are checked, and the exams are looked up."""

from kiosk.domain.session.events import GoBack, TakeWay
from kiosk.domain.session.places import Searching, Way
from kiosk.ui.page import Page
from kiosk.ui.screens.frame import Frame
from kiosk.ui.widgets.button import go_back, secondary
from kiosk.ui.widgets.icon import Tile
from kiosk.ui.widgets.layout import spring


def searching(frame: Frame, place: Searching) -> Page:
    """Return a calm page that says how long it takes, and a way out when it takes longer."""
    look = frame.look
    come_back = secondary(
        look,
        frame.say("searching.later"),
        TakeWay(Way.PRINT_TICKET),
        name="come-back-later",
        icon="ticket",
    )
    glass = Tile(
        look, "magnifying-glass", 420, 240, ink=look.colour.primary, ground=look.colour.tint
    )
    return Page(
        look,
        frame.send,
        brand=frame.brand(1),
        rail=frame.rail(),
        title=frame.say("searching.title"),
        lead=frame.say("searching.slow" if place.slow else "searching.lead"),
        content=[spring(look), glass, spring(look)],
        back=go_back(look, frame.say("rail.go_back"), GoBack()),
        primary=come_back if place.slow else None,
    )
