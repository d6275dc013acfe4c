"""What all tables share."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import JSON, Date, ForeignKey, MetaData, String, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tracker.store.types import UtcDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Json = dict[str, Any]
Slug = Annotated[str, mapped_column(String(80))]
Short = Annotated[str, mapped_column(String(200))]


class Base(DeclarativeBase):
    """The declarative base of every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        datetime: UtcDateTime,
        date: Date,
        UUID: Uuid,
        Json: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
        str: String(200),
    }


def owner() -> Mapped[UUID]:
    """The `user_id` which begins the key of every learner table."""
    return mapped_column(Uuid, ForeignKey("learner.user_id", ondelete="CASCADE"), primary_key=True)


LEARNER_TABLE = {"sqlite_with_rowid": False, "info": {"learner": True}}
"""Table options of a learner table: clustered by `(user_id, ...)`, and marked for the rules' guards."""
