"""The record of a signature: what an expert is given when it is doubted (15 USC 7001, 7006)."""

import hashlib
import json
from typing import Any

from forms.facts import FormFacts
from forms.words import Wording
from kiosk.domain.consent import Drawn, Signature, Typed

RECORD_VERSION = 1


def evidence(facts: FormFacts, words: Wording, shown: bytes, previous_audit_hash: str) -> bytes:
    """Return the record as canonical JSON: sorted keys, no spaces, UTF-8."""
    record = {
        "record_version": RECORD_VERSION,
        "form": _form(words, facts.release.consent.language, shown),
        "job_id": facts.job_id,
        "kiosk": facts.kiosk,
        "software": facts.software,
        "previous_audit_hash": previous_audit_hash,
        **_request(facts),
        **_act(facts, words),
    }
    canonical = json.dumps(
        record, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return canonical.encode("utf-8")


def _form(words: Wording, language_asked: str, shown: bytes) -> dict[str, Any]:
    return {
        "id": words.say("form.id"),
        "version": words.say("form.version"),
        "language": words.language,
        "language_asked": language_asked,
        "wording_version": words.say("about.version"),
        "wording_sha256": words.sha256,
        "shown_sha256": hashlib.sha256(shown).hexdigest(),
        "shown_bytes": len(shown),
    }


def _request(facts: FormFacts) -> dict[str, Any]:
    release = facts.release
    return {
        "request": {
            "studies": [study.study_uid for study in release.studies],
            "target": release.target.kind.value,
            "recipient": release.consent.recipient,
            "purpose": release.consent.purpose,
        },
        "identity": {
            "method": release.identity.method.value,
            "by": release.identity.checked_by,
            "at": release.identity.checked_at.isoformat(),
            "seen": release.identity.seen,
        },
    }


def _act(facts: FormFacts, words: Wording) -> dict[str, Any]:
    """Who did what to sign, and what it meant (21 CFR 11.50 as model)."""
    consent = facts.release.consent
    return {
        "signer": {
            "role": consent.signer.role.value,
            "name": consent.signer.name,
            "authority": consent.signer.authority,
        },
        "acknowledged": [
            {
                "id": each.id,
                "at": each.at.isoformat(),
                "sentence": words.term("acknowledgements", each.id),
            }
            for each in consent.acknowledged
        ],
        "meaning": words.tables["form"]["meaning"],
        "signature": _signature(consent.signature),
        "signed_at": consent.signed_at.isoformat(),
    }


def _signature(signature: Signature) -> dict[str, Any]:
    match signature:
        case Drawn(strokes=strokes):
            return {
                "strokes": [[list(point) for point in stroke] for stroke in strokes],
                "point": ["x mm", "y mm", "t s", "pressure 0 to 1 where known"],
            }
        case Typed(typed=name):
            return {"typed": name}
