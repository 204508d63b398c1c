"""SEE_STAFF: the ways on from a trouble."""

from kiosk.domain.session.asks import MakeForm, PrintTicket
from kiosk.domain.session.choosing import choose_media
from kiosk.domain.session.events import Event, GoBack, TakeWay, TurnPage
from kiosk.domain.session.identifying import search
from kiosk.domain.session.moves import Step, at, goodbye, turned
from kiosk.domain.session.places import (
    ChooseStudies,
    Confirm,
    EnterDate,
    Farewell,
    ReadForm,
    SeeStaff,
    Session,
    Way,
)


def see_staff(session: Session, place: SeeStaff, event: Event) -> Step | None:
    """Take one of the ways that are offered, or go back to choose other exams."""
    if isinstance(event, TurnPage):
        return turned(session, place, event.by)
    if isinstance(event, GoBack) and isinstance(place.back_to, ChooseStudies):
        return at(session, place.back_to)
    if not isinstance(event, TakeWay) or event.way not in place.ways:
        return None
    match event.way, place.back_to:
        case Way.TRY_AGAIN, EnterDate() as asked:
            return search(session, asked)
        case Way.TRY_AGAIN, ReadForm() as read:
            return at(session, read, MakeForm(read.wish, session.comfort.language))
        case Way.TRY_AGAIN, Confirm() as confirm:
            return at(session, confirm)
        case Way.TAKE_WHAT_IS_HERE, ChooseStudies() as studies:
            return choose_media(session, studies.wish)
        case ((Way.PRINT_TICKET | Way.WAIT_FOR_THEM), _):
            ticket = PrintTicket(place.reason, session.comfort.language)
            return goodbye(session, Farewell.TICKET, ticket)
        case Way.FINISH, _:
            return goodbye(session, Farewell.LEFT)
        case _:
            return None
