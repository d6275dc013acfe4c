"""What learners reported of questions, and what they were answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from tracker.store.tables import ItemReportRow


@dataclass(frozen=True)
class ItemReport:
    """One report. `item_version` is the version that the learner answered."""

    id: UUID
    item_id: str
    item_version: int
    reason: str
    note: str
    at: datetime
    answer: str | None = None
    answered_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answered_at is None and self.withdrawn_at is None


_COLUMNS = tuple(getattr(ItemReportRow, name) for name in ItemReport.__dataclass_fields__)
_OPEN = (ItemReportRow.answered_at.is_(None), ItemReportRow.withdrawn_at.is_(None))
_NEWEST_FIRST = (ItemReportRow.at.desc(), ItemReportRow.id.desc())


def add(session: Session, user_id: UUID, value: ItemReport) -> None:
    """Raises IntegrityError when the learner has an open report of the item."""
    session.execute(insert(ItemReportRow).values(user_id=user_id, **vars(value)))


def change(session: Session, user_id: UUID, report_id: UUID, **values: Any) -> None:
    session.execute(
        update(ItemReportRow).where(ItemReportRow.user_id == user_id, ItemReportRow.id == report_id).values(**values)
    )


def report(session: Session, user_id: UUID, report_id: UUID) -> ItemReport | None:
    row = session.execute(
        select(*_COLUMNS).where(ItemReportRow.user_id == user_id, ItemReportRow.id == report_id)
    ).first()
    return ItemReport(*row) if row else None


def open_report(session: Session, user_id: UUID, item_id: str) -> ItemReport | None:
    """The learner's report of an item that waits for an answer; there is at most one."""
    row = session.execute(
        select(*_COLUMNS).where(ItemReportRow.user_id == user_id, ItemReportRow.item_id == item_id, *_OPEN)
    ).first()
    return ItemReport(*row) if row else None


def latest(session: Session, user_id: UUID, item_id: str) -> ItemReport | None:
    """The learner's newest report of an item that was not withdrawn."""
    row = session.execute(
        select(*_COLUMNS)
        .where(
            ItemReportRow.user_id == user_id,
            ItemReportRow.item_id == item_id,
            ItemReportRow.withdrawn_at.is_(None),
        )
        .order_by(*_NEWEST_FIRST)
        .limit(1)
    ).first()
    return ItemReport(*row) if row else None


def of_learner(session: Session, user_id: UUID, limit: int) -> list[ItemReport]:
    """The learner's newest reports that were not withdrawn, newest first."""
    rows = session.execute(
        select(*_COLUMNS)
        .where(ItemReportRow.user_id == user_id, ItemReportRow.withdrawn_at.is_(None))
        .order_by(*_NEWEST_FIRST)
        .limit(limit)
    )
    return [ItemReport(*row) for row in rows]


def open_of_everybody(session: Session, limit: int) -> Sequence[tuple[UUID, ItemReport]]:
    """Whose, and what: the newest reports that wait for an answer, newest first."""
    rows = session.execute(
        select(ItemReportRow.user_id, *_COLUMNS).where(*_OPEN).order_by(*_NEWEST_FIRST).limit(limit)
    )
    return [(user_id, ItemReport(*row)) for user_id, *row in rows]


def answered_of_everybody(session: Session, limit: int) -> Sequence[tuple[UUID, ItemReport]]:
    """Whose, and what: the reports answered last, the last first."""
    rows = session.execute(
        select(ItemReportRow.user_id, *_COLUMNS)
        .where(ItemReportRow.answered_at.is_not(None), ItemReportRow.withdrawn_at.is_(None))
        .order_by(ItemReportRow.answered_at.desc(), ItemReportRow.id.desc())
        .limit(limit)
    )
    return [(user_id, ItemReport(*row)) for user_id, *row in rows]


def open_count_of_everybody(session: Session) -> int:
    """How many reports wait for an answer."""
    return session.scalar(select(func.count()).select_from(ItemReportRow).where(*_OPEN)) or 0
