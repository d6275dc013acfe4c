"""Gathering the facts of an installation: each thing broken once, for real."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete

from tests.databases import START, on_both_databases
from tests.student import Student
from tracker.core.doctor import Database, Facts, examine
from tracker.services.doctor import gather
from tracker.store import schema
from tracker.store.engine import SAFE_SQLITE, make_engine, writing
from tracker.store.location import prepare_instance
from tracker.store.tables import ItemEstimateRow, ItemRow, ItemVersionRow

Environment = dict[str, str]


@pytest.fixture
def local(tmp_path: Path, template_database: Path) -> Environment:
    """A sound local installation with the factory's bank."""
    environment = {"INSTANCE": str(tmp_path / "instance")}
    prepare_instance(environment)
    shutil.copyfile(template_database, tmp_path / "instance" / "milepost.sqlite")
    return environment


def url(environment: Environment) -> str:
    return f"sqlite:///{environment['INSTANCE']}/milepost.sqlite"


def wrong(environment: Environment) -> dict[str, str]:
    """State by check, of what is not well."""
    findings = examine(gather(environment, START))
    return {each.check: each.state for each in findings if each.level != "ok"}


def test_a_fresh_installation_is_sound(local: Environment) -> None:
    facts = gather(local, START)
    assert wrong(local) == {}
    assert facts.sqlite is not None and facts.sqlite.version >= facts.sqlite.safe == SAFE_SQLITE
    assert facts.database == Database(schema.head_revision(), schema.head_revision(), "wal", 2, 0)
    assert [(Path(each.path).name, each.mode) for each in facts.private] == [("instance", 0o700), ("secret", 0o600)]
    assert facts.bank is not None
    assert (facts.bank.items, facts.bank.loaded_at, len(facts.bank.certifications)) == (24, START, 1)
    # one of the certification, one of each concept and one of each item
    assert len(facts.bank.sources) == 1 + 8 + 24
    assert (facts.last_answer_at, facts.backup) == (None, None)
    assert facts.free_bytes is not None and facts.free_bytes > 0 and facts.database_bytes > 100_000


def test_looking_for_a_database_makes_none(tmp_path: Path) -> None:
    environment = {"INSTANCE": str(tmp_path / "nowhere"), "SECRET_KEY": "9e2855af950e100bc33943cece72c5f0"}
    assert wrong(environment) == {"database": "unreachable"}
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_is_no_database_is_told(local: Environment) -> None:
    (Path(local["INSTANCE"]) / "milepost.sqlite").write_text("nothing of the kind\n" * 100)
    assert wrong(local) == {"database": "unreachable"}
    assert "not a database" in str(gather(local, START).database)


@pytest.mark.parametrize(
    "address", ["postgresql://milepost:hush@127.0.0.1:9/milepost?connect_timeout=1", "mysql://db/milepost", "x"]
)
def test_a_server_that_does_not_answer_is_told_without_its_password(local: Environment, address: str) -> None:
    facts = gather(local | {"DATABASE_URL": address}, START)
    assert isinstance(facts.database, str) and facts.database
    assert "hush" not in facts.database
    assert facts.bank is None


def test_an_older_schema_is_told_and_not_read(local: Environment) -> None:
    schema.downgrade(url(local), "-1")
    assert wrong(local) == {"schema": "behind"}
    schema.downgrade(url(local), "base")
    assert wrong(local) == {"schema": "empty"}
    assert gather(local, START).bank is None


def test_a_row_that_points_nowhere_is_told(local: Environment) -> None:
    engine = make_engine(url(local))
    raw = engine.raw_connection()
    raw.driver_connection.execute("PRAGMA foreign_keys=OFF")
    raw.driver_connection.execute("DELETE FROM certification")
    raw.close()
    engine.dispose()
    assert wrong(local)["references"] == "broken"


def test_a_bank_that_was_never_loaded_is_told(local: Environment) -> None:
    engine = make_engine(url(local))
    with writing(engine) as session:
        for table in (ItemEstimateRow, ItemVersionRow, ItemRow):
            session.execute(delete(table))
        session.commit()
    engine.dispose()
    assert wrong(local) == {"bank": "empty"}


@pytest.mark.parametrize(("name", "mode"), [("", 0o750), ("secret", 0o604)])
def test_what_others_can_open_is_told(local: Environment, name: str, mode: int) -> None:
    (Path(local["INSTANCE"]) / name).chmod(mode)
    assert wrong(local) == {"files": "open to others"}


@pytest.mark.parametrize(("key", "state"), [("short", "unfit"), ("", "missing")])
def test_a_key_that_is_none_is_told(local: Environment, key: str, state: str) -> None:
    (Path(local["INSTANCE"]) / "secret").write_text(key)
    assert wrong(local) == {"key": state}


def test_an_answer_from_the_future_is_told(local: Environment) -> None:
    engine = make_engine(url(local))
    mika = Student(engine)
    mika.later(hours=1)
    mika.answer(mika.start())
    engine.dispose()
    assert wrong(local) == {"clock": "behind"}


def test_a_copy_in_the_instance_folder_is_looked_at(local: Environment) -> None:
    (Path(local["INSTANCE"]) / "copy.sqlite").write_text("x")
    found = gather(local, START).backup
    assert found is not None and found.name == "copy.sqlite"


@on_both_databases
def test_it_reads_either_kind_of_database(database: Engine, database_url: str, tmp_path: Path) -> None:
    facts: Facts = gather({"INSTANCE": str(tmp_path / "none"), "DATABASE_URL": database_url}, START)
    assert isinstance(facts.database, Database)
    assert facts.bank is not None and facts.bank.items == 24
    sqlite = database.dialect.name == "sqlite"
    assert (facts.sqlite is not None, facts.database.journal_mode == "wal", facts.free_bytes is not None) == (
        sqlite,
        sqlite,
        sqlite,
    )
