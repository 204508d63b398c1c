"""What was signed: who asks, for what, for whom, and the signature's own facts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

UNENCRYPTED_MEDIUM = "unencrypted-medium"
"""The acknowledgement that anyone who finds the medium can see the images."""


class SignerRole(StrEnum):
    """In whose right the signer signs (45 CFR 164.502(g))."""

    PATIENT = "patient"
    REPRESENTATIVE = "representative"


@dataclass(frozen=True, slots=True)
class Signer:
    """The person whose hand or typed name is on the form."""

    role: SignerRole
    name: str
    authority: str | None = None
    """A representative's authority: parent, guardian, power of attorney, executor."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """One sentence that the signer touched, and when."""

    id: str
    at: datetime


Point = tuple[float, float, float] | tuple[float, float, float, float]
"""x mm, y mm from the box's top left, t s from the first touch, pressure 0 to 1 where known."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A signature drawn with a finger, stroke by stroke."""

    strokes: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed name, the equal way for who cannot draw (WCAG 2.5.7)."""

    typed: str


Signature = Drawn | Typed


@dataclass(frozen=True, slots=True)
class Consent:
    """Everything that the form and its signature state."""

    signer: Signer
    language: str
    recipient: str
    """``self`` or the person or practice the copy is meant for."""
    purpose: str
    acknowledged: tuple[Acknowledgement, ...]
    signature: Signature
    signed_at: datetime

    @property
    def needs_approval(self) -> bool:
        """Whether staff must see the signer's authority first: always, unless patients sign."""
        return self.signer.role is not SignerRole.PATIENT


def missing_elements(consent: Consent) -> list[str]:
    """Name what keeps a consent from being valid, field by field; empty if it is valid."""
    named = {
        "signer.name": consent.signer.name,
        "recipient": consent.recipient,
        "purpose": consent.purpose,
    }
    missing = [field for field, value in named.items() if not value.strip()]
    if consent.needs_approval and not (consent.signer.authority or "").strip():
        missing.append("signer.authority")
    if UNENCRYPTED_MEDIUM not in {each.id for each in consent.acknowledged}:
        missing.append(f"acknowledged: {UNENCRYPTED_MEDIUM}")
    if not _is_signed(consent.signature):
        missing.append("signature")
    return missing


def _is_signed(signature: Signature) -> bool:
    match signature:
        case Typed(typed=name):
            return bool(name.strip())
        case Drawn(strokes=strokes):
            # One touch of the glass is no signature, however long it is held.
            return any(len({(x, y) for x, y, *_ in stroke}) > 1 for stroke in strokes)
