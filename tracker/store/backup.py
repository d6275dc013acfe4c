"""Online copies of a database: SQLite through its own backup, PostgreSQL through pg_dump. Both are verified."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from tracker.store import schema
from tracker.store.engine import BUSY_TIMEOUT_MS, sqlite_driver

PAGES_AT_ONCE = 2_000


class BackupError(Exception):
    """A backup could not be made or restored; the message says why and what to do."""


def backup(url: str, file: Path) -> dict[str, int]:
    """Copy the database at `url` into `file` while it is in use; the number of rows by table.

    The copy is written beside its final name and takes it only when verified. Raises BackupError.
    """
    if file.exists():
        raise BackupError(f"{file} exists. Choose another name; nothing is overwritten.")
    if not file.parent.is_dir():
        raise BackupError(f"The folder {file.parent} does not exist.")
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        counts = _copy_sqlite(url, part) if url.startswith("sqlite") else _dump_postgres(url, part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return counts


def restore(url: str, file: Path) -> dict[str, int]:
    """Put the copy in `file` in place of the database at `url`, all or nothing, and migrate it to this release.

    Raises BackupError when `file` is no sound backup; the database is then as it was.
    """
    if not file.is_file():
        raise BackupError(f"There is no file {file}.")
    if not url.startswith("sqlite"):
        return _restore_postgres(url, file)
    verify(file)
    with _opened(file, read_only=True) as source, _opened(_sqlite_path(url)) as target:
        # SQLite's own backup writes one transaction: readers see the old data or the new, never a mix
        source.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode=WAL")
    schema.upgrade(url)
    return verify(_sqlite_path(url))


def verify(file: Path) -> dict[str, int]:
    """Check a SQLite copy and count its rows by table. Raises BackupError when it is damaged or not ours."""
    driver = sqlite_driver()
    try:
        with _opened(file, read_only=True) as connection:
            problems = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            names = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            ).fetchall()
            # the names come from the file's own catalogue, quoted
            counts = {
                name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
                for (name,) in names
            }
    except driver.DatabaseError as error:
        raise BackupError(f"{file} is not a sound SQLite database: {error}.") from error
    if problems != ["ok"] or broken:
        raise BackupError(f"{file} is damaged: {problems[:3]} {broken[:3]}.")
    if "alembic_version" not in counts or "learner" not in counts:
        raise BackupError(f"{file} is a database, but not one of Milepost.")
    return counts


def _sqlite_path(url: str) -> Path:
    return Path(make_url(url).database or "")


@contextmanager
def _opened(file: Path, *, read_only: bool = False) -> Iterator[Any]:
    mode = "ro" if read_only else "rwc"
    connection = sqlite_driver().connect(f"{file.resolve().as_uri()}?mode={mode}", uri=True)
    try:
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        yield connection
    finally:
        connection.close()


def _copy_sqlite(url: str, part: Path) -> dict[str, int]:
    path = _sqlite_path(url)
    if not path.is_file():
        raise BackupError(f"There is no database at {path}. Start Milepost once, or set DATABASE_URL.")
    with _opened(path) as source, _opened(part) as target:
        source.backup(target, pages=PAGES_AT_ONCE)
        # a file that travels must not need a write-ahead log beside it
        target.execute("PRAGMA journal_mode=DELETE")
    part.chmod(0o600)
    return verify(part)


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(f"{name} is not on the PATH. Install PostgreSQL's client tools and try again.")
    return found


def _libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise BackupError(f"{Path(command[0]).name} failed: {done.stderr.strip()[:500]}")
    return done.stdout


def _dump_postgres(url: str, part: Path) -> dict[str, int]:
    _run([_tool("pg_dump"), "--format=custom", "--no-owner", f"--file={part}", f"--dbname={_libpq(url)}"])
    part.chmod(0o600)
    listed = _run([_tool("pg_restore"), "--list", str(part)])
    tables = [line.split()[6] for line in listed.splitlines() if " TABLE DATA " in line]
    if "learner" not in tables:
        raise BackupError("The dump holds no table of learners; it was not kept.")
    return dict.fromkeys(tables, 0)


def _restore_postgres(url: str, file: Path) -> dict[str, int]:
    listed = _run([_tool("pg_restore"), "--list", str(file)])
    if " TABLE DATA " not in listed or " learner " not in listed:
        raise BackupError(f"{file} is not a dump of Milepost's database.")
    _run(
        [
            _tool("pg_restore"),
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            f"--dbname={_libpq(url)}",
            str(file),
        ]
    )
    schema.upgrade(url)
    return {}
