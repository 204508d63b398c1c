"""SIGN: with the finger or with a typed name; both count the same."""

from kiosk.domain.session.events import (
    ClearAll,
    Delete,
    Drew,
    GoBack,
    GoOn,
    TypeInstead,
    TypeLetter,
)
from kiosk.domain.session.places import Notice, Sign
from kiosk.ui.look import Look
from kiosk.ui.page import Page
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.notice import told
from kiosk.ui.screens.wished import on_what, reports_of
from kiosk.ui.widgets.button import Button, go_back, primary, small, small_primary
from kiosk.ui.widgets.card import Card
from kiosk.ui.widgets.cells import NameLine
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.layout import Row, Space
from kiosk.ui.widgets.note import note
from kiosk.ui.widgets.pairs import pairs
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.signature import SignatureBox


def sign(frame: Frame, place: Sign) -> Page:
    """Show what is signed, and the box or the keyboard to sign with."""
    return _typing(frame, place) if place.ink.is_typing else _drawing(frame, place)


def _drawing(frame: Frame, place: Sign) -> Page:
    look = frame.look
    foot = note(look, "shield-check", frame.say("sign.foot"))
    return Page(
        look,
        frame.send,
        brand=frame.brand(4),
        rail=frame.rail(),
        title=frame.say("sign.title"),
        lead=_lead(frame, place, foot),
        content=_content(frame, place, foot),
        back=_back(frame),
        primary=_finish(frame),
    )


def _content(frame: Frame, place: Sign, foot: Part) -> list[Part]:
    """Return the box with what it is for above, and what one can do instead below."""
    look, say = frame.look, frame.say
    clear = small_primary(look, say("sign.clear"), ClearAll(), name="clear-all", icon="eraser")
    typed = small_primary(
        look, say("sign.type"), TypeInstead(), name="type-instead", icon="keyboard"
    )
    parts: list[Part] = [_asked(frame, place), _box(frame, place), Row(look, [clear, typed])]
    if look.wide:
        return parts
    return [*parts[:1], foot, *parts[1:]] if look.comfort.lower_buttons else [*parts, foot]


def _typing(frame: Frame, place: Sign) -> Page:
    look, say, comfort = frame.look, frame.say, frame.look.comfort
    draw = small(look, say("name.draw"), TypeInstead(), name="draw-instead", icon="signature")
    name = NameLine(look, place.ink.typed)
    low = comfort.lower_buttons and not look.wide
    # Only a short lead leaves room for a button beside it.
    above = not (low or look.wide or comfort.large_text or place.notice)
    return Page(
        look,
        frame.send,
        brand=frame.brand(4),
        rail=frame.rail(),
        title=say("name.title"),
        lead=told(frame, f"errors.{Notice.NAME_IS_EMPTY}") if place.notice else say("name.lead"),
        aside=draw if above else None,
        content=[name] if above or low else _beside(look, name, draw),
        keyboard=_keyboard(frame, place, draw if low else None),
        back=_back(frame),
        primary=_finish(frame),
    )


def _beside(look: Look, name: NameLine, draw: Button) -> list[Part]:
    row = Row(look, [name, draw], shares=(1.6, 1))
    return [row] if look.wide else [row, Space(look, 20)]


def _keyboard(frame: Frame, place: Sign, beside: Button | None) -> Keyboard:
    return Keyboard(
        frame.look,
        TypeLetter,
        typed=place.ink.typed,
        space=frame.say("key.space"),
        delete=(frame.say("key.delete"), Delete()),
        clear=(frame.say("key.clear"), ClearAll()),
        other=frame.other_letters(place.ink.latin),
        beside=beside,
    )


def _lead(frame: Frame, place: Sign, foot: Part) -> Part | str:
    """Return what is missing, if anything; else on a wide panel what happens next."""
    if place.notice is not None:
        return told(frame, f"errors.{place.notice}")
    return foot if frame.look.wide else ""


def _asked(frame: Frame, place: Sign) -> Card:
    wish, say = place.read.wish, frame.say
    who = say(f"who_for.{wish.purpose}_short")
    rows = [
        (say("sign.ask"), _what(frame, place)),
        (say("sign.on"), say("sign.on_what", medium=on_what(frame, wish))),
        (say("sign.for"), say("sign.for_whom", who=who)),
    ]
    return pairs(frame.look, rows)


def _what(frame: Frame, place: Sign) -> str:
    wish = place.read.wish
    exams = len(wish.exams)
    if wish.authority is not None:
        return frame.count("sign.ask_other", exams, name=wish.known.patient.printed_name)
    with_reports = reports_of(wish) > 0
    return frame.count("sign.ask_exams_reports" if with_reports else "sign.ask_exams", exams)


def _box(frame: Frame, place: Sign) -> SignatureBox:
    words, now = frame.look.words, frame.session.now.astimezone(frame.site.zone)
    box, form = frame.say("sign.box"), place.read.form
    told = [box, frame.say("speech.sign_by_name")]
    if place.ink.strokes:
        told.insert(1, frame.say("speech.signature_drawn"))
    return SignatureBox(
        frame.look,
        strokes=place.ink.strokes,
        finished=Drew,
        caption=form.signer.name if form else "",
        date_text=frame.say("sign.signed", day=words.day(now.date()), time=words.time(now)),
        speech=". ".join(told),
    )


def _back(frame: Frame) -> Button:
    return go_back(frame.look, frame.say("rail.go_back"), GoBack())


def _finish(frame: Frame) -> Button:
    return primary(frame.look, frame.say("sign.finish"), GoOn(), icon="check")
