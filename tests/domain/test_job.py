"""Every move that a job may make, every one that it may not, and what walks of them end in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.job import (
    ACTIVE,
    ENDED,
    FIRST_WAIT,
    LONGEST_WAIT,
    MOVES,
    RESTART,
    Accept,
    Built,
    Cancel,
    Claim,
    Event,
    Fail,
    Failure,
    HandedOver,
    Hold,
    Interrupted,
    Job,
    JobState,
    MediumReady,
    Postpone,
    Refused,
    Retrieved,
    Retry,
    Spoiled,
    Verified,
    Waiting,
    Written,
    back_off,
    step,
)
from tests.domain.releases import EVENTS, LATER, WHOLE_WAY, job, medium

# What each event makes of each state, written down a second time: a dot is a refusal.
TABLE = """
event            SIGNED HELD  READY RETR  BUILD AWAIT WRITE VERIF HAND  DONE FAIL  CANC
Accept            READY .     .     .     .     .     .     .     .     .    .     .
Hold              HELD  .     HELD  .     .     .     .     .     .     .    .     .
Approve           .     READY .     .     .     .     .     .     .     .    .     .
Claim             .     .     RETR  .     .     .     .     .     .     .    .     .
Retrieved         .     .     .     BUILD .     .     .     .     .     .    .     .
Built             .     .     .     .     AWAIT .     .     .     .     .    .     .
MediumReady       .     .     .     .     .     WRITE .     .     .     .    .     .
Written           .     .     .     .     .     .     VERIF .     .     .    .     .
Verified          .     .     .     .     .     .     .     HAND  .     .    .     .
Spoiled           .     .     .     .     .     .     AWAIT AWAIT .     .    .     .
HandedOver        .     .     .     .     .     .     .     .     DONE  .    .     .
Postpone          .     .     .     READY READY READY READY READY HAND  .    .     .
Interrupted-safe  .     .     .     READY BUILD BUILD BUILD BUILD HAND  .    .     .
Interrupted-lost  .     .     .     READY READY READY READY READY HAND  .    .     .
Fail              FAIL  FAIL  FAIL  FAIL  FAIL  FAIL  FAIL  FAIL  FAIL  .    .     .
Retry             .     .     .     .     .     .     .     .     .     .    READY .
Cancel            CANC  CANC  CANC  CANC  CANC  CANC  CANC  CANC  .     .    CANC  .
"""
HEADING, *ROWS = (line.split() for line in TABLE.strip().splitlines())
STATES = dict(zip(HEADING[1:], JobState, strict=True))


def name(event: Event) -> str:
    if isinstance(event, Interrupted):
        return f"Interrupted-{'safe' if event.spool_is_safe else 'lost'}"
    return type(event).__name__


def expected() -> dict[tuple[str, JobState], JobState | None]:
    return {
        (row[0], state): STATES.get(cell)
        for row in ROWS
        for state, cell in zip(JobState, row[1:], strict=True)
    }


PAIRS = [(state, event) for event in EVENTS for state in JobState]


@pytest.mark.parametrize(("state", "event"), PAIRS, ids=lambda each: str(each)[:20])
def test_every_state_and_event_is_a_move_or_a_refusal(state: JobState, event: Event) -> None:
    after = expected()[name(event), state]
    before = job(state=state, version=7)
    if after is None:
        with pytest.raises(Refused, match=f"{type(event).__name__} in {state}"):
            step(before, event)
    else:
        moved = step(before, event)
        assert (moved.state, moved.version) == (after, 8)


def test_the_table_above_knows_every_event_and_state() -> None:
    assert {key[0] for key in expected()} == {name(event) for event in EVENTS}
    assert {type(event) for event in EVENTS} == set(MOVES)
    assert len(PAIRS) == len(expected()) == 17 * 12


def test_a_move_leaves_the_job_that_it_was_made_of_alone() -> None:
    before = job()
    step(before, Accept())
    assert before == job()


def test_the_whole_way_ends_with_everything_on_the_record() -> None:
    moved = walk(job(), WHOLE_WAY)
    assert moved.state is JobState.DONE
    assert moved.version == len(WHOLE_WAY)
    assert (moved.instances, moved.archive_instances, moved.counted_only) == (3, 3, False)
    assert moved.media == (medium(),)
    assert moved.has_ended


# Facts that events bring


def test_a_retrieval_says_how_much_and_whether_it_was_only_counted() -> None:
    moved = step(job(state=JobState.RETRIEVING), Retrieved(5, 6, counted_only=True))
    assert (moved.instances, moved.archive_instances, moved.counted_only) == (5, 6, True)


def test_the_next_volume_is_asked_for_until_the_last_is_verified() -> None:
    moved = step(job(state=JobState.BUILDING), Built(2, 1))
    assert (moved.volumes, moved.not_importable, moved.volume) == (2, 1, 1)
    moved = walk(moved, (MediumReady(), Written(), Verified(medium(1, 2))))
    assert (moved.state, moved.volume) == (JobState.AWAITING_MEDIA, 2)
    moved = walk(moved, (MediumReady(), Written(), Verified(medium(2, 2))))
    assert moved.state is JobState.HANDING_OVER
    assert moved.media == (medium(1, 2), medium(2, 2))


def test_a_spoiled_disc_asks_for_another_and_is_counted() -> None:
    for state in (JobState.WRITING, JobState.VERIFYING):
        moved = step(job(state=state, spoiled=1), Spoiled("medium-failed-check"))
        assert (moved.state, moved.spoiled) == (JobState.AWAITING_MEDIA, 2)


def test_a_postponed_job_says_why_and_until_when() -> None:
    postponed = Postpone("archive-unreachable", LATER, "pacs.example:104")
    moved = step(job(state=JobState.RETRIEVING), postponed)
    assert moved.waiting == Waiting("archive-unreachable", LATER, "pacs.example:104")
    assert step(moved, Claim()).waiting is None


def test_postponing_is_counted_until_a_medium_is_finished() -> None:
    postponed = Postpone("spool-full", LATER)
    moved = job(state=JobState.RETRIEVING)
    for attempts in (1, 2, 3):
        moved = step(moved, postponed)
        assert moved.attempts == attempts
        moved = walk(moved, (Claim(), Retrieved(3, 3, counted_only=False)))
    moved = walk(moved, (Built(1, 0), MediumReady(), Written(), Verified(medium())))
    assert moved.attempts == 0


def test_a_failure_names_its_stage_and_a_retry_forgets_it() -> None:
    broken = Fail("broken-instance", "1 of 384")
    failed = step(job(state=JobState.BUILDING, attempts=4, spoiled=2), broken)
    assert failed.failure == Failure(JobState.BUILDING, "broken-instance", "1 of 384")
    again = step(failed, Retry("desk.one"))
    assert (again.failure, again.attempts, again.spoiled) == (None, 0, 0)


def test_media_of_an_earlier_retrieval_are_made_again() -> None:
    made = job(state=JobState.RETRIEVING, volumes=2, media=(medium(1, 2),))
    assert step(made, Retrieved(4, 4, counted_only=False)).media == ()


def test_media_of_another_split_are_made_again_and_those_of_the_same_are_kept() -> None:
    made = job(state=JobState.BUILDING, volumes=2, media=(medium(1, 2),))
    assert step(made, Built(3, 0)).media == ()
    assert step(made, Built(2, 0)).media == (medium(1, 2),)


def test_a_job_that_failed_at_the_hand_over_makes_its_media_again() -> None:
    verified = walk(job(), WHOLE_WAY[:-1])
    again = walk(verified, (Fail("target-unusable"), Retry("desk.one"), *WHOLE_WAY[1:4]))
    assert (again.state, again.volume) == (JobState.AWAITING_MEDIA, 1)


# After the worker died


def test_the_restart_table_covers_every_stage_that_a_worker_can_die_in() -> None:
    assert RESTART.keys() == {(state, safe) for state in ACTIVE for safe in (True, False)}


@pytest.mark.parametrize(("found", "safe"), sorted(RESTART))
def test_an_interrupted_stage_starts_again_where_the_table_says(
    found: JobState, safe: bool
) -> None:
    assert step(job(state=found), Interrupted(safe)).state is RESTART[found, safe]


def test_nothing_is_handed_over_without_having_been_verified_after_an_interruption() -> None:
    before_verified = ACTIVE - {JobState.HANDING_OVER}
    after = {RESTART[state, safe] for state in before_verified for safe in (True, False)}
    assert after == {JobState.READY, JobState.BUILDING}


# How long it rests


def test_the_rest_doubles_from_two_seconds_to_five_minutes() -> None:
    assert [back_off(n).total_seconds() for n in range(9)] == [2, 4, 8, 16, 32, 64, 128, 256, 300]
    assert back_off(10**6) == LONGEST_WAIT


@given(st.integers(min_value=0, max_value=10**9))
def test_the_rest_never_shrinks_and_stays_in_its_bounds(attempts: int) -> None:
    assert FIRST_WAIT <= back_off(attempts) <= back_off(attempts + 1) <= LONGEST_WAIT


# Walks


def walk(moved: Job, way: tuple[Event, ...]) -> Job:
    for event in way:
        moved = step(moved, event)
    return moved


ways = st.lists(st.integers(min_value=0, max_value=999), min_size=40, max_size=80)
SETBACKS = (Hold, Spoiled, Postpone, Interrupted, Fail, Cancel)
POSSIBLE = (*EVENTS, Built(2, 0), Built(3, 1))


def stray(way: list[int]) -> list[Job]:
    """Walk a random way, two steps in three leading on, so that it gets far; return every job."""
    jobs = [job()]
    for pick in way:
        fitting = [event for event in POSSIBLE if jobs[-1].state in MOVES[type(event)]]
        onward = [event for event in fitting if not isinstance(event, SETBACKS)]
        choice = onward if onward and pick % 3 else fitting
        if choice:
            jobs.append(step(jobs[-1], choice[pick // 3 % len(choice)]))
    return jobs


@given(ways)
def test_the_version_counts_the_moves(way: list[int]) -> None:
    assert [each.version for each in stray(way)] == list(range(len(stray(way))))


@given(ways)
def test_every_walk_keeps_the_job_whole(way: list[int]) -> None:
    for each in stray(way):
        assert each.volume <= each.volumes or each.state in PAST_LAST_VOLUME
        assert (each.failure is not None) == (each.state is JobState.FAILED) or (
            each.state is JobState.CANCELLED
        )
        assert each.waiting is None or each.state in {JobState.READY, JobState.HANDING_OVER}
        assert each.release == job().release


PAST_LAST_VOLUME = frozenset(JobState) - {
    JobState.AWAITING_MEDIA,
    JobState.WRITING,
    JobState.VERIFYING,
}
"""Where no medium is being made, so that none need be left to make."""


@given(ways)
def test_a_job_is_done_only_with_every_volume_verified(way: list[int]) -> None:
    for each in stray(way):
        if each.state in {JobState.HANDING_OVER, JobState.DONE}:
            assert len(each.media) == each.volumes


@given(ways)
def test_done_and_cancelled_are_for_good(way: list[int]) -> None:
    visited = [each.state for each in stray(way)]
    for end in (JobState.DONE, JobState.CANCELLED):
        assert end not in visited[:-1]


@given(ways)
def test_from_every_place_the_job_can_still_end(way: list[int]) -> None:
    last = stray(way)[-1]
    if last.state is JobState.HANDING_OVER:
        assert step(last, HandedOver()).state is JobState.DONE
    elif last.state not in {JobState.DONE, JobState.CANCELLED}:
        assert step(last, Cancel("desk.one")).state is JobState.CANCELLED


def test_only_staff_bring_a_failed_job_back() -> None:
    moves_from_failed = {event for event, moves in MOVES.items() if JobState.FAILED in moves}
    assert moves_from_failed == {Retry, Cancel}
    assert {state for state in JobState if job(state=state).has_ended} == ENDED
