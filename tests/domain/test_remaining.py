"""How long is left: it ends when the work does, and is believed by who looks at it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.expectation import expected_minutes
from kiosk.domain.job import Job, JobState, Waiting
from kiosk.domain.progress import Progress
from kiosk.domain.remaining import Standing, minutes_left, seconds_left, steady
from kiosk.domain.session.facts import MediumKind
from tests.domain.releases import NOON, job, release

STUDY = replace(release().studies[0], modalities=("CT",), instances=1000)
BYTES = 530_000_000
DISC = MediumKind.DISC


def ct_job(**facts: object) -> Job:
    return job(release=replace(release(), studies=(STUDY,)), **facts)


def at(stage: JobState, progress: Progress | None = None, **facts: object) -> Standing:
    return Standing(ct_job(state=stage, **facts), progress, DISC)


def fetched(instances: int, total: int | None = 1000) -> Progress:
    return Progress(JobState.RETRIEVING, instances, total, instances * 530_000, None)


def written(share: float, stage: JobState = JobState.WRITING) -> Progress:
    return Progress(stage, int(1000 * share), 1000, int(BYTES * share), BYTES)


def seconds(standing: Standing, spent: float = 0) -> float:
    return seconds_left(standing, NOON + timedelta(seconds=spent))


def alone(standing: Standing, now: datetime = NOON) -> int:
    return minutes_left(standing, [standing], now)


def test_before_anything_is_measured_it_is_what_was_told_before_the_signature() -> None:
    assert alone(at(JobState.SIGNED)) == expected_minutes([STUDY], DISC)


def test_it_gets_less_with_every_stage() -> None:
    stages = [
        JobState.READY, JobState.RETRIEVING, JobState.BUILDING, JobState.WRITING,
        JobState.VERIFYING, JobState.HANDING_OVER,
    ]  # fmt: skip
    left = [seconds(at(stage)) for stage in stages]
    assert left == sorted(left, reverse=True)
    assert seconds(at(JobState.AWAITING_MEDIA)) == seconds(at(JobState.WRITING))


@pytest.mark.parametrize("stage", [state for state in JobState if state is not JobState.DONE])
def test_it_is_never_nothing_while_work_is_left(stage: JobState) -> None:
    standing = at(stage)
    told = {alone(standing, NOON + timedelta(hours=hours)) for hours in (0, 1, 24)}
    assert (min(told) == 0) is standing.job.has_ended
    assert (max(told) == 0) is standing.job.has_ended


def test_nothing_is_left_of_a_job_that_is_done() -> None:
    assert alone(at(JobState.DONE)) == 0


def test_half_of_a_slow_writing_takes_as_long_again() -> None:
    slow = at(JobState.WRITING, written(0.5))
    later = seconds(at(JobState.VERIFYING))
    assert seconds(slow, 300) == pytest.approx(300 + later, rel=0.1)


def test_a_fast_archive_shortens_the_fetching() -> None:
    fast, slow = (seconds(at(JobState.RETRIEVING, fetched(500)), spent) for spent in (2, 200))
    assert fast < slow


def test_the_first_images_alone_prove_little() -> None:
    """One image after a second is no reason to promise a thousand seconds."""
    usual = seconds(at(JobState.RETRIEVING))
    assert seconds(at(JobState.RETRIEVING, fetched(1)), 1) == pytest.approx(usual, rel=0.1)


def test_larger_images_than_usual_make_the_writing_longer() -> None:
    usual = Progress(JobState.RETRIEVING, 1000, 1000, BYTES, None)
    large = Progress(JobState.RETRIEVING, 1000, 1000, 10 * BYTES, None)
    assert seconds(at(JobState.BUILDING, large, instances=1000)) > 5 * seconds(
        at(JobState.BUILDING, usual, instances=1000)
    )


def test_each_disc_that_is_still_to_be_made_counts() -> None:
    one, two = (seconds(at(JobState.WRITING, volumes=volumes)) for volumes in (1, 2))
    assert two > one


def test_a_rest_is_waited_for_too() -> None:
    resting = Waiting("archive-unreachable", NOON + timedelta(minutes=5))
    more = seconds(at(JobState.RETRIEVING, waiting=resting)) - seconds(at(JobState.RETRIEVING))
    assert more == pytest.approx(300, abs=1)


# The line


def in_line(number: int, state: JobState, **facts: object) -> Standing:
    return at(state, job_id=f"{number:032}", number=number, **facts)


def test_who_came_later_waits_for_who_came_before() -> None:
    first, second = in_line(1, JobState.WRITING), in_line(2, JobState.READY)
    line = [first, second]
    assert minutes_left(first, line, NOON) == alone(first)
    assert minutes_left(second, line, NOON) > alone(second)
    assert minutes_left(second, line, NOON) <= alone(first) + alone(second)


@pytest.mark.parametrize(
    "other",
    [
        in_line(1, JobState.HELD),
        in_line(1, JobState.DONE),
        in_line(1, JobState.READY, waiting=Waiting("spool-full", NOON + timedelta(hours=1))),
        in_line(3, JobState.READY),
    ],
    ids=["held", "done", "resting", "later"],
)
def test_nobody_waits_for_a_job_that_keeps_no_worker_busy(other: Standing) -> None:
    mine = in_line(2, JobState.READY)
    assert minutes_left(mine, [other, mine], NOON) == alone(mine)


def test_a_job_that_is_in_hand_comes_first_whatever_its_number() -> None:
    mine, approved_late = in_line(2, JobState.READY), in_line(3, JobState.WRITING)
    assert minutes_left(mine, [mine, approved_late], NOON) > alone(mine)
    assert minutes_left(approved_late, [mine, approved_late], NOON) == alone(approved_late)


# What is told


def test_less_is_told_at_once_and_a_little_more_is_not() -> None:
    assert [steady(5, minutes) for minutes in (3, 5, 6)] == [3, 5, 5]


def test_a_lot_more_is_told() -> None:
    assert steady(5, 8) == 8
    assert steady(1, 3) == 3
    assert steady(None, 9) == 9


def life(pace: float) -> Iterator[tuple[Standing, datetime]]:
    """Live through a whole job whose every stage takes ``pace`` times what is usual."""
    now = NOON
    stages: Sequence[tuple[JobState, float]] = (
        (JobState.RETRIEVING, 30), (JobState.BUILDING, 5), (JobState.WRITING, 116),
        (JobState.VERIFYING, 81), (JobState.HANDING_OVER, 5),
    )  # fmt: skip
    noted: Progress | None = None
    for stage, usual in stages:
        began, length = now, usual * pace
        while (now - began).total_seconds() < length:
            share = (now - began).total_seconds() / length
            if stage is JobState.RETRIEVING:
                noted = fetched(int(1000 * share))
            elif stage in {JobState.WRITING, JobState.VERIFYING}:
                noted = written(share, stage)
            yield at(stage, noted, changed_at=began, instances=1000), now
            now += timedelta(seconds=1)


@settings(max_examples=20)
@given(st.floats(0.05, 12))
def test_what_is_told_seldom_grows_and_ends_near_the_truth(pace: float) -> None:
    told: list[int] = []
    for standing, now in life(pace):
        told.append(steady(told[-1] if told else None, alone(standing, now)))
    grown = sum(later > earlier for earlier, later in pairwise(told))
    assert grown <= max(0, pace - 1)
    assert min(told) == told[-1] == 1
