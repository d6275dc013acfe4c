"""Engines and sessions. The transactions are ours: writers begin IMMEDIATE, readers cannot write."""

import sqlite3
from collections.abc import Callable
from threading import Lock
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

SAFE_SQLITE = (3, 51, 3)
"""Older releases can corrupt a write-ahead log that two connections write (the WAL-reset bug)."""

BUSY_TIMEOUT_MS = 15_000
READ_ONLY = "milepost_read_only"


def sqlite_driver() -> ModuleType:
    """The standard library's driver when its SQLite is safe, else the bundled one of pysqlite3."""
    if sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return sqlite3
    try:
        import pysqlite3
    except ImportError:
        return sqlite3
    return pysqlite3  # type: ignore[no-any-return]


def _on_sqlite_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin() -> Callable[[Connection], None]:
    turn = Lock()

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(READ_ONLY):
            connection.exec_driver_sql("PRAGMA query_only=ON")
            connection.exec_driver_sql("BEGIN")
        else:
            connection.exec_driver_sql("PRAGMA query_only=OFF")
            # waiters sleep longer and longer while newcomers overtake them: one of a process at a time
            with turn:
                connection.exec_driver_sql("BEGIN IMMEDIATE")

    return begin


def _on_postgres_begin(connection: Connection) -> None:
    if connection.get_execution_options().get(READ_ONLY):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def make_engine(url: str, *, pooled: bool = True) -> Engine:
    """An engine for `sqlite:///file` or `postgresql+psycopg://...` with this project's transactions."""
    options: dict[str, Any] = {} if pooled else {"poolclass": NullPool}
    if url.startswith("sqlite"):
        engine = create_engine(url, module=sqlite_driver(), **options)
        event.listen(engine, "connect", _on_sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin())
        return engine
    # pgbouncer hands a prepared statement to another server connection
    engine = create_engine(url, connect_args={"prepare_threshold": None}, pool_pre_ping=True, **options)
    event.listen(engine, "begin", _on_postgres_begin)
    return engine


def reading(engine: Engine) -> Session:
    """A session whose transaction refuses to write."""
    return Session(engine.execution_options(**{READ_ONLY: True}), expire_on_commit=False)


def writing(engine: Engine) -> Session:
    """A session whose transaction holds the write lock from its first statement on SQLite."""
    return Session(engine, expire_on_commit=False)
