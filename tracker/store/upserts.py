"""Insert or replace, the same statement on SQLite and PostgreSQL."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.store.tables import Base


def upsert(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Write `rows` (all with the same columns), replacing those whose primary key exists."""
    if rows:
        dialect = session.get_bind().dialect.name
        session.execute(_statement(table.__tablename__, dialect, tuple(rows[0])), list(rows))


@cache
def _statement(table: str, dialect: str, columns: tuple[str, ...]) -> Insert:
    """The statement for rows with these columns; building it anew would cost more than running it."""
    # the table, not its class: the ORM would leave out values that are None and split the rows by them
    target = Base.metadata.tables[table]
    key = [column.name for column in target.primary_key]
    statement = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(target)
    replace = {name: statement.excluded[name] for name in columns if name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=replace)
