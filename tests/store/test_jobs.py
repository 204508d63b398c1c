"""The contract of the job store, on both databases."""

from dataclasses import replace
from datetime import UTC, timedelta, timezone

import pytest

from kiosk.domain.audit import AuditKind
from kiosk.domain.code import CodeState
from kiosk.domain.job import (
    ACTIVE,
    Accept,
    Approve,
    Cancel,
    Claim,
    Event,
    Fail,
    Failure,
    HandedOver,
    Hold,
    Job,
    JobState,
    Postpone,
    Retry,
    Spoiled,
    Verified,
    step,
)
from kiosk.domain.progress import Progress
from kiosk.errors import CodeRefused, FormNotSealed, JobChangedMeanwhile, MoveRefused
from kiosk.store.documents import sha256_of
from kiosk.store.opening import Store, open_store
from tests.domain.releases import NOON, WHOLE_WAY, HeldClock, code, medium, release
from tests.store.conftest import Raw

FORM = b"%PDF the signed form"
RECEIPT = b"%PDF the receipt"


def add(store: Store, number: int = 1, kiosk: str = "kiosk-1") -> Job:
    return store.jobs.add(release(), kiosk, f"{number:032x}", FORM)


def move(store: Store, job: Job, *way: Event) -> Job:
    for event in way:
        job = store.jobs.advance(job, event)
    return job


# Adding


def test_a_new_job_is_signed_and_reads_back_as_it_was_returned(store: Store) -> None:
    job = add(store)
    assert (job.state, job.version, job.number) == (JobState.SIGNED, 0, 1)
    assert (job.release, job.kiosk) == (release(), "kiosk-1")
    assert job.created_at == job.changed_at == NOON
    assert store.jobs.get(job.job_id) == job


def test_a_job_outlives_the_process_that_added_it(url: str, clock: HeldClock) -> None:
    with open_store(url, clock) as first:
        job = move(first, add(first), Accept(), Claim())
    with open_store(url, clock) as second:
        assert second.jobs.get(job.job_id) == job


def test_numbers_count_up_within_a_store(store: Store) -> None:
    assert [add(store, n, kiosk).number for n, kiosk in ((7, "a"), (3, "b"), (5, "a"))] == [1, 2, 3]


def test_form_and_first_move_are_in_the_chain_from_the_start(store: Store) -> None:
    job = add(store)
    sealed, moved = store.audit.events(job.job_id)
    assert (sealed.kind, sealed.fields) == (AuditKind.FORM_SEALED, {"sha256": sha256_of(FORM)})
    assert moved.kind is AuditKind.JOB_MOVED
    assert {name: moved.fields[name] for name in ("event", "before", "after", "version")} == {
        "event": "Signed",
        "before": "",
        "after": "SIGNED",
        "version": "0",
    }
    assert len(moved.fields["sha256"]) == 64
    assert (sealed.at, moved.at) == (NOON, NOON)


def test_the_same_job_cannot_be_added_twice_and_the_first_stays(store: Store) -> None:
    job = add(store)
    with pytest.raises(JobChangedMeanwhile):
        store.jobs.add(release(), "kiosk-2", job.job_id, b"another form")
    assert store.jobs.get(job.job_id) == job
    assert store.jobs.document(job.job_id, "form") == FORM
    assert store.audit.verify() == 2


def test_an_unknown_job_is_a_key_error(store: Store) -> None:
    with pytest.raises(KeyError):
        store.jobs.get("f" * 32)


def test_what_would_not_read_back_is_refused_and_leaves_no_trace(store: Store) -> None:
    for broken in ("\udc80", "name\udcff"):
        strange = replace(release(), patient=replace(release().patient, name=broken))
        with pytest.raises(ValueError, match="cannot be stored"):
            store.jobs.add(strange, "kiosk-1", "1" * 32, FORM)
    assert store.jobs.open_jobs("kiosk-1") == []
    assert store.audit.verify() == 0


# Release codes are used up by the signature


def test_signing_uses_the_code_up_in_the_same_transaction(store: Store) -> None:
    store.codes.add(code())
    job = store.jobs.add(release(), "kiosk-1", "1" * 32, FORM, code().digest)
    found = store.codes.find(code().digest)
    assert found is not None
    assert found.state is CodeState.USED
    last = store.audit.events(job.job_id)[-1]
    assert (last.kind, last.fields) == (
        AuditKind.CODE_TRIED,
        {"digest": code().digest, "result": "used"},
    )
    assert store.audit.verify() == 4


def test_a_code_that_is_no_longer_open_signs_nothing(store: Store) -> None:
    store.codes.add(code())
    store.jobs.add(release(), "kiosk-1", "1" * 32, FORM, code().digest)
    for digest in (code().digest, "unknown"):
        with pytest.raises(CodeRefused):
            store.jobs.add(release(), "kiosk-1", "2" * 32, FORM, digest)
    assert [job.job_id for job in store.jobs.open_jobs("kiosk-1")] == ["1" * 32]
    assert store.audit.verify() == 4


# Moving


def test_the_whole_way_is_stored_step_by_step(store: Store, clock: HeldClock) -> None:
    job = add(store)
    for event in WHOLE_WAY:
        clock.pass_by(seconds=1)
        moved = store.jobs.advance(job, event)
        assert store.jobs.get(job.job_id) == moved
        assert moved.changed_at == clock.now
        assert moved.state is step(job, event).state
        job = moved
    assert job.state is JobState.DONE
    assert job.media == (medium(),)
    assert store.audit.verify() == 2 + len(WHOLE_WAY)


@pytest.mark.parametrize(
    ("way", "event", "extra"),
    [
        ((), Hold("approval-needed"), {}),
        (
            (Hold("approval-needed"),),
            Approve("desk.one", "birth certificate"),
            {"by": "desk.one", "seen": "birth certificate"},
        ),
        ((Accept(), Claim()), Postpone("spool-full", NOON), {"code": "spool-full"}),
        (WHOLE_WAY[:5], Spoiled("medium-failed-check"), {"code": "medium-failed-check"}),
        (WHOLE_WAY[:6], Verified(medium()), {"sha256": medium().sha256}),
        ((), Fail("wrong-patient"), {"code": "wrong-patient"}),
        ((Fail("wrong-patient"),), Retry("desk.two"), {"by": "desk.two"}),
        ((), Cancel("desk.two"), {"by": "desk.two"}),
    ],
    ids=lambda each: type(each).__name__,
)
def test_every_move_is_in_the_chain_with_its_facts(
    store: Store, way: tuple[Event, ...], event: Event, extra: dict[str, str]
) -> None:
    before = move(store, add(store), *way)
    after = store.jobs.advance(before, event)
    assert store.jobs.get(after.job_id) == after
    assert store.audit.events(after.job_id)[-1].fields == {
        "event": type(event).__name__,
        "before": before.state.value,
        "after": after.state.value,
        "version": str(after.version),
        **extra,
    }


def test_details_are_kept_with_the_job_and_out_of_the_chain(store: Store) -> None:
    where = "/srv/out: no such folder"
    resting = move(store, add(store), Accept(), Claim(), Postpone("spool-full", NOON, where))
    assert store.jobs.get(resting.job_id) == resting
    failed = move(store, resting, Fail("target-unusable", where))
    assert store.jobs.get(failed.job_id) == failed
    assert failed.failure == Failure(JobState.READY, "target-unusable", where)
    assert not [event for event in store.audit.events() if where in str(event.fields)]


def test_who_holds_an_old_version_loses_and_nothing_changes(store: Store) -> None:
    old = add(store)
    new = store.jobs.advance(old, Accept())
    with pytest.raises(JobChangedMeanwhile, match=old.job_id):
        store.jobs.advance(old, Cancel("desk.one"))
    assert store.jobs.get(old.job_id) == new
    assert store.audit.verify() == 3


def test_a_move_that_does_not_fit_is_refused_and_nothing_changes(store: Store) -> None:
    job = add(store)
    with pytest.raises(MoveRefused, match="HandedOver in SIGNED"):
        store.jobs.advance(job, HandedOver())
    assert store.jobs.get(job.job_id) == job
    assert store.audit.verify() == 2


def test_a_job_that_does_not_exist_cannot_be_moved(store: Store) -> None:
    job = add(store)
    with pytest.raises(JobChangedMeanwhile):
        store.jobs.advance(Job("e" * 32, 9, "kiosk-1", release(), NOON, NOON), Accept())
    assert store.jobs.open_jobs("kiosk-1") == [job]


def test_moments_come_back_aware_and_in_utc(store: Store, clock: HeldClock) -> None:
    clock.now = NOON.astimezone(timezone(timedelta(hours=-7))) + timedelta(microseconds=1)
    until = (NOON + timedelta(seconds=2)).astimezone(timezone(timedelta(hours=5, minutes=45)))
    job = move(store, add(store), Accept(), Claim(), Postpone("spool-full", until))
    stored = store.jobs.get(job.job_id)
    assert stored == job
    assert stored.waiting is not None
    for moment in (stored.created_at, stored.changed_at, stored.waiting.until):
        assert moment.tzinfo == UTC
    assert store.audit.events()[0].at.tzinfo == UTC


def test_a_moment_without_a_zone_is_refused(store: Store, clock: HeldClock) -> None:
    clock.now = NOON.replace(tzinfo=None)
    with pytest.raises(ValueError, match="without its zone"):
        add(store)


# Looking up


def test_signed_and_ready_jobs_come_oldest_first_and_only_ones_own(store: Store) -> None:
    assert store.jobs.next_ready("kiosk-1", NOON) is None
    add(store, 1, "kiosk-2")
    second, third = add(store, 9), add(store, 2)
    assert store.jobs.next_ready("kiosk-1", NOON) == second
    second = move(store, second, Accept())
    assert store.jobs.next_ready("kiosk-1", NOON) == second
    move(store, second, Claim())
    assert store.jobs.next_ready("kiosk-1", NOON) == third
    move(store, third, Hold("approval-needed"))
    assert store.jobs.next_ready("kiosk-1", NOON) is None


@pytest.mark.parametrize("stage", [1, 6], ids=["ready", "handing-over"])
def test_a_resting_job_comes_when_its_time_has_come(store: Store, stage: int) -> None:
    until = NOON + timedelta(seconds=2)
    way = WHOLE_WAY[: stage + 1]
    job = move(store, add(store), *way, Postpone("archive-unreachable", until))
    assert store.jobs.next_ready("kiosk-1", until - timedelta(microseconds=1)) is None
    assert store.jobs.next_ready("kiosk-1", until) == job


def test_a_job_in_hand_is_not_given_to_a_second_worker(store: Store) -> None:
    job = add(store)
    for event in WHOLE_WAY:
        job = store.jobs.advance(job, event)
        if job.state in ACTIVE:
            assert store.jobs.next_ready("kiosk-1", NOON + timedelta(days=1)) is None


def test_in_hand_and_open_jobs_are_told_apart(store: Store) -> None:
    signed, claimed, done, failed = (add(store, n) for n in range(1, 5))
    other = add(store, 5, "kiosk-2")
    claimed = move(store, claimed, Accept(), Claim())
    move(store, done, *WHOLE_WAY)
    move(store, failed, Fail("wrong-patient"))
    assert store.jobs.in_hand("kiosk-1") == [claimed]
    assert store.jobs.open_jobs("kiosk-1") == [signed, claimed]
    assert store.jobs.open_jobs("kiosk-2") == [other]


@pytest.mark.parametrize("moves", range(len(WHOLE_WAY) + 1))
def test_every_stage_is_in_hand_exactly_when_it_is_active(store: Store, moves: int) -> None:
    job = move(store, add(store), *WHOLE_WAY[:moves])
    assert (store.jobs.in_hand("kiosk-1") == [job]) == (job.state in ACTIVE)
    assert (store.jobs.open_jobs("kiosk-1") == [job]) == (not job.has_ended)


# Documents


def test_the_form_is_kept_byte_for_byte(store: Store) -> None:
    every_byte = bytes(range(256)) * 1000
    job = store.jobs.add(release(), "kiosk-1", "1" * 32, every_byte)
    assert store.jobs.document(job.job_id, "form") == every_byte
    assert store.jobs.document(job.job_id, "receipt") is None
    assert store.jobs.document("f" * 32, "form") is None


@pytest.mark.parametrize("column", ["content", "sha256"])
def test_a_changed_form_is_never_given_out(store: Store, raw: Raw, column: str) -> None:
    job = add(store)
    value = b"%PDF another form" if column == "content" else "0" * 64
    raw(f"UPDATE documents SET {column} = ?", value)
    with pytest.raises(FormNotSealed, match=job.job_id):
        store.jobs.document(job.job_id, "form")


def test_the_first_receipt_stands(store: Store) -> None:
    job = add(store)
    assert store.jobs.keep_receipt(job.job_id, RECEIPT) == RECEIPT
    assert store.jobs.keep_receipt(job.job_id, b"%PDF a second one") == RECEIPT
    assert store.jobs.document(job.job_id, "receipt") == RECEIPT
    last = store.audit.events(job.job_id)[-1]
    assert (last.kind, last.fields) == (AuditKind.RECEIPT_SEALED, {"sha256": sha256_of(RECEIPT)})
    assert store.audit.verify() == 3


def test_there_is_no_receipt_without_a_job(store: Store) -> None:
    with pytest.raises(KeyError):
        store.jobs.keep_receipt("f" * 32, RECEIPT)
    assert store.audit.verify() == 0


# Progress


def test_the_last_progress_is_what_lookers_on_see(store: Store) -> None:
    job = add(store)
    assert store.jobs.progress(job.job_id) is None
    first = Progress(JobState.RETRIEVING, 1, None, 500, None)
    last = Progress(JobState.WRITING, 384, 384, 5_000_000_000, 6_000_000_000)
    for progress in (first, last):
        store.jobs.report_progress(job.job_id, progress)
        assert store.jobs.progress(job.job_id) == progress


def test_progress_is_no_part_of_the_history(store: Store) -> None:
    job = add(store)
    store.jobs.report_progress(job.job_id, Progress(JobState.WRITING, 1, 2, 3, 4))
    assert store.jobs.get(job.job_id) == job
    assert store.audit.verify() == 2


def test_progress_of_no_job_at_all_stops_nobody(store: Store) -> None:
    store.jobs.report_progress("f" * 32, Progress(JobState.WRITING, 1, 2, 3, 4))
    assert store.jobs.progress("f" * 32) is None
