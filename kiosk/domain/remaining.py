"""How long those who sit down still wait: measured where possible, else as is usual."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.expectation import (
    MAKING,
    expected_bytes,
    expected_instances,
    in_minutes,
    pace_of,
)
from kiosk.domain.job import ACTIVE, Job, JobState
from kiosk.domain.progress import Progress
from kiosk.domain.session.facts import MediumKind

_EACH_MEDIUM = (JobState.WRITING, JobState.VERIFYING)
_AT_STAGE = {JobState.AWAITING_MEDIA: JobState.WRITING}
_TRUST = 3.0
"""A third of a stage done, its own speed alone counts."""
_SHORTEST_S = 1.0


@dataclass(frozen=True, slots=True)
class Standing:
    """One job that somebody waits for, with what was last noted of its progress."""

    job: Job
    progress: Progress | None
    kind: MediumKind

    @property
    def is_in_hand(self) -> bool:
        """Whether the worker is busy with it now."""
        return self.job.state in ACTIVE and self.job.waiting is None

    @property
    def stands_in_line(self) -> bool:
        """Whether the worker will take it as soon as it can."""
        is_next = self.job.state in {JobState.SIGNED, JobState.READY}
        return is_next and self.job.waiting is None


def minutes_left(mine: Standing, all_jobs: Iterable[Standing], now: datetime) -> int:
    """Return how long a job still takes with those that one worker does before it.

    Returns
    -------
    int
        Minutes; at least 1 while work is left, and 0 only for a job that has ended.
    """
    if mine.job.has_ended:
        return 0
    before = [each for each in all_jobs if _comes_before(each, mine)]
    return in_minutes(sum(seconds_left(each, now) for each in (mine, *before)))


def steady(told: int | None, minutes: int) -> int:
    """Return what to tell after what was told: less at once, more only when it is a lot more.

    A clock that goes up and down by a minute with every second is believed by nobody.
    """
    if told is None or minutes <= told or minutes - told >= max(2, told / 2):
        return minutes
    return told


def seconds_left(standing: Standing, now: datetime) -> float:
    """Return how long one job takes from now on, if the worker is free for it."""
    job = standing.job
    if job.has_ended:
        return 0
    rest = max(0.0, (job.waiting.until - now).total_seconds()) if job.waiting else 0.0
    stages = _stages_left(job)
    later = sum(_usual(standing, stage) for stage in stages[1:])
    more_media = (job.volumes - job.volume) * sum(_usual(standing, stage) for stage in _EACH_MEDIUM)
    return rest + _left_of(standing, stages[0], now) + later + max(0.0, more_media)


def _comes_before(other: Standing, mine: Standing) -> bool:
    if other.job.job_id == mine.job.job_id or mine.is_in_hand:
        return False
    return other.is_in_hand or (other.stands_in_line and other.job.number < mine.job.number)


def _stages_left(job: Job) -> Sequence[JobState]:
    stage = _AT_STAGE.get(job.state, job.state)
    return MAKING[MAKING.index(stage) :] if stage in MAKING else MAKING


def _left_of(standing: Standing, stage: JobState, now: datetime) -> float:
    """Trust the stage's own speed the more, the more of it is done."""
    job, usual = standing.job, _usual(standing, stage)
    if job.state is not stage or job.waiting is not None:
        return usual
    spent = max(0.0, (now - job.changed_at).total_seconds())
    done = _done(standing)
    if done == 0:
        return max(_SHORTEST_S, usual - spent)
    trust = min(1.0, _TRUST * done)
    measured = spent * (1 - done) / done
    return max(_SHORTEST_S, trust * measured + (1 - trust) * (1 - done) * usual)


def _done(standing: Standing) -> float:
    """Return how much of the present stage is done, from 0 to 1."""
    progress = standing.progress
    if progress is None or progress.stage is not standing.job.state:
        return 0
    done, total = progress.size_bytes, progress.total_bytes
    if not total:
        done, total = progress.instances, progress.total_instances
    return min(1.0, done / total) if total else 0


def _usual(standing: Standing, stage: JobState) -> float:
    instances, size = _images(standing), _size(standing)
    if stage in _EACH_MEDIUM:
        instances, size = instances / standing.job.volumes, size / standing.job.volumes
    return pace_of(stage, standing.kind).seconds(instances, size)


def _images(standing: Standing) -> float:
    job, progress = standing.job, standing.progress
    fetched = progress.total_instances if _tells_of_all(progress) and progress else None
    return job.instances or fetched or expected_instances(job.release.studies)


def _size(standing: Standing) -> float:
    """Return the bytes of the copy: as noted, or measured in this job, or as is usual."""
    job, progress = standing.job, standing.progress
    if progress is not None and progress.total_bytes:
        return progress.total_bytes * job.volumes
    if progress is not None and progress.instances and _tells_of_all(progress):
        return progress.size_bytes / progress.instances * _images(standing)
    usual = expected_instances(job.release.studies)
    return expected_bytes(job.release.studies) * _images(standing) / max(1, usual)


def _tells_of_all(progress: Progress | None) -> bool:
    """Only the fetching counts the images of the whole job; later stages those of a medium."""
    return progress is not None and progress.stage is JobState.RETRIEVING
