"""What the operator decided about items: under review, out of use, a version's key wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from tracker.store.tables import BankChangeRow, ItemRow, ItemVersionRow


@dataclass(frozen=True)
class Standing:
    """An item as the operator left it. `void` holds the versions whose key was wrong."""

    item_id: str
    certification: str
    version: int
    retired_on: date | None
    retired_by: str | None
    review_since: date | None
    void: tuple[int, ...]


_COLUMNS = (
    ItemRow.id,
    ItemRow.certification,
    ItemRow.version,
    ItemRow.retired_on,
    ItemRow.retired_by,
    ItemRow.review_since,
)


def standing(session: Session, item_id: str) -> Standing | None:
    found = _read(session, ItemRow.id == item_id)
    return found[0] if found else None


def decided(session: Session, loader: str) -> Sequence[Standing]:
    """Every item that is under review, retired by others than the loader, or has a void version; by id."""
    voided = select(ItemVersionRow.item_id).where(ItemVersionRow.void.is_(True))
    retired = ItemRow.retired_on.is_not(None) & (ItemRow.retired_by != loader)
    return _read(session, or_(ItemRow.review_since.is_not(None), retired, ItemRow.id.in_(voided)))


def _read(session: Session, where: Any) -> list[Standing]:
    rows = session.execute(select(*_COLUMNS).where(where).order_by(ItemRow.id)).all()
    ids = [row.id for row in rows]
    void: dict[str, list[int]] = {}
    for item_id, version in session.execute(
        select(ItemVersionRow.item_id, ItemVersionRow.version)
        .where(ItemVersionRow.item_id.in_(ids), ItemVersionRow.void.is_(True))
        .order_by(ItemVersionRow.version)
    ):
        void.setdefault(item_id, []).append(version)
    return [Standing(*row, tuple(void.get(row.id, ()))) for row in rows]


def has_version(session: Session, item_id: str, version: int) -> bool:
    found = session.scalar(
        select(ItemVersionRow.version).where(ItemVersionRow.item_id == item_id, ItemVersionRow.version == version)
    )
    return found is not None


def change_item(session: Session, item_id: str, **values: Any) -> None:
    session.execute(update(ItemRow).where(ItemRow.id == item_id).values(**values))


def set_void(session: Session, item_id: str, version: int, void: bool) -> None:
    session.execute(
        update(ItemVersionRow)
        .where(ItemVersionRow.item_id == item_id, ItemVersionRow.version == version)
        .values(void=void)
    )


def note_change(session: Session, certification: str, kind: str, summary: dict[str, Any], at: datetime) -> None:
    """Record an event of the bank, which may explain a step in somebody's line."""
    session.execute(insert(BankChangeRow).values(at=at, kind=kind, certification=certification, summary=summary))
