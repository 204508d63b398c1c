"""What the refusals of a disk mean for staff, by what was being done there."""

import errno
from pathlib import Path

from kiosk.domain.job import Job, JobState
from kiosk.errors import KioskError, SpoolFull, SpoolUnwritable, TargetUnusable

_AT_TARGET = frozenset(
    {JobState.AWAITING_MEDIA, JobState.WRITING, JobState.VERIFYING, JobState.HANDING_OVER}
)
"""The stages that write to the target, and only read the spool."""


def disk_trouble(error: OSError, job: Job, spool: Path) -> KioskError:
    """Tell what a failed file operation of a job's stage means."""
    if job.state not in _AT_TARGET or _lies_under(error, spool):
        return spool_trouble(error)
    if _is_full(error):
        return SpoolFull(str(Path(job.release.target.path).parent))
    return TargetUnusable(_detail(error))


def spool_trouble(error: OSError) -> SpoolFull | SpoolUnwritable:
    """Tell what a failed file operation in the spool means."""
    return SpoolFull(_detail(error)) if _is_full(error) else SpoolUnwritable(_detail(error))


def _lies_under(error: OSError, folder: Path) -> bool:
    return error.filename is not None and Path(error.filename).is_relative_to(folder)


def _is_full(error: OSError) -> bool:
    return error.errno in {errno.ENOSPC, errno.EDQUOT}


def _detail(error: OSError) -> str:
    """Name the folder; a file's own name may be a UID, or anything."""
    where = [str(Path(error.filename).parent)] if error.filename else []
    return ": ".join([*where, error.strerror or type(error).__name__])
