"""The migrations give exactly the tables, on SQLite and on PostgreSQL."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Table, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from tests.databases import empty_on_both_databases, on_both_databases
from tests.student import Student
from tracker.store import schema
from tracker.store.engine import sqlite_driver
from tracker.store.tables import Base

TABLES = Base.metadata.tables


def engine_of(url: str) -> Engine:
    """An engine without any of the application's settings."""
    return create_engine(url, poolclass=NullPool, **({"module": sqlite_driver()} if "sqlite" in url else {}))


def differences(url: str) -> list[Any]:
    with engine_of(url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, Base.metadata))


def shape(url: str) -> dict[str, Any]:
    """Everything the database itself says about its schema."""
    inspector = inspect(engine_of(url))
    return {
        name: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(name)],
            inspector.get_pk_constraint(name),
            sorted(map(str, inspector.get_foreign_keys(name))),
            sorted(map(plain, inspector.get_indexes(name))),
            sorted(map(str, inspector.get_unique_constraints(name))),
        )
        for name in sorted(inspector.get_table_names())
    }


def plain(index: Any) -> str:
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return str({**index, "dialect_options": options})


@on_both_databases
def test_the_migrations_give_the_tables(database_url: str) -> None:
    assert differences(database_url) == []


@empty_on_both_databases
def test_the_migrations_give_what_the_metadata_would_make(empty_database_url: str) -> None:
    schema.upgrade(empty_database_url)
    migrated = shape(empty_database_url)
    schema.downgrade(empty_database_url, "base")
    with engine_of(empty_database_url).begin() as connection:
        Base.metadata.create_all(connection)
    made = shape(empty_database_url)
    assert migrated.keys() - made.keys() == set()
    del migrated["alembic_version"], made["alembic_version"]
    assert migrated == made


@empty_on_both_databases
def test_up_down_and_up_again(empty_database_url: str) -> None:
    schema.upgrade(empty_database_url)
    first = shape(empty_database_url)
    schema.downgrade(empty_database_url, "base")
    assert inspect(engine_of(empty_database_url)).get_table_names() == ["alembic_version"]
    schema.upgrade(empty_database_url)
    assert shape(empty_database_url) == first
    assert differences(empty_database_url) == []


@empty_on_both_databases
def test_each_revision_by_itself(empty_database_url: str) -> None:
    scripts = ScriptDirectory.from_config(schema.alembic_config(empty_database_url))
    revisions = [script.revision for script in reversed(list(scripts.walk_revisions()))]
    assert len(scripts.get_heads()) == 1
    for revision in revisions:
        schema.upgrade(empty_database_url, revision)
        schema.downgrade(empty_database_url, "-1")
        schema.upgrade(empty_database_url, revision)
    with engine_of(empty_database_url).connect() as connection:
        assert schema.current_revision(connection) == schema.head_revision() == revisions[-1]


@on_both_databases
def test_a_second_upgrade_keeps_every_row(database: Engine, database_url: str) -> None:
    mika = Student(database)
    run = mika.start()
    mika.answer(run)
    before = {table.name: rows_of(database, table) for table in TABLES.values()}
    assert before["attempt"]
    schema.upgrade(database_url)
    assert {table.name: rows_of(database, table) for table in TABLES.values()} == before


def rows_of(database: Engine, table: Table) -> list[Any]:
    with database.connect() as connection:
        return sorted(connection.execute(table.select()).all(), key=str)


def test_no_foreign_key_dangles(database: Engine) -> None:
    mika = Student(database)
    mika.undo(mika.answer(mika.start()))
    with database.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def test_a_migration_that_breaks_a_foreign_key_is_undone(
    empty_database_url: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """env.py looks before it commits: the revision below leaves an issued question without its run."""
    folder, head = tmp_path / "migrations", schema.head_revision()
    assert head is not None
    (folder / "versions").mkdir(parents=True)
    for file in schema.migrations_folder().rglob("*"):
        if file.suffix in (".py", ".mako"):
            (folder / file.relative_to(schema.migrations_folder())).write_text(file.read_text())
    (folder / "versions" / "9999_spoil.py").write_text(
        "from alembic import op\n"
        f"revision, down_revision = '9999', '{head}'\n"
        "def upgrade():\n"
        "    op.execute(\"INSERT INTO retraction (user_id, attempt_id, at) VALUES ('a', 'b', '2026-11-20')\")\n"
    )
    monkeypatch.setattr(schema, "migrations_folder", lambda: folder)
    schema.upgrade(empty_database_url, head)
    with pytest.raises(RuntimeError, match="broke foreign keys"):
        schema.upgrade(empty_database_url)
    with engine_of(empty_database_url).connect() as connection:
        assert schema.current_revision(connection) == head
        assert connection.execute(text("SELECT count(*) FROM retraction")).scalar() == 0
