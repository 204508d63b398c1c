"""The stages of one job, each a piece of work that ends in an event."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from kiosk import PRODUCT, __version__
from kiosk.domain.job import (
    Built,
    Event,
    HandedOver,
    Job,
    JobState,
    MediumReady,
    Retrieved,
    Spoiled,
    Verified,
    Written,
)
from kiosk.domain.medium import FileSet, Medium
from kiosk.domain.progress import Progress
from kiosk.errors import MediumFailedCheck, MediumUnreadable, SpoolChanged
from kiosk.media.check import check_medium
from kiosk.media.facts import MediumFacts
from kiosk.media.fileset import build
from kiosk.media.manifest import MANIFEST
from kiosk.media.prepare import Prepared
from kiosk.media.profile import Profile
from kiosk.media.reader import open_medium
from kiosk.ports import Archive, JobStore, MediaTarget
from kiosk.services.arrivals import Arrivals
from kiosk.services.papers import Papers
from kiosk.services.permission import require_permission
from kiosk.services.retrieval import retrieve
from kiosk.services.spool import JobSpool

log = structlog.get_logger()

DISCS_BEFORE_STAFF = 2
"""After so many spoiled media the job fails and the desk is called."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What every job is worked on with."""

    ways: Sequence[Archive]
    jobs: JobStore
    papers: Papers
    target: Callable[[Job], MediaTarget]
    profile: Profile


class Pipeline:
    """The work on one job, from the archive to the hand-over.

    What one stage leaves for the next is kept in memory and, where it took long to get, in the
    spool; a pipeline that starts in the middle takes up what the spool holds.
    """

    def __init__(
        self, bench: Bench, spool: JobSpool, job: Job, report: Callable[[Progress], None]
    ) -> None:
        self._bench = bench
        self._spool = spool
        self._report = report
        self._target = bench.target(job)
        self._prepared: tuple[Prepared, ...] | None = None
        self._file_sets: tuple[FileSet, ...] = ()
        self._stages: dict[JobState, Callable[[Job], Event]] = {
            JobState.RETRIEVING: self._retrieve,
            JobState.BUILDING: self._build,
            JobState.AWAITING_MEDIA: self._await_media,
            JobState.WRITING: self._write,
            JobState.VERIFYING: self._verify,
            JobState.HANDING_OVER: self._hand_over,
        }

    def perform(self, job: Job) -> Event:
        """Do the work of the job's present stage; return the event that ends it."""
        return self._stages[job.state](job)

    def close(self) -> None:
        """Leave nothing of an ended job behind, in the spool or at the target."""
        self._target.discard()
        self._spool.remove()

    def _retrieve(self, job: Job) -> Event:
        self._spool.open()
        with Arrivals(job.release, self._spool, self._bench.profile) as arrivals:
            arrivals.recover()
            retrieval = retrieve(
                self._bench.ways,
                arrivals,
                job.release,
                lambda done, total, size: self._report(
                    Progress(job.state, done, total, size, None)
                ),
            )
        self._prepared = retrieval.prepared
        return Retrieved(
            len(retrieval.prepared), retrieval.archive_instances, retrieval.counted_only
        )

    def _build(self, job: Job) -> Event:
        if self._prepared is None:
            arrivals = Arrivals(job.release, self._spool, self._bench.profile)
            arrivals.recover()
            self._prepared = tuple(arrivals.instances.values())
        if len(self._prepared) != job.instances:
            raise SpoolChanged(f"{len(self._prepared)} of {job.instances} instances are left")
        site = self._bench.papers.site
        facts = MediumFacts(
            patient=job.release.patient,
            studies=job.release.studies,
            site_name=site.name,
            site_address=site.address,
            site_phone=site.phone,
            product=PRODUCT,
            product_version=__version__,
            created_at=job.created_at,
        )
        self._file_sets = build(
            facts, self._prepared, self._target.capacity_bytes, self._bench.profile
        )
        not_importable = sum(not prepared.importable for prepared in self._prepared)
        self._prepared = None  # the file-sets say all that is needed from here on
        return Built(len(self._file_sets), not_importable)

    def _await_media(self, job: Job) -> Event:
        # Nobody is asked for a medium that must not be written.
        require_permission(self._bench.papers, job)
        if job.spoiled >= DISCS_BEFORE_STAFF:
            raise MediumFailedCheck(f"{job.spoiled} spoiled")
        self._target.ready(job.volumes)
        return MediumReady()

    def _write(self, job: Job) -> Event:
        file_set = self._file_set(job)
        # The last moment before a patient's data leave the spool: it may have waited for a medium.
        require_permission(self._bench.papers, job)
        self._target.write(file_set, job.created_at, self._counting(job, file_set))
        return Written()

    def _verify(self, job: Job) -> Event:
        file_set = self._file_set(job)
        path = self._target.written(job.volume, job.volumes)
        try:
            with open_medium(path) as reader:
                report = check_medium(reader, self._counting(job, file_set))
        except MediumUnreadable as error:
            log.warning("medium-spoiled", job=job.job_id, broken=[error.code])
            return Spoiled(error.code)
        if not report.holds or report.manifest_sha256 != _manifest_sha256(file_set):
            log.warning(
                "medium-spoiled", job=job.job_id, broken=[each.id for each in report.broken]
            )
            return Spoiled(MediumFailedCheck.code)
        return Verified(
            Medium(
                kind=job.release.target.kind,
                path=self._target.name(job.volume, job.volumes),
                volume=job.volume,
                volumes=job.volumes,
                size_bytes=report.size_bytes,
                sha256=report.sha256,
                instances=report.instances,
                not_importable=report.not_importable,
                verified=True,
                file_set_id=report.file_set_id,
                manifest_sha256=report.manifest_sha256,
                has_web=report.has_web,
                study_uids=tuple(study.study_uid for study in report.studies),
            )
        )

    def _hand_over(self, job: Job) -> Event:
        # The signer may change their mind until the copy is in their hands.
        require_permission(self._bench.papers, job)
        # There is one receipt for each job, and it says that this has happened.
        self._target.require_finished(job.volumes)
        receipt = self._bench.papers.make_receipt(job)
        self._bench.jobs.keep_receipt(job.job_id, receipt)
        self._target.hand_over(job.volumes)
        return HandedOver()

    def _file_set(self, job: Job) -> FileSet:
        return self._file_sets[job.volume - 1]

    def _counting(self, job: Job, file_set: FileSet) -> Callable[[int, int], None]:
        files, size = len(file_set.entries), file_set.size_bytes
        return lambda done, size_done: self._report(
            Progress(job.state, done, files, size_done, size)
        )


def _manifest_sha256(file_set: FileSet) -> str:
    """Return the hash of the list of hashes: what has the same has the same files."""
    return next(entry.sha256 for entry in file_set.entries if entry.path == MANIFEST)
