"""The walk: every event is either a move or a refusal, whatever the person stands before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, get_args

from kiosk.domain.session.asks import CallDesk, MakeForm
from kiosk.domain.session.asks import Cancel as CancelJob
from kiosk.domain.session.choosing import (
    at_media,
    choose_studies,
    type_signer,
    who_are_you,
    who_for,
)
from kiosk.domain.session.events import (
    Agree,
    CallStaff,
    CloseSheet,
    Event,
    ExamSeen,
    HeadphonesChanged,
    OpenSheet,
    OutOfService,
    QueueSeen,
    SetComfort,
    Tick,
    Touch,
    Touched,
)
from kiosk.domain.session.facts import Comfort, Exam, Rules, Wish
from kiosk.domain.session.identifying import (
    at_welcome,
    enter_code,
    enter_date,
    reordered,
    searching,
)
from kiosk.domain.session.idle import tick
from kiosk.domain.session.moves import Step, fresh, home, with_wish
from kiosk.domain.session.places import (
    ChooseMedia,
    ChooseStudies,
    Closed,
    Collect,
    Confirm,
    EnterCode,
    EnterDate,
    Goodbye,
    Place,
    ReadForm,
    Searching,
    SeeStaff,
    Session,
    Sheet,
    Sign,
    StillThere,
    TypeSigner,
    Waiting,
    Welcome,
    WhoAreYou,
    WhoFor,
)
from kiosk.domain.session.signing import at_form, confirm, sign
from kiosk.domain.session.troubled import see_staff
from kiosk.domain.session.waiting import at_goodbye, collect, waiting

MOVES: dict[type[Place], Callable[[Session, Any, Event], Step | None]] = {
    Welcome: at_welcome,
    EnterCode: enter_code,
    EnterDate: enter_date,
    Searching: searching,
    ChooseStudies: choose_studies,
    ChooseMedia: at_media,
    WhoFor: who_for,
    WhoAreYou: who_are_you,
    TypeSigner: type_signer,
    ReadForm: at_form,
    Sign: sign,
    Confirm: confirm,
    Waiting: waiting,
    Collect: collect,
    Goodbye: at_goodbye,
    SeeStaff: see_staff,
    Closed: lambda session, place, event: None,
}
"""What each place makes of an event that is its own; None where it makes nothing of it."""

MAY_START_OVER = (
    EnterCode,
    EnterDate,
    Searching,
    ChooseStudies,
    ChooseMedia,
    WhoFor,
    WhoAreYou,
    TypeSigner,
    ReadForm,
    Sign,
    Confirm,
)


class NotNow(Exception):
    """The event does not fit where the person stands; nothing was changed."""


def begin(rules: Rules, now: datetime, headphones_in: bool = False) -> Session:
    """Return the session of a kiosk that was just switched on."""
    comfort = home(rules, headphones_in)
    return Session(0, rules, Welcome(), now, now, comfort, headphones_in=headphones_in)


def step(session: Session, event: Event) -> Step:
    """Return the session after an event, and what it asks for.

    Raises
    ------
    NotNow
        If the event does not fit where the person stands.
    """
    if isinstance(event, Tick):
        return tick(_later(session, event.now))
    if isinstance(event, get_args(Touch)):
        session = replace(session, touched_at=session.now)
    moved = _everywhere(session, event) or _over(session, event) or _here(session, event)
    if moved is None:
        raise NotNow(f"{type(event).__name__} at {type(session.place).__name__}")
    return moved if isinstance(event, get_args(Touch)) else _under(session, moved)


def _later(session: Session, now: datetime) -> Session:
    """Let time go on; a clock that was set back must not keep a person's details on the screen."""
    set_back = max(session.now - now, timedelta(0))
    return replace(session, now=now, touched_at=session.touched_at - set_back)


def _everywhere(session: Session, event: Event) -> Step | None:
    """Do what the rail and the machine ask for, whatever is on the screen."""
    match event:
        case CallStaff():
            session = _answered(session)
            job = session.place.glance.job_id if isinstance(session.place, _WITH_JOB) else None
            where = type(session.place).__name__
            return replace(session, staff_called_at=session.now), (CallDesk(where, job),)
        case SetComfort(comfort=comfort):
            return _comforted(_answered(session), comfort)
        case HeadphonesChanged(plugged_in=plugged_in):
            # Unplugged, a hidden screen would leave the person with nothing.
            hidden = session.comfort.screen_hidden and plugged_in
            comfort = replace(session.comfort, read_aloud=plugged_in, screen_hidden=hidden)
            return replace(session, comfort=comfort, headphones_in=plugged_in), ()
        case OutOfService(closed=closed):
            return _service(session, closed)
        case QueueSeen(tickets=tickets) if isinstance(session.place, Welcome):
            return replace(session, place=Welcome(tickets)), ()
        case ExamSeen(exam=exam):
            return _exam_seen(session, exam)
        case _:
            return None


_WITH_JOB = (Waiting, Collect)


def _over(session: Session, event: Event) -> Step | None:
    """Let what lies over the screen take every touch."""
    match session.over, event:
        case _, OpenSheet(sheet=sheet) if _may_open(session.place, sheet):
            return replace(session, over=sheet), ()
        case ((Sheet() | StillThere()), CloseSheet()):
            return replace(session, over=None), ()
        case ((Sheet.START_OVER | StillThere()), Agree()):
            return fresh(session)
        case Sheet.CANCEL_DISC, Agree() if isinstance(session.place, Waiting):
            return replace(session, over=None), (CancelJob(session.place.glance.job_id),)
        case _:
            return None


def _answered(session: Session) -> Session:
    """Take a touch of the rail, or of a key for the volume, as an answer to the idle question."""
    return replace(session, over=None) if isinstance(session.over, StillThere) else session


def _under(before: Session, moved: Step) -> Step:
    """Leave what lies over the screen where it is: only a touch or the clock takes it away."""
    after, asks = moved
    over = before.over
    is_over = after.visit != before.visit
    if is_over or (isinstance(over, Sheet) and not _may_open(after.place, over)):
        return moved
    return replace(after, over=over), asks


def _here(session: Session, event: Event) -> Step | None:
    if session.over is not None and isinstance(event, get_args(Touch)):
        return (session, ()) if isinstance(event, Touched) else None
    moved = MOVES[type(session.place)](session, session.place, event)
    if moved is None and isinstance(event, Touched):
        return session, ()
    return moved


def _may_open(place: Place, sheet: Sheet) -> bool:
    match sheet:
        case Sheet.START_OVER:
            return isinstance(place, MAY_START_OVER) and not _is_sealing(place)
        case Sheet.CANCEL_DISC:
            return isinstance(place, Waiting)
        case _:
            return not isinstance(place, Closed)


def _is_sealing(place: Place) -> bool:
    return isinstance(place, Confirm) and place.is_sealing


def _comforted(session: Session, comfort: Comfort) -> Step:
    """Change how the person sees and hears; another language also asks for another form."""
    # A screen is hidden only from who hears it instead.
    hidden = comfort.screen_hidden and comfort.read_aloud and session.headphones_in
    comfort = replace(comfort, screen_hidden=hidden)
    another = comfort.language != session.comfort.language
    session = replace(session, comfort=comfort)
    match session.place:
        case EnterDate() as place if another:
            typed = reordered(place.typed, comfort.language)
            return replace(session, place=replace(place, typed=typed, notice=None)), ()
        case ReadForm(wish=wish, bigger=bigger) if another:
            anew = ReadForm(wish, bigger=bigger)
            return replace(session, place=anew), (MakeForm(wish, comfort.language),)
        case _:
            return session, ()


def _service(session: Session, closed: bool) -> Step | None:
    match session.place:
        case Welcome() if closed:
            empty, asks = fresh(session)
            return replace(empty, place=Closed()), asks
        case Closed() if not closed:
            return fresh(session)
        case _:
            return session, ()


def _exam_seen(session: Session, exam: Exam) -> Step:
    def seen(wish: Wish) -> Wish:
        exams = tuple(
            exam if each.study.study_uid == exam.study.study_uid else each
            for each in wish.known.exams
        )
        return replace(wish, known=replace(wish.known, exams=exams))

    return replace(session, place=with_wish(session.place, seen)), ()
