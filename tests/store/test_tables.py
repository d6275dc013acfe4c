"""The rules that let one schema serve SQLite, PostgreSQL and a cluster sharded by learner."""

import re
from typing import Any

import pytest
from sqlalchemy import Engine, Index, Table, UniqueConstraint, inspect, text

from tests.databases import on_both_databases
from tests.student import Student
from tracker.store.tables import Base, RetractionRow

TABLES = Base.metadata.tables
LEARNER_TABLES = [table for table in TABLES.values() if "user_id" in table.columns and table.name != "identity"]


def rows_of(database: Engine, table: Table) -> list[Any]:
    with database.connect() as connection:
        return sorted(connection.execute(table.select()).all(), key=str)


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
