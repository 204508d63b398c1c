"""The record of a signature: every fact, and every one of them taken away one at a time."""

import copy
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from forms.facts import FormFacts
from forms.release import evidence_record
from forms.release.evidence import evidence
from forms.release.evidence_record import check_evidence, evidence_schema
from forms.words import wording_for
from kiosk.domain.clock import ClockState
from kiosk.domain.consent import Drawn, Typed, UntilEvent
from kiosk.errors import EvidenceIncomplete
from tests.forms.builders import (
    JOB_ID,
    SIGNED_AT,
    SITE,
    STROKES,
    a_consent,
    authorization_facts,
    form_facts,
)

PREVIOUS = "5a" * 32
SHOWN = b"%PDF-1.4 as it was shown"
Record = dict[str, Any]
Where = tuple[str | int, ...]


def record_of(facts: FormFacts) -> Record:
    made = evidence(facts, wording_for("en"), SHOWN, PREVIOUS)
    record: Record = json.loads(made)
    return record


@pytest.fixture(scope="module")
def record() -> Record:
    site = replace(SITE, zone=ZoneInfo("America/Chicago"))
    return record_of(replace(form_facts(studies=2, site=site), clock=ClockState.SYNCHRONISED))


WARNING = "I understand this and I want the copy without a password."
ELECTRONIC = "I can sign on paper at the front desk. I want to sign on this screen."
EXPECTED = {
    "job and session": ("job_id", JOB_ID),
    "kiosk": ("kiosk", "kiosk-1"),
    "software": ("software", "Imaging release kiosk 0.1.0"),
    "clock state": ("clock", "synchronised"),
    "audit event before": ("previous_audit_hash", PREVIOUS),
    "form id": ("form.id", "R-1"),
    "form version": ("form.version", "2"),
    "language": ("form.language", "en"),
    "language asked for": ("form.language_asked", "en"),
    "words": ("form.wording_sha256", wording_for("en").sha256),
    "hash of the form as shown": ("form.shown_sha256", hashlib.sha256(SHOWN).hexdigest()),
    "size of the form as shown": ("form.shown_bytes", len(SHOWN)),
    "consent to sign electronically": (
        "electronic_consent",
        {
            "id": "electronic-signature",
            "at": "2026-11-24T10:00:20+00:00",
            "by": "touch",
            "sentence": ELECTRONIC,
        },
    ),
    "acknowledgements": (
        "acknowledged",
        [
            {
                "id": "unencrypted-medium",
                "at": "2026-11-24T10:00:00+00:00",
                "by": "touch",
                "sentence": WARNING,
            }
        ],
    ),
    "meaning": (
        "meaning",
        "With my signature I ask Riverside Example Hospital to give me the copy described in this"
        " form.",
    ),
    "strokes": ("signature.strokes", [[list(point) for point in line] for line in STROKES]),
    "time with the hospital's zone": ("signed_at", "2026-11-24T04:01:00-06:00"),
    "role": ("signer.role", "patient"),
    "name": ("signer.name", "Maria Example"),
    "identity method": ("identity.method", "code"),
    "identity result": ("identity.result", "confirmed"),
    "identity checked by": ("identity.by", "Desk clerk D. Sample"),
    "identity checked at": ("identity.at", "2026-11-24T09:01:00+00:00"),
    "document seen": ("identity.seen", "photo ID"),
    "basis": ("request.basis", "access"),
    "studies": (
        "request.studies",
        ["1.2.826.0.1.3680043.8.498.1", "1.2.826.0.1.3680043.8.498.2"],
    ),
    "recipient": ("request.recipient", "self"),
    "purpose": ("request.purpose", "personal-copy"),
    "medium": ("request.target", "image"),
    "copies": ("request.copies", 1),
}


@pytest.mark.parametrize("fact", EXPECTED)
def test_the_record_has_every_fact(fact: str, record: Record) -> None:
    path, expected = EXPECTED[fact]
    found: Any = record
    for key in path.split("."):
        found = found[key]
    assert found == expected


def test_an_authorization_is_recorded_with_its_end_its_fee_and_its_approval() -> None:
    record = record_of(authorization_facts())
    assert record["request"] | {"studies": []} == {
        "basis": "authorization",
        "studies": [],
        "target": "image",
        "copies": 1,
        "fee": "USD 6.50",
        "recipient": "Dr. Ana Sample, Hillside Clinic",
        "purpose": "new-doctor",
        "expires": "2027-01-31",
    }
    assert record["signer"]["approval"] == {
        "by": "Desk clerk D. Sample",
        "document": "power of attorney",
        "at": "2026-11-24T09:56:00+00:00",
    }
    fee = record["acknowledged"][1]
    assert (fee["id"], fee["by"], fee["at"]) == ("fee", "signature", SIGNED_AT.isoformat())
    assert "to Dr. Ana Sample, Hillside Clinic." in record["meaning"]


def test_an_event_that_ends_an_authorization_is_recorded_in_words() -> None:
    record = record_of(authorization_facts(expires=UntilEvent("the end of my court case")))
    assert record["request"]["expires"] == "the end of my court case"


def test_who_signs_without_having_touched_it_agrees_by_the_signature() -> None:
    consent = replace(a_consent(), acknowledged=a_consent().acknowledged[:1])
    electronic = record_of(form_facts(consent=consent))["electronic_consent"]
    assert (electronic["by"], electronic["at"]) == ("signature", SIGNED_AT.isoformat())


def test_the_record_is_canonical() -> None:
    made = evidence(form_facts(), wording_for("en"), SHOWN, PREVIOUS)
    canonical = json.dumps(
        json.loads(made), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert made == canonical.encode("utf-8")


def test_pressure_is_kept_where_the_glass_gives_it() -> None:
    consent = a_consent(Drawn((((1.0, 2.0, 0.0, 0.5), (2.0, 3.0, 0.1, 0.75)),)))
    record = record_of(form_facts(consent=consent))
    assert record["signature"]["strokes"] == [[[1.0, 2.0, 0.0, 0.5], [2.0, 3.0, 0.1, 0.75]]]


# Taken away one at a time

WHOLE = record_of(authorization_facts())
TYPED = record_of(authorization_facts(signature=Typed("Robert Example")))
MAY_BE_EMPTY = {
    ("identity", "seen"),
    ("request", "fee"),
    ("request", "expires"),
    ("signer", "authority"),
    ("signer", "approval"),
}


def places(part: Any, path: Where = ()) -> Iterator[Where]:
    """Yield the place of everything that a record holds."""
    inner = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in inner:
        yield (*path, key)
        if isinstance(value, dict) or (isinstance(value, list) and value and key != "strokes"):
            yield from places(value, (*path, key))


def named_places(record: Record) -> list[Where]:
    return [path for path in places(record) if isinstance(path[-1], str)]


def without(record: Record, path: Where) -> Record:
    changed = copy.deepcopy(record)
    part: Any = changed
    for key in path[:-1]:
        part = part[key]
    del part[path[-1]]
    return changed


def with_empty(record: Record, path: Where) -> Record:
    changed = copy.deepcopy(record)
    part: Any = changed
    for key in path[:-1]:
        part = part[key]
    old = part[path[-1]]
    part[path[-1]] = type(old)() if isinstance(old, str | list | dict) else None
    return changed


def require_refused(changed: Record, path: Where) -> None:
    with pytest.raises(EvidenceIncomplete) as refused:
        check_evidence(json.dumps(changed).encode())
    assert str(path[0]) in refused.value.detail
    assert str(refused.value).startswith("The record of the signature is not complete; ")
    assert "Robert" not in str(refused.value)


@pytest.mark.parametrize("whole", [WHOLE, TYPED], ids=["drawn", "typed"])
def test_a_whole_record_is_read(whole: Record) -> None:
    assert check_evidence(json.dumps(whole).encode()).job_id == JOB_ID


@pytest.mark.parametrize("path", named_places(WHOLE), ids=lambda path: ".".join(map(str, path)))
def test_a_record_that_lacks_a_fact_is_refused_by_its_name(path: Where) -> None:
    require_refused(without(WHOLE, path), path)


@pytest.mark.parametrize(
    "path",
    [path for path in named_places(WHOLE) if path not in MAY_BE_EMPTY],
    ids=lambda path: ".".join(map(str, path)),
)
def test_a_record_in_which_a_fact_is_empty_is_refused_by_its_name(path: Where) -> None:
    require_refused(with_empty(WHOLE, path), path)


@pytest.mark.parametrize("typed", ["", "  "])
def test_a_record_without_the_typed_name_is_refused(typed: str) -> None:
    require_refused(TYPED | {"signature": {"typed": typed}}, ("signature",))


@pytest.mark.parametrize("noon", ["2026-11-24T12:00:00", "noon"])
def test_a_time_without_its_zone_is_refused(noon: str) -> None:
    require_refused(WHOLE | {"signed_at": noon}, ("signed_at",))


def test_no_form_is_made_of_facts_that_leave_the_record_incomplete() -> None:
    facts = replace(form_facts(), kiosk=" ", software="")
    with pytest.raises(EvidenceIncomplete, match=r"kiosk, software"):
        evidence(facts, wording_for("en"), SHOWN, PREVIOUS)


def test_the_schema_in_the_repository_is_the_program_s_own() -> None:
    stored = Path(evidence_record.__file__).with_name("evidence.schema.json")
    assert json.loads(stored.read_text()) == evidence_schema()
