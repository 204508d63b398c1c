"""A signed job is released only as long as its consent counts, up to the last moment."""

import json
import re
from datetime import timedelta

import pytest

from kiosk.domain.job import ACTIVE, Approve, Hold, Job, JobState, Retry
from kiosk.errors import ApprovalNeeded, ConsentExpired, ConsentRefused, ConsentRevoked, KioskError
from kiosk.services.permission import Ending, end_consent, require_permission
from tests.builders import MARIA, Place, StudyPlan, ct
from tests.forms.reading import text_of
from tests.journeys.kiosks import PARENT, HeldClock, Kiosk
from tests.journeys.processes import Death
from tests.services.watching import Watched, in_database

AUTHORIZATION = {
    "basis": "authorization",
    "recipient": "Dr. Ana Sample, Hillside Clinic",
    "purpose": "new-doctor",
}
TWO_DISCS = StudyPlan(Place(MARIA, "b"), series=4, instances=4, make=lambda at: ct(at, 256))
EVENT = {"event": "the end of my court case"}


def ended(kiosk: Kiosk, job: Job, how: Ending = Ending.REVOKED) -> None:
    end_consent(kiosk.appliance.papers, job.job_id, how, "robin")


def assert_refused(kiosk: Kiosk, job: Job, error: type[KioskError]) -> None:
    assert job.state is JobState.FAILED
    assert job.failure is not None
    assert job.failure.code == error.code
    assert kiosk.leftovers() == []
    assert list(kiosk.out.iterdir()) == []
    assert kiosk.appliance.store.audit.verify() > 0


# Taken back


def test_a_consent_that_is_taken_back_before_the_work_begins_is_never_written(
    kiosk: Kiosk,
) -> None:
    watched = Watched(kiosk)
    job = kiosk.sign()
    ended(kiosk, job)
    assert_refused(kiosk, watched.worker.work(job), ConsentRevoked)
    assert watched.asked == []


def test_a_consent_that_is_taken_back_while_images_arrive_is_never_written(kiosk: Kiosk) -> None:
    watched = Watched(kiosk)
    job = kiosk.sign()
    arriving = watched.worker.work(job, lambda progress: ended(kiosk, job))
    assert_refused(kiosk, arriving, ConsentRevoked)
    assert watched.asked == []


def test_a_consent_that_is_taken_back_after_the_blank_disc_is_in_is_never_written(
    kiosk: Kiosk,
) -> None:
    """The last step before the first byte."""
    job = kiosk.sign()
    watched = Watched(kiosk, lambda asked: ended(kiosk, job))
    assert_refused(kiosk, watched.worker.work(job), ConsentRevoked)
    assert watched.asked == ["ready"]


def test_a_consent_that_is_taken_back_between_two_discs_keeps_both(kiosk: Kiosk) -> None:
    kiosk.configure(media={"capacity_bytes": 1_300_000})
    kiosk.hold(TWO_DISCS)
    job = kiosk.sign()

    def after_the_first(asked: str) -> None:
        if watched.asked.count("ready") == 2:
            ended(kiosk, job)

    watched = Watched(kiosk, after_the_first)
    assert_refused(kiosk, watched.worker.work(job), ConsentRevoked)
    assert watched.asked.count("write") == 1


def test_a_consent_that_is_taken_back_before_the_hand_over_keeps_the_disc(kiosk: Kiosk) -> None:
    job = kiosk.sign()
    with kiosk.worker(Death(of='"stage": "HANDING_OVER", "event": "stage-st', line=True)) as dying:
        dying.wait()
    ended(kiosk, job)
    assert_refused(kiosk, kiosk.appliance.worker.work(kiosk.job(job)), ConsentRevoked)


def test_staff_cannot_retry_what_was_taken_back(kiosk: Kiosk) -> None:
    job = kiosk.sign()
    ended(kiosk, job)
    failed = kiosk.appliance.worker.work(job)
    again = kiosk.appliance.store.jobs.advance(failed, Retry("robin"))
    assert_refused(kiosk, kiosk.appliance.worker.work(again), ConsentRevoked)


def test_one_consent_that_ends_leaves_all_others_alone(kiosk: Kiosk) -> None:
    ended(kiosk, kiosk.sign(to=kiosk.out / "other.iso"))
    assert kiosk.appliance.worker.work(kiosk.sign()).state is JobState.DONE


def test_nobody_ends_the_consent_of_a_job_that_is_none(kiosk: Kiosk) -> None:
    with pytest.raises(KeyError):
        end_consent(kiosk.appliance.papers, "0" * 32, Ending.REVOKED, "robin")


def test_the_chain_of_events_keeps_who_was_told(kiosk: Kiosk) -> None:
    job = kiosk.sign()
    ended(kiosk, job)
    event = kiosk.appliance.store.audit.events(job.job_id)[-1]
    assert (event.kind, event.fields) == ("consent-ended", {"how": "revoked", "by": "robin"})


# Expired


@pytest.fixture
def clock(kiosk: Kiosk) -> HeldClock:
    held = HeldClock()
    kiosk.clock = held
    return held


def authorization_until(kiosk: Kiosk, days: int) -> Job:
    day = (kiosk.clock() + timedelta(days=days)).date().isoformat()
    return kiosk.sign(**AUTHORIZATION, expires={"day": day})


def test_an_authorization_is_released_until_its_last_day_is_over(
    kiosk: Kiosk, clock: HeldClock
) -> None:
    assert kiosk.appliance.worker.work(authorization_until(kiosk, 2)).state is JobState.DONE


def test_an_authorization_that_expires_before_it_is_written_is_never_written(
    kiosk: Kiosk, clock: HeldClock
) -> None:
    job = authorization_until(kiosk, 2)

    def four_days_later(_: str) -> None:
        clock.now += timedelta(days=4)

    watched = Watched(kiosk, four_days_later)
    assert_refused(kiosk, watched.worker.work(job), ConsentExpired)
    assert watched.asked == ["ready"]


def test_an_authorization_whose_event_has_come_is_never_written(kiosk: Kiosk) -> None:
    job = kiosk.sign(**AUTHORIZATION, expires=EVENT)
    ended(kiosk, job, Ending.EVENT_HAPPENED)
    assert_refused(kiosk, kiosk.appliance.worker.work(job), ConsentExpired)


def test_an_authorization_that_is_over_already_is_not_signed(
    kiosk: Kiosk, clock: HeldClock
) -> None:
    with pytest.raises(ConsentExpired):
        authorization_until(kiosk, -2)
    assert kiosk.appliance.store.audit.verify() == 0


@pytest.mark.parametrize("lacking", [{"recipient": "self"}, {"expires": None}, {"purpose": " "}])
def test_an_authorization_that_lacks_an_element_becomes_no_job(
    kiosk: Kiosk, lacking: dict[str, object]
) -> None:
    with pytest.raises(ConsentRefused):
        kiosk.sign(**{**AUTHORIZATION, "expires": EVENT, **lacking})
    assert kiosk.appliance.store.audit.verify() == 0


# Approved


def test_a_parent_s_job_is_written_when_a_document_was_seen(kiosk: Kiosk) -> None:
    jobs = kiosk.appliance.store.jobs
    held = jobs.advance(kiosk.sign(signer=PARENT), Hold("representative"))
    approved = jobs.advance(held, Approve("robin", "birth certificate"))
    assert kiosk.appliance.worker.work(approved).state is JobState.DONE
    receipt = text_of(kiosk.document(approved, "receipt"))
    assert re.search(r"robin saw the paper that shows this right .*: birth certificate\.", receipt)


@pytest.mark.parametrize("seen", ["", "  "])
def test_an_approval_without_a_document_lets_nothing_be_written(kiosk: Kiosk, seen: str) -> None:
    jobs = kiosk.appliance.store.jobs
    held = jobs.advance(kiosk.sign(signer=PARENT), Hold("representative"))
    approved = jobs.advance(held, Approve("robin", seen))
    assert_refused(kiosk, kiosk.appliance.worker.work(approved), ApprovalNeeded)


@pytest.mark.parametrize("state", [JobState.READY, *sorted(ACTIVE)])
def test_a_parent_s_job_that_was_pushed_past_its_approval_is_not_written(
    kiosk: Kiosk, state: JobState
) -> None:
    job = kiosk.sign(signer=PARENT)
    in_database(kiosk, "UPDATE jobs SET state = ? WHERE job_id = ?", state.value, job.job_id)
    pushed = kiosk.appliance.worker.work(kiosk.job(job))
    assert pushed.failure is not None
    assert pushed.failure.code == ApprovalNeeded.code
    assert list(kiosk.out.iterdir()) == []


def test_permission_names_no_medium_and_no_person(kiosk: Kiosk) -> None:
    job = kiosk.sign(signer=PARENT)
    with pytest.raises(ApprovalNeeded) as refused:
        require_permission(kiosk.appliance.papers, job)
    assert "Example" not in str(refused.value)


def test_a_record_of_the_signature_is_kept_beside_the_form(kiosk: Kiosk) -> None:
    job = kiosk.sign()
    record = kiosk.document(job, "evidence")
    assert json.loads(record)["job_id"] == job.job_id
    in_database(
        kiosk,
        "UPDATE documents SET content = ? WHERE job_id = ? AND kind = 'evidence'",
        record.replace(b"patient", b"pati3nt"),
        job.job_id,
    )
    with pytest.raises(KioskError):
        kiosk.document(job, "evidence")
    with pytest.raises(KioskError):
        kiosk.appliance.store.audit.verify()
