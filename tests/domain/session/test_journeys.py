"""Whole journeys, from WELCOME to the disc in the hand."""

import pytest

from kiosk.domain.consent import Drawn, SignerRole
from kiosk.domain.job import JobState
from kiosk.domain.session.asks import (
    CallDesk,
    Cancel,
    Collected,
    Forget,
    HandOver,
    Identify,
    LookAtExams,
    LookAtJob,
    LookAtQueue,
    MakeForm,
    Seal,
)
from kiosk.domain.session.events import (
    Acknowledge,
    Agree,
    Drew,
    GoOn,
    OpenSheet,
    PickMedium,
    PickPurpose,
    Scanned,
    ToggleExam,
)
from kiosk.domain.session.facts import CodeTyped, Comfort, MediumKind, Purpose
from kiosk.domain.session.places import (
    ChooseMedia,
    ChooseStudies,
    Collect,
    Confirm,
    EnterCode,
    EnterDate,
    Goodbye,
    ReadForm,
    Searching,
    Sheet,
    Sign,
    Waiting,
    Welcome,
    WhoFor,
)
from tests.domain.session.people import CODE, FOUND, JOB_ID, KNEE, LABEL, MARIA, job, sealed
from tests.domain.session.people import job_found as found_job
from tests.domain.session.steps import after, at, digits, the_form, there, walk
from tests.domain.session.way import STROKE, TO_COLLECT, TO_SEARCH, TO_WAITING

BORN = MARIA.birth_date


def test_the_whole_walk_with_a_code() -> None:
    walked = walk(
        there(),
        (at("00:01"), Welcome, LookAtQueue),
        (GoOn(), EnterCode),
        *digits(CODE),
        (GoOn(), EnterDate),
        *digits("05141948"),
        (GoOn(), Searching, Identify(CodeTyped(CODE), BORN)),
        (FOUND, ChooseStudies, LookAtExams),
        (ToggleExam(KNEE.study_uid), lambda s: len(s.place.wish.exams) == 2),
        (GoOn(), ChooseMedia),
        (PickMedium(MediumKind.PAPER), ChooseMedia),
        (GoOn(), WhoFor),
        (PickPurpose(Purpose.SECOND_OPINION), WhoFor),
        (GoOn(), ReadForm, MakeForm),
        (the_form, ReadForm),
        (GoOn(), lambda s: s.place.is_last_page),
        (Acknowledge(), ReadForm),
        (GoOn(), Sign),
        (Drew(STROKE), Sign),
        (GoOn(), Confirm),
        (GoOn(), lambda s: s.place.is_sealing, Seal),
        (sealed(), Waiting),
        (at("00:20"), LookAtJob(JOB_ID)),
        (job(JobState.WRITING, minutes_left=1), Waiting),
        (job(JobState.DONE), Collect, HandOver(JOB_ID)),
        (LABEL, Collect),
        (GoOn(), Goodbye, Collected(JOB_ID), Forget),
        (at("00:25"), Welcome, Forget),
    )
    (seal,) = walked.asked_for(Seal)
    assert isinstance(seal, Seal)
    assert KNEE.study_uid not in seal.wish.chosen
    assert (seal.wish.medium, seal.consent.purpose) == (MediumKind.PAPER, "second-opinion")
    assert seal.consent.signature == Drawn((STROKE,))
    assert seal.consent.signer.role is SignerRole.PATIENT
    assert not walked.asked_for(CallDesk)


@pytest.mark.parametrize(
    ("language", "typed"),
    [("en", "05141948"), ("es", "14051948"), ("zh", "19480514"), ("ar", "14051948")],
)
def test_a_birth_date_is_typed_in_the_order_of_the_language(language: str, typed: str) -> None:
    walk(
        there(home=Comfort(language=language)),
        (Scanned(f" {CODE}\n"), EnterDate),
        *digits(typed),
        (GoOn(), Searching, Identify(CodeTyped(CODE), BORN)),
    )


def test_who_sat_down_comes_back_with_the_slip() -> None:
    walk(
        there(*TO_WAITING),
        (GoOn(), Welcome, Forget),
        (Scanned(CODE), EnterDate),
        *digits("05141948"),
        (GoOn(), Searching),
        (found_job(JobState.DONE), Collect, HandOver(JOB_ID)),
    )
    walk(there(*TO_SEARCH), (found_job(JobState.WRITING), Waiting))


def test_a_disc_is_cancelled_only_after_a_question() -> None:
    walk(
        there(*TO_WAITING),
        (OpenSheet(Sheet.CANCEL_DISC), Sheet.CANCEL_DISC),
        (Agree(), Waiting, Cancel(JOB_ID)),
        (job(JobState.CANCELLED), Goodbye, Forget),
        (after(5), Welcome),
    )


def test_two_people_in_a_row() -> None:
    first = walk(there(*TO_COLLECT), LABEL, (GoOn(), Goodbye)).session
    second = walk(first, (GoOn(), Welcome), (GoOn(), EnterCode)).session
    assert second.visit > first.visit > there().visit
    assert second.place == EnterCode()
