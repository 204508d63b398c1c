"""Sealed forms and receipts, each stored with its hash."""

import hashlib

from sqlalchemy.orm import Session

from kiosk.domain.audit import AuditKind
from kiosk.errors import FormNotSealed
from kiosk.store.tables import DocumentRow

FORM = "form"
RECEIPT = "receipt"
SEALED_BY = {FORM: AuditKind.FORM_SEALED, RECEIPT: AuditKind.RECEIPT_SEALED}
"""Which event binds which kind of document to the chain."""


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of a document in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def is_unchanged(row: DocumentRow) -> bool:
    """Whether a stored document is what its hash says."""
    # SQLite lets anyone put text where bytes belong.
    return isinstance(row.content, bytes) and sha256_of(row.content) == row.sha256


def read_document(session: Session, job_id: str, kind: str) -> bytes | None:
    """Return a document; ``FormNotSealed`` if it is not what its hash says."""
    row = session.get(DocumentRow, (job_id, kind))
    if row is None:
        return None
    if not is_unchanged(row):
        raise FormNotSealed(f"{kind} of job {job_id}")
    return row.content
