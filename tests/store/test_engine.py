"""The transactions are ours: readers cannot write, writers hold the lock from the start."""

import sqlite3
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.databases import START, on_both_databases, on_postgres
from tests.student import Student
from tracker.store import learners
from tracker.store.engine import (
    BUSY_TIMEOUT_MS,
    SAFE_SQLITE,
    make_engine,
    reading,
    sqlite_driver,
    writing,
)
from tracker.store.tables import BankChangeRow, LearnerRow

WRITES: list[Callable[[Session], Any]] = [
    lambda session: session.execute(update(LearnerRow).values(name="Someone else")),
    lambda session: session.execute(delete(LearnerRow)),
    lambda session: session.execute(insert(BankChangeRow).values(at=START, kind="load", summary={})),
    lambda session: session.execute(text("CREATE TABLE attic (id INTEGER)")),
]


@on_both_databases
@pytest.mark.parametrize("write", WRITES, ids=["update", "delete", "insert", "create"])
def test_a_reading_session_cannot_write(database: Engine, write: Callable[[Session], Any]) -> None:
    mika = Student(database)
    with reading(database) as session:
        assert learners.learner(session, mika.user_id) is not None
        with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
            write(session)
    assert mika.learner.name == "Mika"


@on_both_databases
def test_a_connection_that_read_can_write_afterwards_and_the_other_way_round(database: Engine) -> None:
    mika = Student(database)
    for name in ("One", "Two"):
        with writing(database) as session:
            learners.change(session, mika.user_id, name=name)
            session.commit()
        with reading(database) as session:
            assert session.scalar(select(LearnerRow.name)) == name
            with pytest.raises(DBAPIError):
                learners.change(session, mika.user_id, name="Three")
    assert database.pool.status().startswith("Pool size: 5  Connections in pool: 1")  # type: ignore[attr-defined] # QueuePool


@on_both_databases
def test_what_is_not_committed_is_gone(database: Engine) -> None:
    mika = Student(database)
    with writing(database) as session:
        learners.change(session, mika.user_id, name="Someone else")
    assert mika.learner.name == "Mika"


@on_both_databases
def test_a_reader_sees_one_moment_and_is_not_blocked_by_a_writer(database: Engine) -> None:
    mika = Student(database)
    with writing(database) as writer:
        learners.lock(writer, mika.user_id)
        learners.change(writer, mika.user_id, name="Someone else")
        with reading(database) as reader:
            assert reader.scalar(select(LearnerRow.name)) == "Mika"
        writer.commit()
    assert mika.learner.name == "Someone else"


def test_sqlite_runs_as_decided(database: Engine) -> None:
    with writing(database) as session:
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "busy_timeout", "synchronous", "foreign_keys", "query_only")
        }
    full = 2
    assert pragmas == {
        "journal_mode": "wal",
        "busy_timeout": BUSY_TIMEOUT_MS,
        "synchronous": full,
        "foreign_keys": 1,
        "query_only": 0,
    }


def test_the_sqlite_in_use_cannot_corrupt_its_log(database: Engine) -> None:
    assert sqlite_driver().sqlite_version_info >= SAFE_SQLITE
    with reading(database) as session:
        version = session.scalar(text("SELECT sqlite_version()"))
    assert tuple(int(part) for part in str(version).split(".")) >= SAFE_SQLITE


def test_a_safe_standard_library_is_preferred(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", SAFE_SQLITE)
    assert sqlite_driver() is sqlite3


def test_a_writer_holds_the_lock_from_its_first_statement(database: Engine) -> None:
    """A second writer waits at BEGIN, before it has read what the first one changes."""
    impatient = sqlite_driver().connect(database.url.database, timeout=0, isolation_level=None)
    with writing(database) as first:
        first.execute(select(1))
        with pytest.raises(sqlite_driver().OperationalError, match="locked"):
            impatient.execute("BEGIN IMMEDIATE")
    impatient.execute("BEGIN IMMEDIATE")
    with reading(database) as reader:
        assert reader.scalar(select(1)) == 1
    impatient.close()


@on_both_databases
def test_the_lock_lets_the_second_writer_see_what_the_first_one_wrote(database: Engine) -> None:
    mika = Student(database)
    names: list[str] = []
    started = threading.Event()

    def second() -> None:
        with writing(database) as session:
            started.set()
            learners.lock(session, mika.user_id)
            found = learners.learner(session, mika.user_id)
            names.append(found.name if found else "")

    with writing(database) as first:
        learners.lock(first, mika.user_id)
        waiting = threading.Thread(target=second)
        waiting.start()
        assert started.wait(30)
        learners.change(first, mika.user_id, name="First")
        first.commit()
    waiting.join(30)
    assert names == ["First"]


@on_postgres
def test_postgres_prepares_no_statement(database: Engine) -> None:
    """pgbouncer hands a prepared statement to another server connection."""
    mika = Student(database)
    with reading(database) as session:
        for _ in range(12):
            learners.learner(session, mika.user_id)
        assert session.scalar(text("SELECT count(*) FROM pg_prepared_statements")) == 0


@on_both_databases
def test_an_engine_without_a_pool_keeps_no_connection(database_url: str) -> None:
    engine = make_engine(database_url, pooled=False)
    with reading(engine) as session:
        session.execute(select(1))
    assert type(engine.pool).__name__ == "NullPool"
