"""Both databases, empty for each test, and a way past the store for those who tamper."""

import itertools
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
from sqlalchemy import make_url

from kiosk.store.opening import Store, open_store
from tests.domain.releases import HeldClock
from tests.peers.postgres import Postgres, running_postgres

_numbers = itertools.count(1)


class Connects(Protocol):
    def __call__(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Raw:
    """SQL straight to the database, foreign keys not minded, as a thief of the file would."""

    connect: Connects
    mark: str
    open: list[Any] = field(default_factory=list)

    def __call__(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        if not self.open:
            self.open.append(self.connect())
        cursor = self.open[0].execute(sql.replace("?", self.mark), values)
        return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        while self.open:
            self.open.pop().close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.lab)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new, empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/private/kiosk.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database(f"kiosk{next(_numbers)}")


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def store(url: str, clock: HeldClock) -> Iterator[Store]:
    with open_store(url, clock, wait_s=0.3) as opened:
        yield opened


@pytest.fixture
def raw(url: str, request: pytest.FixtureRequest) -> Iterator[Raw]:
    parsed = make_url(url)

    def connect_sqlite() -> Any:
        return sqlite3.connect(str(parsed.database), isolation_level=None)

    def connect_postgres() -> Any:
        server: Postgres = request.getfixturevalue("postgres")
        connection = server.connect(str(parsed.query["options"]).partition("=")[2])
        connection.execute("SET session_replication_role = replica")
        return connection

    if parsed.get_backend_name() == "sqlite":
        past = Raw(connect_sqlite, "?")
    else:
        past = Raw(connect_postgres, "%s")
    yield past
    past.close()
