"""What lies over a screen: the languages, and the questions before a way out."""

from dataclasses import replace
from math import ceil

from kiosk.domain.session.events import Agree, CloseSheet, SetComfort
from kiosk.domain.session.idle import COUNT_DOWN
from kiosk.domain.session.places import (
    ChooseMedia,
    ChooseStudies,
    Collect,
    Confirm,
    EnterCode,
    EnterDate,
    Place,
    ReadForm,
    Searching,
    Sign,
    StillThere,
    TypeSigner,
    Waiting,
    WhoAreYou,
    WhoFor,
)
from kiosk.text.words import LANGUAGES
from kiosk.ui.page import Page
from kiosk.ui.screens.answer import said
from kiosk.ui.screens.enter_code import SPOKEN_STEP_S
from kiosk.ui.screens.frame import Frame
from kiosk.ui.widgets.brand import Brand
from kiosk.ui.widgets.button import hero, primary, secondary
from kiosk.ui.widgets.card import ChoiceCard
from kiosk.ui.widgets.icon import Tile
from kiosk.ui.widgets.layout import Row, Space, grid, spring
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.progress import Ring
from kiosk.ui.widgets.sheet import SheetCard
from kiosk.ui.widgets.text import Side, Text

STEPS: dict[type[Place], int] = {
    EnterCode: 1,
    EnterDate: 1,
    Searching: 1,
    ChooseStudies: 2,
    ChooseMedia: 3,
    WhoFor: 4,
    WhoAreYou: 4,
    TypeSigner: 4,
    ReadForm: 4,
    Sign: 4,
    Confirm: 4,
    Waiting: 5,
    Collect: 5,
}
"""The step of the screen below."""


def brand_below(frame: Frame) -> Brand:
    """Return the head of the screen that a sheet lies over."""
    return frame.brand(STEPS.get(type(frame.session.place)))


def languages(frame: Frame) -> Page:
    """Return the page with every language in its own script."""
    look = frame.look
    keep = frame.say("language.keep", language=look.words.name)
    return Page(
        look,
        frame.send,
        brand=brand_below(frame),
        rail=frame.rail(),
        title=frame.say("language.title"),
        content=[grid(look, [_language(frame, code) for code in frame.site.languages], 2)],
        primary=primary(look, keep, CloseSheet(), name="close", icon="check"),
    )


def _language(frame: Frame, language: str) -> ChoiceCard:
    comfort, look = frame.session.comfort, frame.look
    chosen = language == comfort.language
    return ChoiceCard(
        look,
        LANGUAGES[language],
        SetComfort(replace(comfort, language=language)),
        name=f"language-{language}",
        chosen=chosen,
        height_px=134 if look.wide else 164,
        speech=said(frame, LANGUAGES[language], chosen),
    )


def start_over(frame: Frame) -> Page:
    """Return the question before everything is forgotten."""
    return _question(
        frame,
        _sign(frame, "arrow-counter-clockwise"),
        frame.say("start_over.title"),
        frame.say("start_over.lead"),
        keep=frame.say("start_over.keep"),
        leave=frame.say("start_over.yes"),
    )


def cancel_disc(frame: Frame) -> Page:
    """Return the question before a job is given up."""
    place = frame.session.place
    kind = place.glance.kind if isinstance(place, Waiting) else None
    return _question(
        frame,
        _sign(frame, "x-circle"),
        frame.say("cancel_disc.title"),
        frame.say("cancel_disc.lead"),
        keep=frame.say("cancel_disc.keep"),
        leave=frame.say(f"media.{kind}_cancel"),
    )


def still_there(frame: Frame, over: StillThere) -> Page:
    """Return the idle question, with the seconds that are left."""
    look = frame.look
    left = max(0, ceil((over.closes_at - frame.session.now).total_seconds()))
    ring = Ring(
        look,
        left / COUNT_DOWN.total_seconds(),
        look.words.number(left),
        role=look.theme.type.display if look.wide else look.theme.type.number,
        diameter_px=220 if look.wide else 310,
        ground=look.colour.card,
    )
    ring.number.speech = ""
    has_job = isinstance(frame.session.place, Waiting | Collect)
    lead = "idle.lead_job" if has_job else "idle.lead"
    return _question(
        frame,
        ring,
        frame.say("idle.title"),
        frame.count(lead, left),
        keep=frame.say("idle.keep"),
        leave=frame.say("idle.close"),
        lead_speech=frame.count(lead, ceil(left / SPOKEN_STEP_S) * SPOKEN_STEP_S),
    )


def _question(
    frame: Frame,
    picture: Part,
    title: str,
    lead: str,
    *,
    keep: str,
    leave: str,
    lead_speech: str | None = None,
) -> Page:
    """Return a page that asks; to go on is the large answer, to leave the quiet one."""
    look, kinds, ground = frame.look, frame.look.theme.type, frame.look.colour.card
    words = Text(look, lead, kinds.body, ink=look.colour.second, ground=ground, side=Side.CENTRE)
    words.speech = lead if lead_speech is None else lead_speech
    stay = hero(look, keep, CloseSheet(), name="keep", icon=None)
    go = secondary(look, leave, Agree(), name="leave")
    buttons: list[Part] = [Row(look, [go, stay], shares=(1, 1.4))] if look.wide else [stay, go]
    parts: list[Part] = [
        picture,
        Space(look, 32, 8),
        Text(look, title, kinds.title, ground=ground, side=Side.CENTRE),
        Space(look, 4),
        words,
        Space(look, 32, 16),
        *buttons,
    ]
    return Page(
        look,
        frame.send,
        brand=brand_below(frame),
        rail=frame.rail(),
        content=[spring(look), SheetCard(look, parts), spring(look)],
    )


def _sign(frame: Frame, icon: str) -> Part:
    colour = frame.look.colour
    side = 110 if frame.look.wide else 160
    return Tile(frame.look, icon, side, side * 0.6, ink=colour.primary, ground=colour.tint)
