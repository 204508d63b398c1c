"""What a job promises to hand over: the signed facts, from the identity check to the target."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from kiosk.domain.consent import Consent
from kiosk.domain.study import Patient, Study


class IdentityMethod(StrEnum):
    """How the person was known (45 CFR 164.514(h), 164.312(d))."""

    STAFF = "staff"
    """A member of staff saw a document and started the release."""
    CODE = "code"
    """A release code, issued after a document was seen, and the birth date."""
    WRISTBAND = "wristband"
    """The hospital's own band around the patient's wrist, and the birth date."""


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """Who checked the identity, how and when."""

    method: IdentityMethod
    checked_by: str
    checked_at: datetime
    seen: str = ""
    """The document that was seen: ``photo ID``."""


class TargetKind(StrEnum):
    """What the copy is written to."""

    IMAGE = "image"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Target:
    """Where the copy goes."""

    kind: TargetKind
    path: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.path}"


@dataclass(frozen=True, slots=True)
class Approval:
    """Which member of staff saw the document that gives a representative their right, and when.

    45 CFR 164.514(h)(1): identity and authority are verified before anything is disclosed.
    """

    by: str
    document: str
    """As staff name it: ``birth certificate``; never its number."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Fee:
    """What the copy costs."""

    amount: Decimal
    currency: str
    """ISO 4217."""

    def __str__(self) -> str:
        return f"{self.currency} {self.amount:.2f}"


@dataclass(frozen=True, slots=True)
class Release:
    """One request to hand over copies, complete from the moment it is signed."""

    patient: Patient
    studies: tuple[Study, ...]
    consent: Consent
    identity: IdentityCheck
    target: Target
    copies: int = 1
    fee: Fee | None = None
    """None where the copy is free."""
    approval: Approval | None = None
    """None where patients sign, and where staff look at the document after the signature."""
