"""Release codes in the database."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kiosk.domain.audit import AuditKind
from kiosk.domain.code import CodeState, ReleaseCode
from kiosk.errors import CodeRefused, JobChangedMeanwhile
from kiosk.ports import Clock
from kiosk.store.audit_log import append_event, fields_as_stored
from kiosk.store.engine import Database
from kiosk.store.facts import STUDY_UIDS
from kiosk.store.tables import AuditRow, CodeRow

_NOTE_FIELD = {AuditKind.CODE_TRIED: "result", AuditKind.CODE_VOIDED: "by"}
"""Where the chain keeps the note of a change."""


@dataclass(frozen=True, slots=True)
class Codes:
    """``CodeStore`` in the database."""

    database: Database
    clock: Clock

    def add(self, code: ReleaseCode) -> None:
        """Store a new code and its audit event; ``JobChangedMeanwhile`` if its digest is taken."""
        issued = {
            "digest": code.digest,
            "by": code.issued_by,
            "seen": code.seen,
            "expires_at": code.expires_at.astimezone(UTC).isoformat(),
        }
        with self.database.writing() as session:
            session.add(_row(code))
            session.flush()
            append_event(session, self.clock(), AuditKind.CODE_ISSUED, issued)

    def find(self, digest: str) -> ReleaseCode | None:
        """Return the code with this digest, or None."""
        with self.database.reading() as session:
            row = session.get(CodeRow, digest)
            return None if row is None else _code(row)

    def job_of(self, digest: str) -> str | None:
        """Return the id of the job that used a code up, or None."""
        used = (
            select(AuditRow.job_id)
            .where(
                AuditRow.kind == AuditKind.CODE_TRIED.value,
                AuditRow.fields == fields_as_stored(_used_up(digest)),
            )
            # A code lives a day: what became of it stands near the end of a long chain.
            .order_by(AuditRow.sequence.desc())
            .limit(1)
        )
        with self.database.reading() as session:
            return session.scalar(used)

    def change(self, before: ReleaseCode, after: ReleaseCode, kind: AuditKind, note: str) -> None:
        """Replace a code if it is still as it was before, with its audit event.

        Raises
        ------
        JobChangedMeanwhile
            If another process changed the code first.
        """
        change = (
            update(CodeRow)
            .where(
                CodeRow.digest == before.digest,
                CodeRow.state == before.state.value,
                CodeRow.wrong_tries == before.wrong_tries,
                CodeRow.rests_until.is_not_distinct_from(before.rests_until),
            )
            .values(
                state=after.state.value,
                wrong_tries=after.wrong_tries,
                rests_until=after.rests_until,
            )
            .returning(CodeRow.digest)
        )
        with self.database.writing() as session:
            if session.scalar(change) is None:
                raise JobChangedMeanwhile("release code")
            fields = {"digest": before.digest, _NOTE_FIELD[kind]: note}
            append_event(session, self.clock(), kind, fields)


def use_code_up(session: Session, at: datetime, digest: str, job_id: str) -> None:
    """Mark a code used within the transaction that stores its job; ``CodeRefused`` if not open."""
    change = (
        update(CodeRow)
        .where(CodeRow.digest == digest, CodeRow.state == CodeState.OPEN.value)
        .values(state=CodeState.USED.value)
        .returning(CodeRow.digest)
    )
    if session.scalar(change) is None:
        raise CodeRefused
    append_event(session, at, AuditKind.CODE_TRIED, _used_up(digest), job_id)


def _used_up(digest: str) -> dict[str, str]:
    return {"digest": digest, "result": CodeState.USED.value}


def _row(code: ReleaseCode) -> CodeRow:
    stored = asdict(code) | {
        "birth_date": code.birth_date.isoformat(),
        "study_uids": STUDY_UIDS.write(code.study_uids),
        "state": code.state.value,
    }
    return CodeRow(**stored)


def _code(row: CodeRow) -> ReleaseCode:
    return ReleaseCode(
        digest=row.digest,
        patient_id=row.patient_id,
        birth_date=date.fromisoformat(row.birth_date),
        study_uids=STUDY_UIDS.read(row.study_uids),
        seen=row.seen,
        issued_by=row.issued_by,
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        state=CodeState(row.state),
        wrong_tries=row.wrong_tries,
        rests_until=row.rests_until,
    )
