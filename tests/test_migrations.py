"""The migrations give exactly the tables, on SQLite and on PostgreSQL, and the tables keep their own rules."""

import re
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Index, Table, UniqueConstraint, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from tests.databases import empty_on_both_databases, on_both_databases
from tests.student import Student
from tracker.store import schema
from tracker.store.engine import sqlite_driver
from tracker.store.tables import Base, RetractionRow

TABLES = Base.metadata.tables
LEARNER_TABLES = [table for table in TABLES.values() if "user_id" in table.columns and table.name != "identity"]


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


# --- the rules of the tables ---------------------------------------------


def test_every_table_with_learners_rows_is_marked() -> None:
    assert {table.name for table in TABLES.values() if table.info.get("learner")} == {
        table.name for table in LEARNER_TABLES
    }
    assert len(LEARNER_TABLES) >= 10


@pytest.mark.parametrize("table", LEARNER_TABLES, ids=lambda table: table.name)
def test_the_key_of_a_learner_table_begins_with_the_learner(table: Table) -> None:
    assert next(iter(table.primary_key.columns)).name == "user_id"
    assert all(not column.nullable for column in table.primary_key.columns)


@pytest.mark.parametrize("table", LEARNER_TABLES, ids=lambda table: table.name)
def test_a_learner_table_follows_its_learner(table: Table) -> None:
    owners = [key for key in table.columns["user_id"].foreign_keys if key.target_fullname == "learner.user_id"]
    assert [key.ondelete for key in owners] == ([] if table.name == "learner" else ["CASCADE"])


@pytest.mark.parametrize("table", LEARNER_TABLES, ids=lambda table: table.name)
def test_foreign_keys_between_learner_tables_carry_the_learner(table: Table) -> None:
    for constraint in table.foreign_key_constraints:
        target = constraint.referred_table
        if not target.info.get("learner"):
            continue
        assert constraint.ondelete in ("CASCADE", "RESTRICT"), constraint.name
        assert constraint.column_keys[0] == "user_id", constraint.name
        assert [each.column.name for each in constraint.elements] == [column.name for column in target.primary_key]


@pytest.mark.parametrize("table", LEARNER_TABLES, ids=lambda table: table.name)
def test_unique_indexes_of_a_learner_table_begin_with_the_learner(table: Table) -> None:
    unique: list[Index | UniqueConstraint] = [index for index in table.indexes if index.unique]
    unique += [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    for each in unique:
        assert next(iter(each.columns)).name == "user_id", each.name


def test_no_reference_table_points_at_a_learner() -> None:
    for table in TABLES.values():
        if not table.info.get("learner"):
            assert not any(key.referred_table.info.get("learner") for key in table.foreign_key_constraints), table


def test_learner_tables_are_clustered_by_their_key_in_sqlite(database: Engine) -> None:
    with database.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
    without_rowid = {name for name, sql in rows if re.search(r"\)\s*WITHOUT ROWID\s*$", sql)}
    assert without_rowid == {table.name for table in LEARNER_TABLES}


@on_both_databases
def test_the_rules_hold_in_the_database_itself(database: Engine) -> None:
    inspector = inspect(database)
    for table in LEARNER_TABLES:
        assert inspector.get_pk_constraint(table.name)["constrained_columns"][0] == "user_id"
        for key in inspector.get_foreign_keys(table.name):
            if key["referred_table"] in {each.name for each in LEARNER_TABLES}:
                assert key["constrained_columns"][0] == key["referred_columns"][0] == "user_id", key
                assert key["options"].get("ondelete") in ("CASCADE", "RESTRICT"), key
        for index in inspector.get_indexes(table.name):
            assert not index["unique"] or index["column_names"][0] == "user_id", index


@on_both_databases
def test_deleting_a_learner_leaves_no_row(database: Engine) -> None:
    mika, noor = Student(database), Student(database, "Noor", seed=2)
    for student in (mika, noor):
        student.undo(student.answer(student.start()))
    learner = TABLES["learner"]
    with database.begin() as connection:
        connection.execute(learner.delete().where(learner.columns["user_id"] == mika.user_id))
    for table in LEARNER_TABLES:
        owners = {row.user_id for row in rows_of(database, table)}
        assert mika.user_id not in owners
        assert owners <= {noor.user_id}
    assert len(noor.rows(RetractionRow)) == 1
