"""CHOOSE_MEDIA: what to put them on."""

from kiosk.domain.expectation import discs_needed, expected_bytes, expected_minutes
from kiosk.domain.session.events import GoBack, GoOn, PickMedium
from kiosk.domain.session.facts import MediumKind, OutOfOrder, Shelf, Wish
from kiosk.domain.session.places import ChooseMedia, Notice
from kiosk.ui.page import Page
from kiosk.ui.screens.answer import answers, said
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.notice import told
from kiosk.ui.widgets.button import go_back, primary
from kiosk.ui.widgets.card import ChoiceCard, ClosedCard, Kind, tile
from kiosk.ui.widgets.note import ErrorNote

ICONS = {
    MediumKind.DISC: "disc",
    MediumKind.OWN_STICK: "usb-stick",
    MediumKind.NEW_STICK: "usb-stick-plus",
    MediumKind.PAPER: "printer",
    MediumKind.FILM: "film-strip",
}
STICKS = frozenset({MediumKind.OWN_STICK, MediumKind.NEW_STICK})
CARD_PX, WIDE_CARD_PX = 212, 134
BOTH = 2


def choose_media(frame: Frame, place: ChooseMedia) -> Page:
    """Return the page with a card for each kind of medium; what is out of order is no button."""
    look, wish = frame.look, place.wish
    size = _size_bytes(wish)
    cards = [
        _card(frame, wish, shelf, size)
        if shelf.out_of_order is None
        else _closed(frame, shelf.kind, shelf.out_of_order)
        for shelf in wish.shelves
    ]
    put = frame.say(f"media.{wish.medium}_put")
    return Page(
        look,
        frame.send,
        brand=frame.brand(3),
        rail=frame.rail(),
        title=frame.say("choose_media.title"),
        lead=_lead(frame, place, size),
        content=[answers(frame, cards, place.page)],
        back=go_back(look, frame.say("rail.go_back"), GoBack()),
        primary=primary(look, put, GoOn()),
    )


def _lead(frame: Frame, place: ChooseMedia, size: int) -> str | ErrorNote:
    words = frame.look.words
    if place.notice is Notice.STICK_TOO_SMALL:
        return told(frame, "choose_media.stick_too_small", size=words.size(size))
    how_large = frame.say("choose_media.size", size=words.size(size))
    if any(_is_too_small(shelf, size) for shelf in place.wish.shelves):
        return f"{frame.say('choose_media.lead_some')}\n{how_large}"
    return f"{frame.count('choose_media.lead', len(place.wish.exams))}\n{how_large}"


def _card(frame: Frame, wish: Wish, shelf: Shelf, size: int) -> ChoiceCard:
    look, kind = frame.look, shelf.kind
    chosen = kind is wish.medium
    name, price = frame.say(f"media.{kind}_name"), _price(frame, shelf)
    lines = (frame.say(f"media.{kind}_best"), *_takes(frame, wish, shelf, size))
    return ChoiceCard(
        look,
        name,
        PickMedium(kind),
        name=f"medium-{kind}",
        lines=lines,
        picture=tile(look, ICONS[kind], Kind.CHOSEN if chosen else Kind.PLAIN),
        chosen=chosen,
        price=price,
        height_px=WIDE_CARD_PX if look.wide else CARD_PX,
        speech=said(frame, ". ".join((name, *lines, price)), chosen),
    )


def _takes(frame: Frame, wish: Wish, shelf: Shelf, size: int) -> tuple[str, ...]:
    """Return how many discs it takes where one is not enough, and how long."""
    discs = discs_needed(size, shelf.capacity_bytes) if shelf.kind is MediumKind.DISC else 1
    studies = [exam.study for exam in wish.exams]
    minutes = expected_minutes(studies, shelf.kind, discs)
    return (*_discs(frame, discs), frame.count("choose_media.about", minutes))


def _discs(frame: Frame, discs: int) -> tuple[str, ...]:
    if discs == 1:
        return ()
    if discs == BOTH:
        return (frame.say("choose_media.two_discs_needed"),)
    return (frame.count("choose_media.discs_needed", discs),)


def _price(frame: Frame, shelf: Shelf) -> str:
    if not shelf.price:
        return frame.say("choose_media.free")
    return frame.look.words.money(shelf.price, shelf.currency)


def _closed(frame: Frame, kind: MediumKind, why: OutOfOrder) -> ClosedCard:
    reason = f"{frame.say(f'media.{kind}_{why}')} {frame.say('choose_media.staff_can_help')}"
    height = WIDE_CARD_PX if frame.look.wide else CARD_PX
    name = frame.say(f"media.{kind}_name")
    return ClosedCard(frame.look, name, reason, icon=ICONS[kind], height_px=height)


def _size_bytes(wish: Wish) -> int:
    return expected_bytes([exam.study for exam in wish.exams])


def _is_too_small(shelf: Shelf, size: int) -> bool:
    """Tell whether a stick is known to be too small; the person's own may not be in yet."""
    return shelf.kind in STICKS and 0 < shelf.capacity_bytes < size
