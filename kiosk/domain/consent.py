"""What was signed: on which basis, who asks, for whom, and the signature's own facts."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

UNENCRYPTED_MEDIUM = "unencrypted-medium"
"""The acknowledgement that anyone who finds the medium can see the images."""
ELECTRONIC_SIGNATURE = "electronic-signature"
"""The wish to sign on the screen although paper was offered (15 USC 7001(c), UETA section 5)."""
SELF = "self"
"""The recipient of a copy that the signer takes along."""
FEE = "fee"
"""The acceptance of what the copy costs (45 CFR 164.524(c)(4))."""


class Basis(StrEnum):
    """In which right the copy is given out; each has a form of its own."""

    ACCESS = "access"
    """A request: patients get a copy of their own records (45 CFR 164.524)."""
    AUTHORIZATION = "authorization"
    """An authorization: the hospital may give it to somebody else (45 CFR 164.508)."""


@dataclass(frozen=True, slots=True)
class UntilDay:
    """An authorization that ends with a day, in the hospital's time zone."""

    day: date


@dataclass(frozen=True, slots=True)
class UntilEvent:
    """An authorization that ends when something happens; staff say when it has."""

    event: str


Expiry = UntilDay | UntilEvent
"""An expiration date or event (45 CFR 164.508(c)(1)(v))."""


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
    basis: Basis = Basis.ACCESS
    expires: Expiry | None = None
    """Of an authorization; a request is for this once."""

    @property
    def needs_approval(self) -> bool:
        """Whether staff must see the signer's authority first: always, unless patients sign."""
        return self.signer.role is not SignerRole.PATIENT

    def touched_at(self, acknowledgement: str) -> datetime | None:
        """Return when the signer touched a sentence, or None if it was not touched."""
        return next((each.at for each in self.acknowledged if each.id == acknowledgement), None)

    def has_expired(self, now: datetime, zone: tzinfo) -> bool:
        """Whether the last day is over in the hospital's time zone."""
        return isinstance(self.expires, UntilDay) and (
            now.astimezone(zone).date() > self.expires.day
        )


def is_signed(signature: Signature) -> bool:
    """Whether anything stands there: one touch of the glass is none, however long it is held."""
    match signature:
        case Typed(typed=name):
            return bool(name.strip())
        case Drawn(strokes=strokes):
            return any(len({(x, y) for x, y, *_ in stroke}) > 1 for stroke in strokes)
