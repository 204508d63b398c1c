"""The tables' own history: brings a database up to the version that this program knows."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from kiosk.errors import StoreUnusable
from kiosk.store.engine import Database

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
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    with database.reading() as session:
        if _is_up_to_date(session.connection(), script, database.place):
            return
    with database.connection() as connection:
        if not database.is_sqlite:
            connection.execute(select(func.pg_advisory_xact_lock(UPGRADE_LOCK)))
        # Another process may have done it while this one waited.
        if not _is_up_to_date(connection, script, database.place):
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _is_up_to_date(connection: Connection, script: ScriptDirectory, place: str) -> bool:
    heads = MigrationContext.configure(connection).get_current_heads()
    known = {revision.revision for revision in script.walk_revisions()}
    if not set(heads) <= known:
        raise StoreUnusable(f"{place}: a newer version of the kiosk has changed its tables")
    return set(heads) == set(script.get_heads())
