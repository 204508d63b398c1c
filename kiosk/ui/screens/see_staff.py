"""SEE_STAFF: what happened, what is safe, and what to do now."""

from collections.abc import Sequence

from kiosk.domain.session.events import GoBack, TakeWay
from kiosk.domain.session.places import ChooseStudies, SeeStaff, Way
from kiosk.ui.look import Look
from kiosk.ui.page import Page
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.more import leaves
from kiosk.ui.theme import Colour
from kiosk.ui.widgets.button import Button, go_back, primary, secondary
from kiosk.ui.widgets.card import Card, Ground, card_colour
from kiosk.ui.widgets.layout import Column, Space
from kiosk.ui.widgets.note import IconLine, fact
from kiosk.ui.widgets.pairs import Rule
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.roundel import Roundel
from kiosk.ui.widgets.text import Text
from kiosk.ui.widgets.ticket import Ticket

_ICONS = {
    Way.TRY_AGAIN: "arrow-clockwise",
    Way.PRINT_TICKET: "ticket",
    Way.WAIT_FOR_THEM: "clock",
    Way.TAKE_WHAT_IS_HERE: "arrow-right",
    Way.FINISH: "check",
}


def see_staff(frame: Frame, place: SeeStaff) -> Page:
    """Show the one way on as the large button, and every other way beside it."""
    look, large = frame.look, frame.look.comfort.large_text
    what, *then = look.words.steps(f"errors.{place.reason}")
    others = [*_way_back(frame, place), *_ways(frame, place)]
    sign, words = _sign(frame, place), _words(frame, place, what)
    return Page(
        look,
        frame.send,
        brand=frame.brand(),
        rail=frame.rail(),
        lead=Column(look, [*([] if large else [sign]), words], 20) if look.wide else "",
        content=[
            leaves(frame, place.page, *_layouts(frame, place, sign, words, then)),
            *others[1:],
        ],
        back=others[0] if others else None,
        primary=_first_way(frame, place),
    )


def _layouts(
    frame: Frame, place: SeeStaff, sign: Part, words: Part, then: Sequence[str]
) -> list[list[Part]]:
    """Return everything in one card, with the sign and without; at last in cards of their own."""
    look, ticket = frame.look, _ticket(frame, place)
    lines = _lines(frame, place, then)
    whole = [_card(look, lines), *ticket]
    cut = [*(_card(look, [line]) for line in lines), *ticket]
    if look.wide:
        return [whole, cut]
    return [[Column(look, [sign, words], 40), *whole], [words, *whole], [words, *cut]]


def _sign(frame: Frame, place: SeeStaff) -> Roundel:
    look, colour = frame.look, frame.look.colour
    icon, ink, ground = "hand-waving", colour.on_person, colour.person
    if place.staff_called_at is None:
        icon, ink, ground = "signpost", colour.primary, colour.tint
    return Roundel(look, icon, ink=ink, ground=ground, side_px=160 if look.wide else 300)


def _words(frame: Frame, place: SeeStaff, what: str) -> Column:
    look, kinds = frame.look, frame.look.theme.type
    called = place.staff_called_at is not None
    title = frame.say("see_staff.title" if called else "see_staff.title_yourself")
    role = kinds.title if look.wide or look.comfort.large_text else kinds.display
    return Column(look, [Text(look, title, role, even=True), Text(look, what, kinds.body)], 8)


def _ticket(frame: Frame, place: SeeStaff) -> list[Part]:
    if not place.ticket:
        return []
    return [Ticket(frame.look, frame.say("see_staff.ticket"), place.ticket, line=True)]


def _lines(frame: Frame, place: SeeStaff, then: Sequence[str]) -> list[IconLine]:
    """Return what is safe, what to do, whom we called, and where to go."""
    colour = frame.look.colour
    lines: list[IconLine] = []
    if place.form_is_safe:
        lines.append(_fact(frame, "check-circle", frame.say("see_staff.form_safe"), colour.right))
    lines += [_fact(frame, "info", sentence, colour.primary) for sentence in then]
    if place.staff_called_at is not None:
        time = frame.look.words.time(place.staff_called_at.astimezone(frame.site.zone))
        called = frame.say("see_staff.called", time=time)
        lines.append(_fact(frame, "bell-ringing", called, colour.primary))
        where = frame.say("see_staff.wait_ticket" if place.ticket else "see_staff.wait")
        lines.append(_fact(frame, "map-pin", where, colour.primary))
    return lines


def _card(look: Look, lines: Sequence[IconLine]) -> Card:
    ruled: list[Part] = []
    for line in lines:
        ruled += [Space(look, 22, 10), Rule(look), Space(look, 22, 10), line]
    return Card(look, ruled[3:], gap_px=0, inner_px=44, upper_px=34)


def _fact(frame: Frame, icon: str, sentence: str, ink: Colour) -> IconLine:
    return fact(frame.look, icon, sentence, ink, card_colour(frame.look, Ground.WHITE))


def _first_way(frame: Frame, place: SeeStaff) -> Button | None:
    if not place.ways:
        return None
    way = place.ways[0]
    return primary(frame.look, frame.say(f"way.{way}"), TakeWay(way), icon=_ICONS.get(way))


def _ways(frame: Frame, place: SeeStaff) -> list[Button]:
    look = frame.look
    return [
        secondary(look, frame.say(f"way.{way}"), TakeWay(way), name=f"way-{way}")
        for way in place.ways[1:]
    ]


def _way_back(frame: Frame, place: SeeStaff) -> list[Button]:
    """Return the way back to choose other exams."""
    if not isinstance(place.back_to, ChooseStudies):
        return []
    return [go_back(frame.look, frame.say("rail.go_back"), GoBack())]
