"""Everybody's answers to the items of a certification, for the statistics of the items."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.store.attempt_conditions import RETRACTED, TO_A_VOID_VERSION
from tracker.store.tables import AttemptRow, LearnerRow

_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """An attempt as far as the item is concerned; `response` in displayed positions."""

    user_id: UUID
    item_id: str
    version: int
    first_sight: bool
    correct: bool
    shuffle_seed: int
    response: list[Any]


_COLUMNS = (
    AttemptRow.user_id,
    AttemptRow.item_id,
    AttemptRow.item_version,
    AttemptRow.first_sight,
    AttemptRow.correct,
    AttemptRow.shuffle_seed,
    AttemptRow.response,
)


def of_everybody(session: Session, certification: str) -> Iterator[ItemAnswer]:
    """Every answer that counts, learner by learner, read in chunks: neither retracted, nor to a void version.

    The demo learner is left out: nobody ever gave its answers.
    """
    rows = session.execute(
        _counting().where(AttemptRow.certification == certification, ~TO_A_VOID_VERSION),
        execution_options={"yield_per": _CHUNK},
    )
    return (ItemAnswer(*row) for row in rows)


def of_items(session: Session, item_ids: Collection[str]) -> list[ItemAnswer]:
    """Everybody's answers to some items that were not retracted, to a void version too; as above."""
    rows = session.execute(_counting().where(AttemptRow.item_id.in_(item_ids)))
    return [ItemAnswer(*row) for row in rows]


def learners_of(session: Session, item_id: str, version: int) -> list[UUID]:
    """Everybody whose estimates an item's version moved or would move."""
    return list(
        session.scalars(
            select(AttemptRow.user_id)
            .where(AttemptRow.item_id == item_id, AttemptRow.item_version == version, ~RETRACTED)
            .distinct()
            .order_by(AttemptRow.user_id)
        )
    )


def _counting() -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(LearnerRow, LearnerRow.user_id == AttemptRow.user_id)
        .where(LearnerRow.demo.is_(False), ~RETRACTED)
        .order_by(AttemptRow.user_id, AttemptRow.id)
    )
