"""Who waits for a job: asked once a second, whatever lies in the store."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from kiosk.domain.audit import AuditKind
from kiosk.domain.code import use_up
from kiosk.domain.job import Accept, Cancel, Claim, Event, Fail, JobState
from kiosk.domain.progress import Progress
from kiosk.store.jobs import LOOKED_BACK_AT
from kiosk.store.opening import Store
from tests.domain.releases import NOON, WHOLE_WAY, HeldClock, code, release

KIOSK = "kiosk-1"
HOUR = timedelta(hours=1)


def add(store: Store, number: int, *events: Event, kiosk: str = KIOSK) -> str:
    """Store a job and let it move."""
    job = store.jobs.add(release(), kiosk, f"{number:032x}", b"form")
    for event in events:
        job = store.jobs.advance(job, event)
    return job.job_id


def waiting(store: Store, since: timedelta = HOUR) -> list[str]:
    return [job.job_id for job, _ in store.jobs.waited_for(KIOSK, store.jobs.clock() - since)]


def ids(numbers: Iterable[int]) -> list[str]:
    return [f"{number:032x}" for number in numbers]


def test_nobody_waits_in_an_empty_store(store: Store) -> None:
    assert waiting(store) == []


def test_open_jobs_are_waited_for_however_old(store: Store, clock: HeldClock) -> None:
    add(store, 1)
    add(store, 2, Accept(), Claim())
    clock.pass_by(days=30)
    assert waiting(store) == ids([1, 2])


@pytest.mark.parametrize("events", [WHOLE_WAY, (Accept(), Claim(), Fail("wrong-patient"))])
def test_what_has_ended_is_waited_for_until_its_time_is_over(
    store: Store, clock: HeldClock, events: tuple[Event, ...]
) -> None:
    add(store, 1, *events)
    clock.pass_by(minutes=59)
    assert waiting(store) == ids([1])
    clock.pass_by(minutes=1)
    assert waiting(store) == []


def test_what_was_cancelled_is_not_waited_for(store: Store) -> None:
    add(store, 1, Cancel("patient"))
    assert waiting(store) == []


def test_what_was_collected_is_not_waited_for(store: Store) -> None:
    first, _ = add(store, 1, *WHOLE_WAY), add(store, 2, *WHOLE_WAY)
    store.audit.append(AuditKind.COLLECTED, {"kiosk": KIOSK}, first)
    assert waiting(store) == ids([2])


def test_another_event_of_a_job_is_no_collecting(store: Store) -> None:
    job_id = add(store, 1, *WHOLE_WAY)
    store.audit.append(AuditKind.RECEIPT_PRINTED, {"kiosk": KIOSK}, job_id)
    assert waiting(store) == [job_id]


def test_each_kiosk_has_its_own(store: Store) -> None:
    add(store, 1, kiosk="elsewhere")
    add(store, 2, *WHOLE_WAY, kiosk="elsewhere")
    add(store, 3)
    assert waiting(store) == ids([3])


def test_the_progress_comes_along(store: Store) -> None:
    job_id = add(store, 1, Accept(), Claim())
    add(store, 2)
    progress = Progress(JobState.RETRIEVING, 2, None, 1000, None)
    store.jobs.report_progress(job_id, progress)
    found = store.jobs.waited_for(KIOSK, NOON - HOUR)
    assert [noted for _, noted in found] == [progress, None]


def test_far_back_only_what_is_still_open_is_found(store: Store) -> None:
    add(store, 1)
    add(store, 2, *WHOLE_WAY)
    for number in range(3, 3 + LOOKED_BACK_AT):
        add(store, number, Cancel("patient"), kiosk="elsewhere")
    assert waiting(store) == ids([1])


# The job of a code


def test_the_job_that_used_a_code_up_is_known(store: Store) -> None:
    store.codes.add(code())
    assert store.codes.job_of(code().digest) is None
    store.codes.change(code(), code(), AuditKind.CODE_TRIED, "used")
    assert store.codes.job_of(code().digest) is None, "a try alone is no use"
    store.jobs.add(release(), KIOSK, "a" * 32, b"form", code().digest)
    store.jobs.add(release(), KIOSK, "b" * 32, b"form")
    assert store.codes.job_of(code().digest) == "a" * 32
    assert store.codes.find(code().digest) == use_up(code())
    assert store.codes.job_of("e" * 64) is None
