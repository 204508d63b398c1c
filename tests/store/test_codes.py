"""The contract of the code store, on both databases."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.audit import AuditKind
from kiosk.domain.code import CodeState, ReleaseCode, TryResult, try_code, use_up, void
from kiosk.errors import JobChangedMeanwhile
from kiosk.store.opening import Store
from tests.domain.releases import MARIA, NOON, code

WRONG = MARIA.birth_date + timedelta(days=1)


def test_a_code_reads_back_as_it_was(store: Store) -> None:
    store.codes.add(code())
    assert store.codes.find(code().digest) == code()
    assert store.codes.find("unknown") is None


@pytest.mark.parametrize(
    "kept",
    [
        code(study_uids=()),
        code(rests_until=NOON + timedelta(microseconds=1), wrong_tries=3),
        code(state=CodeState.VOID, study_uids=("1.2.3", "1.2.4")),
    ],
    ids=["all studies", "resting", "void"],
)
def test_a_code_of_any_kind_reads_back(store: Store, kept: ReleaseCode) -> None:
    store.codes.add(kept)
    assert store.codes.find(kept.digest) == kept


def test_its_moments_come_back_aware(store: Store) -> None:
    store.codes.add(code(rests_until=NOON))
    found = store.codes.find(code().digest)
    assert found is not None
    assert found.rests_until is not None
    assert {each.tzinfo for each in (found.issued_at, found.expires_at, found.rests_until)} == {UTC}


def test_issuing_is_in_the_chain_without_the_patient(store: Store) -> None:
    store.codes.add(code())
    (event,) = store.audit.events()
    assert event.kind is AuditKind.CODE_ISSUED
    assert event.fields == {
        "digest": code().digest,
        "by": "desk.one",
        "seen": "photo ID",
        "expires_at": "2026-11-25T12:00:00+00:00",
    }


def test_two_codes_cannot_have_the_same_digits(store: Store) -> None:
    store.codes.add(code())
    with pytest.raises(JobChangedMeanwhile):
        store.codes.add(code(patient_id="EX-1002"))
    assert store.codes.find(code().digest) == code()
    assert store.audit.verify() == 1


def test_tries_are_kept_and_recorded_until_the_code_is_void(store: Store) -> None:
    tried, now = code(), NOON
    store.codes.add(tried)
    for _ in range(5):
        after, result = try_code(tried, WRONG, now)
        store.codes.change(tried, after, AuditKind.CODE_TRIED, result)
        assert store.codes.find(code().digest) == after
        tried, now = after, now + timedelta(minutes=1)
    events = store.audit.events()[1:]
    assert [event.fields["result"] for event in events] == [
        "wrong",
        "wrong",
        "must-wait",
        "must-wait",
        "void",
    ]
    assert {event.fields["digest"] for event in events} == {code().digest}
    assert store.audit.verify() == 6


def test_a_try_that_changes_nothing_is_recorded_too(store: Store) -> None:
    store.codes.add(code())
    store.codes.change(code(), code(), AuditKind.CODE_TRIED, TryResult.MUST_WAIT)
    assert store.audit.verify() == 2


def test_voiding_names_who_did_it(store: Store) -> None:
    store.codes.add(code())
    store.codes.change(code(), void(code()), AuditKind.CODE_VOIDED, "desk.two")
    assert store.audit.events()[-1].fields == {"digest": code().digest, "by": "desk.two"}


@pytest.mark.parametrize(
    "meanwhile",
    [
        use_up(code()),
        void(code()),
        code(wrong_tries=1),
        code(rests_until=NOON),
    ],
    ids=["used", "void", "tried", "resting"],
)
def test_who_saw_an_older_code_loses(store: Store, meanwhile: ReleaseCode) -> None:
    store.codes.add(code())
    store.codes.change(code(), meanwhile, AuditKind.CODE_TRIED, "wrong")
    with pytest.raises(JobChangedMeanwhile):
        store.codes.change(code(), use_up(code()), AuditKind.CODE_TRIED, "accepted")
    assert store.codes.find(code().digest) == meanwhile
    assert store.audit.verify() == 2


def test_a_change_touches_only_its_own_code(store: Store) -> None:
    store.codes.add(code())
    store.codes.add(code(digest="other"))
    store.codes.change(code(), void(code()), AuditKind.CODE_VOIDED, "desk.two")
    assert store.codes.find("other") == code(digest="other")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.builds(replace, st.just(code()), seen=st.text(st.characters(exclude_categories=["C"]))))
def test_any_words_about_the_document_read_back(store: Store, kept: ReleaseCode) -> None:
    digest = str(len(store.audit.events()))
    store.codes.add(replace(kept, digest=digest))
    assert store.codes.find(digest) == replace(kept, digest=digest)
