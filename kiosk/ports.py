"""What the services need from the outside: one protocol for each thing that has two makers."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from kiosk.domain.audit import AuditEvent, AuditKind
from kiosk.domain.code import ReleaseCode
from kiosk.domain.device import Jack
from kiosk.domain.job import Event, Job
from kiosk.domain.medium import FileSet
from kiosk.domain.progress import Progress
from kiosk.domain.release import Release
from kiosk.domain.study import Holding, InstanceRef, Study

FilesAndBytes = Callable[[int, int], None]
"""Told, as work goes on, how many files and bytes are done."""


class Clock(Protocol):
    """The time, so that tests can hold it."""

    def __call__(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        ...


class Incoming(Protocol):
    """Where an archive puts the instances that arrive; one call at a time."""

    def begin(self) -> Path:
        """Return a new private path to stream the next instance into, as a Part 10 file."""
        ...

    def arrived(self, path: Path) -> None:
        """Take over the complete file at a path that ``begin`` gave out.

        Raises
        ------
        KioskError
            If the instance must not be taken; the archive then ends the fetch and lets it pass.
        """
        ...


class Archive(Protocol):
    """One way to the PACS.

    Every call raises ``ArchiveUnreachable`` if the archive does not answer in time and
    ``ArchiveRefused`` if it answers but will not serve this kiosk in this way.
    """

    name: str
    """As in ``[archive] order``: ``dicomweb``, ``dimse-get``, ``dimse-move``, ``folder``."""

    def find_studies(self, patient_id: str) -> Sequence[Study]:
        """Return the studies whose PatientID equals ``patient_id``, newest first."""
        ...

    def holding(self, study_uid: str) -> Holding:
        """Ask at image level what the archive holds of a study now."""
        ...

    def fetch(
        self, study_uid: str, wanted: Collection[InstanceRef] | None, incoming: Incoming
    ) -> None:
        """Fetch the wanted instances of a study, or all (None); hand each to ``incoming``.

        Returns when the archive says that it has sent everything it will send; whether that is
        complete is for the caller to find out. Raises ``BrokenInstance`` for what cannot even be
        framed as an instance or exceeds the size limit.
        """
        ...

    def check(self) -> str:
        """Ask the archive for a sign of life; return one line saying what answered."""
        ...


class JobStore(Protocol):
    """Jobs, their signed forms and their history, durable when a call returns."""

    def add(
        self,
        release: Release,
        kiosk: str,
        job_id: str,
        form: bytes,
        code_digest: str | None = None,
        evidence: bytes | None = None,
    ) -> Job:
        """Store a signed release with its sealed form and its evidence in one transaction.

        The release code with this digest, if one is given, is used up in the same transaction;
        ``CodeRefused`` if it is no longer open.
        """
        ...

    def get(self, job_id: str) -> Job:
        """Return the job as it is now; ``KeyError`` if there is none."""
        ...

    def advance(self, job: Job, event: Event) -> Job:
        """Move a job by one event and append to its history, in one transaction.

        Raises
        ------
        JobChangedMeanwhile
            If the stored version is not ``job.version``.
        MoveRefused
            If the event does not fit the job's state.
        """
        ...

    def next_ready(self, kiosk: str, now: datetime) -> Job | None:
        """Return the oldest job of a kiosk that a worker may begin: SIGNED, READY or resting.

        A job that rests (``waiting``) comes when its time has come.
        """
        ...

    def in_hand(self, kiosk: str) -> Sequence[Job]:
        """Return the jobs of a kiosk that a worker had in hand (``ACTIVE``), oldest first."""
        ...

    def open_jobs(self, kiosk: str) -> Sequence[Job]:
        """Return the jobs of a kiosk that have not ended, oldest first."""
        ...

    def waited_for(self, kiosk: str, since: datetime) -> Sequence[tuple[Job, Progress | None]]:
        """Return the jobs of a kiosk that somebody waits for, oldest first, with their progress.

        Those are the open ones, and those that were done or failed after a moment and whose
        medium nobody has collected yet.
        """
        ...

    def document(self, job_id: str, kind: str) -> bytes | None:
        """Return a document of a job: ``form``, ``evidence`` or ``receipt``."""
        ...

    def keep_receipt(self, job_id: str, receipt: bytes) -> bytes:
        """Store the receipt unless there is one; return the one that is stored."""
        ...

    def report_progress(self, job_id: str, progress: Progress) -> None:
        """Note how far a job has come, for those who look on; no part of its history."""
        ...

    def progress(self, job_id: str) -> Progress | None:
        """Return what was last noted, or None."""
        ...


class AuditLog(Protocol):
    """The append-only chain of events."""

    def append(
        self, kind: AuditKind, fields: dict[str, str], job_id: str | None = None
    ) -> AuditEvent:
        """Append one event; ``ValueError`` for a field that its kind may not carry."""
        ...

    def events(self, job_id: str | None = None) -> Sequence[AuditEvent]:
        """Return the chain in order, or one job's part of it."""
        ...

    def head(self) -> str:
        """Return the hash of the newest event."""
        ...

    def verify(self) -> int:
        """Recompute the whole chain against jobs and head; return how many events it has.

        Raises
        ------
        AuditBroken
            At the first row that was changed, removed or inserted; its detail names the row.
        """
        ...


class CodeStore(Protocol):
    """Release codes by the hash of their digits."""

    def add(self, code: ReleaseCode) -> None:
        """Store a new code and its audit event."""
        ...

    def find(self, digest: str) -> ReleaseCode | None:
        """Return the code with this digest, or None."""
        ...

    def job_of(self, digest: str) -> str | None:
        """Return the id of the job that used a code up, or None."""
        ...

    def change(self, before: ReleaseCode, after: ReleaseCode, kind: AuditKind, note: str) -> None:
        """Replace a code if it is still as it was before, with its audit event.

        Raises
        ------
        JobChangedMeanwhile
            If another process changed the code first.
        """
        ...


class MediaTarget(Protocol):
    """Where the file-sets of one job are written: an image, a folder, later a drive or a stick."""

    @property
    def capacity_bytes(self) -> int:
        """What one medium holds."""
        ...

    def ready(self, volumes: int) -> None:
        """Make sure that the media can be written; ``TargetUnusable`` if not."""
        ...

    def write(self, file_set: FileSet, created_at: datetime, progress: FilesAndBytes) -> None:
        """Write one file-set where nobody takes it for finished yet, replacing an earlier try."""
        ...

    def name(self, volume: int, volumes: int) -> str:
        """Return what the receipt calls a medium."""
        ...

    def written(self, volume: int, volumes: int) -> Path:
        """Return where the written medium can be read back."""
        ...

    def require_finished(self, volumes: int) -> None:
        """Make sure that ``hand_over`` will succeed, before anything says that it has.

        Raises
        ------
        TargetUnusable
            If a name is taken, or the folder is away.
        MediumFailedCheck
            If a finished medium is gone.
        """
        ...

    def hand_over(self, volumes: int) -> Sequence[Path]:
        """Give every medium its final name; done twice it does nothing more."""
        ...

    def discard(self) -> None:
        """Remove whatever was written and not handed over."""
        ...


class Printer(Protocol):
    """Where receipts, tickets and labels come out on paper."""

    def print(self, document: bytes, title: str) -> None:
        """Print a PDF, or what a roll printer takes: ESC/POS.

        The title names the job to staff and holds nobody's name.

        Raises
        ------
        PrinterEmpty
            If there is no paper.
        PrinterAway
            If the printer does not answer.
        """
        ...


NORMAL_VOLUME = 50
"""Percent, at which a voice begins with every person."""


class Voice(Protocol):
    """Says the screen to those who do not see it; no call waits for the end of the speech."""

    volume: int
    """From 0 to 100 percent; counts from the next text on."""

    @property
    def is_speaking(self) -> bool:
        """Whether something is being said at this moment."""
        ...

    def say(self, text: str, language: str) -> None:
        """Say a text in a language (BCP 47), instead of whatever is being said.

        Blank lines are pauses. Without a sound card nothing is heard and nothing fails.
        """
        ...

    def chime(self) -> None:
        """Let two soft tones be heard, instead of whatever is being said.

        They last less than a second and are no speech: ``is_speaking`` does not count them.
        """
        ...

    def stop(self) -> None:
        """Be silent at once, tones as well as words."""
        ...


class Headphones(Protocol):
    """The jack, which decides whether a patient's details may be spoken."""

    def jack(self) -> Jack:
        """Return what the jack says now."""
        ...

    def watched(self, on_change: Callable[[Jack], None]) -> AbstractContextManager[None]:
        """Tell of every change while the context is open, from a thread of the watch's own."""
        ...
