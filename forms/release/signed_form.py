"""From a signature to the sealed form: shown, signed, recorded and closed in one step."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from forms.facts import FormFacts
from forms.release.answers import missing_on_form
from forms.release.evidence import evidence
from forms.release.form import render_form
from forms.release.signing import Signed
from forms.seal.seal import Seal
from forms.words import wording_for
from kiosk.domain.elements import missing_elements, named
from kiosk.errors import ConsentRefused

if TYPE_CHECKING:
    from forms.seal.time_stamp import Missed

SHOWN_NAME = "form-as-shown.pdf"
EVIDENCE_NAME = "evidence.json"


@dataclass(frozen=True, slots=True)
class SignedForm:
    """A signed form, and the form that was signed."""

    shown: bytes
    shown_sha256: str
    evidence: bytes
    """The record of the signature, as canonical JSON."""
    sealed: bytes
    """Carries ``shown`` and ``evidence`` inside, as attached files."""
    missed: "Missed | None"
    """Why the seal has no time stamp although a server is configured."""


def signed_form(
    facts: FormFacts, seal: Seal, previous_audit_hash: str, sealed_at: datetime
) -> SignedForm:
    """Make the sealed form of a signed release.

    Raises
    ------
    ConsentRefused
        If the consent, the request or the form lacks an element; its detail names each.
    EvidenceIncomplete
        If the record of the signature lacks something.
    """
    words = wording_for(facts.release.consent.language, facts.site.house)
    missing = [*missing_elements(facts.release), *missing_on_form(facts, words)]
    if missing:
        raise ConsentRefused(named(missing))
    shown = render_form(facts)
    shown_sha256 = hashlib.sha256(shown).hexdigest()
    record = evidence(facts, words, shown, previous_audit_hash)
    signed = render_form(facts, Signed(shown_sha256, facts.clock))
    attachments = {SHOWN_NAME: shown, EVIDENCE_NAME: record}
    closed = seal.seal(signed, sealed_at, attachments)
    return SignedForm(shown, shown_sha256, record, closed.pdf, closed.missed)
