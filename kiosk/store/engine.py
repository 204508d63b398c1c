"""Connections to SQLite or PostgreSQL, and the three ways to use one: read, write and note."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from kiosk.errors import ConfigurationWrong, StoreUnusable
from kiosk.store.faults import plainly

WAIT_S = 5.0
"""How long a change waits for another process to let go of the database."""
NOTE_WAIT_S = 0.1
"""How long a note waits: it is not worth holding up the work."""
CONNECT_S = 5
"""How long a database server may take to answer."""

_IMMEDIATE = "kiosk_immediate"


class Database:
    """One database: sessions that are transactions, and errors that are said plainly."""

    def __init__(self, url: str, wait_s: float = WAIT_S) -> None:
        parsed = _checked(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.place = _place(parsed)
        if self.is_sqlite:
            _make_private(Path(self.place))
        engine = _engine(parsed, wait_s, is_durable=True)
        notes = _engine(parsed, NOTE_WAIT_S, is_durable=False)
        self._engines = (engine, notes)
        self._writer = engine.execution_options(**{_IMMEDIATE: True})
        self._noter = notes.execution_options(**{_IMMEDIATE: True})
        self._reader = engine
        if not self.is_sqlite:
            # One picture of all tables however long the reading takes; SQLite's WAL gives that.
            self._reader = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees the database as it is at its first question."""
        with plainly(self.place), Session(self._reader) as session, session.begin():
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose changes are on disk together when the block ends, or not at all.

        Raises
        ------
        StoreBusy
            If another process holds the database locked.
        StoreUnusable
            If the database cannot be read or written.
        """
        with plainly(self.place), Session(self._writer) as session, session.begin():
            yield session

    @contextmanager
    def noting(self) -> Iterator[Session]:
        """Give a session as ``writing`` does, which waits for nobody and may be lost with power."""
        with plainly(self.place), Session(self._noter) as session, session.begin():
            yield session

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Give a bare connection in a transaction that writes, to change the tables themselves."""
        with plainly(self.place), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        for engine in self._engines:
            engine.dispose()


def _checked(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ConfigurationWrong("[store] url is no database address") from None
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ConfigurationWrong("[store] url: use sqlite:////PATH or postgresql+psycopg://…")
    if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise ConfigurationWrong(
            "[store] url: name a file, as in sqlite:////var/lib/kiosk/kiosk.db"
        )
    return parsed


def _place(url: URL) -> str:
    """Return what staff may read of an address: never its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return f"{url.host or url.query.get('host', 'localhost')}/{url.database}"


def _make_private(path: Path) -> None:
    """Make the file and its folder before SQLite does, for this user alone.

    A folder that is there already stays as it is: it may be one that others share.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        if path.stat().st_uid == os.geteuid():
            path.chmod(0o600)
    except OSError as error:
        raise StoreUnusable(f"{path}: {error.strerror}") from None


def _engine(url: URL, wait_s: float, *, is_durable: bool) -> Engine:
    is_sqlite = url.get_backend_name() == "sqlite"
    connect: dict[str, Any] = {} if is_sqlite else {"connect_timeout": CONNECT_S}
    try:
        # Parameters are patients' data and must never be part of an error's text.
        engine = create_engine(
            url, hide_parameters=True, connect_args=connect, pool_pre_ping=not is_sqlite
        )
    except ImportError:
        raise ConfigurationWrong(
            "[store] url: install the kiosk with its postgresql extra for this address"
        ) from None
    prepare = _prepare_sqlite if is_sqlite else _prepare_postgresql
    event.listen(engine, "connect", prepare(wait_s, is_durable))
    if is_sqlite:
        event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(wait_s: float, is_durable: bool) -> Callable[..., None]:
    def prepare(connection: sqlite3.Connection, record: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        connection.execute(f"PRAGMA busy_timeout = {int(wait_s * 1000)}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if is_durable else 'NORMAL'}")
        connection.execute("PRAGMA foreign_keys = ON")

    return prepare


def _begin(connection: Connection) -> None:
    # Who means to write says so at once: a transaction that turns from reading to writing fails
    # where another has written in between, without waiting (sqlite.org/lang_transaction.html).
    immediate = connection.get_execution_options().get(_IMMEDIATE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _prepare_postgresql(wait_s: float, is_durable: bool) -> Callable[..., None]:
    def prepare(connection: Any, record: object) -> None:
        connection.execute(f"SET lock_timeout = {int(wait_s * 1000)}")
        connection.execute(f"SET synchronous_commit = {'on' if is_durable else 'off'}")
        connection.commit()

    return prepare
