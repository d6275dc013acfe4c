"""Reference tables, written by `milepost bank load` and the operator."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.tables.base import Base, Json


class CertificationRow(Base):
    __tablename__ = "certification"

    slug: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    content: Mapped[Json]
    fingerprint: Mapped[str]


class ExamVersionRow(Base):
    __tablename__ = "exam_version"

    certification: Mapped[str] = mapped_column(ForeignKey("certification.slug"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    english_from: Mapped[date | None]
    english_until: Mapped[date | None]
    minutes: Mapped[int | None]
    questions: Mapped[int]
    pass_line: Mapped[float]
    go_line: Mapped[float]
    blueprint: Mapped[Json]


class ConceptRow(Base):
    __tablename__ = "concept"

    slug: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    content: Mapped[Json]
    needs: Mapped[list[Any]]


class ItemRow(Base):
    __tablename__ = "item"
    __table_args__ = (Index(None, "certification", "domain"), Index(None, "concept"))

    id: Mapped[str] = mapped_column(primary_key=True)
    certification: Mapped[str] = mapped_column(ForeignKey("certification.slug"))
    domain: Mapped[str]
    task: Mapped[str]
    concept: Mapped[str] = mapped_column(ForeignKey("concept.slug"))
    kind: Mapped[str]
    level: Mapped[str]
    difficulty: Mapped[str]
    reserved: Mapped[bool]
    options: Mapped[int]
    added_in: Mapped[str | None]
    removed_in: Mapped[str | None]
    version: Mapped[int]
    retired_on: Mapped[date | None]
    retired_by: Mapped[str | None] = mapped_column(String(20))
    review_since: Mapped[date | None]


class ItemVersionRow(Base):
    __tablename__ = "item_version"

    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[Json]
    fingerprint: Mapped[str]
    content_fingerprint: Mapped[str]
    options: Mapped[int]
    loaded_at: Mapped[datetime]
    void: Mapped[bool]


class ItemEstimateRow(Base):
    __tablename__ = "item_estimate"

    calibration: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    b_mean: Mapped[float]
    b_var: Mapped[float]
    discrimination: Mapped[float]


class CalibrationRow(Base):
    __tablename__ = "calibration"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[datetime]
    answers: Mapped[int]
    weights: Mapped[list[Any] | None]


class BankChangeRow(Base):
    __tablename__ = "bank_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))
    certification: Mapped[str | None]
    summary: Mapped[Json]
