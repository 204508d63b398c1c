"""Walks one release through a demonstration appliance, from the slip to what goes home."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kiosk.demo.appliance import DemoAppliance
from kiosk.demo.people import MARIA
from kiosk.demo.visitor import Visitor
from kiosk.domain.job import Job
from kiosk.errors import KioskError
from kiosk.services.identify import identify_at_desk

if TYPE_CHECKING:
    from kiosk.bootstrap import Appliance

_STOP_TIMEOUT_S = 20


def issue_code(kiosk: "Appliance") -> str:
    """Let the desk see Maria's ID; return the digits on her slip."""
    issued = kiosk.codes.issue(
        identify_at_desk(kiosk.ways, MARIA.patient_id),
        (),
        seen="photo ID",
        by="Robin Desk",
        hours=1,
    )
    print(f"The desk sees a photo ID and issues the code {issued.digits[:4]} {issued.digits[4:]}.")
    return issued.digits


@contextmanager
def worker(demo: DemoAppliance, log: TextIO) -> Iterator[None]:
    """Run the worker, a process of its own, while the context is open."""
    words = [sys.executable, "-m", "kiosk", "worker", "--config", str(demo.config)]
    process = subprocess.Popen(  # noqa: S603 - the words are ours
        words, stdout=log, stderr=log, stdin=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(_STOP_TIMEOUT_S)


def walk_by_hand(demo: DemoAppliance, window: tuple[int, int]) -> None:
    """Open the window for whoever sits before it, until they close it."""
    from kiosk.bootstrap import open_front
    from kiosk.ui.app import run_kiosk

    born = MARIA.birth_date
    print(f"Touch the window. You are {MARIA.printed_name}, born {born.day} {born:%B %Y}.")
    print("Close the window when you are done.", flush=True)
    run_kiosk(open_front(demo.config, window=window))


def walk_alone(demo: DemoAppliance, window: tuple[int, int], digits: str, pictures: Path) -> str:
    """Let the recorded patient walk; return the id of the job that she signed."""
    from kiosk.bootstrap import open_front
    from kiosk.ui.app import run_kiosk

    pictures.mkdir()
    visitor = Visitor(digits, pictures)
    run_kiosk(open_front(demo.config, window=window), visitor)
    print(f"{MARIA.printed_name} walked from the slip to her disc; a picture of every screen:")
    print(f"    {pictures}")
    return visitor.job_id


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
