"""The chain of events: what may be recorded, and how each row binds the one before it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

FIRST_HASH = "0" * 64


class AuditKind(StrEnum):
    """Everything that is recorded; the value is what exports call it."""

    JOB_MOVED = "job-moved"
    FORM_SEALED = "form-sealed"
    EVIDENCE_KEPT = "evidence-kept"
    RECEIPT_SEALED = "receipt-sealed"
    TIME_STAMP_MISSED = "time-stamp-missed"
    CONSENT_ENDED = "consent-ended"
    CODE_ISSUED = "code-issued"
    CODE_TRIED = "code-tried"
    CODE_VOIDED = "code-voided"
    IDENTITY_CHECKED = "identity-checked"
    KIOSK_LOCKED = "kiosk-locked"
    RECEIPT_PRINTED = "receipt-printed"
    RECEIPT_NOT_PRINTED = "receipt-not-printed"
    LABELS_PRINTED = "labels-printed"
    COLLECTED = "collected"
    STAFF_CALLED = "staff-called"
    WORKER_STARTED = "worker-started"
    AUDIT_READ = "audit-read"


FIELDS: dict[AuditKind, frozenset[str]] = {
    AuditKind.JOB_MOVED: frozenset(
        {"event", "before", "after", "version", "code", "by", "seen", "sha256"}
    ),
    AuditKind.FORM_SEALED: frozenset({"sha256"}),
    AuditKind.EVIDENCE_KEPT: frozenset({"sha256"}),
    AuditKind.RECEIPT_SEALED: frozenset({"sha256"}),
    AuditKind.TIME_STAMP_MISSED: frozenset({"document", "code"}),
    AuditKind.CONSENT_ENDED: frozenset({"how", "by"}),
    AuditKind.CODE_ISSUED: frozenset({"digest", "by", "seen", "expires_at"}),
    AuditKind.CODE_TRIED: frozenset({"digest", "result"}),
    AuditKind.CODE_VOIDED: frozenset({"digest", "by"}),
    AuditKind.IDENTITY_CHECKED: frozenset({"method", "result", "kiosk"}),
    AuditKind.KIOSK_LOCKED: frozenset({"kiosk", "until"}),
    AuditKind.RECEIPT_PRINTED: frozenset({"kiosk"}),
    AuditKind.RECEIPT_NOT_PRINTED: frozenset({"kiosk", "code"}),
    AuditKind.LABELS_PRINTED: frozenset({"kiosk"}),
    AuditKind.COLLECTED: frozenset({"kiosk"}),
    AuditKind.STAFF_CALLED: frozenset({"kiosk", "where"}),
    AuditKind.WORKER_STARTED: frozenset({"kiosk", "version"}),
    AuditKind.AUDIT_READ: frozenset({"by", "action"}),
}
"""The only fields that each kind of event may carry; none of them can hold a patient's data."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One row of the chain."""

    sequence: int
    """From 1, without a gap."""
    at: datetime
    kind: AuditKind
    job_id: str | None
    fields: dict[str, str]
    previous_hash: str
    hash: str


def event_hash(
    sequence: int,
    at: datetime,
    kind: AuditKind,
    job_id: str | None,
    fields: dict[str, str],
    previous_hash: str,
) -> str:
    """SHA-256 over the canonical JSON of a row and the hash of the row before."""
    row = [sequence, at.isoformat(), kind.value, job_id, fields, previous_hash]
    canonical = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
