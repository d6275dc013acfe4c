"""What every test may use: a migrated database with a small bank, a clock to set, and a fixed cast."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests import learner_guard
from tests.cast import Person, sign_up
from tests.databases import (  # noqa: F401 - the fixtures of every test
    START,
    database,
    database_url,
    empty_database_url,
    postgres_server,
    postgres_template,
    template_database,
)
from tracker import create_app


class Clock:
    """The instant that the application believes in."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        self.now += timedelta(**parts)


@pytest.fixture(scope="session", autouse=True)
def guard_learner_tables() -> Iterator[None]:
    """Every statement of the product on a learner table says whose rows it wants."""
    learner_guard.enable()
    yield
    learner_guard.disable()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(database_url: str, clock: Clock) -> dict[str, Any]:  # noqa: F811 - pytest names fixtures so
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
