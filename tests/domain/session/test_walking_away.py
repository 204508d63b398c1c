"""Walking away: the question, the countdown, and an empty WELCOME that knows nothing of anybody."""

import pytest

from kiosk.domain.job import JobState
from kiosk.domain.session.asks import Cancel, Forget, HandOver, LookAtJob, LookAtQueue
from kiosk.domain.session.events import (
    Agree,
    CallStaff,
    CloseSheet,
    GoBack,
    GoOn,
    HeadphonesChanged,
    OpenSheet,
    Scanned,
    Touched,
)
from kiosk.domain.session.places import (
    ChooseStudies,
    Closed,
    Collect,
    Confirm,
    EnterCode,
    EnterDate,
    Goodbye,
    Session,
    Sheet,
    StillThere,
    Waiting,
    Welcome,
)
from kiosk.domain.session.walk import NotNow
from tests.domain.session.memory import knows_of_somebody
from tests.domain.session.people import CODE, FOUND, JOB_ID, LABEL, job, sealed
from tests.domain.session.stands import COVERED, STANDS
from tests.domain.session.steps import Step, after, at, comfort, there, walk
from tests.domain.session.way import (
    TO_COLLECT,
    TO_EXAMS,
    TO_GOODBYE,
    TO_ITS_END,
    TO_SEALING,
    TO_SEARCH,
    TO_WAITING,
)

LONGER = {"Collect": 120, "Collect with its label": 120}
RESTS = {"EnterCode resting", "EnterDate resting"}
ASKS = {
    name: session
    for name, session in (STANDS | COVERED).items()
    if not isinstance(session.place, (Welcome, Goodbye, Closed))
    and name not in {"Confirm sealing", "see and hear while sealing"} | RESTS
    and not isinstance(session.over, StillThere)
}
"""Where somebody who does not touch anything is asked whether they are there."""


@pytest.mark.parametrize("name", ASKS)
def test_walking_away_is_asked_about_and_then_leaves_an_empty_welcome(name: str) -> None:
    left = walk(ASKS[name], Touched()) if ASKS[name].over is None else walk(ASKS[name])
    seconds = LONGER.get(name, 60)
    walked = walk(
        left.session,
        (after(seconds - 1), lambda s: not isinstance(s.over, StillThere)),
        (after(1), StillThere, lambda s: (s.over.closes_at - s.now).seconds == 30),
        (after(29), StillThere),
        (after(1), Welcome, Forget, LookAtQueue),
    )
    assert not walked.asked_for(Cancel)
    assert not knows_of_somebody(walked.session)
    assert is_as_new(walked.session, ASKS[name])


def test_a_call_is_news_for_a_quarter_of_a_minute() -> None:
    walk(
        ASKS["EnterCode"],
        (CallStaff(), lambda s: s.staff_just_called),
        (after(14), lambda s: s.staff_just_called),
        (after(1), lambda s: not s.staff_just_called and s.staff_called_at),
    )


def is_as_new(session: Session, before: Session) -> bool:
    new = there(HeadphonesChanged(before.headphones_in))
    return (session.place, session.over, session.staff_called_at, session.comfort) == (
        Welcome(),
        None,
        None,
        new.comfort,
    ) and session.visit > before.visit


def test_a_touch_keeps_the_place_for_another_minute_as_often_as_one_likes() -> None:
    keeps: list[Step] = [(after(60), StillThere), (after(29), StillThere), (CloseSheet(), None)]
    kept = walk(there(*TO_EXAMS), *keeps * 25, (after(59), ChooseStudies)).session
    assert kept.place == there(*TO_EXAMS).place


@pytest.mark.parametrize("touch", [CallStaff(), comfort(volume=80), OpenSheet(Sheet.LANGUAGES)])
def test_the_rail_and_the_volume_keys_answer_the_question_too(touch: Step) -> None:
    walk(
        there(*TO_EXAMS, after(60)),
        (touch, lambda s: not isinstance(s.over, StillThere)),
        (after(59), lambda s: not isinstance(s.over, StillThere)),
        (after(1), StillThere),
    )


def test_the_question_can_be_answered_with_closing() -> None:
    walk(there(*TO_EXAMS, after(60)), (GoOn(), NotNow), (Agree(), Welcome, Forget))


def test_start_over_asks_and_then_forgets() -> None:
    walk(
        there(*TO_ITS_END),
        (OpenSheet(Sheet.START_OVER), Sheet.START_OVER),
        (CloseSheet(), lambda s: s == there(*TO_ITS_END)),
        OpenSheet(Sheet.START_OVER),
        (Agree(), Welcome, Forget),
    )


def test_an_answer_does_not_take_the_question_away() -> None:
    walk(there(*TO_SEARCH, after(60)), (FOUND, StillThere), (after(30), Welcome))
    walk(there(*TO_COLLECT, after(120)), (LABEL, StillThere), (after(30), Welcome))


def test_an_answer_leaves_a_sheet_that_still_fits_and_no_other() -> None:
    sheet = Sheet.SEE_AND_HEAR
    walk(there(*TO_SEARCH), OpenSheet(sheet), (FOUND, sheet), (CloseSheet(), ChooseStudies))
    walk(there(*TO_WAITING), OpenSheet(Sheet.CANCEL_DISC), (job(JobState.DONE), Collect))
    walk(there(*TO_WAITING), OpenSheet(sheet), (job(JobState.CANCELLED), Goodbye))


def test_a_finished_disc_is_shown_to_nobody_who_did_not_say_they_are_there() -> None:
    waited = walk(
        there(*TO_WAITING),
        (after(60), StillThere),
        (job(JobState.DONE), StillThere, lambda s: isinstance(s.place, Waiting)),
        after(1),
    )
    assert not waited.asked_for(HandOver)
    assert not waited.asked_for(LookAtJob)
    walk(waited.session, (CloseSheet(), Waiting), (after(1), LookAtJob(JOB_ID)))


def test_that_a_job_goes_on_is_no_sign_of_a_person() -> None:
    goes_on = [after(1), job(JobState.WRITING)]
    walk(there(*TO_WAITING), *goes_on * 59, (after(1), StillThere))


def test_nothing_interrupts_while_the_form_is_sealed() -> None:
    sealing = there(*TO_SEALING)
    walk(
        sealing,
        (OpenSheet(Sheet.START_OVER), NotNow),
        (GoBack(), NotNow),
        (GoOn(), NotNow),
        (at("10:00"), Confirm),
        (sealed(), Waiting),
        (after(59), Waiting),
        (after(1), StillThere),
    )


def test_goodbye_lasts_five_seconds_or_until_a_touch() -> None:
    gone = there(*TO_GOODBYE)
    assert not knows_of_somebody(gone)
    walk(gone, (after(4), Goodbye), (after(1), Welcome))
    walk(gone, (Touched(), Welcome))


def test_staff_are_called_from_everywhere_and_told_of_the_job_only_where_one_is_shown() -> None:
    for session in STANDS.values():
        called = walk(session, (CallStaff(), lambda s: s.staff_called_at == s.now))
        (call,) = called.asked
        assert (call.job_id == JOB_ID) == isinstance(session.place, (Waiting, Collect))
        assert call.where == type(session.place).__name__


def test_a_rest_is_no_walking_away_but_ends_in_one() -> None:
    for name in RESTS:
        walk(STANDS[name], (at("00:59"), lambda s: s.over is None), (at("01:00"), None))
        walk(STANDS[name], (at("01:00"), None), (at("02:00"), StillThere), (at("02:30"), Welcome))
    assert isinstance(STANDS["EnterDate resting"].place, EnterDate)


def test_a_copy_that_is_finished_while_nobody_touches_shows_no_name() -> None:
    left = walk(there(*TO_WAITING), after(31), (job(JobState.DONE), Waiting))
    assert left.asked == ()
    assert not knows_of_somebody(left.session)
    walk(left.session, Touched(), (job(JobState.DONE), Waiting))


def test_who_is_still_there_takes_it_at_once() -> None:
    walk(there(*TO_WAITING), after(30), (job(JobState.DONE), Collect, HandOver))


def test_who_takes_a_finished_copy_later_shows_the_slip_once_more() -> None:
    ready = walk(there(*TO_WAITING), after(31), job(JobState.DONE)).session
    walk(ready, (GoOn(), EnterCode))
    walk(ready, (Scanned(CODE), EnterDate, Forget))


def test_the_next_person_scans_only_once() -> None:
    walk(there(*TO_WAITING), (Scanned(CODE), EnterDate, Forget))
    walk(there(*TO_GOODBYE), (Scanned(CODE), EnterDate))
