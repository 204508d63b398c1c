"""Jobs in the database: added once, moved by events, looked up by those who work on them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union_all, update
from sqlalchemy.orm import Session

from kiosk.domain.audit import AuditKind
from kiosk.domain.job import ACTIVE, ENDED, Event, Job, JobState, Refused, step
from kiosk.domain.progress import Progress
from kiosk.domain.release import Release
from kiosk.errors import JobChangedMeanwhile, KioskError, MoveRefused
from kiosk.ports import Clock
from kiosk.store.audit_log import append_event, lock_head
from kiosk.store.codes import use_code_up
from kiosk.store.documents import (
    EVIDENCE,
    FORM,
    RECEIPT,
    SEALED_BY,
    read_document,
    require_release_as_signed,
    sha256_of,
)
from kiosk.store.engine import Database
from kiosk.store.job_rows import first_move, job_of, move_fields, moving_columns, new_row
from kiosk.store.tables import AuditRow, DocumentRow, JobRow, ProgressRow

LOOKED_BACK_AT = 200
"""So many of the newest jobs may still lie ready to be collected."""
_OPEN = [state.value for state in JobState if state not in ENDED]


@dataclass(frozen=True, slots=True)
class Jobs:
    """``JobStore`` in the database."""

    database: Database
    clock: Clock

    def add(
        self,
        release: Release,
        kiosk: str,
        job_id: str,
        form: bytes,
        code_digest: str | None = None,
        evidence: bytes | None = None,
    ) -> Job:
        """Store a signed release with its papers, and use its code up, in one transaction.

        Parameters
        ----------
        evidence : bytes, optional
            The record of the signature, beside the form that carries it too.

        Raises
        ------
        CodeRefused
            If the release code is no longer open.
        JobChangedMeanwhile
            If there is a job with this id already.
        ValueError
            If the release would not read back as it is.
        """
        now = self.clock()
        with self.database.writing() as session:
            lock_head(session)  # also keeps two jobs from counting to the same number
            number = (session.scalar(select(func.max(JobRow.number))) or 0) + 1
            job = Job(job_id, number, kiosk, release, created_at=now, changed_at=now)
            row = new_row(job)
            session.add(row)
            session.flush()
            _seal(session, now, job_id, FORM, form)
            if evidence is not None:
                _seal(session, now, job_id, EVIDENCE, evidence)
            append_event(session, now, AuditKind.JOB_MOVED, first_move(job, row.release), job_id)
            if code_digest is not None:
                use_code_up(session, now, code_digest, job_id)
        return job

    def get(self, job_id: str) -> Job:
        """Return the job as it is now; ``KeyError`` if there is none."""
        with self.database.reading() as session:
            return job_of(_row(session, job_id))

    def advance(self, job: Job, event: Event) -> Job:
        """Move a job by one event and append to its history, in one transaction.

        Raises
        ------
        JobChangedMeanwhile
            If the stored version is not ``job.version``.
        MoveRefused
            If the event does not fit the job's state.
        """
        try:
            moved = replace(step(job, event), changed_at=self.clock())
        except Refused as refused:
            raise MoveRefused(str(refused)) from None
        change = (
            update(JobRow)
            .where(JobRow.job_id == job.job_id, JobRow.version == job.version)
            .values(moving_columns(moved))
            .returning(JobRow.job_id)
        )
        with self.database.writing() as session:
            if session.scalar(change) is None:
                raise JobChangedMeanwhile(f"job {job.job_id}")
            fields = move_fields(job, event, moved)
            append_event(session, moved.changed_at, AuditKind.JOB_MOVED, fields, job.job_id)
        return moved

    def next_ready(self, kiosk: str, now: datetime) -> Job | None:
        """Return the oldest job of a kiosk that may begin, or go on after a rest."""
        begins = JobRow.state.in_([JobState.SIGNED.value, JobState.READY.value])
        due = or_(and_(begins, JobRow.waiting_until.is_(None)), JobRow.waiting_until <= now)
        with self.database.reading() as session:
            row = session.scalar(_oldest_first(kiosk, due).limit(1))
            return None if row is None else job_of(row)

    def in_hand(self, kiosk: str) -> Sequence[Job]:
        """Return the jobs of a kiosk that a worker had in hand (``ACTIVE``), oldest first."""
        return self._all(kiosk, JobRow.state.in_([state.value for state in ACTIVE]))

    def open_jobs(self, kiosk: str) -> Sequence[Job]:
        """Return the jobs of a kiosk that have not ended, oldest first."""
        return self._all(kiosk, JobRow.state.not_in([state.value for state in ENDED]))

    def waited_for(self, kiosk: str, since: datetime) -> Sequence[tuple[Job, Progress | None]]:
        """Return the jobs of a kiosk that somebody waits for, oldest first, with their progress.

        Those are the open ones, and those that were done or failed after a moment and whose
        medium nobody has collected yet.
        """
        numbers = union_all(_open_numbers(kiosk), _numbers_to_collect(since))
        wanted = (
            select(JobRow, ProgressRow)
            .outerjoin(ProgressRow, ProgressRow.job_id == JobRow.job_id)
            .where(JobRow.number.in_(numbers))
            .order_by(JobRow.number)
        )
        with self.database.reading() as session:
            return [
                (job_of(row), _progress(noted))
                for row, noted in session.execute(wanted)
                if row.kiosk == kiosk
            ]

    def document(self, job_id: str, kind: str) -> bytes | None:
        """Return a sealed document of a job.

        Raises
        ------
        FormNotSealed
            If it was changed, or if it is a form and its job is no longer what was signed.
        """
        with self.database.reading() as session:
            if kind == FORM:
                require_release_as_signed(session, job_id)
            return read_document(session, job_id, kind)

    def keep_receipt(self, job_id: str, receipt: bytes) -> bytes:
        """Store the receipt unless there is one; return the one that is stored."""
        with self.database.writing() as session:
            lock_head(session)  # so that two makers of the same receipt come one after the other
            _row(session, job_id)
            stored = read_document(session, job_id, RECEIPT)
            if stored is None:
                _seal(session, self.clock(), job_id, RECEIPT, receipt)
            return receipt if stored is None else stored

    def report_progress(self, job_id: str, progress: Progress) -> None:
        """Note how far a job has come; a note that cannot be kept is no reason to stop."""
        note = ProgressRow(
            job_id=job_id,
            stage=progress.stage.value,
            instances=progress.instances,
            total_instances=progress.total_instances,
            size_bytes=progress.size_bytes,
            total_bytes=progress.total_bytes,
        )
        try:
            with self.database.noting() as session:
                session.merge(note)
        except KioskError:
            return

    def progress(self, job_id: str) -> Progress | None:
        """Return what was last noted, or None."""
        with self.database.reading() as session:
            return _progress(session.get(ProgressRow, job_id))

    def _all(self, kiosk: str, condition: ColumnElement[bool]) -> list[Job]:
        with self.database.reading() as session:
            return [job_of(row) for row in session.scalars(_oldest_first(kiosk, condition))]


def _oldest_first(kiosk: str, condition: ColumnElement[bool]) -> Select[JobRow]:
    return select(JobRow).where(JobRow.kiosk == kiosk, condition).order_by(JobRow.number)


def _open_numbers(kiosk: str) -> Select[int]:
    return select(JobRow.number).where(JobRow.kiosk == kiosk, JobRow.state.in_(_OPEN))


def _numbers_to_collect(since: datetime) -> Select[int]:
    """Look only at the end of what may be years of jobs: it is asked every second."""
    newest = select(func.max(JobRow.number)).scalar_subquery()
    is_collected = exists().where(
        AuditRow.job_id == JobRow.job_id, AuditRow.kind == AuditKind.COLLECTED.value
    )
    return select(JobRow.number).where(
        JobRow.number > newest - LOOKED_BACK_AT,
        JobRow.state.in_([JobState.DONE.value, JobState.FAILED.value]),
        JobRow.changed_at > since,
        ~is_collected,
    )


def _progress(row: ProgressRow | None) -> Progress | None:
    if row is None:
        return None
    return Progress(
        JobState(row.stage),
        row.instances,
        row.total_instances,
        row.size_bytes,
        row.total_bytes,
    )


def _row(session: Session, job_id: str) -> JobRow:
    row = session.get(JobRow, job_id)
    if row is None:
        raise KeyError(job_id)
    return row


def _seal(session: Session, at: datetime, job_id: str, kind: str, content: bytes) -> None:
    """Store a document together with the event that binds it to the chain."""
    digest = sha256_of(content)
    session.add(DocumentRow(job_id=job_id, kind=kind, sha256=digest, content=content))
    append_event(session, at, SEALED_BY[kind], {"sha256": digest}, job_id)
