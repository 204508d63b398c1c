"""What a database's own errors mean to staff; their texts hold patients' data and stay inside."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError, StatementError

from kiosk.errors import (
    JobChangedMeanwhile,
    KioskError,
    StoreBusy,
    StoreFull,
    StoreUnreachable,
    StoreUnusable,
)

SQLITE_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
SQLITE_REASONS = {
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_PERM: "the file cannot be opened",
    sqlite3.SQLITE_READONLY: "the file cannot be written",
    sqlite3.SQLITE_IOERR: "the disk fails",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
    sqlite3.SQLITE_NOTADB: "the file is no database",
}
POSTGRESQL_BUSY = frozenset({"55P03", "40001", "40P01", "57014", "53300"})
"""Lock not available, serialization failure, deadlock, query cancelled, too many connections."""
POSTGRESQL_DISK_FULL = "53100"
POSTGRESQL_REASONS = {
    "28": "the login is refused",
    "3D": "there is no such database",
    "42": "tables or rights are missing",
    "53": "the server has no memory left",
    "25": "the server takes no writing",
}
"""By SQLSTATE class."""


@contextmanager
def plainly(place: str) -> Iterator[None]:
    """Turn whatever the database raises into an error of ours, which names the place only.

    The cause is cut off each time, for its text quotes rows.
    """
    try:
        yield
    except DBAPIError as error:
        raise _meaning(error, place) from None
    except StatementError:
        raise ValueError("a value cannot be stored, such as a moment without its zone") from None
    except SQLAlchemyError as error:
        raise StoreUnusable(f"{place}: {type(error).__name__}") from None


def _meaning(error: DBAPIError, place: str) -> KioskError:
    if isinstance(error, IntegrityError):
        return JobChangedMeanwhile()
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_meaning(error.orig, place)
    return _postgresql_meaning(error, place)


def _sqlite_meaning(error: sqlite3.Error, place: str) -> KioskError:
    # The low byte is the primary code (sqlite.org/rescode.html, "Primary Result Codes versus
    # Extended Result Codes").
    primary = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if primary in SQLITE_BUSY:
        return StoreBusy(place)
    if primary == sqlite3.SQLITE_FULL:
        return StoreFull(place)
    return StoreUnusable(f"{place}: {SQLITE_REASONS.get(primary, f'SQLite code {primary}')}")


def _postgresql_meaning(error: DBAPIError, place: str) -> KioskError:
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state is None or (state[:2] in {"08", "57"} and state not in POSTGRESQL_BUSY):
        return StoreUnreachable(place)
    if state in POSTGRESQL_BUSY:
        return StoreBusy(place)
    if state == POSTGRESQL_DISK_FULL:
        return StoreFull(place)
    return StoreUnusable(f"{place}: {POSTGRESQL_REASONS.get(state[:2], f'SQLSTATE {state}')}")
