"""The record of a signature as a type: what must stand in it, checked field by field.

It is what an expert is given when a signature is doubted (15 USC 7001 and 7006, UETA sections 5
to 12; 21 CFR 11.50 and 11.70 as model). ``evidence.schema.json`` says the same to other programs.
"""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from kiosk.domain.clock import ClockState
from kiosk.domain.consent import Basis, SignerRole
from kiosk.domain.release import IdentityMethod
from kiosk.errors import EvidenceIncomplete

RECORD_VERSION = 2

Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Point = Annotated[list[float], Field(min_length=3, max_length=4)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Form(_Part):
    """Which form was signed, and the hash of the very file that was shown."""

    id: Text
    version: Text
    language: Text
    language_asked: Text
    wording_version: Text
    wording_sha256: Sha256
    shown_sha256: Sha256
    shown_bytes: Annotated[int, Field(gt=0)]


class Request(_Part):
    """What was asked for, from whom, for whom and until when."""

    basis: Basis
    studies: Annotated[list[Text], Field(min_length=1)]
    target: Text
    copies: Annotated[int, Field(ge=1)]
    fee: Text | None
    recipient: Text
    purpose: Text
    expires: Text | None
    """A day, or the words of an event."""


class Identity(_Part):
    """How the identity was checked, by whom, and that it was confirmed."""

    method: IdentityMethod
    result: Literal["confirmed"]
    by: Text
    at: AwareDatetime
    seen: str


class Approval(_Part):
    """Who saw the document that gives a representative their right."""

    by: Text
    document: Text
    at: AwareDatetime


class Signer(_Part):
    """Whose signature it is, by the name as typed or printed, and in which role."""

    name: Text
    role: SignerRole
    authority: Text | None
    approval: Approval | None
    """None where patients sign, and where the document was seen later: the chain of events says
    by whom, and nothing is copied before."""


class Agreed(_Part):
    """One sentence that the signer agreed to, when, and by which act."""

    id: Text
    sentence: Text
    at: AwareDatetime
    by: Literal["touch", "signature"]


class DrawnSignature(_Part):
    """The strokes as they were drawn."""

    strokes: Annotated[list[Annotated[list[Point], Field(min_length=1)]], Field(min_length=1)]
    point: Annotated[list[Text], Field(min_length=3)]
    """What the numbers of a point are."""


class TypedSignature(_Part):
    """The name that was typed as a signature."""

    typed: Text


class EvidenceRecord(_Part):
    """Everything that is kept of one signature."""

    record_version: Literal[2]
    form: Form
    request: Request
    identity: Identity
    signer: Signer
    electronic_consent: Agreed
    """The wish to sign electronically; its sentence offers the paper way."""
    acknowledged: Annotated[list[Agreed], Field(min_length=1)]
    meaning: Text
    signature: DrawnSignature | TypedSignature
    signed_at: AwareDatetime
    """In the hospital's time zone."""
    clock: ClockState
    kiosk: Text
    software: Text
    job_id: Text
    """Random for each signature; names the session and the job that it became."""
    previous_audit_hash: Sha256


def check_evidence(record: bytes) -> EvidenceRecord:
    """Read a record.

    Raises
    ------
    EvidenceIncomplete
        If anything is missing or empty; its detail names each field, never a value.
    """
    try:
        return EvidenceRecord.model_validate_json(record)
    except ValidationError as error:
        fields = dict.fromkeys(".".join(map(str, each["loc"])) for each in error.errors())
        raise EvidenceIncomplete(", ".join(fields)) from None


def evidence_schema() -> dict[str, object]:
    """Return the JSON schema of a record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **EvidenceRecord.model_json_schema(),
        "title": "Record of a signature on a release form",
    }
