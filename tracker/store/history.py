"""Snapshots: the record of what readiness said on each day with activity."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.store.tables import SnapshotRow
from tracker.store.upserts import upsert


@dataclass(frozen=True)
class Snapshot:
    """Readiness as it stood at the end of a study day; shares of a paper, 0..1."""

    certification: str
    study_day: date
    low: float
    mid: float
    high: float
    chance: float
    line: float
    answers: int
    domains: dict[str, Any]
    causes: dict[str, Any]
    model: str

    @property
    def counts(self) -> dict[str, dict[str, Any]]:
        """What was counted by domain: all that `domains` holds but the expected share."""
        return {
            domain: {name: value for name, value in part.items() if name != "expected"}
            for domain, part in self.domains.items()
        }


FIELDS = tuple(Snapshot.__dataclass_fields__)


def save(session: Session, user_id: UUID, value: Snapshot) -> None:
    upsert(session, SnapshotRow, [{"user_id": user_id, **vars(value)}])


def forget(session: Session, user_id: UUID, certification: str, study_day: date) -> None:
    """Remove one day's snapshot: undo took the evidence below the minimum again."""
    session.execute(
        delete(SnapshotRow).where(
            SnapshotRow.user_id == user_id,
            SnapshotRow.certification == certification,
            SnapshotRow.study_day == study_day,
        )
    )


def of_day(session: Session, user_id: UUID, certification: str, study_day: date) -> Snapshot | None:
    row = session.execute(
        select(*(getattr(SnapshotRow, name) for name in FIELDS)).where(
            SnapshotRow.user_id == user_id,
            SnapshotRow.certification == certification,
            SnapshotRow.study_day == study_day,
        )
    ).first()
    return Snapshot(*row) if row else None


def last_before(session: Session, user_id: UUID, certification: str, study_day: date) -> Snapshot | None:
    """The newest snapshot from before a study day."""
    row = session.execute(
        select(*(getattr(SnapshotRow, name) for name in FIELDS))
        .where(
            SnapshotRow.user_id == user_id,
            SnapshotRow.certification == certification,
            SnapshotRow.study_day < study_day,
        )
        .order_by(SnapshotRow.study_day.desc())
        .limit(1)
    ).first()
    return Snapshot(*row) if row else None


def snapshots(session: Session, user_id: UUID, certification: str) -> list[Snapshot]:
    """All snapshots of a certification, oldest first."""
    rows = session.execute(
        select(*(getattr(SnapshotRow, name) for name in FIELDS))
        .where(SnapshotRow.user_id == user_id, SnapshotRow.certification == certification)
        .order_by(SnapshotRow.study_day)
    )
    return [Snapshot(*row) for row in rows]
