"""What every test may use: a migrated database with a small bank, a clock to set, and a fixed cast."""

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.bank_factory import bank as good_bank
from tests.cast import Person, sign_up
from tracker import create_app
from tracker.services.bank import load
from tracker.store import schema
from tracker.store.engine import make_engine, writing

START = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


class Clock:
    """The instant that the application believes in."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        self.now += timedelta(**parts)


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the factory's bank; copied for each test."""
    file = tmp_path_factory.mktemp("template") / "template.sqlite"
    url = f"sqlite:///{file}"
    schema.upgrade(url)
    engine = make_engine(url)
    with writing(engine) as session:
        load(session, good_bank(), now=START)
        session.commit()
    # closing the last connection folds the write-ahead log into the file
    engine.dispose()
    return file


@pytest.fixture
def database_url(template_database: Path, tmp_path: Path) -> str:
    file = tmp_path / "test.sqlite"
    shutil.copyfile(template_database, file)
    return f"sqlite:///{file}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(database_url: str, clock: Clock) -> dict[str, Any]:
    """Settings of the application under test; a test may change them before it asks for `app`."""
    return {
        "SECRET_KEY": "a-key-for-tests-that-nobody-else-has-0123456789",
        "DATABASE_URL": database_url,
        "CLOCK": clock,
        "RNG": random.Random(20261120),
        "TESTING": True,
        "WTF_CSRF_ENABLED": False,
    }


@pytest.fixture
def app(settings: dict[str, Any]) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def engine(app: Flask) -> Engine:
    found: Engine = app.extensions["engine"]
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that nobody is signed in with."""
    return app.test_client()


@pytest.fixture
def mika(app: Flask) -> Person:
    """A learner, signed in, in Vienna."""
    return sign_up(app, "Mika", "Europe/Vienna")


@pytest.fixture
def noor(app: Flask) -> Person:
    """Another learner, signed in, in Auckland."""
    return sign_up(app, "Noor", "Pacific/Auckland")
