"""Walks one release through a demonstration appliance, from the slip to what goes home."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.demo.appliance import DemoAppliance
from kiosk.demo.patient import RecordedPatient
from kiosk.demo.people import MARIA
from kiosk.domain.job import Job
from kiosk.domain.progress import Progress
from kiosk.domain.release import Target, TargetKind
from kiosk.errors import KioskError, error_of
from kiosk.services.identify import identify_at_desk

if TYPE_CHECKING:
    from kiosk.bootstrap import Appliance

_REST_S = 0.2


def sign(demo: DemoAppliance, kiosk: "Appliance") -> Job:
    """Issue a code at the desk and let the recorded patient use it; return the signed job."""
    print(f"The archive holds {demo.instances} instances of two patients.")
    patient = RecordedPatient(_issue_code(kiosk))
    disc = demo.handed_over / "disc.iso"
    job = patient.visit(kiosk, Target(TargetKind.IMAGE, str(disc)))
    print(f"The form is sealed; job {job.number} is safe.")
    return job


def work(kiosk: "Appliance", job: Job, follow: Callable[[Progress], None]) -> Job:
    """Work the job until it is done.

    Raises
    ------
    KioskError
        The reason why it failed, if it did.
    """
    with kiosk.spool.worker_lock():
        while not job.has_ended:
            if job.waiting is not None and job.waiting.until > kiosk.clock():
                time.sleep(_REST_S)
            else:
                job = kiosk.worker.work(job, follow)
    if job.failure is not None:
        raise error_of(job.failure.code)(f"the job failed as it was {job.failure.stage}")
    return job


def lay_out(kiosk: "Appliance", job: Job, folder: Path) -> None:
    """Put form and receipt beside the medium, and say what the patient takes home."""
    print(f"{job.instances} of {job.archive_instances} instances are on the disc.")
    for medium in job.media:
        print(f"Read back and checked file by file: {medium.size_bytes / 1e6:.1f} MB,")
        print(f"    SHA-256 {medium.sha256}")
    if job.not_importable:
        print(f"{job.not_importable} instances are kept as stored and cannot be imported.")
    for kind in ("form", "receipt"):
        document = kiosk.store.jobs.document(job.job_id, kind)
        if document is None:
            raise KioskError(f"no {kind} in the store")
        (folder / f"{kind}.pdf").write_bytes(document)
    print(f"The patient takes home what lies in {folder}:")
    for path in sorted(folder.iterdir()):
        print(f"    {path.name:<12} {path.stat().st_size:>12,} bytes")


def _issue_code(kiosk: "Appliance") -> str:
    issued = kiosk.codes.issue(
        identify_at_desk(kiosk.ways, MARIA.patient_id),
        (),
        seen="photo ID",
        by="Robin Desk",
        hours=1,
    )
    print(f"The desk sees a photo ID and issues the code {issued.digits[:4]} {issued.digits[4:]}.")
    return issued.digits
