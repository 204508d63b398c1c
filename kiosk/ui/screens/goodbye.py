"""GOODBYE: everything is gone from the screen."""

from kiosk.domain.session.places import Farewell, Goodbye
from kiosk.ui.page import Page
from kiosk.ui.screens.frame import Frame
from kiosk.ui.widgets.layout import Column, Space, spring
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.roundel import Roundel
from kiosk.ui.widgets.text import Text

_MORE = {Farewell.TICKET: "goodbye.ticket", Farewell.STOPPED: "goodbye.stopped"}
_ICONS = {Farewell.TICKET: "ticket", Farewell.TAKEN: "check-fat"}


def goodbye(frame: Frame, place: Goodbye) -> Page:
    """Say goodbye, and what is still to be done; any touch makes room for the next person."""
    look, kinds, colour = frame.look, frame.look.theme.type, frame.look.colour
    icon = _ICONS.get(place.farewell, "hand-waving")
    sentences = [frame.say("goodbye.lead")]
    if place.farewell in _MORE:
        sentences.insert(0, frame.say(_MORE[place.farewell]))
    role = kinds.display_wide if look.wide else kinds.display
    words: list[Part] = [Text(look, frame.say("goodbye.title"), role, even=True)]
    words += [Text(look, each, kinds.body, ink=colour.second) for each in sentences]
    return Page(
        look,
        frame.send,
        brand=frame.brand(),
        rail=frame.rail(),
        content=[
            spring(look),
            Roundel(look, icon, ink=colour.primary, ground=colour.tint),
            Space(look, 56, 20),
            Column(look, words, 20),
            spring(look),
            spring(look),
        ],
    )
