"""A dark screen for somebody who listens: nobody behind them can read along."""

from dataclasses import replace

from kiosk.domain.session.events import SetComfort
from kiosk.ui.page import Page
from kiosk.ui.screens.frame import Frame
from kiosk.ui.theme import Themes
from kiosk.ui.widgets.brand import Brand
from kiosk.ui.widgets.button import small
from kiosk.ui.widgets.layout import spring
from kiosk.ui.widgets.text import Text


def hidden(frame: Frame) -> Page:
    """Return a dark page with the one way to see everything again."""
    comfort = replace(frame.session.comfort, high_contrast=True)
    look = replace(frame.look, comfort=comfort, theme=Themes.read().high_contrast)
    dark = replace(frame, look=look)
    shown = SetComfort(replace(frame.session.comfort, screen_hidden=False))
    return Page(
        look,
        frame.send,
        brand=Brand(look, ""),
        rail=dark.rail(),
        content=[
            spring(look),
            Text(look, frame.say("speech.screen_hidden"), look.theme.type.body),
            small(look, frame.say("see_and_hear.shown"), shown, name="show", icon="eye"),
            spring(look),
        ],
    )
