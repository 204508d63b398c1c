"""What a release ends with: the papers beside the medium, the last words and the exit code."""

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.paper import lay_down
from kiosk.commands.telling import say_json
from kiosk.domain.job import Job, JobState
from kiosk.domain.release import Target
from kiosk.errors import ApprovalNeeded, ExitCode, KioskError, TargetUnusable, error_of

if TYPE_CHECKING:
    from kiosk.bootstrap import Appliance

PAPERS = ("form", "receipt")


def require_room_for_papers(target: Target) -> None:
    """Make sure that the papers of another release are not written over.

    Raises
    ------
    TargetUnusable
        If one of their names is taken.
    """
    for kind in PAPERS:
        path = _paper(target, kind)
        if path.exists():
            raise TargetUnusable(f"exists already: {path}")


def conclude(appliance: "Appliance", job: Job, *, as_json: bool) -> ExitCode:
    """Say how a release ended, and return the exit code that says the same.

    Raises
    ------
    KioskError
        The reason, when the job has failed, rests or is held; it is safe in the store.
    """
    if job.state is not JobState.DONE:
        reason = _reason(job)
        if as_json:
            say_json(
                event="ended",
                job=job.job_id,
                state=job.state,
                code=reason.code,
                staff=str(reason),
            )
        raise reason
    form, receipt = _papers(appliance, job)
    if as_json:
        say_json(
            event="done",
            job=job.job_id,
            state=job.state,
            studies=[study.study_uid for study in job.release.studies],
            instances=job.instances,
            archive_instances=job.archive_instances,
            not_importable=job.not_importable,
            media=[
                {
                    "kind": medium.kind,
                    "path": medium.path,
                    "volume": f"{medium.volume} of {medium.volumes}",
                    "bytes": medium.size_bytes,
                    "sha256": medium.sha256,
                    "verified": medium.verified,
                }
                for medium in job.media
            ],
            form=str(form),
            receipt=str(receipt),
        )
    else:
        _say(job, form, receipt)
    return ExitCode.DONE


def _reason(job: Job) -> KioskError:
    safe = f"job {job.number} is safe in the store"
    if job.failure is not None:
        found = f"{job.failure.stage}: {job.failure.detail or job.failure.code}"
        return error_of(job.failure.code)(f"{found}; {safe}")
    if job.waiting is not None:
        found = job.waiting.detail or job.waiting.code
        return error_of(job.waiting.code)(f"{found}; {safe} and goes on when a worker runs")
    if job.state is JobState.HELD:
        return ApprovalNeeded(safe)
    return KioskError(f"the job ended as {job.state}")


def _papers(appliance: "Appliance", job: Job) -> tuple[Path, Path]:
    """Lay the sealed form and the receipt beside the medium."""
    form, receipt = (_paper(job.release.target, kind) for kind in PAPERS)
    for kind, path in zip(PAPERS, (form, receipt), strict=True):
        content = appliance.store.jobs.document(job.job_id, kind)
        if content is None:
            raise KioskError(f"no {kind} in the store")
        lay_down(path, content)
    return form, receipt


def _paper(target: Target, kind: str) -> Path:
    path = Path(target.path)
    return path.with_name(f"{path.stem}-{kind}.pdf")


def _say(job: Job, form: Path, receipt: Path) -> None:
    print(f"Done: {job.instances} of {job.archive_instances} instances, checked file by file.")
    for medium in job.media:
        print(f"  medium   {medium.path}  ({medium.volume} of {medium.volumes})")
        print(f"  SHA-256  {medium.sha256}")
    print(f"  form     {form}")
    print(f"  receipt  {receipt}")
    if job.not_importable:
        print(f"  {job.not_importable} instances are kept as stored and cannot be imported.")
