"""What a release form must have to be valid: every element by its name, clause and sentence."""

from collections.abc import Iterator
from enum import StrEnum

from kiosk.domain.consent import (
    SELF,
    UNENCRYPTED_MEDIUM,
    Basis,
    Consent,
    UntilEvent,
    is_signed,
)
from kiosk.domain.release import Release


class Element(StrEnum):
    """One element; the value says where it belongs, ``sentence`` what to do when it is missing."""

    sentence: str

    def __new__(cls, place: str, sentence: str) -> "Element":
        """Keep the sentence beside the value."""
        element = str.__new__(cls, place)
        element._value_ = place
        element.sentence = sentence
        return element

    # Of every form
    SIGNER_NAME = "signer.name", "name the person who signs"
    PATIENT = "patient", "name the patient by ID"
    IDENTITY = "identity", "say who checked the identity"  # 164.514(h)(1)
    RECIPIENT = "recipient", "say who gets the copy"  # 164.508(c)(1)(iii)
    PURPOSE = "purpose", "say what the copy is for"  # 164.508(c)(1)(iv)
    STUDIES = "studies", "choose at least one exam"  # 164.508(c)(1)(i)
    COPIES = "copies", "ask for one copy in each request"
    WARNING = (
        f"acknowledged: {UNENCRYPTED_MEDIUM}",
        "have the signer accept that the copy has no password",
    )
    SIGNATURE = "signature", "have the form signed"  # 164.508(c)(1)(vi)

    # Of a representative (164.502(g), 164.508(c)(1)(vi))
    AUTHORITY = "signer.authority", "say in whose right the representative signs"
    DOCUMENT = "approval.document", "name the document that shows the representative's right"
    APPROVED_BY = "approval.by", "say who of the staff saw that document"

    # Of an authorization (164.508(c))
    DISCLOSER = "site.name", "name the hospital that may give the images out"  # (1)(ii)
    OTHER_RECIPIENT = "recipient: self", "name the other person or place that gets the copy"
    EXPIRY = "expires", "say on which day or with which event it ends"  # (1)(v)
    ONLY_AUTHORIZATION_EXPIRES = "expires: access", "leave the end away, a request is for this once"
    REVOCATION = "form: revocation", "say on the form how to take it back"  # (2)(i)
    CONDITIONS = "form: conditions", "say on the form that care does not depend on it"  # (2)(ii)
    REDISCLOSURE = "form: redisclosure", "say on the form that it may be passed on"  # (2)(iii)


def missing_elements(release: Release) -> list[Element]:
    """Name what keeps a release from being valid; empty if it is valid."""
    return [*_of_every_form(release), *missing_in_consent(release.consent), *_of_approval(release)]


def missing_in_consent(consent: Consent) -> list[Element]:
    """Name what keeps a consent from being valid; empty if it is valid."""
    named = {
        Element.SIGNER_NAME: consent.signer.name,
        Element.RECIPIENT: consent.recipient,
        Element.PURPOSE: consent.purpose,
    }
    missing = [element for element, value in named.items() if not value.strip()]
    if consent.needs_approval and not (consent.signer.authority or "").strip():
        missing.append(Element.AUTHORITY)
    missing += _of_basis(consent)
    if consent.touched_at(UNENCRYPTED_MEDIUM) is None:
        missing.append(Element.WARNING)
    if not is_signed(consent.signature):
        missing.append(Element.SIGNATURE)
    return missing


def named(missing: list[Element]) -> str:
    """Return what is missing in one line for staff, with what to do about each."""
    return ", ".join(f"{element}: {element.sentence}" for element in missing)


def _of_every_form(release: Release) -> Iterator[Element]:
    if not release.patient.patient_id.strip():
        yield Element.PATIENT
    if not release.identity.checked_by.strip():
        yield Element.IDENTITY
    if not release.studies:
        yield Element.STUDIES
    if release.copies != 1:
        yield Element.COPIES


def _of_approval(release: Release) -> Iterator[Element]:
    if release.approval is None:
        return
    if not release.approval.document.strip():
        yield Element.DOCUMENT
    if not release.approval.by.strip():
        yield Element.APPROVED_BY


def _of_basis(consent: Consent) -> Iterator[Element]:
    match consent.basis, consent.expires:
        case Basis.ACCESS, None:
            return
        case Basis.ACCESS, _:
            yield Element.ONLY_AUTHORIZATION_EXPIRES
        case Basis.AUTHORIZATION, expires:
            if consent.recipient == SELF:
                yield Element.OTHER_RECIPIENT
            if expires is None or (isinstance(expires, UntilEvent) and not expires.event.strip()):
                yield Element.EXPIRY
