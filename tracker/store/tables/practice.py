"""What the learner did, append-only; what was shown; and what is derived from it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.tables.base import LEARNER_TABLE, Base, Json, owner


class PracticeRunRow(Base):
    __tablename__ = "practice_run"
    __table_args__ = (
        Index(
            "uq_practice_run_open",
            "user_id",
            "certification",
            "mode",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        LEARNER_TABLE,
    )

    user_id: Mapped[UUID] = owner()
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    certification: Mapped[str]
    mode: Mapped[str] = mapped_column(String(20))
    length: Mapped[int]
    seed: Mapped[int]
    started_at: Mapped[datetime]
    study_day: Mapped[date]
    ended_at: Mapped[datetime | None]
    scope: Mapped[str | None]


class IssuedRow(Base):
    __tablename__ = "issued"
    __table_args__ = (
        ForeignKeyConstraint(["user_id", "run_id"], ["practice_run.user_id", "practice_run.id"], ondelete="CASCADE"),
        Index(None, "user_id", "run_id"),
        LEARNER_TABLE,
    )

    user_id: Mapped[UUID] = owner()
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    run_id: Mapped[UUID]
    item_id: Mapped[str]
    item_version: Mapped[int]
    shuffle_seed: Mapped[int]
    reason: Mapped[Json]
    issued_at: Mapped[datetime]


class AttemptRow(Base):
    __tablename__ = "attempt"
    __table_args__ = (
        Index(None, "user_id", "concept", "id"),
        Index(None, "user_id", "item_id", "study_day"),
        Index(None, "user_id", "certification", "id"),
        Index(None, "user_id", "run_id"),
        Index(None, "user_id", "answered_at"),
        LEARNER_TABLE,
    )

    user_id: Mapped[UUID] = owner()
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    run_id: Mapped[UUID | None]
    sitting_id: Mapped[UUID | None]
    item_id: Mapped[str]
    item_version: Mapped[int]
    certification: Mapped[str]
    domain: Mapped[str]
    concept: Mapped[str]
    mode: Mapped[str] = mapped_column(String(20))
    shuffle_seed: Mapped[int]
    response: Mapped[list[Any]]
    correct: Mapped[bool]
    confidence: Mapped[str | None]
    seconds: Mapped[int]
    predicted: Mapped[float]
    first_sight: Mapped[bool]
    answered_at: Mapped[datetime]
    study_day: Mapped[date]


class RetractionRow(Base):
    __tablename__ = "retraction"
    __table_args__ = (
        ForeignKeyConstraint(["user_id", "attempt_id"], ["attempt.user_id", "attempt.id"], ondelete="CASCADE"),
        LEARNER_TABLE,
    )

    user_id: Mapped[UUID] = owner()
    attempt_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    at: Mapped[datetime]


class FlagRow(Base):
    __tablename__ = "flag"
    __table_args__ = LEARNER_TABLE

    user_id: Mapped[UUID] = owner()
    item_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class ItemReportRow(Base):
    __tablename__ = "item_report"
    __table_args__ = (
        Index(
            "uq_item_report_open",
            "user_id",
            "item_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("answered_at IS NULL AND withdrawn_at IS NULL"),
        ),
        Index(None, "user_id", "item_id"),
        LEARNER_TABLE,
    )

    user_id: Mapped[UUID] = owner()
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    item_id: Mapped[str]
    item_version: Mapped[int]
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class SnapshotRow(Base):
    __tablename__ = "snapshot"
    __table_args__ = LEARNER_TABLE

    user_id: Mapped[UUID] = owner()
    certification: Mapped[str] = mapped_column(primary_key=True)
    study_day: Mapped[date] = mapped_column(primary_key=True)
    low: Mapped[float]
    mid: Mapped[float]
    high: Mapped[float]
    chance: Mapped[float]
    line: Mapped[float]
    answers: Mapped[int]
    domains: Mapped[Json]
    causes: Mapped[Json]
    model: Mapped[str]


class CardRow(Base):
    __tablename__ = "card"
    __table_args__ = LEARNER_TABLE

    user_id: Mapped[UUID] = owner()
    concept: Mapped[str] = mapped_column(primary_key=True)
    before: Mapped[Json | None]
    stability: Mapped[float]
    difficulty: Mapped[float]
    reviewed_on: Mapped[date]
    reviews: Mapped[int]
    lapses: Mapped[int]


class AbilityRow(Base):
    __tablename__ = "ability"
    __table_args__ = LEARNER_TABLE

    user_id: Mapped[UUID] = owner()
    component: Mapped[str] = mapped_column(primary_key=True)
    before: Mapped[Json | None]
    mean: Mapped[float]
    variance: Mapped[float]
    updated_on: Mapped[date]
    answers: Mapped[int]
    first_sights: Mapped[int]
    first_sight_right: Mapped[int]
    form: Mapped[float]
    form_variance: Mapped[float]
    run: Mapped[int]
