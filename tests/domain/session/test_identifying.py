"""IDENTIFY and SEARCHING when something is wrong: what is said, and what it gives away."""

from datetime import timedelta

import pytest

from kiosk.domain.session.asks import CallDesk, Forget, Identify, LookAtQueue
from kiosk.domain.session.events import (
    ClearAll,
    Delete,
    GoBack,
    GoOn,
    MustWait,
    NoMatch,
    Scanned,
    TakeWay,
    Troubled,
    TypeDigit,
)
from kiosk.domain.session.places import (
    ChooseStudies,
    EnterCode,
    EnterDate,
    Goodbye,
    Notice,
    Reason,
    Searching,
    SeeStaff,
    StillThere,
    Way,
    Welcome,
)
from kiosk.domain.session.walk import NotNow
from tests.domain.session.people import CODE, FOUND, MORNING
from tests.domain.session.steps import Step, after, at, comfort, digits, there, walk
from tests.domain.session.way import TO_ARCHIVE_AWAY, TO_CODE, TO_DATE, TO_SEARCH

WRONG: list[Step] = [(GoOn(), Searching), NoMatch()]
THREE_WRONG: list[Step] = [*TO_SEARCH, NoMatch(), *WRONG, *WRONG]


def test_code_and_date_must_be_full_and_the_date_a_day() -> None:
    walk(
        there(*TO_CODE),
        *digits("7391560"),
        (GoOn(), EnterCode, Notice.CODE_NOT_FULL),
        (TypeDigit("4"), EnterCode, None),
        (TypeDigit("9"), NotNow),
        (GoOn(), EnterDate),
        *digits("0230194"),
        (GoOn(), EnterDate, Notice.DATE_NOT_FULL),
        (TypeDigit("8"), None),
        (TypeDigit("8"), NotNow),
        (GoOn(), EnterDate, Notice.NO_SUCH_DATE),
        (Delete(), None, lambda s: s.place.typed.digits == "0230194"),
        (ClearAll(), lambda s: s.place.typed.digits == ""),
    )


@pytest.mark.parametrize("date", ["12311889", "11252026", "00101980", "13011980", "01010000"])
def test_a_day_on_which_no_patient_was_born_is_not_asked_for(date: str) -> None:
    walked = walk(there(*TO_DATE), *digits(date), (GoOn(), EnterDate, Notice.NO_SUCH_DATE))
    assert not walked.asked_for(Identify)


@pytest.mark.parametrize("date", ["01011890", "11242026"])
def test_the_oldest_and_the_youngest_are_asked_for(date: str) -> None:
    walk(there(*TO_DATE), *digits(date), (GoOn(), Searching, Identify))


def test_a_wrong_code_or_date_says_one_sentence_and_loses_nothing() -> None:
    walk(
        there(*TO_SEARCH),
        (NoMatch(), EnterDate, Notice.NO_MATCH, lambda s: s.place.typed.digits == "05141948"),
        (GoBack(), EnterCode, Notice.NO_MATCH, lambda s: s.place.digits == CODE),
        (Delete(), EnterCode, None),
    )


def test_three_wrong_wait_a_minute_and_go_on_by_themselves() -> None:
    walk(
        there(at("01:00"), *THREE_WRONG),
        (after(0), EnterDate, Notice.MUST_WAIT),
        (TypeDigit("1"), NotNow),
        (GoOn(), NotNow),
        (Scanned(CODE), NotNow),
        (GoBack(), EnterCode, Notice.MUST_WAIT),
        (TypeDigit("1"), NotNow),
        (at("01:59"), EnterCode, Notice.MUST_WAIT),
        (at("02:00"), EnterCode, None),
        (Delete(), EnterCode),
    )


def test_who_waits_as_told_is_not_asked_whether_they_are_there() -> None:
    walk(there(*THREE_WRONG), (after(59), EnterDate), (after(1), EnterDate, None))


def test_a_kiosk_that_takes_no_tries_for_long_sends_to_staff() -> None:
    hour, minute = (MORNING + timedelta(minutes=minutes) for minutes in (60, 2))
    rests = walk(there(*TO_SEARCH), (MustWait(minute), EnterDate, Notice.MUST_WAIT)).session
    walk(rests, (at("01:59"), EnterDate), (at("02:00"), StillThere), (at("02:30"), Welcome))
    walk(
        there(*TO_SEARCH),
        (MustWait(hour), SeeStaff, Reason.NEEDS_CHECK, CallDesk(Reason.NEEDS_CHECK)),
        (TakeWay(Way.FINISH), Goodbye),
    )


def test_a_fourth_wrong_try_waits_again_as_a_code_itself_does() -> None:
    walk(there(*THREE_WRONG), after(60), *WRONG, (after(0), EnterDate, Notice.MUST_WAIT))


def test_five_wrong_call_staff() -> None:
    walk(
        there(*THREE_WRONG, after(60), *WRONG, after(60)),
        (GoOn(), Searching),
        (NoMatch(), SeeStaff, Reason.TOO_MANY_TRIES, CallDesk(Reason.TOO_MANY_TRIES)),
        (TakeWay(Way.TRY_AGAIN), NotNow),
        (TakeWay(Way.FINISH), Goodbye, Forget),
    )


def test_tries_are_counted_over_codes_and_over_rests_that_the_store_asks_for() -> None:
    until = MORNING + timedelta(seconds=30)
    walk(
        there(*TO_SEARCH, MustWait(until)),
        (at("00:29"), EnterDate, Notice.MUST_WAIT),
        (at("00:30"), EnterDate, None),
        *WRONG,
        (Scanned("11112222"), EnterDate),
        *digits("05141948"),
        (GoOn(), Searching),
        (NoMatch(), EnterDate, Notice.MUST_WAIT),
    )


@pytest.mark.parametrize("reason", [Reason.CODE_VOID, Reason.NEEDS_CHECK])
def test_what_staff_must_settle_calls_them(reason: Reason) -> None:
    walk(
        there(*TO_SEARCH),
        (Troubled(reason), SeeStaff, reason, Way.FINISH, CallDesk(reason)),
        (TakeWay(Way.FINISH), Goodbye),
    )


def test_the_archive_is_away_and_is_tried_again() -> None:
    asked = there(*TO_ARCHIVE_AWAY)
    walk(asked, (after(0), SeeStaff, Reason.ARCHIVE_AWAY, Way.TRY_AGAIN, Way.PRINT_TICKET))
    assert asked.staff_called_at is None
    walk(asked, (TakeWay(Way.TRY_AGAIN), Searching, Identify), (FOUND, ChooseStudies))


def test_a_slow_search_may_be_left_with_a_ticket() -> None:
    walk(
        there(*TO_SEARCH),
        (TakeWay(Way.PRINT_TICKET), NotNow),
        (at("00:09"), lambda s: not s.place.slow),
        (at("00:10"), Searching, lambda s: s.place.slow),
        (TakeWay(Way.PRINT_TICKET), Goodbye, Forget),
        (FOUND, NotNow),
    )


def test_an_answer_to_what_was_typed_before_finds_nobody() -> None:
    asked = there(*TO_SEARCH)
    back = walk(asked, (GoBack(), EnterDate), (FOUND, NotNow)).session
    assert back.visit > asked.visit


def test_going_back_to_welcome_forgets_the_code_and_keeps_the_language() -> None:
    typing = there(comfort(language="es"), GoOn(), *digits("7391"))
    left = walk(typing, (GoBack(), Welcome, Forget, LookAtQueue)).session
    assert left.comfort.language == "es"
    assert left.visit > typing.visit
    walk(left, (GoOn(), EnterCode, lambda s: s.place.digits == ""))


def test_a_scan_of_something_else_is_said_and_loses_no_code() -> None:
    walk(there(), (Scanned("5000112548167"), EnterCode, Notice.NOT_OUR_SLIP))
    typed = there(*TO_DATE)
    walk(typed, (Scanned("HTTP"), EnterCode, Notice.NOT_OUR_SLIP, lambda s: s.place.digits == CODE))
