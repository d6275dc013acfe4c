"""What a database and its files say of their own state."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.databases import START, on_both_databases
from tests.student import Student
from tracker.store import health
from tracker.store.engine import reading

FOLDER, FILE = 0o700, 0o600


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    folder = tmp_path / "instance"
    folder.mkdir(mode=FOLDER)
    return folder


def bits(instance: Path, database: Path | None = None) -> dict[str, tuple[int, int]]:
    found = health.private_paths({"INSTANCE": str(instance)}, database)
    return {path.name: (mode, wanted) for path, mode, wanted in found}


def test_only_sqlite_has_a_file() -> None:
    assert health.sqlite_file("sqlite:////srv/milepost.sqlite") == Path("/srv/milepost.sqlite")
    assert health.sqlite_file("postgresql+psycopg://milepost@db/milepost") is None


def test_a_connection_of_ours_logs_ahead_and_waits_for_the_disk(database: Engine) -> None:
    with database.connect() as connection:
        assert health.journal(connection) == ("wal", 2)
        connection.exec_driver_sql("PRAGMA query_only=OFF")
    with database.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.rollback()
        raw.execute("PRAGMA synchronous=NORMAL")
        assert health.journal(connection) == ("wal", 1)


def test_a_row_that_points_nowhere_is_counted(database: Engine) -> None:
    with database.connect() as connection:
        assert health.broken_references(connection) == 0
    raw = database.raw_connection()
    raw.driver_connection.execute("PRAGMA foreign_keys=OFF")
    raw.driver_connection.execute("DELETE FROM concept WHERE slug = 'concept-0'")
    raw.close()
    with database.connect() as connection:
        assert health.broken_references(connection) == 3


@on_both_databases
def test_the_last_answer_is_everybodys(database: Engine) -> None:
    def last() -> datetime | None:
        with reading(database) as session:
            return health.last_answer_at(session)

    assert last() is None
    mika, noor = Student(database), Student(database, "Noor", seed=2)
    noor.later(hours=3)
    for student in (noor, mika):
        student.answer(student.start())
    assert last() is not None and timedelta(0) <= last() - (START + timedelta(hours=3)) < timedelta(seconds=1)


def test_what_is_private_is_found_where_it_is_there(instance: Path, tmp_path: Path) -> None:
    assert bits(tmp_path / "nowhere") == {}
    assert bits(instance) == {"instance": (FOLDER, FOLDER)}
    for name, mode in (("secret", 0o644), ("demo-password", FILE)):
        (instance / name).write_text("x")
        (instance / name).chmod(mode)
    instance.chmod(0o755)
    assert bits(instance) == {
        "instance": (0o755, FOLDER),
        "secret": (0o644, FILE),
        "demo-password": (FILE, FILE),
    }


def test_a_database_is_private_by_its_folder_or_by_itself(instance: Path) -> None:
    file = instance / "milepost.sqlite"
    file.write_text("x")
    file.chmod(0o644)
    assert "milepost.sqlite" not in bits(instance, file)
    instance.chmod(0o755)
    assert bits(instance, file)["milepost.sqlite"] == (0o644, FILE)


def test_the_newest_copy_is_found_but_not_the_database_itself(instance: Path) -> None:
    environment = {"INSTANCE": str(instance)}
    for name in ("milepost.sqlite", "secret", "notes.txt"):
        (instance / name).write_text("x")
    assert health.newest_backup(environment) is None
    (instance / "backups").mkdir()
    for name, day in (("monday.sqlite", 2), ("backups/tuesday.dump", 3), ("sunday.bak", 1)):
        (instance / name).write_text("x")
        at = datetime(2026, 11, day, tzinfo=UTC)
        os.utime(instance / name, (at.timestamp(), at.timestamp()))
    assert health.newest_backup(environment) == ("backups/tuesday.dump", datetime(2026, 11, 3, tzinfo=UTC))
    assert health.newest_backup({"INSTANCE": str(instance / "nowhere")}) is None


def test_a_disk_has_room(tmp_path: Path) -> None:
    assert health.free_bytes(tmp_path) > 0
