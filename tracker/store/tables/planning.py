"""The roadmap's versions, what was ticked on it, and the study log."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.tables.base import LEARNER_TABLE, Base, Json, owner


class RoadmapRow(Base):
    __tablename__ = "roadmap"
    __table_args__ = LEARNER_TABLE

    user_id: Mapped[UUID] = owner()
    current_version: Mapped[int]
    revision: Mapped[int]


class PlanVersionRow(Base):
    __tablename__ = "plan_version"
    __table_args__ = LEARNER_TABLE

    user_id: Mapped[UUID] = owner()
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[datetime]
    study_day: Mapped[date]
    reason: Mapped[str] = mapped_column(String(40))
    based_on: Mapped[int | None]
    inputs: Mapped[Json]
    catalogue_revision: Mapped[int]


class PlanStepRow(Base):
    __tablename__ = "plan_step"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "version"], ["plan_version.user_id", "plan_version.version"], ondelete="CASCADE"
        ),
        LEARNER_TABLE,
    )

    user_id: Mapped[UUID] = owner()
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    step_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    lane: Mapped[str] = mapped_column(String(20))
    minutes: Mapped[int]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    optional: Mapped[bool]
    title: Mapped[str | None]


class StepStateRow(Base):
    __tablename__ = "step_state"
    __table_args__ = LEARNER_TABLE

    user_id: Mapped[UUID] = owner()
    step_id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    done_day: Mapped[date | None]
    revision: Mapped[int]


class PartStateRow(Base):
    __tablename__ = "part_state"
    __table_args__ = LEARNER_TABLE

    user_id: Mapped[UUID] = owner()
    step_id: Mapped[str] = mapped_column(primary_key=True)
    part_id: Mapped[str] = mapped_column(primary_key=True)
    ticked_day: Mapped[date]


class StudyLogRow(Base):
    __tablename__ = "study_log"
    __table_args__ = (Index(None, "user_id", "study_day"), LEARNER_TABLE)

    user_id: Mapped[UUID] = owner()
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    study_day: Mapped[date]
    minutes: Mapped[int]
    activity: Mapped[str] = mapped_column(String(20))
    certification: Mapped[str | None]
    step_id: Mapped[str | None]
    concept: Mapped[str | None]
    note: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    revision: Mapped[int]
