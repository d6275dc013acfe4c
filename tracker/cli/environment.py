"""What a command works with: the environment's database, the time, and this machine's zone."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tracker.core.days import ZONE_AREAS
from tracker.store import schema
from tracker.store.engine import make_engine, writing
from tracker.store.location import database_url

LOCAL_TIME = Path("/etc/localtime")


def now() -> datetime:
    """The only place where the command line reads the time."""
    return datetime.now(UTC)


def machine_zone(environment: Mapping[str, str], local_time: Path = LOCAL_TIME) -> str:
    """This machine's time zone by its IANA name, UTC where it cannot be told: TZ, else what `local_time` links to."""
    linked = str(local_time.resolve()).rpartition("zoneinfo/")[2]
    zone = environment.get("TZ", "").removeprefix(":") or linked
    if zone.partition("/")[0] not in ZONE_AREAS:
        return "UTC"
    try:
        return ZoneInfo(zone).key
    except (KeyError, ValueError, OSError):
        return "UTC"


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
