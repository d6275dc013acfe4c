"""Insert or replace, the same statement on SQLite and PostgreSQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.store.tables import Base


def upsert(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Write `rows` (all with the same columns), replacing those whose primary key exists."""
    if not rows:
        return
    # the table, not its class: the ORM would leave out values that are None and split the rows by them
    target = Base.metadata.tables[table.__tablename__]
    key = [column.name for column in target.primary_key]
    values = [name for name in rows[0] if name not in key]
    make = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = make(target)
    replace = {name: statement.excluded[name] for name in values}
    session.execute(statement.on_conflict_do_update(index_elements=key, set_=replace), list(rows))
