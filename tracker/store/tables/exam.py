"""Sittings of papers, and the response to each of their questions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.tables.base import LEARNER_TABLE, Base, Json, owner


class SittingRow(Base):
    __tablename__ = "sitting"
    __table_args__ = (
        Index(
            "uq_sitting_open",
            "user_id",
            "certification",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        LEARNER_TABLE,
    )

    user_id: Mapped[UUID] = owner()
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    certification: Mapped[str]
    exam_code: Mapped[str]
    kind: Mapped[str] = mapped_column(String(20))
    seed: Mapped[int]
    extra_time: Mapped[float]
    started_at: Mapped[datetime]
    study_day: Mapped[date]
    deadline_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(20))
    score: Mapped[Json | None]


class ResponseRow(Base):
    __tablename__ = "response"
    __table_args__ = (
        ForeignKeyConstraint(["user_id", "sitting_id"], ["sitting.user_id", "sitting.id"], ondelete="CASCADE"),
        LEARNER_TABLE,
    )

    user_id: Mapped[UUID] = owner()
    sitting_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item_id: Mapped[str]
    item_version: Mapped[int]
    shuffle_seed: Mapped[int]
    attempt_id: Mapped[UUID]
    flagged: Mapped[bool]
    answer: Mapped[list[Any]]
    trail: Mapped[list[Any]]
    seconds: Mapped[int]
    first_sight: Mapped[bool]
