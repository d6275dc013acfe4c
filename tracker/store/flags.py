"""Items that a learner flagged, to find them again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from tracker.store.tables import FlagRow


def of_learner(session: Session, user_id: UUID) -> set[str]:
    """The ids of all flagged items."""
    return set(session.scalars(select(FlagRow.item_id).where(FlagRow.user_id == user_id)))


def is_flagged(session: Session, user_id: UUID, item_id: str) -> bool:
    found = session.scalar(select(FlagRow.item_id).where(FlagRow.user_id == user_id, FlagRow.item_id == item_id))
    return found is not None


def put(session: Session, user_id: UUID, item_id: str, at: datetime) -> None:
    session.execute(insert(FlagRow).values(user_id=user_id, item_id=item_id, at=at))


def remove(session: Session, user_id: UUID, item_id: str) -> None:
    session.execute(delete(FlagRow).where(FlagRow.user_id == user_id, FlagRow.item_id == item_id))
