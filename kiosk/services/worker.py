"""The worker: takes jobs in hand one after the other, and takes up what a dead worker left."""

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import structlog

from kiosk.domain.job import (
    ACTIVE,
    Accept,
    Claim,
    Event,
    Fail,
    Hold,
    Interrupted,
    Job,
    JobState,
    Postpone,
    back_off,
)
from kiosk.domain.progress import Progress
from kiosk.errors import (
    JobChangedMeanwhile,
    KioskError,
    StoreBusy,
    StoreFull,
    StoreUnreachable,
)
from kiosk.ports import Clock, JobStore
from kiosk.services.disk import disk_trouble, spool_trouble
from kiosk.services.pipeline import Bench, Pipeline
from kiosk.services.spool import JobSpool, Spool

log = structlog.get_logger()

PROGRESS_EVERY_S = 0.5
POLL_EVERY_S = 0.5
STORE_RETRY_S = 1.0
CLEAR_EVERY_S = 10.0
"""How long the images of a job that was cancelled while it rested may still lie in the spool."""

Follow = Callable[[Progress], None]
ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class Worker:
    """Performs the jobs of one kiosk; only one worker at a time holds the spool's lock."""

    kiosk: str
    bench: Bench
    jobs: JobStore
    spool: Spool
    clock: Clock

    def run(self, should_stop: Callable[[], bool]) -> None:
        """Work until told to stop; each failure is the job's, never the worker's."""
        self.take_up()
        cleared_at = time.monotonic()
        while not should_stop():
            job = self._patiently(lambda: self.jobs.next_ready(self.kiosk, self.clock()))
            if job is not None:
                self.work(job)
            elif time.monotonic() - cleared_at >= CLEAR_EVERY_S:
                self._clear_orphans()
                cleared_at = time.monotonic()
            else:
                time.sleep(POLL_EVERY_S)

    def take_up(self) -> None:
        """Go on with every job that a dead worker had in hand, and clear the spool of the rest."""
        orphans = self._clear_orphans()
        in_hand = self._patiently(lambda: self.jobs.in_hand(self.kiosk))
        interrupted = [job for job in in_hand if job.waiting is None]
        log.info("worker-started", orphans=orphans, interrupted=len(interrupted))
        for job in interrupted:
            self.work(job)

    def work(self, job: Job, follow: Follow = lambda progress: None) -> Job:
        """Work a job on until it ends, rests, or somebody else takes it away."""
        spool = self.spool.job(job.job_id)
        pipeline = Pipeline(self.bench, spool, job, self._report(job, follow))
        if not job.has_ended:
            job = self._advance(job, _take_in_hand(job, spool))
        while job.state in ACTIVE | {JobState.READY} and job.waiting is None:
            log.info("stage-started", job=job.job_id, stage=job.state)
            event = Claim() if job.state is JobState.READY else self._perform(pipeline, job)
            job = self._advance(job, event)
            log.info("stage-ended", job=job.job_id, by=type(event).__name__, now=job.state)
        if job.has_ended:
            self._clear(job.job_id, pipeline.close)
        return job

    def _perform(self, pipeline: Pipeline, job: Job) -> Event:
        try:
            return pipeline.perform(job)
        except KioskError as error:
            return self._set_back(job, error)
        except OSError as error:
            return self._set_back(job, disk_trouble(error, job, self.spool.path))
        except Exception as error:  # noqa: BLE001 - one job's surprise must not stop the others
            # Only where it happened: the text of an unknown exception may hold a patient's data.
            frame = traceback.extract_tb(error.__traceback__)[-1]
            log.error(  # noqa: TRY400 - nor may its traceback be printed
                "stage-broke",
                job=job.job_id,
                error=type(error).__name__,
                where=f"{Path(frame.filename).name}:{frame.lineno}",
            )
            return Fail(KioskError.code)

    def _set_back(self, job: Job, error: KioskError) -> Event:
        log.warning("stage-set-back", job=job.job_id, stage=job.state, code=error.code)
        if error.retry_helps:
            until = self.clock() + back_off(job.attempts)
            return Postpone(error.code, until, error.detail)
        return Fail(error.code, error.detail)

    def _advance(self, job: Job, event: Event) -> Job:
        """Record what happened, however long the database is locked; somebody faster wins."""
        try:
            return self._patiently(lambda: self.jobs.advance(job, event))
        except JobChangedMeanwhile:
            return self._patiently(lambda: self.jobs.get(job.job_id))

    def _patiently(self, ask: Callable[[], ResultT]) -> ResultT:
        while True:
            try:
                return ask()
            except (StoreBusy, StoreFull, StoreUnreachable) as error:
                log.warning("store-away", code=error.code)
                time.sleep(STORE_RETRY_S)

    def _clear_orphans(self) -> int:
        """Clear away what is left of jobs that are no longer open; return how many there were."""
        try:
            found = self.spool.job_ids()
        except OSError as error:
            log.warning("spool-away", code=spool_trouble(error).code)
            return 0
        open_jobs = self._patiently(lambda: self.jobs.open_jobs(self.kiosk))
        orphans = found - {job.job_id for job in open_jobs}
        for job_id in sorted(orphans):
            self._clear(job_id, partial(self._close, job_id))
        return len(orphans)

    def _close(self, job_id: str) -> None:
        spool = self.spool.job(job_id)
        try:
            job = self._patiently(lambda: self.jobs.get(job_id))
        except KeyError:
            spool.remove()
        else:
            Pipeline(self.bench, spool, job, lambda progress: None).close()

    def _clear(self, job_id: str, close: Callable[[], None]) -> None:
        """Clear a job away; where the disk refuses, the next round tries again."""
        try:
            close()
        except OSError as error:
            log.warning("clearing-failed", job=job_id, code=spool_trouble(error).code)

    def _report(self, job: Job, follow: Follow) -> Follow:
        """Return what passes progress on to who follows at once, and to the store now and then."""
        noted_at = time.monotonic()

        def report(progress: Progress) -> None:
            nonlocal noted_at
            follow(progress)
            if time.monotonic() - noted_at >= PROGRESS_EVERY_S:
                noted_at = time.monotonic()
                self.jobs.report_progress(job.job_id, progress)

        return report


def _take_in_hand(job: Job, spool: JobSpool) -> Event:
    """Return how a job that was lying about comes into a worker's hands."""
    match job.state:
        case JobState.SIGNED if job.release.consent.needs_approval:
            return Hold("representative")
        case JobState.SIGNED:
            return Accept()
        case JobState.READY:
            return Claim()
        case _:
            return Interrupted(spool.is_safe())
