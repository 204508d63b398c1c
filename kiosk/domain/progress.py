"""How far a job has come, counted in instances and bytes, never in time."""

from dataclasses import dataclass

from kiosk.domain.job import JobState


@dataclass(frozen=True, slots=True)
class Progress:
    """What is done of one stage of a job."""

    stage: JobState
    instances: int
    total_instances: int | None
    """None while the archive has not said how many there are."""
    size_bytes: int
    total_bytes: int | None
