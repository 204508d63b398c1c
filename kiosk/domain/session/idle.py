"""The clock: the idle question, rests that end, and what is looked at again and again."""

from dataclasses import replace
from datetime import timedelta

from kiosk.domain.session.asks import LookAtJob, LookAtQueue
from kiosk.domain.session.moves import REST, Step, at, fresh, home
from kiosk.domain.session.places import (
    Closed,
    Collect,
    Confirm,
    EnterCode,
    EnterDate,
    Goodbye,
    Place,
    Searching,
    Session,
    StillThere,
    Waiting,
    Welcome,
)

WARN_AFTER = timedelta(seconds=60)
WARN_AFTER_AT_COLLECT = timedelta(seconds=120)
COUNT_DOWN = timedelta(seconds=30)
"""WCAG 2.2.1: at least 20 seconds to extend; here as often as the person likes."""
GOODBYE_LASTS = timedelta(seconds=5)
SEARCH_IS_SLOW_AFTER = timedelta(seconds=10)


def tick(session: Session) -> Step:
    """Do what the time asks for; ``session.now`` is the present moment."""
    if isinstance(session.over, StillThere):
        # Nothing new is shown, and nothing is looked up, to somebody who may be gone.
        return fresh(session) if session.now >= session.over.closes_at else (session, ())
    if _idles_for(session) >= _limit(session.place):
        return replace(session, over=StillThere(session.now + COUNT_DOWN)), ()
    return _at_place(session)


def _idles_for(session: Session) -> timedelta:
    return session.now - session.touched_at


def _limit(place: Place) -> timedelta:
    match place:
        case Welcome() | Goodbye() | Closed() | Confirm(is_sealing=True):
            return timedelta.max
        case Collect():
            return WARN_AFTER_AT_COLLECT
        case EnterCode(rests_until=until) | EnterDate(rests_until=until) if until is not None:
            # Who was told to wait need not touch anything meanwhile.
            return REST + WARN_AFTER
        case _:
            return WARN_AFTER


def _at_place(session: Session) -> Step:
    now = session.now
    match session.place:
        case Goodbye(since=since) if now - since >= GOODBYE_LASTS:
            return fresh(session)
        case Welcome() if _idles_for(session) >= WARN_AFTER:
            # Somebody changed the language or called staff, and went away.
            comfort = home(session.rules, session.headphones_in)
            empty = replace(session, comfort=comfort, over=None, staff_called_at=None)
            return empty, (LookAtQueue(),)
        case (EnterCode(rests_until=until) | EnterDate(rests_until=until)) as place if (
            until is not None and now >= until
        ):
            return at(session, replace(place, rests_until=None, notice=None))
        case Searching(since=since) as place if now - since >= SEARCH_IS_SLOW_AFTER:
            return replace(session, place=replace(place, slow=True)), ()
        case _:
            return _look(session)


def _look(session: Session) -> Step:
    match session.place:
        case Waiting(glance=glance):
            return session, (LookAtJob(glance.job_id),)
        case Welcome() | Closed():
            return session, (LookAtQueue(),)
        case _:
            return session, ()
