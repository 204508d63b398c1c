"""The record of a signature, made from the facts of the form."""

import hashlib
import json
from collections.abc import Iterator

from forms.facts import FormFacts
from forms.release import evidence_record as record
from forms.typography.letters import clean
from forms.words import Wording
from kiosk.domain.consent import (
    ELECTRONIC_SIGNATURE,
    FEE,
    UNENCRYPTED_MEDIUM,
    Consent,
    Drawn,
    Expiry,
    Signature,
    Typed,
    UntilDay,
    UntilEvent,
)

POINT = ["x mm", "y mm", "t s", "pressure 0 to 1 where known"]


def evidence(facts: FormFacts, words: Wording, shown: bytes, previous_audit_hash: str) -> bytes:
    """Return the record as canonical JSON: sorted keys, no spaces, UTF-8.

    Raises
    ------
    EvidenceIncomplete
        If anything that the record must hold is missing; its detail names each field.
    """
    made = _record(facts, words, shown, previous_audit_hash)
    canonical = json.dumps(
        made, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode("utf-8")
    record.check_evidence(canonical)
    return canonical


def _record(
    facts: FormFacts, words: Wording, shown: bytes, previous_audit_hash: str
) -> dict[str, object]:
    consent, zone = facts.release.consent, facts.site.zone
    *acknowledged, electronic = _agreed(facts, words)
    meaning = words.tables[consent.basis.value]["meaning"]
    return {
        "record_version": record.RECORD_VERSION,
        "form": _form(consent, words, shown),
        "request": _request(facts),
        "identity": _identity(facts),
        "signer": _signer(facts),
        "electronic_consent": electronic,
        "acknowledged": acknowledged,
        "meaning": meaning.format(site=clean(facts.site.name), recipient=clean(consent.recipient)),
        "signature": _signature(consent.signature),
        "signed_at": consent.signed_at.astimezone(zone).isoformat(),
        "clock": facts.clock.value,
        "kiosk": facts.kiosk,
        "software": facts.software,
        "job_id": facts.job_id,
        "previous_audit_hash": previous_audit_hash,
    }


def _form(consent: Consent, words: Wording, shown: bytes) -> dict[str, object]:
    return {
        "id": words.say(f"{consent.basis.value}.id"),
        "version": words.say(f"{consent.basis.value}.version"),
        "language": words.language,
        "language_asked": consent.language,
        "wording_version": words.say("about.version"),
        "wording_sha256": words.sha256,
        "shown_sha256": hashlib.sha256(shown).hexdigest(),
        "shown_bytes": len(shown),
    }


def _request(facts: FormFacts) -> dict[str, object]:
    release = facts.release
    return {
        "basis": release.consent.basis.value,
        "studies": [study.study_uid for study in release.studies],
        "target": release.target.kind.value,
        "copies": release.copies,
        "fee": None if release.fee is None else str(release.fee),
        "recipient": release.consent.recipient,
        "purpose": release.consent.purpose,
        "expires": _expires(release.consent.expires),
    }


def _expires(expires: Expiry | None) -> str | None:
    match expires:
        case UntilDay(day=day):
            return day.isoformat()
        case UntilEvent(event=event):
            return event
        case None:
            return None


def _identity(facts: FormFacts) -> dict[str, object]:
    check = facts.release.identity
    return {
        "method": check.method.value,
        "result": "confirmed",
        "by": check.checked_by,
        "at": check.checked_at.isoformat(),
        "seen": check.seen,
    }


def _signer(facts: FormFacts) -> dict[str, object]:
    signer, approval = facts.release.consent.signer, facts.release.approval
    seen = None
    if approval is not None:
        at = approval.at.isoformat()
        seen = {"by": approval.by, "document": approval.document, "at": at}
    return {
        "name": signer.name,
        "role": signer.role.value,
        "authority": signer.authority or None,
        "approval": seen,
    }


def _agreed(facts: FormFacts, words: Wording) -> Iterator[dict[str, object]]:
    """Yield what was agreed to, touched or by the signature; the electronic signature is last."""
    consent = facts.release.consent
    fee = [] if facts.release.fee is None else [FEE]
    for name in (UNENCRYPTED_MEDIUM, *fee, ELECTRONIC_SIGNATURE):
        touched = consent.touched_at(name)
        yield {
            "id": name,
            "sentence": words.tables["acknowledgements"][name],
            "at": (touched or consent.signed_at).isoformat(),
            "by": "signature" if touched is None else "touch",
        }


def _signature(signature: Signature) -> dict[str, object]:
    match signature:
        case Drawn(strokes=strokes):
            drawn = [[list(point) for point in stroke] for stroke in strokes if stroke]
            return {"strokes": drawn, "point": POINT}
        case Typed(typed=name):
            return {"typed": name}
