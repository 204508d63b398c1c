"""Opens the store: the database with its tables up to date, and the three ports onto it."""

from dataclasses import dataclass
from types import TracebackType
from typing import Self

from sqlalchemy import text

from kiosk.errors import StoreUnusable
from kiosk.ports import Clock
from kiosk.store.audit_log import AuditTrail
from kiosk.store.codes import Codes
from kiosk.store.engine import WAIT_S, Database
from kiosk.store.jobs import Jobs
from kiosk.store.schema import bring_up_to_date


@dataclass(frozen=True, slots=True)
class Store:
    """Everything that is durable, for one process and all its threads."""

    database: Database
    jobs: Jobs
    audit: AuditTrail
    codes: Codes

    def check(self) -> str:
        """Look through the database for damage; return one line saying what was found.

        Raises
        ------
        StoreUnusable
            If a page of an SQLite file is damaged. The whole file is read.
        """
        question = "PRAGMA quick_check(1)" if self.database.is_sqlite else "SHOW server_version"
        with self.database.reading() as session:
            answer = str(session.scalar(text(question)))
        if not self.database.is_sqlite:
            return f"PostgreSQL {answer} at {self.database.place}"
        if answer != "ok":
            raise StoreUnusable(f"{self.database.place}: the file is damaged")
        return f"{self.database.place} is sound"

    def close(self) -> None:
        """Let go of every connection."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_store(url: str, clock: Clock, wait_s: float = WAIT_S) -> Store:
    """Open the store at an address, and make or upgrade its tables.

    An SQLite file is not searched for damage here: after a power cut WAL with synchronous FULL
    leaves it whole (sqlite.org/wal.html), the search reads every byte of it, and documents carry
    their own hashes. ``Store.check`` searches.

    Parameters
    ----------
    url : str
        ``sqlite:////PATH`` or ``postgresql+psycopg://…``
    clock : Clock
        Where events and jobs get their time from.
    wait_s : float
        How long a change waits for another process before ``StoreBusy``.

    Raises
    ------
    ConfigurationWrong
        If the address cannot be understood.
    StoreBusy
        If another process holds the database locked.
    StoreUnusable
        If the database cannot be opened, read or written, or is of a newer version.
    """
    database = Database(url, wait_s)
    bring_up_to_date(database)
    return Store(
        database, Jobs(database, clock), AuditTrail(database, clock), Codes(database, clock)
    )
