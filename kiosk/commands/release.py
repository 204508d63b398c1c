"""``kiosk release``: one release with no screen."""

import argparse
import getpass
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.arguments import add_config, add_json, iso_date, target
from kiosk.errors import ExitCode

if TYPE_CHECKING:
    from kiosk.bootstrap import Appliance
    from kiosk.commands.telling import Telling
    from kiosk.config import Prices
    from kiosk.domain.job import Job
    from kiosk.domain.progress import Progress
    from kiosk.domain.release import Fee, TargetKind

POLL_EVERY_S = 0.2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_config(parser)
    parser.add_argument("--patient-id", required=True, metavar="ID")
    parser.add_argument("--birth-date", required=True, type=iso_date, metavar="YYYY-MM-DD")
    parser.add_argument(
        "--study", action="append", default=[], metavar="UID", help="default: every study"
    )
    parser.add_argument("--consent", required=True, type=Path, metavar="FILE.json")
    parser.add_argument(
        "--to", required=True, type=target, metavar="TARGET", help="image:PATH.iso or folder:PATH"
    )
    parser.add_argument(
        "--approved-by",
        metavar="STAFF",
        help="who saw a representative's authority; without it such a release is held",
    )
    parser.add_argument(
        "--document-seen",
        metavar="TEXT",
        help='what showed that authority, as in "birth certificate"; goes with --approved-by',
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Identify, sign, and stay with the job until it ends or waits too long."""
    from kiosk.bootstrap import open_appliance
    from kiosk.commands.outcome import conclude, require_room_for_papers
    from kiosk.commands.telling import telling
    from kiosk.consent_file import read_consent
    from kiosk.domain.release import Approval, IdentityCheck, IdentityMethod, Release
    from kiosk.errors import ConfigurationWrong
    from kiosk.services.identify import identify
    from kiosk.services.targets import file_target

    if (arguments.approved_by is None) != (arguments.document_seen is None):
        raise ConfigurationWrong("--approved-by and --document-seen go together")
    consent = read_consent(arguments.consent)
    appliance = open_appliance(arguments.config)
    file_target(arguments.to, "", appliance.settings.media.capacity_bytes).ready(volumes=1)
    require_room_for_papers(arguments.to)
    identified = identify(appliance.ways, arguments.patient_id, arguments.birth_date)
    now = appliance.clock()
    approval = None
    if arguments.approved_by is not None and consent.needs_approval:
        approval = Approval(arguments.approved_by, arguments.document_seen, now)
    release = Release(
        patient=identified.patient,
        studies=identified.choose(arguments.study),
        consent=consent,
        identity=IdentityCheck(IdentityMethod.STAFF, getpass.getuser(), now),
        target=arguments.to,
        fee=_fee(arguments.to.kind, appliance.settings.policy.prices),
        approval=approval,
    )
    job = appliance.desk.sign(release)
    with telling(as_json=arguments.json) as tell:
        tell.state(job)
        job = _stay_with(appliance, job, tell)
    return conclude(appliance, job, as_json=arguments.json)


def _fee(kind: "TargetKind", prices: "Prices") -> "Fee | None":
    """Return what a copy of this kind costs: an image is a disc's, a folder a stick's."""
    from kiosk.domain.release import Fee, TargetKind

    amount = prices.disc if kind is TargetKind.IMAGE else prices.own_stick
    return Fee(amount, prices.currency) if amount else None


def _stay_with(appliance: "Appliance", job: "Job", tell: "Telling") -> "Job":
    """Work the job on, or watch the worker that does, until it ends or nobody here can help."""
    from kiosk.domain.job import Approve, JobState

    patience = _Patience(appliance.settings.policy.archive_patience_s, tell)
    while not job.has_ended:
        if job.state is JobState.HELD:
            approval = job.release.approval
            if approval is None:
                return job
            approved = Approve(approval.by, approval.document)
            job = appliance.store.jobs.advance(job, approved)
        with appliance.spool.worker_lock() as is_ours:
            if is_ours and (job.waiting is None or job.waiting.until <= appliance.clock()):
                job = appliance.worker.work(job, patience.progress)
            else:
                job = _look_on(appliance, job, patience)
        tell.state(job)
        if job.waiting is not None and patience.is_at_its_end:
            return job
    return job


def _look_on(appliance: "Appliance", job: "Job", patience: "_Patience") -> "Job":
    time.sleep(POLL_EVERY_S)
    progress = appliance.store.jobs.progress(job.job_id)
    if progress is not None:
        patience.progress(progress)
    return appliance.store.jobs.get(job.job_id)


class _Patience:
    """How long this command stays with a job in which nothing moves."""

    def __init__(self, length_s: float, tell: "Telling") -> None:
        self._length_s = length_s
        self._tell = tell
        self._last: Progress | None = None
        self._since = time.monotonic()

    def progress(self, progress: "Progress") -> None:
        """Pass on how far the job has come; anything new begins the patience anew."""
        if progress != self._last:
            self._last = progress
            self._since = time.monotonic()
            self._tell.progress(progress)

    @property
    def is_at_its_end(self) -> bool:
        return time.monotonic() - self._since > self._length_s
