"""Walks through a demonstration appliance, from the slip to what goes home."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kiosk.demo.appliance import DemoAppliance
from kiosk.demo.hand import Hand
from kiosk.demo.people import MARIA
from kiosk.demo.visitor import Visitor
from kiosk.domain.job import Job, JobState
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
    from kiosk.bootstrap.front import open_front
    from kiosk.ui.app import run_kiosk

    born = MARIA.birth_date
    print(f"Touch the window. You are {MARIA.printed_name}, born {born.day} {born:%B %Y}.")
    print("Close the window when you are done.", flush=True)
    run_kiosk(open_front(demo.config, window=window))


def walk_alone(demo: DemoAppliance, display: str, window: tuple[int, int], digits: str) -> None:
    """Let the recorded patient walk by touch, and keep a picture of every screen."""
    from kiosk.bootstrap.front import open_front
    from kiosk.ui.app import run_kiosk

    os.environ["DISPLAY"] = display
    demo.pictures.mkdir()
    run_kiosk(open_front(demo.config, window=window), Visitor(Hand(display), digits, demo.pictures))
    print(f"{MARIA.printed_name} walked from the slip to her disc; a picture of every screen:")
    print(f"    {demo.pictures}")


def lay_out(kiosk: "Appliance", folder: Path) -> None:
    """Put form and receipt of every finished job beside its medium, and say what is there."""
    ids = dict.fromkeys(event.job_id for event in kiosk.store.audit.events() if event.job_id)
    jobs = [kiosk.store.jobs.get(job_id) for job_id in ids]
    done = [job for job in jobs if job.state is JobState.DONE]
    for job in done:
        _tell(job)
        _lay_out_papers(kiosk, job, folder)
    if len(done) < len(jobs):
        print(f"Not finished: {len(jobs) - len(done)}.")
    if not done:
        print("Nothing was made to take home.")
        return
    print(f"What goes home lies in {folder}:")
    for path in sorted(folder.iterdir()):
        size = "folder" if path.is_dir() else f"{path.stat().st_size:,} bytes"
        print(f"    {path.name:<42} {size:>17}")


def _tell(job: Job) -> None:
    print(f"{job.instances} of {job.archive_instances} instances were copied.")
    for medium in job.media:
        print(f"Read back and checked file by file: {medium.size_bytes / 1e6:.1f} MB,")
        print(f"    SHA-256 {medium.sha256}")
    if job.not_importable:
        print(f"{job.not_importable} instances are kept as stored and cannot be imported.")


def _lay_out_papers(kiosk: "Appliance", job: Job, folder: Path) -> None:
    medium = Path(job.release.target.path).stem
    for kind in ("form", "receipt"):
        document = kiosk.store.jobs.document(job.job_id, kind)
        if document is not None:
            (folder / f"{medium}-{kind}.pdf").write_bytes(document)
