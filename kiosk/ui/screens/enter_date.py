"""IDENTIFY: the birth date, in the order in which the language writes it."""

from kiosk.domain.session.events import GoBack, GoOn
from kiosk.domain.session.facts import DatePart, DateTyped
from kiosk.domain.session.places import EnterDate
from kiosk.ui.page import Page
from kiosk.ui.screens.enter_code import keys, wrong
from kiosk.ui.screens.frame import Frame
from kiosk.ui.widgets.button import go_back, primary
from kiosk.ui.widgets.cells import DateCell, DateCells
from kiosk.ui.widgets.layout import Space, spring
from kiosk.ui.widgets.text import Text

LENGTHS = {DatePart.DAY: 2, DatePart.MONTH: 2, DatePart.YEAR: 4}


def enter_date(frame: Frame, place: EnterDate) -> Page:
    """Return the page with day, month and year and the keypad."""
    look, typed = frame.look, place.typed
    cells = [
        DateCell(
            frame.say(f"identify_date.{part}"),
            typed.part(part),
            LENGTHS[part],
            active=part is typed.active,
        )
        for part in typed.order
    ]
    words = Text(look, _read_back(frame, typed), look.theme.type.small, ink=look.colour.second)
    return Page(
        look,
        frame.send,
        brand=frame.brand(1),
        rail=frame.rail(),
        title=frame.say("identify_date.title"),
        lead=wrong(frame, place.notice, place.rests_until) or "",
        content=[
            DateCells(look, cells),
            Space(look, 20, 8),
            words,
            spring(look, 16),
            *keys(frame, place.rests_until),
        ],
        back=go_back(look, frame.say("rail.go_back"), GoBack()),
        primary=None
        if place.rests_until
        else primary(look, frame.say("identify_date.check"), GoOn()),
    )


def _read_back(frame: Frame, typed: DateTyped) -> str:
    """Return the date in words, else what the month is called: nobody swaps it with the day."""
    words = frame.look.words
    if typed.day is not None:
        return frame.say("identify_date.date_is", date=words.day(typed.day))
    number = typed.part(DatePart.MONTH)
    month = words.month(int(number)) if len(number) == LENGTHS[DatePart.MONTH] else None
    if month is None:
        return " "
    return frame.say("identify_date.month_is", number=number, month=month)
