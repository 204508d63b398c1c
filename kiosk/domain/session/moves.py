"""The small steps that every part of the walk is made of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from kiosk.domain.session.asks import Ask, CallDesk, Forget, LookAtQueue
from kiosk.domain.session.facts import Comfort, Rules, Wish
from kiosk.domain.session.places import (
    ChooseMedia,
    ChooseStudies,
    Collect,
    Confirm,
    EnterDate,
    Farewell,
    Goodbye,
    Place,
    ReadForm,
    Reason,
    SeeStaff,
    Session,
    Sign,
    TypeSigner,
    Waiting,
    Way,
    Welcome,
    WhoAreYou,
    WhoFor,
)

Step = tuple[Session, tuple[Ask, ...]]
"""The session after an event, and what it asks for."""

WRONG_BEFORE_REST = 3
WRONG_BEFORE_STAFF = 5
REST = timedelta(seconds=60)
"""As a code's own rest, so that it does not tell a wrong code from a wrong date."""

MOST_PARTS = 9
"""No screen is cut into more, however large its letters are."""

CALLS_STAFF = frozenset(Reason) - {Reason.ARCHIVE_AWAY, Reason.NO_EXAMS, Reason.STILL_GROWING}
"""The troubles that call the desk by themselves; the others the person can settle alone."""


def at(session: Session, place: Place, *asks: Ask) -> Step:
    """Stand at another place, with nothing over it; the idle time begins anew."""
    return replace(session, place=place, over=None, touched_at=session.now), asks


def turned(session: Session, place: Confirm | Waiting | Collect | SeeStaff, by: int) -> Step | None:
    """Show another part of a screen that large letters leave no room for as a whole."""
    page = place.page + by
    return at(session, replace(place, page=page)) if 0 <= page < MOST_PARTS else None


def fresh(session: Session) -> Step:
    """Forget the person: an empty WELCOME."""
    empty = Session(
        visit=session.visit + 1,
        rules=session.rules,
        place=Welcome(),
        now=session.now,
        touched_at=session.now,
        comfort=home(session.rules, session.headphones_in),
        headphones_in=session.headphones_in,
    )
    return empty, (Forget(), LookAtQueue())


def home(rules: Rules, headphones_in: bool) -> Comfort:
    """Return how an empty kiosk looks; it speaks to whoever left headphones in."""
    return replace(rules.home, read_aloud=headphones_in)


def goodbye(session: Session, farewell: Farewell, *asks: Ask) -> Step:
    """Take everything off the screen, and say so."""
    place = Goodbye(session.now, farewell)
    return at(replace(session, visit=session.visit + 1), place, *asks, Forget())


def trouble(
    session: Session,
    reason: Reason,
    *ways: Way,
    back_to: EnterDate | ChooseStudies | ReadForm | Confirm | None = None,
    job: Waiting | Collect | None = None,
) -> Step:
    """Show what happened, what is safe and what to do now; call staff where a person must help."""
    calls = reason in CALLS_STAFF
    place = SeeStaff(
        reason,
        ways,
        back_to,
        ticket=job.glance.ticket if job else "",
        form_is_safe=job is not None,
        staff_called_at=session.now if calls else None,
    )
    asks = (CallDesk(reason, job.glance.job_id if job else None),) if calls else ()
    if calls:
        session = replace(session, staff_called_at=session.now)
    return at(session, place, *asks)


def with_wish(place: Place, change: Callable[[Wish], Wish]) -> Place:
    """Change what is known of the wish, wherever the person stands meanwhile."""
    match place:
        case ChooseStudies() | ChooseMedia() | WhoFor() | WhoAreYou() | TypeSigner() | ReadForm():
            return replace(place, wish=change(place.wish))
        case Sign(read=read):
            return replace(place, read=replace(read, wish=change(read.wish)))
        case Confirm(signed=signed):
            read = replace(signed.read, wish=change(signed.read.wish))
            return replace(place, signed=replace(signed, read=read))
        case SeeStaff(back_to=ChooseStudies() as studies):
            return replace(place, back_to=replace(studies, wish=change(studies.wish)))
        case _:
            return place
