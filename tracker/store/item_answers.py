"""Everybody's answers to the items of a certification, for the statistics of the items."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.store.tables import AttemptRow, ItemVersionRow, LearnerRow, RetractionRow

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
    retracted = (
        select(RetractionRow.attempt_id)
        .where(RetractionRow.user_id == AttemptRow.user_id, RetractionRow.attempt_id == AttemptRow.id)
        .exists()
    )
    void = (
        select(ItemVersionRow.item_id)
        .where(
            ItemVersionRow.item_id == AttemptRow.item_id,
            ItemVersionRow.version == AttemptRow.item_version,
            ItemVersionRow.void.is_(True),
        )
        .exists()
    )
    rows = session.execute(
        select(*_COLUMNS)
        .join(LearnerRow, LearnerRow.user_id == AttemptRow.user_id)
        .where(AttemptRow.certification == certification, LearnerRow.demo.is_(False), ~retracted, ~void)
        .order_by(AttemptRow.user_id, AttemptRow.id),
        execution_options={"yield_per": _CHUNK},
    )
    return (ItemAnswer(*row) for row in rows)
