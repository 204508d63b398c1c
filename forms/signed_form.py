"""From a signature to the sealed form: shown, signed, recorded and closed in one step."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from forms.evidence import evidence
from forms.facts import FormFacts
from forms.release_form import render_form
from forms.seal import Seal
from forms.signing import Signed
from forms.words import wording_for
from kiosk.domain.consent import missing_elements
from kiosk.errors import ConsentRefused

SHOWN_NAME = "form-as-shown.pdf"
EVIDENCE_NAME = "evidence.json"


@dataclass(frozen=True, slots=True)
class SignedForm:
    """A signed form, and the form that was signed."""

    shown: bytes
    shown_sha256: str
    sealed: bytes
    """Carries ``shown`` and the record of the signature inside, as attached files."""


def signed_form(
    facts: FormFacts, seal: Seal, previous_audit_hash: str, sealed_at: datetime
) -> SignedForm:
    """Make the sealed form of a signed release.

    Raises
    ------
    ConsentRefused
        If the consent or the request lacks an element; its detail names each.
    """
    missing = missing_elements(facts.release.consent)
    if not facts.release.studies:
        missing.append("studies")
    if missing:
        raise ConsentRefused(", ".join(missing))
    shown = render_form(facts)
    shown_sha256 = hashlib.sha256(shown).hexdigest()
    words = wording_for(facts.release.consent.language)
    attachments = {
        SHOWN_NAME: shown,
        EVIDENCE_NAME: evidence(facts, words, shown, previous_audit_hash),
    }
    signed = render_form(facts, Signed(shown_sha256))
    return SignedForm(shown, shown_sha256, seal.seal(signed, sealed_at, attachments))
