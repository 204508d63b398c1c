"""The chain of events in the database: appends to it, reads it, verifies it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kiosk.domain.audit import FIELDS, AuditEvent, AuditKind, event_hash
from kiosk.errors import AuditBroken
from kiosk.ports import Clock
from kiosk.store.chain import BATCH, event_of, verify_chain
from kiosk.store.engine import Database
from kiosk.store.tables import AuditHead, AuditRow


@dataclass(frozen=True, slots=True)
class AuditTrail:
    """``AuditLog`` in the database."""

    database: Database
    clock: Clock

    def append(
        self, kind: AuditKind, fields: dict[str, str], job_id: str | None = None
    ) -> AuditEvent:
        """Append one event; ``ValueError`` for a field that its kind may not carry."""
        with self.database.writing() as session:
            return append_event(session, self.clock(), kind, fields, job_id)

    def events(self, job_id: str | None = None) -> Sequence[AuditEvent]:
        """Return the chain in order, or one job's part of it."""
        return list(self.each_event(job_id))

    def each_event(self, job_id: str | None = None) -> Iterator[AuditEvent]:
        """Give the events one by one, for an export that may be long."""
        wanted = select(AuditRow).order_by(AuditRow.sequence)
        if job_id is not None:
            wanted = wanted.where(AuditRow.job_id == job_id)
        with self.database.reading() as session:
            for row in session.scalars(wanted.execution_options(yield_per=BATCH)):
                yield event_of(row)

    def head(self) -> str:
        """Return the hash of the newest event."""
        with self.database.reading() as session:
            return _present(session.get(AuditHead, 1)).hash

    def verify(self) -> int:
        """Recompute the whole chain against jobs, documents and head; return its length.

        Raises
        ------
        AuditBroken
            At the first row that was changed, removed or inserted; its detail names the row.
        """
        with self.database.reading() as session:
            return verify_chain(session)


def append_event(
    session: Session,
    at: datetime,
    kind: AuditKind,
    fields: Mapping[str, str],
    job_id: str | None = None,
) -> AuditEvent:
    """Append an event within a transaction that others' appends wait for from here on."""
    if strange := sorted(fields.keys() - FIELDS[kind]):
        raise ValueError(f"{kind} may not carry {', '.join(strange)}")
    head = lock_head(session)
    at, sequence = at.astimezone(UTC), head.sequence + 1
    plain = {name: str(value) for name, value in fields.items()}
    digest = event_hash(sequence, at, kind, job_id, plain, head.hash)
    event = AuditEvent(sequence, at, kind, job_id, plain, head.hash, digest)
    head.sequence, head.hash = sequence, digest
    session.add(_row(event))
    try:
        session.flush()
    except IntegrityError:
        raise AuditBroken(f"audit event {sequence} was inserted") from None
    return event


def lock_head(session: Session) -> AuditHead:
    """Return the chain's end, locked until the transaction ends (SQLite's is locked whole)."""
    locked = select(AuditHead).where(AuditHead.id == 1).with_for_update()
    return _present(session.scalar(locked))


def _present(head: AuditHead | None) -> AuditHead:
    if head is None:
        raise AuditBroken("the chain's head was removed")
    return head


def _row(event: AuditEvent) -> AuditRow:
    return AuditRow(
        sequence=event.sequence,
        at=event.at.isoformat(),
        kind=event.kind.value,
        job_id=event.job_id,
        fields=fields_as_stored(event.fields),
        previous_hash=event.previous_hash,
        hash=event.hash,
    )


def fields_as_stored(fields: Mapping[str, str]) -> str:
    """Return the text that stands for the fields of an event in its row."""
    return json.dumps(fields, sort_keys=True)
