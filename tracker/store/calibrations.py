"""Calibrations: numbered estimates of all items, with the second stage that goes with them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from tracker.core.ability import ItemDifficulty
from tracker.core.next_answer import Weights
from tracker.store.tables import CalibrationRow, ItemEstimateRow, LearnerRow
from tracker.store.upserts import upsert

AUTHORED = 0
"""The calibration that every bank has: priors from the authored difficulties, no second stage."""


def newest(session: Session) -> int:
    """The number of the last calibration; AUTHORED without one."""
    return session.scalar(select(func.max(CalibrationRow.number))) or AUTHORED


def weights(session: Session, number: int) -> Weights | None:
    """The second stage of a calibration, where it has one."""
    if number == AUTHORED:
        return None
    found = session.scalar(select(CalibrationRow.weights).where(CalibrationRow.number == number))
    return None if found is None else tuple(found)


def estimates(session: Session, number: int) -> dict[str, ItemDifficulty]:
    """What a calibration says of each item."""
    rows = session.execute(
        select(
            ItemEstimateRow.item_id, ItemEstimateRow.b_mean, ItemEstimateRow.b_var, ItemEstimateRow.discrimination
        ).where(ItemEstimateRow.calibration == number)
    )
    return {item_id: ItemDifficulty(*estimate) for item_id, *estimate in rows}


def add(
    session: Session,
    number: int,
    made_at: datetime,
    answers: int,
    second_stage: Weights | None,
    found: Mapping[str, ItemDifficulty],
) -> None:
    """Write a new calibration."""
    kept = None if second_stage is None else list(second_stage)
    session.execute(insert(CalibrationRow).values(number=number, made_at=made_at, answers=answers, weights=kept))
    rows = [
        {
            "calibration": number,
            "item_id": item_id,
            "b_mean": estimate.mean,
            "b_var": estimate.variance,
            "discrimination": estimate.discrimination,
        }
        for item_id, estimate in found.items()
    ]
    upsert(session, ItemEstimateRow, rows)


def behind(session: Session, number: int) -> list[UUID]:
    """The learners who do not use this calibration yet, for the operator's command."""
    return list(
        session.scalars(
            select(LearnerRow.user_id).where(LearnerRow.calibration != number).order_by(LearnerRow.user_id)
        )
    )


def forget_before(session: Session, number: int) -> None:
    """Remove the calibrations before this one, bar the authored; nobody may use them any more."""
    session.execute(
        delete(ItemEstimateRow).where(ItemEstimateRow.calibration > AUTHORED, ItemEstimateRow.calibration < number)
    )
    session.execute(delete(CalibrationRow).where(CalibrationRow.number < number))
