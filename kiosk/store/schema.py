"""The tables' own history: brings a database up to the version that this program knows."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, inspect, select, text

from kiosk.errors import StoreUnusable
from kiosk.store.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic is imported where tables must change: it takes longer to load than a release to sign.

NEWEST = "0001"
"""The last of the migrations."""
MIGRATIONS = Path(__file__).with_name("migrations")
UPGRADE_LOCK = 0x6B696F736B
"""PostgreSQL's advisory lock of whoever changes the tables: ``kiosk`` in ASCII."""


def bring_up_to_date(database: Database) -> None:
    """Run the migrations that a database lacks, in one transaction.

    Raises
    ------
    StoreUnusable
        If a newer version of this program has changed the tables.
    """
    with database.reading() as session:
        if _version(session.connection()) == NEWEST:
            return
    with database.connection() as connection:
        if not database.is_sqlite:
            connection.execute(select(func.pg_advisory_xact_lock(UPGRADE_LOCK)))
        # Another process may have done it while this one waited.
        if _version(connection) != NEWEST:
            _upgrade(connection, database.place)


def migrations() -> "Config":
    """Return Alembic's configuration for this package's migrations."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def _upgrade(connection: Connection, place: str) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    config = migrations()
    known = {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}
    if _version(connection) not in {None, *known}:
        raise StoreUnusable(f"{place}: a newer version of the kiosk has changed its tables")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
