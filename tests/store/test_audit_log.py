"""The contract of the audit log, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from kiosk.domain.audit import FIELDS, FIRST_HASH, AuditEvent, AuditKind, event_hash
from kiosk.errors import AuditBroken
from kiosk.store.audit_log import append_event
from kiosk.store.chain import BATCH
from kiosk.store.opening import Store, open_store
from kiosk.store.tables import AuditRow
from tests.domain.releases import NOON, HeldClock
from tests.store.conftest import Raw

FILLED = {"by": "desk.one", "action": "verify"}


def test_an_event_is_returned_as_it_is_stored(store: Store) -> None:
    event = store.audit.append(AuditKind.AUDIT_READ, FILLED)
    assert event == AuditEvent(
        1,
        NOON,
        AuditKind.AUDIT_READ,
        None,
        FILLED,
        FIRST_HASH,
        event_hash(1, NOON, AuditKind.AUDIT_READ, None, FILLED, FIRST_HASH),
    )
    assert store.audit.events() == [event]


def test_an_empty_chain_is_whole_and_has_the_first_hash(store: Store) -> None:
    assert (store.audit.verify(), store.audit.head(), store.audit.events()) == (0, FIRST_HASH, [])


def test_each_event_binds_the_one_before(store: Store, clock: HeldClock) -> None:
    events = []
    for number in range(5):
        clock.pass_by(seconds=number / 3)
        events.append(store.audit.append(AuditKind.AUDIT_READ, {"by": str(number)}))
    assert [event.sequence for event in events] == [1, 2, 3, 4, 5]
    hashes = [FIRST_HASH, *(event.hash for event in events)]
    assert [event.previous_hash for event in events] == hashes[:-1]
    assert store.audit.head() == hashes[-1]
    assert store.audit.events() == events
    assert store.audit.verify() == 5


@pytest.mark.parametrize("kind", AuditKind)
def test_every_kind_carries_its_own_fields_and_no_others(store: Store, kind: AuditKind) -> None:
    allowed = dict.fromkeys(FIELDS[kind], "x")
    assert store.audit.append(kind, allowed, "1" * 32).fields == allowed
    with pytest.raises(ValueError, match=f"{kind} may not carry patient_name"):
        store.audit.append(kind, {**allowed, "patient_name": "x"})
    assert len(store.audit.events()) == 1


def test_one_jobs_part_of_the_chain_can_be_read_alone(store: Store) -> None:
    for job_id in ("a", "b", None, "a"):
        store.audit.append(AuditKind.IDENTITY_CHECKED, {"method": "code"}, job_id)
    assert [event.sequence for event in store.audit.events("a")] == [1, 4]
    assert store.audit.events("c") == []


def test_moments_of_any_zone_are_kept_in_utc(store: Store, clock: HeldClock) -> None:
    for microseconds in (0, 1, 123_000):
        clock.now = NOON + timedelta(microseconds=microseconds)
        assert store.audit.append(AuditKind.AUDIT_READ, {}).at == clock.now
    assert {event.at.utcoffset() for event in store.audit.events()} == {timedelta(0)}
    assert store.audit.verify() == 3


def test_a_chain_longer_than_a_batch_is_read_and_verified_whole(store: Store) -> None:
    with store.database.writing() as session:
        for number in range(BATCH + 10):
            append_event(session, NOON, AuditKind.AUDIT_READ, {"by": str(number)})
    assert store.audit.verify() == BATCH + 10
    assert [int(event.fields["by"]) for event in store.audit.each_event()] == [*range(BATCH + 10)]


def test_a_second_process_goes_on_where_the_first_ended(url: str, clock: HeldClock) -> None:
    with open_store(url, clock) as first, open_store(url, clock) as second:
        for number in range(6):
            (first, second)[number % 2].audit.append(AuditKind.AUDIT_READ, {"by": str(number)})
        assert first.audit.verify() == 6
        assert first.audit.head() == second.audit.head()


def test_a_long_reading_sees_one_picture_while_others_append(store: Store) -> None:
    """A check that takes a minute must not stumble over what happens meanwhile."""
    store.audit.append(AuditKind.AUDIT_READ, FILLED)
    with store.database.reading() as session:
        assert session.query(AuditRow).count() == 1
        store.audit.append(AuditKind.AUDIT_READ, FILLED)
        assert session.query(AuditRow).count() == 1
    assert store.audit.verify() == 2


def test_threads_append_one_after_the_other(url: str, clock: HeldClock) -> None:
    with open_store(url, clock) as store, ThreadPoolExecutor(4) as threads:
        append = store.audit.append
        for done in [
            threads.submit(append, AuditKind.AUDIT_READ, {"by": str(n)}) for n in range(80)
        ]:
            done.result()
        assert store.audit.verify() == 80
        assert len({event.fields["by"] for event in store.audit.events()}) == 80


def test_a_removed_head_lets_nobody_append_or_verify(store: Store, raw: Raw) -> None:
    store.audit.append(AuditKind.AUDIT_READ, FILLED)
    raw("DELETE FROM audit_head")
    for ask in (
        lambda: store.audit.append(AuditKind.AUDIT_READ, FILLED),
        store.audit.head,
        store.audit.verify,
    ):
        with pytest.raises(AuditBroken, match="head"):
            ask()


def test_an_unreadable_event_is_named_and_not_shown(store: Store, raw: Raw) -> None:
    store.audit.append(AuditKind.AUDIT_READ, FILLED)
    raw("UPDATE audit_events SET kind = ?", "all-is-well")
    with pytest.raises(AuditBroken, match="audit event 1 was changed"):
        store.audit.events()
