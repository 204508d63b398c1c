"""IDENTIFY and SEARCHING: from the slip to a person who is known."""

from dataclasses import replace
from datetime import date

from kiosk.domain.code import DIGITS
from kiosk.domain.session.asks import Forget, Identify, LookAtExams, LookAtQueue, PrintTicket
from kiosk.domain.session.events import (
    ClearAll,
    Delete,
    Event,
    Found,
    GoBack,
    GoOn,
    JobFound,
    MustWait,
    NoMatch,
    Scanned,
    TakeWay,
    Troubled,
    TypeDigit,
)
from kiosk.domain.session.facts import (
    DATE_DIGITS,
    CodeTyped,
    DateTyped,
    Wish,
    no_date,
)
from kiosk.domain.session.moves import (
    REST,
    WRONG_BEFORE_REST,
    WRONG_BEFORE_STAFF,
    Step,
    at,
    goodbye,
    trouble,
)
from kiosk.domain.session.places import (
    ChooseStudies,
    EnterCode,
    EnterDate,
    Farewell,
    Notice,
    Reason,
    Searching,
    Session,
    Way,
    Welcome,
)
from kiosk.domain.session.scanning import code_again, scanned, with_credential
from kiosk.domain.session.waiting import look_at

OLDEST = date(1890, 1, 1)
"""Nobody was born before."""


def reordered(typed: DateTyped, language: str) -> DateTyped:
    """Return a birth date as another language writes it; half a date begins anew."""
    empty = no_date(language)
    if empty.order == typed.order:
        return typed
    if typed.active is not None:
        return empty
    return replace(empty, digits="".join(typed.part(part) for part in empty.order))


def at_welcome(session: Session, place: Welcome, event: Event) -> Step | None:
    """Begin, by touch or by holding the slip under the scanner."""
    match event:
        case GoOn():
            return at(session, EnterCode())
        case Scanned(text=text):
            return scanned(session, EnterCode(), text)
        case _:
            return None


def enter_code(session: Session, place: EnterCode, event: Event) -> Step | None:
    """Type the code, or scan it."""
    if place.rests_until is not None and not isinstance(event, GoBack):
        return None
    match event:
        case TypeDigit(digit=digit) if len(place.digits) < DIGITS:
            return at(session, replace(place, digits=place.digits + digit, notice=None))
        case Delete():
            return at(session, replace(place, digits=place.digits[:-1], notice=None))
        case ClearAll():
            return at(session, replace(place, digits="", notice=None))
        case Scanned(text=text):
            return scanned(session, place, text)
        case GoBack():
            # Somebody is still there: language and text size stay theirs.
            return at(replace(session, visit=session.visit + 1), Welcome(), Forget(), LookAtQueue())
        case GoOn() if len(place.digits) < DIGITS:
            return at(session, replace(place, notice=Notice.CODE_NOT_FULL))
        case GoOn():
            return with_credential(session, place, CodeTyped(place.digits))
        case _:
            return None


def enter_date(session: Session, place: EnterDate, event: Event) -> Step | None:
    """Type the birth date."""
    if place.rests_until is not None and not isinstance(event, GoBack):
        return None
    match event:
        case TypeDigit(digit=digit) if len(place.typed.digits) < DATE_DIGITS:
            return _typed(session, place, place.typed.digits + digit)
        case Delete():
            return _typed(session, place, place.typed.digits[:-1])
        case ClearAll():
            return _typed(session, place, "")
        case Scanned(text=text):
            return scanned(session, place, text)
        case GoBack():
            return at(session, code_again(place))
        case GoOn():
            return search(session, place)
        case _:
            return None


def search(session: Session, place: EnterDate) -> Step:
    """Check code and date, if the date can be one."""
    day = place.typed.day
    if place.typed.active is not None:
        return at(session, replace(place, notice=Notice.DATE_NOT_FULL))
    if day is None or not OLDEST <= day <= session.now.date():
        return at(session, replace(place, notice=Notice.NO_SUCH_DATE))
    asked = replace(place, notice=None)
    return at(session, Searching(asked, session.now), Identify(place.credential, day))


def searching(session: Session, place: Searching, event: Event) -> Step | None:
    """Take the answer, or come back later."""
    # The language may have been changed meanwhile.
    typed = reordered(place.asked.typed, session.comfort.language)
    asked = replace(place.asked, typed=typed)
    match event:
        case Found(known=known, shelves=shelves):
            chosen = frozenset(exam.study.study_uid for exam in known.exams)
            return at(session, ChooseStudies(Wish(known, chosen, shelves)), LookAtExams(known))
        case JobFound(glance=glance):
            return look_at(session, glance)
        case NoMatch():
            return _wrong(session, asked)
        case MustWait(until=until) if until - session.now > 2 * REST:
            # The whole kiosk takes no more tries for a while: nobody can wait for that here.
            return trouble(session, Reason.NEEDS_CHECK, Way.FINISH)
        case MustWait(until=until):
            tries = asked.wrong_tries + 1
            resting = replace(asked, wrong_tries=tries, rests_until=until)
            return at(session, replace(resting, notice=Notice.MUST_WAIT))
        case Troubled(reason=reason):
            return trouble(session, reason, *_WAYS.get(reason, (Way.FINISH,)), back_to=asked)
        case GoBack():
            # An answer that still comes belongs to what was typed before.
            return at(replace(session, visit=session.visit + 1), asked)
        case TakeWay(way=Way.PRINT_TICKET) if place.slow:
            return goodbye(
                session,
                Farewell.TICKET,
                PrintTicket(Reason.ARCHIVE_AWAY, session.comfort.language),
            )
        case _:
            return None


_WAYS = {
    Reason.ARCHIVE_AWAY: (Way.TRY_AGAIN, Way.PRINT_TICKET),
    Reason.NO_EXAMS: (Way.PRINT_TICKET, Way.FINISH),
}


def _typed(session: Session, place: EnterDate, digits: str) -> Step:
    return at(session, replace(place, typed=replace(place.typed, digits=digits), notice=None))


def _wrong(session: Session, asked: EnterDate) -> Step:
    """Count a wrong try: the same whichever of the two is wrong, and if there is no such code."""
    tries = asked.wrong_tries + 1
    again = replace(asked, wrong_tries=tries, notice=Notice.NO_MATCH)
    if tries >= WRONG_BEFORE_STAFF:
        return trouble(session, Reason.TOO_MANY_TRIES, Way.FINISH)
    if tries >= WRONG_BEFORE_REST:
        resting = replace(again, notice=Notice.MUST_WAIT, rests_until=session.now + REST)
        return at(session, resting)
    return at(session, again)
