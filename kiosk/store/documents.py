"""Sealed forms and receipts, each stored with its hash."""

import hashlib
import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.audit import AuditKind
from kiosk.errors import FormNotSealed
from kiosk.store.tables import AuditRow, DocumentRow, JobRow

FORM = "form"
EVIDENCE = "evidence"
"""The record of the signature, which the form also carries inside."""
RECEIPT = "receipt"
SEALED_BY = {
    FORM: AuditKind.FORM_SEALED,
    EVIDENCE: AuditKind.EVIDENCE_KEPT,
    RECEIPT: AuditKind.RECEIPT_SEALED,
}
"""Which event binds which kind of document to the chain."""


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of a document in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def is_unchanged(row: DocumentRow) -> bool:
    """Whether a stored document is what its hash says."""
    # SQLite lets anyone put text where bytes belong.
    return isinstance(row.content, bytes) and sha256_of(row.content) == row.sha256


def require_release_as_signed(session: Session, job_id: str) -> None:
    """Make sure that a job still promises what was signed.

    Raises
    ------
    FormNotSealed
        If its release is not the one that its first event binds to the chain.
    """
    release = session.scalar(select(JobRow.release).where(JobRow.job_id == job_id))
    first = session.scalar(
        select(AuditRow.fields)
        .where(AuditRow.job_id == job_id, AuditRow.kind == AuditKind.JOB_MOVED.value)
        .order_by(AuditRow.sequence)
        .limit(1)
    )
    signed = None if first is None else json.loads(first).get("sha256")
    if release is not None and sha256_of(release.encode()) != signed:
        raise FormNotSealed(f"the release of job {job_id} was changed")


def read_document(session: Session, job_id: str, kind: str) -> bytes | None:
    """Return a document; ``FormNotSealed`` if it is not what its hash says."""
    row = session.get(DocumentRow, (job_id, kind))
    if row is None:
        return None
    if not is_unchanged(row):
        raise FormNotSealed(f"{kind} of job {job_id}")
    return row.content
