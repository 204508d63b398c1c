"""The worker: takes jobs in hand one after the other, and takes up what a dead worker left."""

import errno
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
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
    SpoolFull,
    SpoolUnwritable,
    StoreBusy,
    StoreUnreachable,
)
from kiosk.ports import Clock, JobStore
from kiosk.services.pipeline import Bench, Pipeline
from kiosk.services.spool import JobSpool, Spool

log = structlog.get_logger()

PROGRESS_EVERY_S = 0.5
POLL_EVERY_S = 0.5
STORE_RETRY_S = 1.0

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
        while not should_stop():
            job = self._patiently(lambda: self.jobs.next_ready(self.kiosk, self.clock()))
            if job is None:
                time.sleep(POLL_EVERY_S)
            else:
                self.work(job)

    def take_up(self) -> None:
        """Go on with every job that a dead worker had in hand, and clear the spool of the rest."""
        open_jobs = {job.job_id for job in self.jobs.open_jobs(self.kiosk)}
        orphans = self.spool.remove_orphans(open_jobs)
        interrupted = [job for job in self.jobs.in_hand(self.kiosk) if job.waiting is None]
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
            pipeline.close()
        return job

    def _perform(self, pipeline: Pipeline, job: Job) -> Event:
        try:
            return pipeline.perform(job)
        except KioskError as error:
            return self._set_back(job, error)
        except OSError as error:
            return self._set_back(job, _disk_error(error))
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
            return Postpone(error.code, self.clock() + back_off(job.attempts))
        return Fail(error.code)

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
            except (StoreBusy, StoreUnreachable) as error:
                log.warning("store-away", code=error.code)
                time.sleep(STORE_RETRY_S)

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


def _disk_error(error: OSError) -> KioskError:
    """Tell what a file operation's failure means for staff."""
    where = str(Path(error.filename).parent) if error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return SpoolFull(where)
    return SpoolUnwritable(where or error.strerror or "")
