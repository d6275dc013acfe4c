"""Who the learner is: the gate that is looked up first, the account, its logins and targets."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.tables.base import LEARNER_TABLE, Base, Json, owner


class IdentityRow(Base):
    __tablename__ = "identity"

    email_norm: Mapped[str] = mapped_column(String(254), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(Uuid, unique=True)


class ThrottleRow(Base):
    __tablename__ = "throttle"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    key_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    window_from: Mapped[datetime]
    blocked_until: Mapped[datetime | None]


class LearnerRow(Base):
    __tablename__ = "learner"
    __table_args__ = LEARNER_TABLE

    user_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    name: Mapped[str]
    calibration: Mapped[int]
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str]
    password_changed_at: Mapped[datetime]
    timezone: Mapped[str]
    day_starts_min: Mapped[int]
    study_days: Mapped[int]
    minutes_per_study_day: Mapped[int]
    settings: Mapped[Json]
    demo: Mapped[bool]
    created_at: Mapped[datetime]
    revision: Mapped[int]


class LoginSessionRow(Base):
    __tablename__ = "login_session"
    __table_args__ = LEARNER_TABLE

    user_id: Mapped[UUID] = owner()
    secret_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime]
    authenticated_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    agent: Mapped[str]
    address_prefix: Mapped[str]


class TargetRow(Base):
    __tablename__ = "target"
    __table_args__ = LEARNER_TABLE

    user_id: Mapped[UUID] = owner()
    certification: Mapped[str] = mapped_column(ForeignKey("certification.slug"), primary_key=True)
    exam_code: Mapped[str]
    language: Mapped[str]
    exam_day: Mapped[date | None]
    extra_time: Mapped[float]
    state: Mapped[str] = mapped_column(String(20))
    revision: Mapped[int]
