"""The whole kiosk is out of order."""

from kiosk.domain.session.places import Closed
from kiosk.text.words import Words, words_for
from kiosk.ui.page import Page
from kiosk.ui.screens.frame import Frame
from kiosk.ui.widgets.icon import Tile
from kiosk.ui.widgets.layout import Column, Space, spring
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Text


def closed(frame: Frame, place: Closed) -> Page:
    """Return a page that says where to go instead, in every language of the kiosk."""
    look = frame.look
    lead = Text(look, frame.say("closed.lead"), look.theme.type.button)
    wrench = Tile(look, "wrench", 240, 140, ink=look.colour.out, ground=look.colour.sunk)
    others = [code for code in frame.site.languages if code != frame.session.comfort.language]
    sign: list[Part] = [] if look.wide else [wrench, Space(look, 64, 24)]
    return Page(
        look,
        frame.send,
        brand=frame.brand(),
        rail=frame.rail(),
        title=frame.say("closed.title"),
        lead=Column(look, [lead, Space(look, 48), wrench]) if look.wide else lead,
        content=[
            spring(look),
            *sign,
            *[_also(frame, words_for(code)) for code in others],
            spring(look),
        ],
    )


def _also(frame: Frame, words: Words) -> Text:
    """Return the same in another language; the voice, which has one, leaves it out."""
    look = frame.look
    sentence = f"{words.say('closed.title')} • {words.say('closed.lead')}"
    text = Text(look, sentence, look.theme.type.small, ink=look.colour.second)
    text.speech = ""
    return text
