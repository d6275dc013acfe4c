"""Which certifications a learner aims at."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.orm import Session

from tracker.store.tables import TargetRow
from tracker.store.upserts import upsert


@dataclass(frozen=True)
class Target:
    """A certification a learner aims at, in one exam version; `exam_day` None while no date is set."""

    certification: str
    exam_code: str
    language: str
    exam_day: date | None
    extra_time: float
    state: str
    revision: int


# columns and a statement made once: every answer asks for one
_ONE = select(*(getattr(TargetRow, name) for name in Target.__dataclass_fields__)).where(
    TargetRow.user_id == bindparam("user", type_=Uuid()), TargetRow.certification == bindparam("slug")
)


def _target(row: TargetRow) -> Target:
    return Target(
        row.certification,
        row.exam_code,
        row.language,
        row.exam_day,
        row.extra_time,
        row.state,
        row.revision,
    )


def target(session: Session, user_id: UUID, certification: str) -> Target | None:
    row = session.execute(_ONE, {"user": user_id, "slug": certification}).first()
    return Target(*row) if row else None


def targets(session: Session, user_id: UUID) -> list[Target]:
    """The targets that are still aimed at."""
    rows = session.scalars(
        select(TargetRow)
        .where(TargetRow.user_id == user_id, TargetRow.state != "dropped")
        .order_by(TargetRow.certification)
    )
    return [_target(row) for row in rows]


def save(session: Session, user_id: UUID, value: Target) -> None:
    upsert(session, TargetRow, [{"user_id": user_id, **vars(value)}])
