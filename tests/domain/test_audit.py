"""The hash that binds an event to the one before it, and the fields that events may carry."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.audit import FIELDS, FIRST_HASH, AuditKind, event_hash
from tests.domain.releases import NOON

ROW: dict[str, Any] = {
    "sequence": 3,
    "at": NOON,
    "kind": AuditKind.JOB_MOVED,
    "job_id": "0" * 32,
    "fields": {"event": "Accept", "before": "SIGNED", "after": "READY", "version": "1"},
    "previous_hash": FIRST_HASH,
}
CHANGES: dict[str, Any] = {
    "sequence": 4,
    "at": NOON + timedelta(microseconds=1),
    "kind": AuditKind.FORM_SEALED,
    "job_id": None,
    "fields": {**ROW["fields"], "after": "DONE"},
    "previous_hash": "1" * 64,
}


def test_the_hash_can_be_recomputed_by_anybody_from_its_description() -> None:
    canonical = (
        '[3,"2026-11-24T12:00:00+00:00","job-moved","' + "0" * 32 + '",'
        '{"after":"READY","before":"SIGNED","event":"Accept","version":"1"},"' + "0" * 64 + '"]'
    )
    assert event_hash(**ROW) == hashlib.sha256(canonical.encode()).hexdigest()


@pytest.mark.parametrize("column", CHANGES)
def test_a_change_of_any_column_changes_the_hash(column: str) -> None:
    assert event_hash(**{**ROW, column: CHANGES[column]}) != event_hash(**ROW)


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=4))
def test_the_order_of_fields_does_not_matter_but_their_text_does(fields: dict[str, str]) -> None:
    turned = dict(reversed(fields.items()))
    assert event_hash(**{**ROW, "fields": turned}) == event_hash(**{**ROW, "fields": fields})
    more = {**fields, "one-more": ""}
    assert event_hash(**{**ROW, "fields": more}) != event_hash(**{**ROW, "fields": fields})


@given(st.text(max_size=8), st.text(max_size=8))
def test_text_cannot_move_from_one_field_to_the_next(left: str, right: str) -> None:
    """A hash over joined texts would not see the border between them."""
    one = event_hash(**{**ROW, "fields": {"by": left, "code": right}})
    other = event_hash(**{**ROW, "fields": {"by": left + right, "code": ""}})
    assert (one == other) == (right == "")


def test_every_kind_has_its_fields_and_none_can_hold_a_patient() -> None:
    assert FIELDS.keys() == set(AuditKind)
    personal = {"name", "patient_id", "birth_date", "signer", "strokes", "patient", "reason"}
    for kind, fields in FIELDS.items():
        assert not fields & personal, kind


def test_kinds_are_words_that_an_export_can_show() -> None:
    assert all(json.dumps(kind) == f'"{kind.value}"' for kind in AuditKind)
    assert all(kind.value == kind.value.lower() and len(kind.value) <= 32 for kind in AuditKind)
