"""The receipt for programs: a small file inside the sealed PDF, with nobody's name in it."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from forms.facts import ReceiptFacts
from forms.reading.pdfium import attachment, opened
from forms.seal.check import Trust, check_seal
from kiosk.domain.medium import Medium
from kiosk.errors import NotAReceipt, ReceiptChanged

RECORD_NAME = "receipt.json"
RECORD_VERSION = 1
_SEALED = b"/ByteRange"


@dataclass(frozen=True, slots=True)
class RecordedMedium:
    """One medium, with all that it can be known again by."""

    kind: str
    label: str
    """Volume Identifier (PS3.12 F.1.2.2)."""
    serial: str
    """Of a stick, where it has one."""
    volume: int
    volumes: int
    size_bytes: int
    instances: int
    not_importable: int
    sha256: str
    """Of the image; of SHA256.TXT where the medium is a folder or a stick."""
    manifest_sha256: str
    """Of SHA256.TXT: a disc that is mounted as a folder shows no image."""
    verified: bool


@dataclass(frozen=True, slots=True)
class ReceiptRecord:
    """What one receipt was printed for."""

    record_version: int
    number: int
    job_id: str
    kiosk: str
    software: str
    handed_over_at: datetime
    instances: int
    archive_instances: int
    form_sha256: str
    audit_head: str
    media: tuple[RecordedMedium, ...]


_JSON = TypeAdapter(ReceiptRecord)


def encode_record(facts: ReceiptFacts) -> bytes:
    """Return the record as JSON in UTF-8; the same facts give the same bytes."""
    job = facts.job
    return _JSON.dump_json(
        ReceiptRecord(
            record_version=RECORD_VERSION,
            number=job.number,
            job_id=job.job_id,
            kiosk=job.kiosk,
            software=facts.software,
            handed_over_at=facts.handed_over_at,
            instances=job.instances,
            archive_instances=job.archive_instances,
            form_sha256=facts.form_sha256,
            audit_head=facts.audit_head,
            media=tuple(map(_recorded, job.media)),
        )
    )


def read_record(pdf: bytes, trust: Trust) -> ReceiptRecord:
    """Read the record of a sealed receipt; nothing in the file is read before its seal holds.

    Raises
    ------
    NotAReceipt
        If the file is no sealed PDF, or another document.
    ReceiptChanged
        If the seal does not hold, or another key made it.
    """
    if not pdf.startswith(b"%PDF-") or _SEALED not in pdf:
        raise NotAReceipt("no sealed PDF")
    if not check_seal(pdf, trust).holds:
        raise ReceiptChanged
    with opened(pdf) as document:
        content = attachment(document, RECORD_NAME)
    if content is None:
        raise NotAReceipt("another sealed document")
    try:
        return _JSON.validate_json(content)
    except ValidationError as error:
        raise NotAReceipt(f"its record has {error.error_count()} wrong fields") from None


def _recorded(medium: Medium) -> RecordedMedium:
    return RecordedMedium(
        kind=medium.kind.value,
        label=medium.file_set_id,
        serial=medium.serial,
        volume=medium.volume,
        volumes=medium.volumes,
        size_bytes=medium.size_bytes,
        instances=medium.instances,
        not_importable=medium.not_importable,
        sha256=medium.sha256,
        manifest_sha256=medium.manifest_sha256,
        verified=medium.verified,
    )
