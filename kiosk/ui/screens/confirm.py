"""CONFIRM: everything once more, with the last way back."""

from dataclasses import replace

from kiosk.domain.session.events import GoBack, GoOn
from kiosk.domain.session.facts import MediumKind, Wish
from kiosk.domain.session.places import Confirm
from kiosk.text.exam import exam_name
from kiosk.ui.page import Page
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.more import leaves
from kiosk.ui.screens.wished import minutes_of, on_what, reports_of
from kiosk.ui.widgets.button import go_back, primary
from kiosk.ui.widgets.note import IconLine, note
from kiosk.ui.widgets.pairs import Fact, facts
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.picture import Picture

MOST_PICTURES = 5


def confirm(frame: Frame, place: Confirm) -> Page:
    """Show what will be made, of what, for whom; while the form is sealed there is no way back."""
    look, say, free = frame.look, frame.say, not place.is_sealing
    wish = place.signed.read.wish
    make = say(f"media.{wish.medium}_make")
    return Page(
        look,
        frame.send,
        brand=frame.brand(4),
        rail=frame.rail(),
        title=say("confirm.title"),
        lead=say("confirm.lead" if free else "confirm.sealing"),
        content=[leaves(frame, place.page, *_layouts(frame, place, make))],
        back=go_back(look, say("rail.go_back"), GoBack()) if free else None,
        primary=primary(look, make, GoOn()) if free else None,
    )


def _layouts(frame: Frame, place: Confirm, make: str) -> list[list[Part]]:
    """Return all facts in one card with pictures, without them, and in three cards."""
    look, wish = frame.look, place.signed.read.wish
    start: list[Part] = [] if place.is_sealing else [_start(frame, wish, make)]
    of_whom = [_name(frame, wish), *_signer(frame, wish)]
    of_what, rest = _images(frame, wish), _rest(frame, place)
    pictured = replace(of_what, pictures=_pictures(frame, wish))
    return [
        [facts(look, [*of_whom, pictured, *rest]), *start],
        [facts(look, [*of_whom, of_what, *rest]), *start],
        [facts(look, [*of_whom, of_what]), facts(look, rest[:2]), facts(look, rest[2:]), *start],
    ]


def _start(frame: Frame, wish: Wish, make: str) -> IconLine:
    if wish.authority is not None:
        return note(frame.look, "info", frame.say("confirm.start_held", make=make), strong=(make,))
    cancel = frame.say(f"media.{wish.medium}_cancel")
    sentence = frame.say("confirm.start", make=make, cancel=cancel)
    return note(frame.look, "info", sentence, strong=(make,))


def _name(frame: Frame, wish: Wish) -> Fact:
    patient = wish.known.patient
    born = frame.say("confirm.born", day=frame.look.words.day(patient.birth_date))
    return Fact(frame.say("confirm.name"), patient.printed_name, born)


def _signer(frame: Frame, wish: Wish) -> list[Fact]:
    if wish.authority is None:
        return []
    authority = frame.say(f"authority.{wish.authority}")
    return [Fact(frame.say("confirm.signer"), wish.signer_name, authority)]


def _images(frame: Frame, wish: Wish) -> Fact:
    value = frame.count("confirm.exams", len(wish.exams))
    if all(exam.study.instances is not None for exam in wish.exams):
        images = frame.count("choose_studies.images", wish.instances)
        value = frame.say("confirm.exams_images", exams=value, images=images)
    reports = reports_of(wish)
    small = frame.count("confirm.reports", reports) if reports else frame.say("confirm.no_reports")
    return Fact(frame.say("confirm.images"), value, small)


def _pictures(frame: Frame, wish: Wish) -> list[Part]:
    look = frame.look
    shown: list[Part] = [
        Picture(look, exam.thumbnail, height_px=168, speech=exam_name(exam.study, look.words))
        for exam in wish.exams[:MOST_PICTURES]
        if exam.thumbnail is not None
    ]
    return [*shown, *(Part(look) for _ in range(MOST_PICTURES - len(shown)))] if shown else []


def _rest(frame: Frame, place: Confirm) -> list[Fact]:
    say, words, wish = frame.say, frame.look.words, place.signed.read.wish
    signed_at = words.time(place.signed_at.astimezone(frame.site.zone))
    who = say(f"who_for.{wish.purpose}_short")
    return [
        Fact(say("confirm.on"), on_what(frame, wish), say("confirm.no_password")),
        Fact(say("confirm.for"), who, say("confirm.signed_at", time=signed_at)),
        Fact(say("confirm.price"), _price(frame, wish)),
        *_ready(frame, wish),
    ]


def _price(frame: Frame, wish: Wish) -> str:
    shelf = wish.shelf
    if shelf is None or not shelf.price:
        return frame.say("choose_media.free")
    return frame.look.words.money(shelf.price, shelf.currency)


def _ready(frame: Frame, wish: Wish) -> list[Fact]:
    """Nobody can say how long staff take to look at somebody's papers."""
    if wish.authority is not None:
        return []
    minutes = minutes_of(wish, wish.medium or MediumKind.DISC)
    return [Fact(frame.say("confirm.ready"), frame.count("choose_media.about", minutes))]
