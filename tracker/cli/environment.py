"""What a command works with: the environment's database, and the time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tracker.store import schema
from tracker.store.engine import make_engine, writing
from tracker.store.location import database_url


def now() -> datetime:
    """The only place where the command line reads the time."""
    return datetime.now(UTC)


def url() -> str:
    return database_url(os.environ)


@contextmanager
def opened_engine() -> Iterator[Engine]:
    """An engine on the environment's database, which has to stand at this release's revision."""
    engine = make_engine(url())
    try:
        with engine.connect() as connection:
            current = schema.current_revision(connection)
        if current != schema.head_revision():
            raise click.ClickException("The database is not up to date. Run: milepost upgrade")
        yield engine
    finally:
        engine.dispose()


@contextmanager
def opened() -> Iterator[Session]:
    """A writing session on the environment's database. The command commits."""
    with opened_engine() as engine, writing(engine) as session:
        yield session
