"""IDENTIFY: the code on the slip, typed or scanned."""

from datetime import datetime
from math import ceil

from kiosk.domain.code import DIGITS
from kiosk.domain.session.events import ClearAll, Delete, GoBack, GoOn, TypeDigit
from kiosk.domain.session.places import EnterCode, Notice
from kiosk.ui.page import Page
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.notice import told
from kiosk.ui.widgets.button import go_back, primary
from kiosk.ui.widgets.cells import CodeCells
from kiosk.ui.widgets.keypad import Keypad
from kiosk.ui.widgets.layout import Space, spring
from kiosk.ui.widgets.note import ErrorNote
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.progress import Ring
from kiosk.ui.widgets.slip import SlipCard
from kiosk.ui.widgets.text import Text

REST_S = 60
SPOKEN_STEP_S = 10
"""The voice does not count every second."""


def enter_code(frame: Frame, place: EnterCode) -> Page:
    """Return the page with the boxes of the code and the keypad."""
    look = frame.look
    typed = frame.count("speech.numbers_entered", len(place.digits))
    key = "lead_wristband" if frame.session.rules.wristbands else "lead"
    lead = frame.say(f"identify_code.{key}")
    find = frame.say("identify_code.find")
    numbers = frame.count("identify_code.numbers", DIGITS)
    slip = SlipCard(
        look,
        frame.say("identify_code.slip"),
        frame.say("identify_code.code"),
        f"{find}\n{numbers}",
    )
    return Page(
        look,
        frame.send,
        brand=frame.brand(1),
        rail=frame.rail(),
        title=frame.say("identify_code.title"),
        lead=wrong(frame, place.notice, place.rests_until) or lead,
        content=[
            slip,
            Space(look, 36, 16),
            CodeCells(look, place.digits, speech=typed),
            spring(look, 16),
            *keys(frame, place.rests_until),
        ],
        back=go_back(look, frame.say("rail.go_back"), GoBack()),
        primary=None
        if place.rests_until
        else primary(look, frame.say("identify_code.check"), GoOn()),
    )


def wrong(frame: Frame, notice: Notice | None, rests_until: datetime | None) -> ErrorNote | None:
    """Return what did not work, if anything."""
    if notice is None:
        return None
    key = f"errors.{notice}"
    if rests_until is None:
        return told(frame, key)
    left, seconds = _left(frame, rests_until), frame.look.words.seconds
    note = told(frame, key, seconds=seconds(left))
    counting = next(part for part in note.everything() if isinstance(part, Text))
    soon = seconds(ceil(left / SPOKEN_STEP_S) * SPOKEN_STEP_S)
    counting.speech = frame.look.words.steps(key, seconds=soon)[0]
    return note


def keys(frame: Frame, rests_until: datetime | None) -> list[Part]:
    """Return the keypad; while nothing may be typed, the seconds that are left in its place."""
    look = frame.look
    if rests_until is not None:
        left = _left(frame, rests_until)
        number = look.theme.type.number
        ring = Ring(look, left / REST_S, look.words.number(left), diameter_px=310, role=number)
        ring.number.speech = ""
        return [ring, spring(look)]
    clear, delete = frame.say("key.clear"), frame.say("key.delete")
    return [
        Space(look, 16),
        Keypad(look, TypeDigit, clear=(clear, ClearAll()), delete=(delete, Delete())),
    ]


def _left(frame: Frame, until: datetime) -> int:
    return max(1, ceil((until - frame.session.now).total_seconds()))
