"""WAITING, COLLECT and GOODBYE: the job is durable, the person only looks on."""

from dataclasses import replace

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
    Farewell,
    Goodbye,
    Reason,
    Session,
    StillThere,
    Waiting,
    Way,
)

_REASONS = {
    "medium-failed-check": Reason.DISCS_SPOILED,
    "medium-too-small": Reason.STICK_TOO_SMALL,
}


def look_at(session: Session, glance: Glance) -> Step:
    """Stand where the job's state says."""
    match glance.state:
        case JobState.DONE:
            return at(session, Collect(glance), HandOver(glance.job_id))
        case JobState.CANCELLED:
            return goodbye(session, Farewell.STOPPED)
        case JobState.FAILED:
            reason = _REASONS.get(glance.failure_code, Reason.JOB_FAILED)
            return trouble(session, reason, Way.FINISH, job=Waiting(glance))
        case _ if isinstance(session.place, Waiting):
            # That a job goes on is no sign that somebody is there.
            return replace(session, place=replace(session.place, glance=glance)), ()
        case _:
            return at(session, Waiting(glance))


def waiting(session: Session, place: Waiting, event: Event) -> Step | None:
    """Follow the job; make room for the next person at any time."""
    match event:
        case JobSeen() if isinstance(session.over, StillThere):
            # The name on a finished disc is shown to nobody who may be a stranger.
            return session, ()
        case JobSeen(glance=glance) if glance.job_id == place.glance.job_id:
            return look_at(session, glance)
        case TurnPage(by=by):
            return turned(session, place, by)
        case GoOn():
            return fresh(session)
        case _:
            return None


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
    return fresh(session) if isinstance(event, (GoOn, Touched, Scanned)) else None
