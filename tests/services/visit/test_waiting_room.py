"""Who waits: how the job stands, for how long still, and who is called from the first screen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.audit import AuditKind
from kiosk.domain.job import (
    Accept,
    Approve,
    Built,
    Cancel,
    Claim,
    Event,
    Fail,
    Hold,
    JobState,
    MediumReady,
    Postpone,
    Retrieved,
    Spoiled,
    Verified,
    Written,
)
from kiosk.domain.medium import Medium
from kiosk.domain.progress import Progress
from kiosk.domain.release import TargetKind
from kiosk.domain.session import asks
from kiosk.domain.session.asks import Collected, LookAtJob, LookAtQueue
from kiosk.domain.session.events import JobSeen, QueueSeen
from kiosk.domain.session.facts import Glance, TicketLine
from tests.journeys.kiosks import HeldClock
from tests.services.visit.visitors import Visitor

RETRIEVED = Retrieved(6, 6, counted_only=False)
FIRST_OF_TWO = Medium(TargetKind.IMAGE, "disc-1.iso", 1, 2, 1000, "0" * 64, 3, 0, verified=True)
TO_WRITING = (Accept(), Claim(), RETRIEVED, Built(1, 0), MediumReady())


def moved(visitor: Visitor, job_id: str, *events: Event) -> None:
    """Let a job move as the worker or the desk would."""
    jobs = visitor.kiosk.appliance.store.jobs
    for event in events:
        jobs.advance(jobs.get(job_id), event)


def glance(visitor: Visitor, job_id: str) -> Glance:
    return visitor.answer(LookAtJob(job_id), JobSeen).glance


def queue(visitor: Visitor) -> tuple[TicketLine, ...]:
    _, queue = visitor.answers(LookAtQueue())
    assert isinstance(queue, QueueSeen)
    return queue.tickets


def tickets(visitor: Visitor) -> list[str]:
    return [line.ticket for line in queue(visitor)]


# One job


def test_a_glance_tells_how_far_it_is(visitor: Visitor) -> None:
    job_id = visitor.orders()
    assert glance(visitor, job_id).state is JobState.SIGNED
    moved(visitor, job_id, *TO_WRITING)
    progress = Progress(JobState.WRITING, 3, 6, 500, 1000)
    visitor.kiosk.appliance.store.jobs.report_progress(job_id, progress)
    seen = glance(visitor, job_id)
    assert (seen.state, seen.progress, seen.instances) == (JobState.WRITING, progress, 6)
    assert seen.minutes_left >= 1


def test_what_was_noted_of_an_earlier_stage_is_no_progress_of_this_one(visitor: Visitor) -> None:
    job_id = visitor.orders()
    moved(visitor, job_id, Accept(), Claim())
    noted = Progress(JobState.RETRIEVING, 6, 6, 1000, None)
    visitor.kiosk.appliance.store.jobs.report_progress(job_id, noted)
    assert glance(visitor, job_id).progress == noted
    moved(visitor, job_id, RETRIEVED)
    assert glance(visitor, job_id).progress is None


def test_a_glance_tells_which_disc_is_made(visitor: Visitor) -> None:
    job_id = visitor.orders()
    moved(visitor, job_id, Accept(), Claim(), RETRIEVED, Built(2, 0), MediumReady())
    assert (glance(visitor, job_id).volume, glance(visitor, job_id).volumes) == (1, 2)
    moved(visitor, job_id, Written(), Verified(FIRST_OF_TWO), MediumReady())
    assert (glance(visitor, job_id).volume, glance(visitor, job_id).volumes) == (2, 2)
    moved(visitor, job_id, Written(), Verified(replace(FIRST_OF_TWO, volume=2)))
    assert (glance(visitor, job_id).volume, glance(visitor, job_id).volumes) == (2, 2)


def test_a_glance_tells_why_it_rests_and_what_was_spoiled(
    visitor: Visitor, clock: HeldClock
) -> None:
    job_id = visitor.orders()
    until = clock() + timedelta(minutes=5)
    moved(visitor, job_id, Accept(), Claim(), Postpone("archive-unreachable", until))
    seen = glance(visitor, job_id)
    assert seen.waiting_code == "archive-unreachable"
    assert seen.minutes_left >= 6
    spoiled = visitor.orders()
    moved(visitor, spoiled, *TO_WRITING, Written(), Spoiled("medium-failed-check"))
    assert glance(visitor, spoiled).spoiled == 1


def test_a_glance_tells_why_it_failed(visitor: Visitor) -> None:
    job_id = visitor.orders()
    moved(visitor, job_id, Accept(), Claim(), Fail("wrong-patient"))
    seen = glance(visitor, job_id)
    assert (seen.state, seen.failure_code, seen.minutes_left) == (
        JobState.FAILED,
        "wrong-patient",
        0,
    )


def test_a_glance_holds_nothing_of_the_person(visitor: Visitor) -> None:
    said = repr(glance(visitor, visitor.orders())).lower()
    for private in ("maria", "example", "ex-1001", "1970"):
        assert private not in said


def test_a_job_that_is_long_gone_can_be_looked_at(visitor: Visitor, clock: HeldClock) -> None:
    job_id = visitor.orders()
    visitor.gets_it_made(job_id)
    clock.now += timedelta(days=3)
    assert glance(visitor, job_id).state is JobState.DONE


def test_the_minutes_do_not_waver(visitor: Visitor, clock: HeldClock) -> None:
    """An archive that falters for a moment makes nobody wait longer on the screen."""
    job_id, told = visitor.orders(), []
    moved(visitor, job_id, Accept(), Claim())
    for done in (1, 2, 2, 2, 3, 4, 4, 5):
        progress = Progress(JobState.RETRIEVING, done, 6, done * 1000, None)
        visitor.kiosk.appliance.store.jobs.report_progress(job_id, progress)
        told.append(glance(visitor, job_id).minutes_left)
        clock.now += timedelta(seconds=15)
    assert told == sorted(told, reverse=True)


# Cancelling


def test_a_person_can_give_the_copy_up(visitor: Visitor) -> None:
    job_id = visitor.orders()
    moved(visitor, job_id, *TO_WRITING)
    seen = visitor.answer(asks.Cancel(job_id), JobSeen).glance
    assert seen.state is JobState.CANCELLED
    *_, event = visitor.kiosk.appliance.store.audit.events(job_id)
    assert event.fields["by"] == "patient"


def test_what_is_done_cannot_be_given_up_any_more(visitor: Visitor) -> None:
    job_id = visitor.orders()
    visitor.gets_it_made(job_id)
    assert visitor.answer(asks.Cancel(job_id), JobSeen).glance.state is JobState.DONE


def test_a_worker_that_has_the_job_in_hand_lets_it_go(visitor: Visitor) -> None:
    job_id = visitor.orders()
    appliance, cancelled = visitor.kiosk.appliance, []

    def give_up(progress: Progress) -> None:
        if not cancelled:
            cancelled.append(visitor.answer(asks.Cancel(job_id), JobSeen))

    ended = appliance.worker.work(appliance.store.jobs.get(job_id), give_up)
    assert ended.state is JobState.CANCELLED
    assert list((visitor.kiosk.folder / "discs").iterdir()) == []


# Everybody


def test_nobody_waits_on_an_empty_kiosk(visitor: Visitor) -> None:
    assert queue(visitor) == ()


def test_who_waits_is_shown_oldest_first_and_ready_at_nought(visitor: Visitor) -> None:
    first, _ = visitor.orders(), visitor.orders()
    visitor.gets_it_made(first)
    ready, waiting = queue(visitor)
    assert ready == TicketLine("A-01", 0)
    assert waiting.ticket == "A-02"
    assert waiting.minutes_left >= 1


def test_the_second_in_line_waits_longer_than_the_first(visitor: Visitor) -> None:
    """One worker does one after the other; a large job comes before the second one."""
    first, second = visitor.orders(), visitor.orders()
    alone = glance(visitor, second).minutes_left
    moved(visitor, first, Accept(), Claim(), Retrieved(40_000, 40_000, counted_only=False))
    visitor.restart()
    assert glance(visitor, second).minutes_left > alone


def test_four_are_shown_at_most(visitor: Visitor) -> None:
    for _ in range(5):
        visitor.orders()
    assert tickets(visitor) == ["A-01", "A-02", "A-03", "A-04"]


@pytest.mark.parametrize("event", [Hold("representative"), Fail("wrong-patient")])
def test_who_must_see_staff_is_told_so(visitor: Visitor, event: Event) -> None:
    job_id = visitor.orders()
    begun = (Accept(), Claim()) if isinstance(event, Fail) else ()
    moved(visitor, job_id, *begun, event)
    (line,) = queue(visitor)
    assert line.needs_staff


def test_an_approved_job_waits_like_any_other(visitor: Visitor) -> None:
    job_id = visitor.orders()
    moved(visitor, job_id, Hold("representative"), Approve("robin", "birth certificate"))
    (line,) = queue(visitor)
    assert not line.needs_staff


def test_who_gave_it_up_waits_no_more(visitor: Visitor) -> None:
    moved(visitor, visitor.orders(), Cancel("patient"))
    assert queue(visitor) == ()


def test_what_was_collected_is_gone_even_after_a_restart(visitor: Visitor) -> None:
    job_id = visitor.orders()
    visitor.gets_it_made(job_id)
    assert tickets(visitor) == ["A-01"]
    assert visitor.answers(Collected(job_id)) == []
    assert visitor.answers(Collected(job_id)) == []
    assert queue(visitor) == ()
    visitor.restart()
    assert queue(visitor) == ()
    kinds = [event.kind for event in visitor.kiosk.appliance.store.audit.events(job_id)]
    assert kinds.count(AuditKind.COLLECTED) == 1


def test_what_nobody_took_within_an_hour_is_no_longer_called(
    visitor: Visitor, clock: HeldClock
) -> None:
    job_id = visitor.orders()
    visitor.gets_it_made(job_id)
    clock.now += timedelta(minutes=59)
    assert tickets(visitor) == ["A-01"]
    clock.now += timedelta(minutes=1)
    assert queue(visitor) == ()


def test_each_kiosk_calls_its_own(visitor: Visitor) -> None:
    visitor.orders()
    room = visitor.attendant.room
    assert replace(room, kiosk="cellar").tickets() == ()
    assert len(room.tickets()) == 1


def test_of_jobs_that_are_gone_nothing_is_kept(visitor: Visitor) -> None:
    job_id = visitor.orders()
    queue(visitor)
    assert visitor.attendant.room.told
    moved(visitor, job_id, Cancel("patient"))
    queue(visitor)
    assert not visitor.attendant.room.told
