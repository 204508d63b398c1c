"""Who changes the database behind the store's back is found, whatever row they touch."""

import json
from dataclasses import dataclass

import pytest

from kiosk.domain.audit import AuditKind, event_hash
from kiosk.domain.job import Accept, Claim, Retrieved
from kiosk.errors import AuditBroken
from kiosk.store.documents import sha256_of
from kiosk.store.opening import Store
from kiosk.store.tables import JobRow
from tests.domain.releases import NOON, WHOLE_WAY, HeldClock, code, release
from tests.store.conftest import Raw

FIRST, SECOND, GONE = "1" * 32, "2" * 32, "9" * 32
FORM = b"%PDF form"
LENGTH = 20


@pytest.fixture
def kept(store: Store, clock: HeldClock) -> Store:
    """A store with two jobs, receipts, a code and a chain of ``LENGTH`` events."""
    store.audit.append(AuditKind.WORKER_STARTED, {"kiosk": "kiosk-1", "version": "1"})
    store.codes.add(code())
    store.codes.change(code(), code(wrong_tries=1), AuditKind.CODE_TRIED, "wrong")
    first = store.jobs.add(release(), "kiosk-1", FIRST, FORM)
    for event in WHOLE_WAY:
        clock.pass_by(seconds=1)
        first = store.jobs.advance(first, event)
    store.jobs.keep_receipt(FIRST, b"%PDF receipt")
    second = store.jobs.add(release(), "kiosk-1", SECOND, FORM)
    for event in (Accept(), Claim(), Retrieved(3, 3, counted_only=False)):
        second = store.jobs.advance(second, event)
    store.audit.append(AuditKind.AUDIT_READ, {"by": "desk.one", "action": "verify"})
    assert store.audit.verify() == LENGTH
    return store


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does to the database, and what the check then says."""

    sql: str
    values: tuple[object, ...]
    found: str


def found_by(store: Store) -> str:
    with pytest.raises(AuditBroken) as broken:
        store.audit.verify()
    return broken.value.detail


ROWS = [1, 4, 10, LENGTH]
COLUMNS: dict[str, object] = {
    "sequence": 777,
    "at": "2026-11-24T12:00:00.000001+00:00",
    "kind": AuditKind.IDENTITY_CHECKED.value,
    "job_id": GONE,
    "fields": '{"by": "nobody"}',
    "previous_hash": "a" * 64,
    "hash": "b" * 64,
}


@pytest.mark.parametrize("sequence", ROWS)
@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_of_any_event_is_found(
    kept: Store, raw: Raw, column: str, sequence: int
) -> None:
    raw(f"UPDATE audit_events SET {column} = ? WHERE sequence = ?", COLUMNS[column], sequence)
    assert f"audit event {sequence} " in found_by(kept)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2026-11-24T12:00:08Z"),
        ("at", "yesterday"),
        ("at", ""),
        ("kind", ""),
        ("fields", "not JSON"),
        ("fields", "[]"),
        ("fields", '{"by":"desk.one","action":"verify"}'),
        ("fields", '{"action": "hide", "action": "verify", "by": "desk.one"}'),
        ("job_id", ""),
    ],
)
def test_even_a_change_that_reads_the_same_or_not_at_all_is_found(
    kept: Store, raw: Raw, column: str, value: str
) -> None:
    raw(f"UPDATE audit_events SET {column} = ? WHERE sequence = ?", value, LENGTH)
    assert f"audit event {LENGTH} " in found_by(kept)


@pytest.mark.parametrize("sequence", [1, 2, 10, LENGTH - 1])
def test_a_removed_event_is_found(kept: Store, raw: Raw, sequence: int) -> None:
    raw("DELETE FROM audit_events WHERE sequence = ?", sequence)
    assert found_by(kept) == f"audit event {sequence} was removed or renumbered"


@pytest.mark.parametrize("how_many", [1, 3, LENGTH])
def test_a_shorter_chain_is_found_by_its_head(kept: Store, raw: Raw, how_many: int) -> None:
    raw("DELETE FROM audit_events WHERE sequence > ?", LENGTH - how_many)
    assert f"ends at audit event {LENGTH - how_many}" in found_by(kept)


@pytest.mark.parametrize(("column", "value"), [("sequence", LENGTH - 1), ("hash", "c" * 64)])
def test_a_changed_head_is_found(kept: Store, raw: Raw, column: str, value: object) -> None:
    raw(f"UPDATE audit_head SET {column} = ?", value)
    assert "head" in found_by(kept)


def test_swapped_events_are_found(kept: Store, raw: Raw) -> None:
    for old, new in ((5, 999), (6, 5), (999, 6)):
        raw("UPDATE audit_events SET sequence = ? WHERE sequence = ?", new, old)
    assert "audit event 5 " in found_by(kept)


def insert(raw: Raw, sequence: int, previous_hash: str) -> str:
    """Insert an event with a right hash of its own; return that hash."""
    fields = {"by": "nobody", "action": "export"}
    kind = AuditKind.AUDIT_READ
    digest = event_hash(sequence, NOON, kind, None, fields, previous_hash)
    raw(
        "INSERT INTO audit_events (sequence, at, kind, job_id, fields, previous_hash, hash)"
        " VALUES (?, ?, ?, NULL, ?, ?, ?)",
        sequence,
        NOON.isoformat(),
        kind.value,
        json.dumps(fields, sort_keys=True),
        previous_hash,
        digest,
    )
    return digest


def test_an_event_inserted_in_the_middle_is_found(kept: Store, raw: Raw) -> None:
    raw("UPDATE audit_events SET sequence = sequence + 1000 WHERE sequence > 7")
    raw("UPDATE audit_events SET sequence = sequence - 999 WHERE sequence > 1000")
    insert(raw, 8, hash_of(raw, 7))
    assert "audit event 9 " in found_by(kept)


def test_an_event_put_in_place_of_another_is_found(kept: Store, raw: Raw) -> None:
    raw("DELETE FROM audit_events WHERE sequence = 3")
    insert(raw, 3, hash_of(raw, 2))
    assert "audit event 4 " in found_by(kept)


def test_an_event_inserted_at_the_end_is_found_and_stops_the_next(kept: Store, raw: Raw) -> None:
    insert(raw, LENGTH + 1, hash_of(raw, LENGTH))
    assert "head" in found_by(kept)
    with pytest.raises(AuditBroken, match=f"audit event {LENGTH + 1} was inserted"):
        kept.audit.append(AuditKind.AUDIT_READ, {})


def hash_of(raw: Raw, sequence: int) -> str:
    return str(raw("SELECT hash FROM audit_events WHERE sequence = ?", sequence)[0][0])


# A forger who knows the hash function and mends the whole chain


def recompute(raw: Raw) -> None:
    """Make every number and hash right again, and the head."""
    rows = raw("SELECT at, kind, job_id, fields FROM audit_events ORDER BY sequence")
    raw("DELETE FROM audit_events")
    previous = "0" * 64
    for sequence, (at, kind, job_id, fields) in enumerate(rows, start=1):
        moment = type(NOON).fromisoformat(at)
        digest = event_hash(sequence, moment, AuditKind(kind), job_id, json.loads(fields), previous)
        raw(
            "INSERT INTO audit_events (sequence, at, kind, job_id, fields, previous_hash, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(sequence, at, kind, job_id, fields, previous, digest),
        )
        previous = digest
    raw("UPDATE audit_head SET sequence = ?, hash = ?", len(rows), previous)


def test_a_forger_who_mends_the_chain_changes_nothing_by_it_alone(kept: Store, raw: Raw) -> None:
    recompute(raw)
    assert kept.audit.verify() == LENGTH


@pytest.mark.parametrize("sequence", [4, 5, 6, 9, 13, 14])
def test_even_in_a_mended_chain_a_jobs_missing_event_is_found(
    kept: Store, raw: Raw, sequence: int
) -> None:
    raw("DELETE FROM audit_events WHERE sequence = ?", sequence)
    recompute(raw)
    assert FIRST in found_by(kept) or "does not fit its job" in found_by(kept)


def test_even_in_a_mended_chain_a_jobs_swapped_events_are_found(kept: Store, raw: Raw) -> None:
    for old, new in ((7, 999), (8, 7), (999, 8)):
        raw("UPDATE audit_events SET sequence = ? WHERE sequence = ?", new, old)
    recompute(raw)
    assert found_by(kept) == "audit event 7 does not fit its job"


def test_a_second_seal_on_the_same_form_is_found(kept: Store) -> None:
    kept.audit.append(AuditKind.FORM_SEALED, {"sha256": sha256_of(b"other")}, SECOND)
    assert found_by(kept) == f"audit event {LENGTH + 1} seals a second form"


# Jobs and documents

DEEDS: dict[str, Deed] = {
    "state": Deed(
        "UPDATE jobs SET state = ? WHERE job_id = ?",
        ("DONE", SECOND),
        f"job {SECOND} was moved without its event",
    ),
    "version": Deed(
        "UPDATE jobs SET version = version + ? WHERE job_id = ?",
        (1, FIRST),
        f"job {FIRST} was moved without its event",
    ),
    "release": Deed(
        "UPDATE jobs SET release = replace(release, ?, 'EX-1002') WHERE job_id = '" + FIRST + "'",
        ("EX-1001",),
        f"the release of job {FIRST} was changed",
    ),
    "job removed": Deed(
        "DELETE FROM jobs WHERE job_id = ?", (SECOND,), f"job {SECOND} was removed"
    ),
    "job renamed": Deed(
        "UPDATE jobs SET job_id = ? WHERE job_id = ?", (GONE, SECOND), f"job {GONE} was inserted"
    ),
    "form's bytes": Deed(
        "UPDATE documents SET content = ? WHERE job_id = ?",
        (b"%PDF other", SECOND),
        f"the form of job {SECOND} was changed",
    ),
    "form's hash": Deed(
        "UPDATE documents SET sha256 = ? WHERE job_id = ?",
        (sha256_of(b"other"), SECOND),
        f"the form of job {SECOND} was changed",
    ),
    "form removed": Deed(
        "DELETE FROM documents WHERE job_id = ?", (SECOND,), f"the form of job {SECOND} was removed"
    ),
    "form renamed": Deed(
        "UPDATE documents SET kind = ? WHERE job_id = ?",
        ("receipt", SECOND),
        f"the receipt of job {SECOND} was inserted",
    ),
    "receipt's bytes": Deed(
        "UPDATE documents SET content = ? WHERE kind = 'receipt'",
        (b"%PDF other",),
        f"the receipt of job {FIRST} was changed",
    ),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_change_of_jobs_and_documents_is_found(kept: Store, raw: Raw, deed: Deed) -> None:
    raw(deed.sql, *deed.values)
    assert found_by(kept) == deed.found


def test_a_form_replaced_together_with_its_hash_is_found(kept: Store, raw: Raw) -> None:
    other = b"%PDF other"
    raw("UPDATE documents SET content = ?, sha256 = ? WHERE kind = 'form'", other, sha256_of(other))
    assert found_by(kept) in {f"the form of job {each} was changed" for each in (FIRST, SECOND)}


def test_an_inserted_job_is_found(kept: Store, raw: Raw) -> None:
    columns = [column.name for column in JobRow.__table__.columns]
    copied = ", ".join(
        {"job_id": f"'{GONE}'", "number": "99"}.get(column, column) for column in columns
    )
    raw(
        f"INSERT INTO jobs ({', '.join(columns)}) SELECT {copied} FROM jobs WHERE job_id = ?",
        FIRST,
    )
    assert found_by(kept) == f"job {GONE} was inserted"


def test_a_job_that_vanishes_with_all_its_events_leaves_a_gap(kept: Store, raw: Raw) -> None:
    for table in ("documents", "jobs", "audit_events"):
        raw(f"DELETE FROM {table} WHERE job_id = ?", FIRST)
    assert found_by(kept) == "audit event 4 was removed or renumbered"


@pytest.mark.parametrize(
    "write",
    [
        "UPDATE documents SET content = 'text'",
        "UPDATE jobs SET release = x'00'",
        "UPDATE jobs SET state = x'00'",
        "UPDATE audit_events SET fields = x'00'",
        "UPDATE audit_events SET at = x'00'",
        "UPDATE audit_events SET at = 5",
        "UPDATE audit_events SET kind = 5",
    ],
)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_value_of_another_type_is_found_too(kept: Store, raw: Raw, write: str) -> None:
    """SQLite takes any value in any column."""
    raw(write)
    assert found_by(kept)


def test_the_check_reads_and_never_writes(kept: Store, raw: Raw) -> None:
    before = _everything(raw)
    assert kept.audit.verify() == LENGTH
    assert _everything(raw) == before


def _everything(raw: Raw) -> list[object]:
    tables = ("jobs", "documents", "audit_events", "audit_head", "codes")
    return [raw(f"SELECT * FROM {table}") for table in tables]
