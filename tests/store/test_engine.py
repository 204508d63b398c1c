"""What the database may do to us, and what staff then read; never what stands in the rows."""

import logging
import os
import sqlite3
import stat
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError

from kiosk.domain.audit import AuditKind
from kiosk.domain.job import Accept, JobState
from kiosk.domain.progress import Progress
from kiosk.errors import (
    ConfigurationWrong,
    JobChangedMeanwhile,
    KioskError,
    StoreBusy,
    StoreUnreachable,
    StoreUnusable,
)
from kiosk.store.engine import Database
from kiosk.store.opening import Store, open_store
from kiosk.store.tables import CodeRow
from tests.domain.releases import NOON, SECRETS, HeldClock, code, release
from tests.peers.postgres import Postgres
from tests.store.conftest import Raw

ROOT = Path(__file__).parents[2]
sqlite_only = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
postgresql_only = pytest.mark.parametrize(
    "url", [pytest.param("postgresql", marks=pytest.mark.lab)], indirect=True
)


def path_of(url: str) -> Path:
    return Path(str(make_url(url).database))


# How SQLite is set up


@sqlite_only
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 300)],
)
def test_sqlite_is_durable_and_strict_in_every_session(
    store: Store, pragma: str, value: object
) -> None:
    for session_of in (store.database.reading, store.database.writing):
        with session_of() as session:
            assert session.scalar(text(f"PRAGMA {pragma}")) == value


@sqlite_only
def test_notes_wait_for_nobody_and_need_no_flush(store: Store) -> None:
    with store.database.noting() as session:
        assert session.scalar(text("PRAGMA synchronous")) == 1
        assert session.scalar(text("PRAGMA busy_timeout")) == 100


@sqlite_only
def test_file_and_folder_are_private_whatever_the_umask(url: str, clock: HeldClock) -> None:
    before = os.umask(0)
    try:
        with open_store(url, clock) as store:
            store.audit.append(AuditKind.AUDIT_READ, {})
            folder = path_of(url).parent
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(["kiosk.db", "kiosk.db-wal", "kiosk.db-shm"], 0o600)


@sqlite_only
def test_a_file_that_all_could_read_is_made_private(url: str, clock: HeldClock) -> None:
    path_of(url).parent.mkdir()
    path_of(url).touch(0o644)
    open_store(url, clock).close()
    assert stat.S_IMODE(path_of(url).stat().st_mode) == 0o600


def test_a_folder_that_others_share_keeps_its_mode(tmp_path: Path, clock: HeldClock) -> None:
    tmp_path.chmod(0o755)
    open_store(f"sqlite:///{tmp_path}/kiosk.db", clock).close()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


# Addresses


@pytest.mark.parametrize(
    "url",
    ["", "kiosk.db", "mysql://db/kiosk", "sqlite://", "sqlite:///:memory:", "oracle://u:secret@db"],
)
def test_an_address_that_cannot_serve_is_refused_without_its_password(
    url: str, clock: HeldClock
) -> None:
    with pytest.raises(ConfigurationWrong, match="url") as wrong:
        open_store(url, clock)
    assert "secret" not in str(wrong.value)


@pytest.mark.lab
def test_a_server_that_does_not_answer_is_said_so(tmp_path: Path, clock: HeldClock) -> None:
    url = f"postgresql+psycopg://kiosk:secret@/kiosk?host={tmp_path}"
    with pytest.raises(StoreUnreachable) as unreachable:
        open_store(url, clock)
    assert "secret" not in str(unreachable.value)
    assert str(tmp_path) in unreachable.value.detail


DROP_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"


@postgresql_only
def test_the_store_finds_the_server_again_after_it_dropped_every_connection(
    store: Store, raw: Raw
) -> None:
    store.audit.append(AuditKind.AUDIT_READ, {})
    raw(DROP_ALL)
    store.audit.append(AuditKind.AUDIT_READ, {})
    assert store.audit.verify() == 2


@postgresql_only
def test_a_connection_that_dies_in_the_middle_is_unreachable_not_a_traceback(
    store: Store, raw: Raw
) -> None:
    def die_halfway() -> None:
        with store.database.writing() as session:
            session.execute(text("SELECT 1"))
            raw(DROP_ALL)
            session.execute(text("SELECT 1"))

    with pytest.raises(StoreUnreachable):
        die_halfway()


@pytest.mark.lab
def test_an_unknown_login_is_refused_in_a_sentence(postgres: Postgres, clock: HeldClock) -> None:
    with pytest.raises((StoreUnusable, StoreUnreachable)) as refused:
        open_store(f"postgresql+psycopg://nobody:secret@/postgres?host={postgres.folder}", clock)
    assert "secret" not in str(refused.value)


# Locked by another process


@pytest.fixture
def locked(url: str, store: Store, raw: Raw) -> Iterator[Store]:
    """The store while somebody else holds the database, with one job in it."""
    store.jobs.add(release(), "kiosk-1", "1" * 32, b"form")
    if url.startswith("sqlite"):
        raw("BEGIN IMMEDIATE")
    else:
        raw("BEGIN")
        raw("LOCK TABLE audit_head, progress IN ACCESS EXCLUSIVE MODE")
    yield store
    raw("ROLLBACK")


CHANGES: dict[str, Callable[[Store], object]] = {
    "add": lambda store: store.jobs.add(release(), "kiosk-1", "2" * 32, b"form"),
    "advance": lambda store: store.jobs.advance(store.jobs.get("1" * 32), Accept()),
    "keep_receipt": lambda store: store.jobs.keep_receipt("1" * 32, b"receipt"),
    "append": lambda store: store.audit.append(AuditKind.AUDIT_READ, {}),
    "code": lambda store: store.codes.add(code()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_locked_database_is_busy_after_the_wait_and_nothing_has_changed(
    locked: Store, raw: Raw, change: str
) -> None:
    began = time.monotonic()
    with pytest.raises(StoreBusy) as busy:
        CHANGES[change](locked)
    assert 0.25 < time.monotonic() - began < 3
    assert locked.database.place in busy.value.detail
    assert busy.value.retry_helps
    raw("ROLLBACK")
    raw("BEGIN")
    assert locked.audit.verify() == 2
    CHANGES[change](locked)


def test_reading_goes_on_and_progress_is_let_go_while_it_is_locked(locked: Store) -> None:
    job = locked.jobs.get("1" * 32)
    assert locked.jobs.next_ready("kiosk-1", job.created_at) == job
    began = time.monotonic()
    locked.jobs.report_progress(job.job_id, Progress(JobState.WRITING, 1, 2, 3, 4))
    assert time.monotonic() - began < 1


def test_a_busy_change_goes_through_once_the_lock_is_gone(locked: Store, raw: Raw) -> None:
    with pytest.raises(StoreBusy):
        locked.jobs.advance(locked.jobs.get("1" * 32), Accept())
    raw("COMMIT")
    raw("BEGIN")
    assert locked.jobs.advance(locked.jobs.get("1" * 32), Accept()).state is JobState.READY


# Files that are none


def unusable(url: str, clock: HeldClock) -> str:
    with pytest.raises(StoreUnusable) as failed:
        open_store(url, clock)
    assert str(path_of(url)) in failed.value.detail
    assert failed.value.__suppress_context__
    return failed.value.detail


@sqlite_only
def test_a_file_that_is_no_database_is_named(url: str, clock: HeldClock) -> None:
    path_of(url).parent.mkdir()
    path_of(url).write_bytes(b"this is a letter, not a database; " * 100)
    assert "no database" in unusable(url, clock)
    assert path_of(url).read_bytes().startswith(b"this is a letter")


@sqlite_only
def test_a_damaged_file_is_named(url: str, store: Store, clock: HeldClock) -> None:
    for number in range(50):
        store.jobs.add(release(), "kiosk-1", f"{number:032x}", b"form" * 2000)
    store.close()
    damage(path_of(url), first_page=1)
    assert "damaged" in unusable(url, clock)


@sqlite_only
def test_damage_deeper_in_the_file_is_found_by_the_check(
    url: str, store: Store, clock: HeldClock
) -> None:
    for number in range(50):
        store.jobs.add(release(), "kiosk-1", f"{number:032x}", b"form" * 2000)
    assert "sound" in store.check()
    store.close()
    damage(path_of(url), first_page=60)
    with open_store(url, clock) as opened, pytest.raises(StoreUnusable, match="damaged"):
        opened.check()


def damage(path: Path, first_page: int) -> None:
    """Overwrite everything from a page of 4096 bytes on."""
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(first_page * 4096)
        file.write(b"\xa5" * (size - first_page * 4096))


@postgresql_only
def test_the_check_names_the_server(store: Store) -> None:
    assert store.check().startswith("PostgreSQL 15")


@sqlite_only
def test_a_folder_in_place_of_the_file_is_named(url: str, clock: HeldClock) -> None:
    path_of(url).mkdir(parents=True)
    unusable(url, clock)


def test_a_path_through_a_file_is_named(tmp_path: Path, clock: HeldClock) -> None:
    (tmp_path / "file").touch()
    unusable(f"sqlite:///{tmp_path}/file/kiosk.db", clock)


def on_small_disk(tmp_path: Path, commands: str) -> str:
    """Run shell commands in a private mount namespace with a disk of 1 MB at ``$DISK``."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f'set -e; export DISK="{disk}"; mount -t tmpfs -o size=1m kiosk "$DISK"; '
    child = f'child() {{ "{sys.executable}" -m tests.store.child "$@"; }}; '
    unshare = ["unshare", "--mount", "--map-root-user"]
    if subprocess.run([*unshare, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine gives no mount namespaces, so no small disk either")
    done = subprocess.run(
        [*unshare, "sh", "-c", mount + child + commands],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


@pytest.mark.lab
def test_a_full_disk_is_said_and_the_store_is_whole_once_there_is_room(tmp_path: Path) -> None:
    url = '"sqlite:///$DISK/kiosk.db"'
    said = on_small_disk(
        tmp_path, f'child fill {url}; mount -o remount,size=20m "$DISK"; child look {url}'
    )
    refused, length = said.splitlines()
    assert refused.startswith("store-full")
    assert "disk/kiosk.db" in refused
    assert int(length.split()[1]) > 2


@pytest.mark.lab
def test_a_read_only_disk_is_said(tmp_path: Path) -> None:
    url = '"sqlite:///$DISK/kiosk.db"'
    said = on_small_disk(
        tmp_path, f'child look {url}; mount -o remount,ro "$DISK"; child look {url}'
    )
    assert said.startswith("length 0\nstore-unusable")
    assert "disk/kiosk.db" in said


# Nothing of a patient leaves


def everything_that_a_log_could_say(error: BaseException) -> str:
    return "".join([*traceback.format_exception(error), str(error), repr(error)])


@pytest.mark.parametrize("deed", ["job", "code", "value"])
def test_no_error_of_the_database_quotes_its_rows(
    store: Store, caplog: pytest.LogCaptureFixture, deed: str
) -> None:
    caplog.set_level(logging.DEBUG)
    deeds: dict[str, Callable[[], object]] = {
        "job": lambda: store.jobs.add(release(), "kiosk-1", "1" * 32, b"form"),
        "code": lambda: store.codes.add(code()),
        "value": lambda: store.codes.add(code(digest="2", issued_at=NOON.replace(tzinfo=None))),
    }
    caught: list[KioskError | ValueError] = []
    for _ in range(2):
        try:
            deeds[deed]()
        except (JobChangedMeanwhile, StoreUnusable, ValueError) as error:
            caught.append(error)
    assert caught
    said = "".join(map(everything_that_a_log_could_say, caught)) + caplog.text
    assert "INSERT" not in said
    assert not [secret for secret in SECRETS if secret in said]


def test_even_inside_the_store_an_error_hides_its_values(store: Store) -> None:
    store.codes.add(code())
    with store.database.reading() as session:
        wrong = session.query(CodeRow).filter(text("no_such_column = :id")).params(id=SECRETS[2])
        with pytest.raises(SQLAlchemyError) as failed:
            wrong.all()
    assert not [secret for secret in SECRETS if secret in str(failed.value)]


def test_a_missing_table_is_said_without_the_question(
    store: Store, raw: Raw, caplog: pytest.LogCaptureFixture
) -> None:
    raw("DROP TABLE codes")
    with pytest.raises(StoreUnusable) as failed:
        store.codes.add(code())
    said = everything_that_a_log_could_say(failed.value) + caplog.text
    assert "INSERT" not in said
    assert not [secret for secret in SECRETS if secret in said]


def test_closing_lets_go_of_the_file(url: str, clock: HeldClock, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/other.db", clock)
    store.audit.append(AuditKind.AUDIT_READ, {})
    store.close()
    # The last to leave folds the write-ahead log back into the file.
    assert [path.name for path in tmp_path.glob("other.db*")] == ["other.db"]
    with sqlite3.connect(tmp_path / "other.db") as past:
        assert past.execute("SELECT count(*) FROM audit_events").fetchone() == (1,)


def test_a_database_says_where_it_is_without_its_password(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/kiosk.db")
    assert database.place == f"{tmp_path}/kiosk.db"
    database.close()
