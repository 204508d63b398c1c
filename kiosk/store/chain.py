"""The check of the whole chain: row against row, and the jobs and documents against it."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.audit import FIRST_HASH, AuditEvent, AuditKind, event_hash
from kiosk.errors import AuditBroken
from kiosk.store.documents import SEALED_BY, is_unchanged, sha256_of
from kiosk.store.tables import AuditHead, AuditRow, DocumentRow, JobRow

BATCH = 1000
"""So many rows are held in memory at a time; a year's chain is long."""

_DOCUMENT_OF = {kind: document for document, kind in SEALED_BY.items()}


@dataclass(slots=True)
class _Story:
    """What the chain tells of one job."""

    moves: int = 0
    state: str = ""
    release_sha256: str | None = None
    documents: dict[str, str] = field(default_factory=dict)


def event_of(row: AuditRow) -> AuditEvent:
    """Return a row as the event it is; ``AuditBroken`` if it cannot be one."""
    try:
        at, fields = datetime.fromisoformat(row.at), json.loads(row.fields)
        kind = AuditKind(row.kind)
        # Two texts may read as the same event; only the one that was written is unchanged.
        is_as_written = (
            at.isoformat() == row.at and json.dumps(fields, sort_keys=True) == row.fields
        )
    except (ValueError, TypeError):
        is_as_written = False
    if not is_as_written:
        raise AuditBroken(f"audit event {row.sequence} was changed")
    return AuditEvent(row.sequence, at, kind, row.job_id, fields, row.previous_hash, row.hash)


def verify_chain(session: Session) -> int:
    """Check everything that the chain vouches for; return how many events it has."""
    last_hash, length = FIRST_HASH, 0
    stories: dict[str, _Story] = {}
    rows = select(AuditRow).order_by(AuditRow.sequence).execution_options(yield_per=BATCH)
    for length, row in enumerate(session.scalars(rows), start=1):
        event = _link(row, length, last_hash)
        last_hash = event.hash
        if event.job_id is not None:
            _tell(stories.setdefault(event.job_id, _Story()), event)
    head = session.get(AuditHead, 1)
    if head is None or (head.sequence, head.hash) != (length, last_hash):
        raise AuditBroken(f"the chain ends at audit event {length}, but its head disagrees")
    _check_jobs(session, stories)
    _check_documents(session, stories)
    return length


def _link(row: AuditRow, sequence: int, last_hash: str) -> AuditEvent:
    """Check a row's own hash and its place in the chain."""
    if row.sequence != sequence:
        raise AuditBroken(f"audit event {sequence} was removed or renumbered")
    event = event_of(row)
    if event.previous_hash != last_hash:
        raise AuditBroken(f"audit event {sequence} does not follow the one before it")
    hashed = event_hash(sequence, event.at, event.kind, event.job_id, event.fields, last_hash)
    if hashed != event.hash:
        raise AuditBroken(f"audit event {sequence} was changed")
    return event


def _tell(story: _Story, event: AuditEvent) -> None:
    """Go on with a job's story by one event, which must fit what happened before."""
    if document := _DOCUMENT_OF.get(event.kind):
        if document in story.documents:
            raise AuditBroken(f"audit event {event.sequence} seals a second {document}")
        story.documents[document] = event.fields.get("sha256", "")
    elif event.kind is AuditKind.JOB_MOVED:
        found = (event.fields.get("before"), event.fields.get("version"))
        if found != (story.state, str(story.moves)):
            raise AuditBroken(f"audit event {event.sequence} does not fit its job")
        if story.moves == 0:
            story.release_sha256 = event.fields.get("sha256")
        story.state = event.fields.get("after", "")
        story.moves += 1


def _check_jobs(session: Session, stories: dict[str, _Story]) -> None:
    """Compare every job with what the chain tells of it."""
    moved = {job_id: story for job_id, story in stories.items() if story.moves}
    columns = select(JobRow.job_id, JobRow.state, JobRow.version, JobRow.release)
    for job_id, state, version, release in session.execute(
        columns.order_by(JobRow.number).execution_options(yield_per=BATCH)
    ):
        story = moved.pop(job_id, None)
        if story is None:
            raise AuditBroken(f"job {job_id} was inserted")
        if (state, version) != (story.state, story.moves - 1):
            raise AuditBroken(f"job {job_id} was moved without its event")
        if sha256_of(str(release).encode()) != story.release_sha256:
            raise AuditBroken(f"the release of job {job_id} was changed")
    if moved:
        raise AuditBroken(f"job {next(iter(moved))} was removed")


def _check_documents(session: Session, stories: dict[str, _Story]) -> None:
    """Compare every form and receipt with the event that sealed it."""
    sealed = {
        (job_id, kind): digest
        for job_id, story in stories.items()
        for kind, digest in story.documents.items()
    }
    # One by one: a document is large, and their number is small.
    for job_id, kind in session.execute(select(DocumentRow.job_id, DocumentRow.kind)).all():
        digest = sealed.pop((job_id, kind), None)
        if digest is None:
            raise AuditBroken(f"the {kind} of job {job_id} was inserted")
        row = session.get_one(DocumentRow, (job_id, kind))
        if row.sha256 != digest or not is_unchanged(row):
            raise AuditBroken(f"the {kind} of job {job_id} was changed")
    if sealed:
        job_id, kind = next(iter(sealed))
        raise AuditBroken(f"the {kind} of job {job_id} was removed")
