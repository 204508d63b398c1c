"""READ_FORM: the very form that will be sealed, piece by piece."""

from dataclasses import replace

from kiosk.domain.session.events import (
    Acknowledge,
    Bigger,
    Event,
    GoBack,
    GoOn,
    OpenSheet,
    SetComfort,
)
from kiosk.domain.session.places import ReadForm, Sheet
from kiosk.ui.page import Page
from kiosk.ui.screens.answer import said
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.notice import told
from kiosk.ui.widgets.button import Button, go_back, primary, small
from kiosk.ui.widgets.card import ChoiceCard
from kiosk.ui.widgets.layout import Column, Row, Space
from kiosk.ui.widgets.mark import Mark
from kiosk.ui.widgets.paper import Paper
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Text


def read_form(frame: Frame, place: ReadForm) -> Page:
    """Show a piece of the form; the last one ends with what one must have understood."""
    look, made = frame.look, place.form is not None
    understood = [_understood(frame, place)] if place.is_last_page else []
    paper = Paper(look, place.pages[place.page] if made else None)
    aside = made and not look.wide and _has_room(frame, place)
    return Page(
        look,
        frame.send,
        brand=frame.brand(4),
        rail=frame.rail(),
        title=frame.say("read_form.title"),
        lead=_lead(frame, place),
        aside=_aloud(frame) if aside else None,
        content=[paper, *understood, *_below(frame, place)],
        back=go_back(look, frame.say("rail.go_back"), GoBack()),
        primary=_on(frame, place) if made else None,
    )


def _has_room(frame: Frame, place: ReadForm) -> bool:
    """Whether tools stand beside the lead; else all of them are below the sheet."""
    comfort = frame.session.comfort
    return place.notice is None and not comfort.large_text and not comfort.lower_buttons


def _lead(frame: Frame, place: ReadForm) -> Part | str:
    look = frame.look
    if place.notice is not None:
        return told(frame, f"errors.{place.notice}")
    sentence = _sentence(frame, place)
    if not (place.form and look.wide and _has_room(frame, place)):
        return sentence
    lead = Text(look, sentence, look.theme.type.body, ink=look.colour.second)
    tools = Row(look, [_aloud(frame), _bigger(frame, place)])
    return Column(look, [lead, Space(look, 28, 12), _part_of(frame, place), Space(look, 16), tools])


def _sentence(frame: Frame, place: ReadForm) -> str:
    if place.form is None:
        return frame.say("read_form.making")
    if place.is_last_page:
        return frame.say("read_form.no_password")
    if place.page == 0 and place.form.written_in != frame.look.words.language:
        return frame.say("read_form.in_english")
    return frame.say("read_form.lead")


def _understood(frame: Frame, place: ReadForm) -> ChoiceCard:
    """Return the box that one must touch: nobody signs this without having thought of it."""
    chosen = place.acknowledged_at is not None
    sentence = frame.say("read_form.understood")
    return ChoiceCard(
        frame.look,
        sentence,
        Acknowledge(),
        name="acknowledge",
        mark=Mark.CHECK,
        chosen=chosen,
        height_px=152,
        speech=said(frame, sentence.rstrip("."), chosen),
    )


def _below(frame: Frame, place: ReadForm) -> list[Part]:
    """Return what stands below the sheet."""
    look = frame.look
    if place.form is None:
        return []
    which, bigger = _part_of(frame, place), _bigger(frame, place)
    match look.wide, _has_room(frame, place):
        case True, True:
            return []
        case True, False:
            return [Row(look, [which, _aloud(frame), bigger], shares=(0, 1, 1), centred=True)]
        case False, True:
            return [Row(look, [which, bigger], shares=(1, 0), centred=True)]
        case _:
            return [which, Row(look, [_aloud(frame), bigger])]


def _part_of(frame: Frame, place: ReadForm) -> Text:
    sentence = frame.say("read_form.part", part=place.page + 1, parts=len(place.pages))
    return Text(frame.look, sentence, frame.look.theme.type.body_strong)


def _bigger(frame: Frame, place: ReadForm) -> Button:
    label = frame.say("read_form.smaller" if place.bigger else "read_form.bigger")
    icon = "magnifying-glass-minus" if place.bigger else "magnifying-glass-plus"
    return small(frame.look, label, Bigger(), name="bigger", icon=icon)


def _aloud(frame: Frame) -> Button:
    """Return the way to hear it; without headphones it leads to where one reads about them."""
    session = frame.session
    comfort, reads = session.comfort, session.headphones_in and session.comfort.read_aloud
    toggled = SetComfort(replace(comfort, read_aloud=not comfort.read_aloud))
    event: Event = toggled if session.headphones_in else OpenSheet(Sheet.SEE_AND_HEAR)
    label = frame.say("read_form.stop_reading" if reads else "read_form.read_aloud")
    icon = "stop" if reads else "speaker-high"
    return small(frame.look, label, event, name="read-aloud", icon=icon)


def _on(frame: Frame, place: ReadForm) -> Button:
    if place.is_last_page:
        return primary(frame.look, frame.say("read_form.sign"), GoOn())
    label = frame.say("read_form.see_part", part=place.page + 2)
    return primary(frame.look, label, GoOn(), icon="arrow-down")
