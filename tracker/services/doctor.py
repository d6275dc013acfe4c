"""Looking at an installation from outside: its key, files and database, and the bank in it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.core.doctor import Backup, Bank, Database, Facts, Library, Private
from tracker.store import bank, health, schema
from tracker.store.engine import SAFE_SQLITE, make_engine, reading, sqlite_driver
from tracker.store.location import database_url, instance_folder, secret_key


def gather(environment: Mapping[str, str], now: datetime) -> Facts:
    """The facts of the installation that the environment names; nothing is changed or made."""
    url = database_url(environment)
    file = health.sqlite_file(url)
    database, found, last = _look_inside(url, file)
    folder = file.resolve().parent if file else instance_folder(environment)
    backup = health.newest_backup(environment)
    return Facts(
        now=now,
        key=secret_key(environment),
        database=database,
        sqlite=Library(sqlite_driver().sqlite_version_info, SAFE_SQLITE) if file else None,
        private=[Private(str(path), mode, wanted) for path, mode, wanted in health.private_paths(environment, file)],
        bank=found,
        last_answer_at=last,
        free_bytes=health.free_bytes(folder) if folder.is_dir() else None,
        database_bytes=file.stat().st_size if file and file.is_file() else 0,
        backup=Backup(*backup) if backup else None,
    )


def _look_inside(url: str, file: Path | None) -> tuple[Database | str, Bank | None, datetime | None]:
    """The database, its bank and the instant of its last answer; of one that cannot be reached, the reason why."""
    if file is not None and not file.is_file():
        # connecting would make the file
        return f"there is no file {file}", None, None
    try:
        engine = make_engine(url, pooled=False)
        database = _database(engine, sqlite=file is not None)
        if database.revision != database.head:
            return database, None, None
        with reading(engine) as session:
            return database, _bank(session), health.last_answer_at(session)
    # the driver's own errors come unwrapped where a connection is set up, a missing driver as ImportError
    except (SQLAlchemyError, sqlite_driver().Error, ImportError) as error:
        reason = str(getattr(error, "orig", None) or error).strip()
        return (reason.splitlines() or [type(error).__name__])[0], None, None


def _database(engine: Engine, *, sqlite: bool) -> Database:
    with engine.connect() as connection:
        revision = schema.current_revision(connection)
        mode, synchronous = health.journal(connection) if sqlite else (None, None)
        broken = health.broken_references(connection) if sqlite else None
    return Database(revision, schema.head_revision(), mode, synchronous, broken)


def _bank(session: Session) -> Bank:
    certifications = bank.certifications(session)
    items = [stored.item for each in certifications for stored in bank.items_in_use(session, each.slug)]
    sources = [source for each in certifications for source in each.sources]
    sources += [source for each in bank.concepts(session) for source in each.read]
    sources += [item.source for item in items if item.source is not None]
    return Bank(len(items), bank.last_load(session), certifications, sources)
