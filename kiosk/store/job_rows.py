"""A job as a row and as fields of its events, and back."""

from typing import Any

from kiosk.domain.job import Event, Failure, Job, JobState, Verified, Waiting
from kiosk.errors import StoreUnusable
from kiosk.store.documents import sha256_of
from kiosk.store.facts import MEDIA, RELEASE
from kiosk.store.tables import JobRow


def new_row(job: Job) -> JobRow:
    """Return the row of a job that is stored for the first time."""
    return JobRow(
        job_id=job.job_id,
        number=job.number,
        kiosk=job.kiosk,
        release=RELEASE.write(job.release),
        created_at=job.created_at,
        **moving_columns(job),
    )


def moving_columns(job: Job) -> dict[str, Any]:
    """Return the columns that a move may change, with the job's values."""
    return {
        "changed_at": job.changed_at,
        "state": job.state.value,
        "version": job.version,
        "instances": job.instances,
        "archive_instances": job.archive_instances,
        "counted_only": job.counted_only,
        "not_importable": job.not_importable,
        "volumes": job.volumes,
        "media": MEDIA.write(job.media),
        "spoiled": job.spoiled,
        "attempts": job.attempts,
        "waiting_code": job.waiting.code if job.waiting else None,
        "waiting_until": job.waiting.until if job.waiting else None,
        "waiting_detail": job.waiting.detail if job.waiting else None,
        "failure_stage": job.failure.stage.value if job.failure else None,
        "failure_code": job.failure.code if job.failure else None,
        "failure_detail": job.failure.detail if job.failure else None,
    }


def job_of(row: JobRow) -> Job:
    """Return the job that a row holds; ``StoreUnusable`` if the row was damaged."""
    try:
        return _job(row)
    except ValueError:
        raise StoreUnusable(f"job {row.job_id} cannot be read") from None


def first_move(job: Job, release: str) -> dict[str, str]:
    """Return what the chain keeps of a new job: the hash binds the release as stored."""
    return {
        "event": "Signed",
        "before": "",
        "after": job.state.value,
        "version": str(job.version),
        "sha256": sha256_of(release.encode()),
    }


def move_fields(job: Job, event: Event, moved: Job) -> dict[str, str]:
    """Return what the chain keeps of a move."""
    fields = {
        "event": type(event).__name__,
        "before": job.state.value,
        "after": moved.state.value,
        "version": str(moved.version),
    }
    for name in ("code", "by", "seen"):
        if value := getattr(event, name, None):
            fields[name] = value
    if isinstance(event, Verified):
        fields["sha256"] = event.medium.sha256
    return fields


def _job(row: JobRow) -> Job:
    return Job(
        job_id=row.job_id,
        number=row.number,
        kiosk=row.kiosk,
        release=RELEASE.read(row.release),
        created_at=row.created_at,
        changed_at=row.changed_at,
        state=JobState(row.state),
        version=row.version,
        instances=row.instances,
        archive_instances=row.archive_instances,
        counted_only=row.counted_only,
        not_importable=row.not_importable,
        volumes=row.volumes,
        media=MEDIA.read(row.media),
        spoiled=row.spoiled,
        attempts=row.attempts,
        waiting=_waiting(row),
        failure=_failure(row),
    )


def _waiting(row: JobRow) -> Waiting | None:
    if row.waiting_code is None or row.waiting_until is None:
        return None
    return Waiting(row.waiting_code, row.waiting_until, row.waiting_detail or "")


def _failure(row: JobRow) -> Failure | None:
    if row.failure_stage is None or row.failure_code is None:
        return None
    return Failure(JobState(row.failure_stage), row.failure_code, row.failure_detail or "")
