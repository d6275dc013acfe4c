"""What a database and the files around it say of their own state. Nothing here changes anything."""

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from tracker.store.location import DATABASE_FILE, DEMO_FILE, KEY_FILE, instance_folder
from tracker.store.tables import AttemptRow

COPIES = (".sqlite", ".dump", ".backup", ".bak")
"""How a backup's name may end."""


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite database; None for another kind."""
    return Path(make_url(url).database or "") if url.startswith("sqlite") else None


def journal(connection: Connection) -> tuple[str, int]:
    """SQLite's journal mode, and the level at which this connection waits for the disk."""
    mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    return str(mode), int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())


def broken_references(connection: Connection) -> int:
    """How many rows of a SQLite database point at a row that is not there."""
    return len(connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall())


def last_answer_at(session: Session) -> datetime | None:
    """The instant of the last answer of all."""
    return session.scalar(select(func.max(AttemptRow.answered_at)))


def private_paths(environment: Mapping[str, str], database: Path | None) -> list[tuple[Path, int, int]]:
    """What only its owner should open, where it is there: the path, its permission bits, those it should have.

    A database file counts where its folder lets others in.
    """
    folder = instance_folder(environment)
    wanted = [(folder, 0o700), (folder / KEY_FILE, 0o600), (folder / DEMO_FILE, 0o600)]
    if database is not None and database.is_file() and _bits(database.resolve().parent) & 0o077:
        wanted.append((database, 0o600))
    return [(path, _bits(path), bits) for path, bits in wanted if path.exists()]


def _bits(path: Path) -> int:
    return path.stat().st_mode & 0o777


def newest_backup(environment: Mapping[str, str]) -> tuple[str, datetime] | None:
    """Name and instant of the newest copy in the instance folder or its folder `backups`."""
    folder = instance_folder(environment)
    files = [path for place in (folder, folder / "backups") if place.is_dir() for path in place.iterdir()]
    copies = [path for path in files if path.suffix in COPIES and path.name != DATABASE_FILE and path.is_file()]
    if not copies:
        return None
    newest = max(copies, key=lambda path: path.stat().st_mtime)
    return str(newest.relative_to(folder)), datetime.fromtimestamp(newest.stat().st_mtime, UTC)


def free_bytes(place: Path) -> int:
    """What is left on the disk of an existing folder."""
    return shutil.disk_usage(place).free
