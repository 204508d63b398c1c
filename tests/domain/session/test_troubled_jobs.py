"""What goes wrong with a job: each has its sentence, its next step and its way on."""

import pytest

from kiosk.domain.job import JobState
from kiosk.domain.session.asks import CallDesk, HandOver, LookAtJob
from kiosk.domain.session.events import NoDiscCame, ReceiptNotPrinted, TakeWay
from kiosk.domain.session.places import Collect, Goodbye, Reason, SeeStaff, Waiting, Way, Welcome
from kiosk.domain.session.walk import NotNow
from tests.domain.session.people import JOB_ID, job
from tests.domain.session.people import job_found as found_job
from tests.domain.session.steps import after, there, walk
from tests.domain.session.way import TO_COLLECT, TO_SEARCH, TO_WAITING


def test_a_spoiled_disc_is_a_line_and_two_are_a_trouble() -> None:
    failed = job(JobState.FAILED, failure_code="medium-failed-check", spoiled=2)
    walk(
        there(*TO_WAITING),
        (job(JobState.AWAITING_MEDIA, spoiled=1), Waiting, lambda s: s.place.glance.spoiled == 1),
        (failed, SeeStaff, Reason.DISCS_SPOILED, CallDesk(Reason.DISCS_SPOILED, JOB_ID)),
        (after(0), lambda s: s.place.form_is_safe and s.place.ticket == "A-17"),
        (TakeWay(Way.FINISH), Goodbye),
    )


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("medium-too-small", Reason.STICK_TOO_SMALL),
        ("medium-failed-check", Reason.DISCS_SPOILED),
        ("wrong-patient", Reason.JOB_FAILED),
    ],
)
def test_a_failed_job_says_what_to_do_to_who_waits_or_comes_back(code: str, reason: Reason) -> None:
    shown = (SeeStaff, reason, CallDesk(reason, JOB_ID))
    walk(there(*TO_WAITING), (job(JobState.FAILED, failure_code=code), *shown))
    walk(there(*TO_SEARCH), (found_job(JobState.FAILED, failure_code=code), *shown))


def test_a_pulled_stick_and_a_held_job_stay_where_they_are() -> None:
    pulled = job(JobState.READY, waiting_code="stick-pulled")
    walk(
        there(*TO_WAITING),
        (job(JobState.HELD), Waiting),
        (pulled, Waiting, lambda s: s.place.glance.waiting_code == "stick-pulled"),
        (after(1), LookAtJob(JOB_ID)),
        (job(JobState.WRITING), Waiting, lambda s: s.place.glance.waiting_code == ""),
    )


def test_how_another_job_stands_changes_nothing() -> None:
    walk(there(*TO_WAITING), (job(JobState.DONE, job_id="f" * 32), NotNow))


def test_a_receipt_that_was_not_printed_is_said_beside_the_disc() -> None:
    walk(
        there(*TO_COLLECT),
        (ReceiptNotPrinted(), Collect, lambda s: not s.place.glance.receipt_printed),
    )


def test_no_disc_came_calls_staff_with_the_ticket() -> None:
    walk(
        there(*TO_COLLECT),
        (NoDiscCame(), SeeStaff, Reason.NO_DISC_CAME, CallDesk(Reason.NO_DISC_CAME, JOB_ID)),
        (after(0), lambda s: s.place.ticket == "A-17"),
        (TakeWay(Way.FINISH), Goodbye),
        (after(5), Welcome),
    )


def test_a_receipt_is_printed_once_however_often_the_job_is_looked_at() -> None:
    walked = walk(there(*TO_COLLECT), (job(JobState.DONE), NotNow), after(1), after(1))
    assert not walked.asked_for(HandOver)
