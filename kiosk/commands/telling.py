"""How a command tells of its job: bars for people, JSON lines for programs."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn
from rich.progress import Progress as Bars

from kiosk.domain.job import Job, JobState
from kiosk.domain.progress import Progress

JSON_EVERY_S = 0.1

STAGE_NAMES = {
    JobState.RETRIEVING: "Getting the images",
    JobState.BUILDING: "Getting the disc ready",
    JobState.WRITING: "Writing",
    JobState.VERIFYING: "Checking every file",
}


class Telling(Protocol):
    """Who follows a job."""

    def state(self, job: Job) -> None:
        """Tell where the job stands now."""
        ...

    def progress(self, progress: Progress) -> None:
        """Tell how far the stage has come."""
        ...


class JsonLines:
    """One JSON object a line on standard output."""

    def __init__(self) -> None:
        self._last: tuple[JobState, int] | None = None
        self._told_at = 0.0

    def state(self, job: Job) -> None:
        """Tell where the job stands, once for each move."""
        if self._last == (job.state, job.version):
            return
        self._last = (job.state, job.version)
        waiting = job.waiting and {"code": job.waiting.code, "until": job.waiting.until.isoformat()}
        say_json(event="state", job=job.job_id, state=job.state, waiting=waiting)

    def progress(self, progress: Progress) -> None:
        """Tell how far the stage has come, at most ten times a second and at its end."""
        at_end = progress.instances == progress.total_instances
        if time.monotonic() - self._told_at < JSON_EVERY_S and not at_end:
            return
        self._told_at = time.monotonic()
        say_json(
            event="progress",
            stage=progress.stage,
            instances=progress.instances,
            total_instances=progress.total_instances,
            bytes=progress.size_bytes,
            total_bytes=progress.total_bytes,
        )


class ProgressBars:
    """A bar for each stage on standard error, counted in files and bytes."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks: dict[JobState, TaskID] = {}

    def state(self, job: Job) -> None:
        """Say why a job rests; moves show as bars."""
        if job.waiting is not None:
            self._bars.console.print(f"The job waits ({job.waiting.code}) and tries again.")

    def progress(self, progress: Progress) -> None:
        """Move the stage's bar."""
        name = STAGE_NAMES.get(progress.stage, progress.stage)
        if progress.stage not in self._tasks:
            self._tasks[progress.stage] = self._bars.add_task(name, counts="", size="")
        self._bars.update(
            self._tasks[progress.stage],
            completed=progress.instances,
            total=progress.total_instances,
            counts=f"{progress.instances} of {progress.total_instances or '?'}",
            size=f"{progress.size_bytes / 1e6:.1f} MB",
        )


@contextmanager
def telling(*, as_json: bool) -> Iterator[Telling]:
    """Yield who follows a job, for people or for programs."""
    if as_json:
        yield JsonLines()
        return
    with Bars(
        TextColumn("{task.description:<22}"),
        BarColumn(),
        TextColumn("{task.fields[counts]}"),
        TextColumn("{task.fields[size]}"),
        console=Console(stderr=True),
    ) as bars:
        yield ProgressBars(bars)


def say_json(**fields: object) -> None:
    """Print one JSON object as a line of its own."""
    try:
        sys.stdout.write(json.dumps(fields) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Who listened has gone, which is no reason for a job to stop.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
