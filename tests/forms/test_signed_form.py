"""The signed, recorded and sealed form."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from forms.evidence import evidence
from forms.release_form import render_form
from forms.seal import Seal
from forms.seal_check import check_form
from forms.signed_form import EVIDENCE_NAME, SHOWN_NAME, SignedForm, signed_form
from forms.words import FOLDER, wording_for
from kiosk.domain.consent import Consent, Drawn, Signer, SignerRole, Typed
from kiosk.errors import ConsentRefused
from tests.forms.builders import JOB_ID, SIGNED_AT, STROKES, a_consent, form_facts
from tests.forms.reading import attachment_of, text_of

PREVIOUS = "5a" * 32
SEALED_AT = SIGNED_AT + timedelta(seconds=2)


@pytest.fixture(scope="module")
def form(seal: Seal) -> SignedForm:
    return signed_form(form_facts(studies=2), seal, PREVIOUS, SEALED_AT)


@pytest.fixture(scope="module")
def record(form: SignedForm) -> dict:
    return json.loads(attachment_of(form.sealed, EVIDENCE_NAME))


def test_a_signed_form_is_sealed(form: SignedForm, seal: Seal) -> None:
    check_form(form.sealed, seal.certificate)


def test_the_sealed_file_carries_the_form_as_it_was_shown(form: SignedForm) -> None:
    shown = attachment_of(form.sealed, SHOWN_NAME)
    assert shown == form.shown == render_form(form_facts(studies=2))
    assert hashlib.sha256(shown).hexdigest() == form.shown_sha256
    assert form.shown_sha256 in text_of(form.sealed)


EXPECTED = {
    "job": ("job_id", JOB_ID),
    "kiosk": ("kiosk", "kiosk-1"),
    "software": ("software", "Imaging release kiosk 0.1.0"),
    "audit event before": ("previous_audit_hash", PREVIOUS),
    "form id": ("form.id", "R-1"),
    "form version": ("form.version", "1"),
    "language": ("form.language", "en"),
    "language asked for": ("form.language_asked", "en"),
    "words": (
        "form.wording_sha256",
        hashlib.sha256((FOLDER / "en.toml").read_bytes()).hexdigest(),
    ),
    "acknowledgements": (
        "acknowledged",
        [
            {
                "id": "unencrypted-medium",
                "at": "2026-11-24T10:00:00+00:00",
                "sentence": "I understand this and I want the copy without a password.",
            }
        ],
    ),
    "meaning": (
        "meaning",
        "With my signature I ask {site} to give me the copy described in this form.",
    ),
    "strokes": ("signature.strokes", [[list(point) for point in line] for line in STROKES]),
    "time with zone": ("signed_at", "2026-11-24T10:01:00+00:00"),
    "role": ("signer.role", "patient"),
    "name": ("signer.name", "Maria Example"),
    "identity method": ("identity.method", "code"),
    "identity checked by": ("identity.by", "Desk clerk D. Sample"),
    "identity checked at": ("identity.at", "2026-11-24T09:01:00+00:00"),
    "document seen": ("identity.seen", "photo ID"),
    "studies": (
        "request.studies",
        ["1.2.826.0.1.3680043.8.498.1", "1.2.826.0.1.3680043.8.498.2"],
    ),
    "recipient": ("request.recipient", "self"),
    "purpose": ("request.purpose", "personal-copy"),
    "medium": ("request.target", "image"),
}


@pytest.mark.parametrize("fact", EXPECTED)
def test_the_record_has_every_fact(fact: str, record: dict) -> None:
    path, expected = EXPECTED[fact]
    found = record
    for key in path.split("."):
        found = found[key]
    assert found == expected


def test_the_record_binds_the_form_as_shown(form: SignedForm, record: dict) -> None:
    assert record["form"]["shown_sha256"] == form.shown_sha256
    assert record["form"]["shown_bytes"] == len(form.shown)


def test_the_record_is_canonical(form: SignedForm, record: dict) -> None:
    raw = attachment_of(form.sealed, EVIDENCE_NAME)
    canonical = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert raw == canonical.encode("utf-8")


def test_pressure_is_kept_where_the_glass_gives_it() -> None:
    consent = a_consent(Drawn((((1.0, 2.0, 0.0, 0.5), (2.0, 3.0, 0.1, 0.75)),)))
    facts = form_facts(consent=consent)
    record = json.loads(evidence(facts, wording_for("en"), b"", PREVIOUS))
    assert record["signature"]["strokes"] == [[[1.0, 2.0, 0.0, 0.5], [2.0, 3.0, 0.1, 0.75]]]


def test_a_typed_name_is_recorded_and_printed_as_one(seal: Seal) -> None:
    consent = a_consent(Typed("María Éxample"))
    form = signed_form(form_facts(consent=consent), seal, PREVIOUS, SEALED_AT)
    assert json.loads(attachment_of(form.sealed, EVIDENCE_NAME))["signature"] == {
        "typed": "María Éxample"
    }
    assert "María Éxample" in text_of(form.sealed)
    assert "The signer typed this name as a signature." in text_of(form.sealed)


INCOMPLETE = {
    "signer.name": {"signer": Signer(SignerRole.PATIENT, " ")},
    "signer.authority": {"signer": Signer(SignerRole.REPRESENTATIVE, "Robert Example")},
    "recipient": {"recipient": ""},
    "purpose": {"purpose": " "},
    "acknowledged: unencrypted-medium": {"acknowledged": ()},
    "signature": {"signature": Drawn(())},
}


@pytest.mark.parametrize("element", INCOMPLETE)
def test_a_consent_that_lacks_an_element_is_refused_by_its_name(element: str, seal: Seal) -> None:
    consent: Consent = replace(a_consent(), **INCOMPLETE[element])
    with pytest.raises(ConsentRefused) as refused:
        signed_form(form_facts(consent=consent), seal, PREVIOUS, SEALED_AT)
    assert refused.value.detail == element


def test_a_form_for_no_exam_is_refused(seal: Seal) -> None:
    with pytest.raises(ConsentRefused) as refused:
        signed_form(form_facts(studies=0), seal, PREVIOUS, SEALED_AT)
    assert refused.value.detail == "studies"


def test_no_name_is_in_what_the_file_says_of_itself(form: SignedForm) -> None:
    assert b"Maria" not in form.sealed
    assert b"MRN-0042" not in form.sealed
