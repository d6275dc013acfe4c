"""Where the migrations lie, and what a database says about its schema."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.databases import empty_on_both_databases, on_both_databases
from tracker.store import schema
from tracker.store.engine import make_engine


def test_the_migrations_of_a_checkout_lie_beside_the_package() -> None:
    assert schema.migrations_folder() == Path(__file__).resolve().parents[2] / "migrations"


def test_the_migrations_of_a_wheel_lie_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "migrations").mkdir()
    monkeypatch.setattr(schema, "PACKAGE", tmp_path)
    assert schema.migrations_folder() == tmp_path / "migrations"


def test_a_path_with_a_per_cent_sign_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "100%s" / "tracker"
    (package / "migrations").mkdir(parents=True)
    monkeypatch.setattr(schema, "PACKAGE", package)
    config = schema.alembic_config("sqlite://")
    assert config.get_main_option("script_location") == str(package / "migrations")


@on_both_databases
def test_a_migrated_database_stands_at_the_head(database: Engine) -> None:
    with database.connect() as connection:
        assert schema.current_revision(connection) == schema.head_revision() is not None


@empty_on_both_databases
def test_an_empty_database_has_no_revision(empty_database_url: str) -> None:
    engine = make_engine(empty_database_url)
    with engine.connect() as connection:
        assert schema.current_revision(connection) is None
    engine.dispose()
