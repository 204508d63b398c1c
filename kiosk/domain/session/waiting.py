"""WAITING, COLLECT and GOODBYE: the job is durable, the person only looks on."""

from dataclasses import replace
from datetime import timedelta

from kiosk.domain.job import JobState
from kiosk.domain.session.asks import Collected, HandOver
from kiosk.domain.session.events import (
    Event,
    GoOn,
    JobSeen,
    LabelKnown,
    NoDiscCame,
    ReceiptNotPrinted,
    Scanned,
    Touched,
    TurnPage,
)
from kiosk.domain.session.facts import Glance
from kiosk.domain.session.moves import Step, at, fresh, goodbye, trouble, turned
from kiosk.domain.session.places import (
    Collect,
    EnterCode,
    Farewell,
    Goodbye,
    Reason,
    Session,
    Waiting,
    Way,
)
from kiosk.domain.session.scanning import scanned_by_the_next

_REASONS = {
    "medium-failed-check": Reason.DISCS_SPOILED,
    "medium-too-small": Reason.STICK_TOO_SMALL,
}


PRESENT_FOR = timedelta(seconds=30)
"""Who touched the glass so short a time ago still stands before it."""


def look_at(session: Session, glance: Glance) -> Step:
    """Stand where the job's state says; a name is shown only to who is sure to be there."""
    match glance.state:
        case JobState.DONE if _may_be_a_stranger(session):
            return _followed(session, glance), ()
        case JobState.DONE:
            return at(session, Collect(glance), HandOver(glance.job_id))
        case JobState.CANCELLED:
            return goodbye(session, Farewell.STOPPED)
        case JobState.FAILED:
            reason = _REASONS.get(glance.failure_code, Reason.JOB_FAILED)
            return trouble(session, reason, Way.FINISH, job=Waiting(glance))
        case _ if isinstance(session.place, Waiting):
            # That a job goes on is no sign that somebody is there.
            return _followed(session, glance), ()
        case _:
            return at(session, Waiting(glance))


def waiting(session: Session, place: Waiting, event: Event) -> Step | None:
    """Follow the job; make room for the next person at any time."""
    match event:
        case JobSeen(glance=glance) if glance.job_id == place.glance.job_id:
            return look_at(session, glance)
        case Scanned(text=text):
            return scanned_by_the_next(session, text)
        case TurnPage(by=by):
            return turned(session, place, by)
        case GoOn() if place.glance.state is JobState.DONE:
            return at(session, EnterCode())
        case GoOn():
            return fresh(session)
        case _:
            return None


def _may_be_a_stranger(session: Session) -> bool:
    """Tell whether somebody else may have come since the glass was touched."""
    if not isinstance(session.place, Waiting):
        return False
    was_finished = session.place.glance.state is JobState.DONE
    return was_finished or session.now - session.touched_at > PRESENT_FOR


def _followed(session: Session, glance: Glance) -> Session:
    if not isinstance(session.place, Waiting):
        raise TypeError("only who waits follows a job")  # pragma: no cover
    return replace(session, place=replace(session.place, glance=glance))


def collect(session: Session, place: Collect, event: Event) -> Step | None:
    """Take the medium."""
    match event:
        case LabelKnown(label=label):
            return at(session, replace(place, label=label))
        case ReceiptNotPrinted():
            return at(session, replace(place, glance=replace(place.glance, receipt_printed=False)))
        case NoDiscCame():
            return trouble(session, Reason.NO_DISC_CAME, Way.FINISH, job=place)
        case TurnPage(by=by):
            return turned(session, place, by)
        case GoOn():
            return goodbye(session, Farewell.TAKEN, Collected(place.glance.job_id))
        case _:
            return None


def at_goodbye(session: Session, place: Goodbye, event: Event) -> Step | None:
    """Make room at a touch."""
    match event:
        case Scanned(text=text):
            return scanned_by_the_next(session, text)
        case GoOn() | Touched():
            return fresh(session)
        case _:
            return None
