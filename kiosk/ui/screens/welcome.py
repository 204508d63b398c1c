"""WELCOME: what can be had here, what is needed for it, and in which language."""

from dataclasses import replace

from kiosk.domain.session.events import GoOn, SetComfort
from kiosk.domain.session.facts import TicketLine
from kiosk.domain.session.places import Welcome
from kiosk.text.words import LANGUAGES
from kiosk.ui.look import Look
from kiosk.ui.page import HeroPage, Page
from kiosk.ui.screens.answer import said
from kiosk.ui.screens.frame import Frame
from kiosk.ui.widgets.board import Board
from kiosk.ui.widgets.button import choice
from kiosk.ui.widgets.button import hero as start
from kiosk.ui.widgets.card import Ground, card_colour
from kiosk.ui.widgets.hero import Hero
from kiosk.ui.widgets.icon import Icon, Tile
from kiosk.ui.widgets.layout import Column, Row, Space, grid, spring
from kiosk.ui.widgets.note import IconLine
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Side, Text

COLUMNS = 3


def welcome(frame: Frame, place: Welcome) -> Page:
    """Return the page of an empty kiosk; the picture gives way where words are large."""
    pictured = _page(frame, place, _hero(frame, place))
    return _page(frame, place, None) if pictured.is_crowded else pictured


def _hero(frame: Frame, place: Welcome) -> Part:
    """Return the picture; on a wide panel the lines for those who wait stand below it."""
    look = frame.look
    if not (look.wide and place.tickets):
        return Hero(look)
    return Column(look, [Hero(look), Space(look, 24), _board(frame, place, may_drop=False)])


def _page(frame: Frame, place: Welcome, hero: Part | None) -> Page:
    return HeroPage(
        frame.look,
        frame.send,
        brand=frame.brand(),
        rail=frame.rail(),
        hero=hero,
        content=_content(frame, place, has_picture=hero is not None),
    )


def _content(frame: Frame, place: Welcome, *, has_picture: bool) -> list[Part]:
    look, kinds = frame.look, frame.look.theme.type
    columns = COLUMNS if has_picture or not look.wide else 2 * COLUMNS
    display = kinds.display_wide if look.wide else kinds.display
    tickets: list[Part] = []
    if not has_picture:
        display = kinds.title
    if place.tickets and not (has_picture and look.wide):
        tickets = [Space(look, 24, 12), _board(frame, place, may_drop=not has_picture)]
    return [
        Text(look, frame.say("welcome.title"), display, even=True),
        Space(look, 10, 4),
        Text(look, frame.say("welcome.lead"), kinds.body, ink=look.colour.second),
        Space(look, 24, 10),
        *_needed(frame),
        *tickets,
        spring(look, 48),
        start(look, frame.say("welcome.start"), GoOn()),
        *_heading(frame),
        _languages(frame, columns),
    ]


def _languages(frame: Frame, columns: int) -> Column:
    """Return a button for each language, in its own script."""
    comfort = frame.session.comfort
    buttons = [
        choice(
            frame.look,
            LANGUAGES[language],
            SetComfort(replace(comfort, language=language)),
            name=f"language-{language}",
            chosen=language == comfort.language,
            speech=said(frame, LANGUAGES[language], language == comfort.language),
            role=frame.look.theme.type.body_strong,
        )
        for language in frame.site.languages
    ]
    return grid(frame.look, buttons, columns)


def _needed(frame: Frame) -> list[Part]:
    look, kinds = frame.look, frame.look.theme.type
    need = Text(look, frame.say("welcome.need"), kinds.small_strong)
    no_slip = Text(
        look, frame.say("welcome.no_slip"), kinds.small, ink=look.colour.second, side=Side.END
    )
    slip = _thing(look, "receipt", frame.say("welcome.need_slip"))
    birth_date = _thing(look, "calendar-blank", frame.say("welcome.need_date"))
    return [
        Row(look, [need, no_slip], shares=(1, 1), centred=True),
        Space(look, 14, 8),
        Row(look, [slip, birth_date], centred=True),
    ]


def _thing(look: Look, icon: str, words: str) -> IconLine:
    tile = Tile(look, icon, 80, 44, ink=look.colour.primary, ground=look.colour.tint)
    return IconLine(look, tile, Text(look, words, look.theme.type.body), 20)


def _heading(frame: Frame) -> list[Part]:
    """Return what the language buttons are; on a wide panel their scripts say it."""
    look = frame.look
    if look.wide:
        return []
    words = Text(look, frame.say("language.title"), look.theme.type.small_strong)
    return [Space(look, 34, 20), IconLine(look, Icon(look, "globe-simple", 44), words, 16)]


def _board(frame: Frame, place: Welcome, *, may_drop: bool) -> Board:
    """Return a line for everybody who sat down: a number and no name."""
    look, ground = frame.look, card_colour(frame.look, Ground.SUNK)
    lines = [
        IconLine(
            look,
            Icon(look, "ticket", 44, ground=ground),
            Text(look, _how_it_stands(frame, each), look.theme.type.small_strong, ground=ground),
            18,
        )
        for each in place.tickets
    ]
    return Board(look, lines, may_drop=may_drop)


def _how_it_stands(frame: Frame, ticket: TicketLine) -> str:
    if ticket.needs_staff:
        return frame.say("come_back.see_staff", ticket=ticket.ticket)
    if ticket.minutes_left:
        return frame.count("come_back.left", ticket.minutes_left, ticket=ticket.ticket)
    return frame.say("come_back.ready", ticket=ticket.ticket)
