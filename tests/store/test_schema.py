"""The tables: as the models say, made once, and left alone when a newer program made them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from kiosk.domain.audit import AuditKind
from kiosk.errors import StoreUnusable
from kiosk.store.engine import Database
from kiosk.store.opening import Store, open_store
from kiosk.store.schema import NEWEST, bring_up_to_date, migrations
from kiosk.store.tables import Base, DocumentRow, JobRow
from tests.domain.releases import HeldClock
from tests.store.conftest import Raw


def differences(database: Database) -> list[object]:
    with database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def test_migrations_and_models_agree(store: Store) -> None:
    assert differences(store.database) == []


def test_the_comparison_would_see_a_difference(store: Store, raw: Raw) -> None:
    raw("ALTER TABLE jobs ADD COLUMN colour INTEGER")
    assert "colour" in str(differences(store.database))


def test_keys_and_uniqueness_are_the_databases_own(store: Store) -> None:
    assert [column.name for column in DocumentRow.__table__.primary_key] == ["job_id", "kind"]
    assert JobRow.__table__.columns["number"].unique


def test_there_is_one_newest_version() -> None:
    assert ScriptDirectory.from_config(migrations()).get_heads() == [NEWEST]


def test_opening_again_changes_nothing(url: str, store: Store, clock: HeldClock) -> None:
    event = store.audit.append(AuditKind.AUDIT_READ, {})
    with open_store(url, clock) as again:
        assert again.audit.events() == [event]


def test_opening_needs_no_lock_once_the_tables_are_there(store: Store) -> None:
    with store.database.writing() as session:
        session.connection()
        bring_up_to_date(store.database)


def test_many_threads_open_a_new_database_at_once(url: str, clock: HeldClock) -> None:
    with ThreadPoolExecutor(6) as threads:
        opened = list(threads.map(lambda _: open_store(url, clock), range(6)))
    for store in opened:
        store.audit.append(AuditKind.AUDIT_READ, {})
    assert opened[0].audit.verify() == 6
    for store in opened:
        store.close()


def test_tables_of_a_newer_version_are_left_alone(
    url: str, store: Store, raw: Raw, clock: HeldClock
) -> None:
    store.close()
    raw("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnusable, match="newer version"):
        open_store(url, clock)
