"""See and hear: larger letters, more contrast, lower buttons, and the voice."""

from dataclasses import replace
from typing import Any

from kiosk.domain.session.events import CloseSheet, SetComfort
from kiosk.ui.look import Look
from kiosk.ui.page import START_COLUMN_PX, Page
from kiosk.ui.screens.answer import said
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.sheets import brand_below
from kiosk.ui.theme import Role
from kiosk.ui.widgets.button import choice, primary
from kiosk.ui.widgets.layout import Column, Space, spring
from kiosk.ui.widgets.note import note
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.settings import Setting, Settings
from kiosk.ui.widgets.text import Side, Text

NARROW_PX = 600
"""Of the column at the start, where the settings need the room."""
LOUDER_BY = 10
SOFTEST, LOUDEST = 0, 100


def see_and_hear(frame: Frame) -> Page:
    """Return the page with everything that a person may change; it changes at once."""
    kinds = frame.look.theme.type
    page = _page(frame, kinds.key, START_COLUMN_PX)
    return _page(frame, kinds.rail, NARROW_PX) if page.is_crowded else page


def _page(frame: Frame, role: Role, start_px: float) -> Page:
    look = frame.look
    words = frame.say("see_and_hear.lead")
    lead = Text(look, words, look.theme.type.body, ink=look.colour.second)
    headphones = note(look, "headphones", _about_headphones(frame))
    settings = [*_seeing(frame, role), *_hearing(frame, role)]
    # All six settings leave no room below them on a wide panel.
    is_beside = look.wide and frame.session.headphones_in
    return Page(
        look,
        frame.send,
        brand=brand_below(frame),
        rail=frame.rail(),
        title=frame.say("see_and_hear.title"),
        lead=Column(look, [lead, Space(look, 36, 16), headphones]) if is_beside else lead,
        content=[*_in_order(look, Settings(look, settings), headphones, is_beside), spring(look)],
        primary=primary(
            look, frame.say("see_and_hear.use"), CloseSheet(), name="close", icon="check"
        ),
        start_px=start_px,
    )


def _in_order(look: Look, settings: Part, headphones: Part, is_beside: bool) -> list[Part]:
    """Return what is to be set, and the note below it; above it where buttons stand low."""
    if is_beside:
        return [settings]
    space = Space(look, 36, 12)
    is_low = look.comfort.lower_buttons and not look.wide
    return [headphones, space, settings] if is_low else [settings, space, headphones]


def _seeing(frame: Frame, role: Role) -> list[Setting]:
    return [
        _setting(frame, role, "text-aa", "text_size", "large_text", ("normal", "large")),
        _setting(frame, role, "circle-half", "contrast", "high_contrast", ("normal", "high")),
        _setting(frame, role, "arrow-line-down", "buttons", "lower_buttons", ("normal", "lower")),
    ]


def _hearing(frame: Frame, role: Role) -> list[Setting]:
    """Return what only a person with headphones can set; to hide the screen, they must hear it."""
    if not frame.session.headphones_in:
        return []
    aloud = _setting(frame, role, "speaker-high", "read_aloud", "read_aloud", ("off", "on"))
    if not frame.session.comfort.read_aloud:
        return [aloud]
    screen = _setting(frame, role, "eye-slash", "screen", "screen_hidden", ("shown", "hidden"))
    return [aloud, _volume(frame, role), screen]


def _setting(
    frame: Frame, role: Role, icon: str, label: str, field: str, answers: tuple[str, str]
) -> Setting:
    """Return a setting that is one of two; ``field`` of Comfort is true for the second."""
    name = frame.say(f"see_and_hear.{label}")
    is_second = getattr(frame.session.comfort, field)
    first, second = (
        _answer(frame, role, name, label, answer, {field: value}, chosen=is_second is value)
        for answer, value in zip(answers, (False, True), strict=True)
    )
    return Setting(icon, name, (first, second))


def _answer(
    frame: Frame,
    role: Role,
    name: str,
    label: str,
    answer: str,
    change: dict[str, Any],
    *,
    chosen: bool,
) -> Part:
    words = frame.say(f"see_and_hear.{answer}")
    return choice(
        frame.look,
        words,
        SetComfort(replace(frame.session.comfort, **change)),
        name=f"{label.replace('_', '-')}-{answer}",
        chosen=chosen,
        speech=said(frame, f"{name}: {words}", chosen),
        role=role,
    )


def _volume(frame: Frame, role: Role) -> Setting:
    name = frame.say("see_and_hear.volume")
    softer = _turned(frame, role, name, "softer", -LOUDER_BY)
    louder = _turned(frame, role, name, "louder", LOUDER_BY)
    return Setting("speaker-low", name, (softer, louder))


def _turned(frame: Frame, role: Role, name: str, label: str, by: int) -> Part:
    """Return a button for another volume, or that there is none beyond this one."""
    look, comfort = frame.look, frame.session.comfort
    volume = min(LOUDEST, max(SOFTEST, comfort.volume + by))
    if volume == comfort.volume:
        end = frame.say("speech.loudest" if by > 0 else "speech.softest")
        return Text(look, end, look.theme.type.small, ink=look.colour.second, side=Side.CENTRE)
    words = frame.say(f"see_and_hear.{label}")
    event = SetComfort(replace(comfort, volume=volume))
    speech = f"{name}: {words}"
    return choice(look, words, event, name=label, chosen=False, speech=speech, role=role)


def _about_headphones(frame: Frame) -> str:
    if frame.session.headphones_in:
        return frame.say("speech.headphones_in")
    no_headphones = frame.say("see_and_hear.no_headphones")
    return f"{no_headphones} {frame.say('see_and_hear.headphones')}"
