"""Insert or replace by primary key."""

from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError

from tests.databases import on_both_databases
from tracker.store.engine import reading, writing
from tracker.store.tables import ItemEstimateRow
from tracker.store.upserts import upsert

pytestmark = on_both_databases

ITEM, OTHER = "demo-d1-000", "demo-d1-001"


def row(item_id: str, mean: float, calibration: int = 7) -> dict[str, Any]:
    return {"calibration": calibration, "item_id": item_id, "b_mean": mean, "b_var": 0.5, "discrimination": 1.0}


def write(engine: Engine, *rows: dict[str, Any]) -> dict[str, float]:
    """Upsert, and what calibration 7 then holds."""
    with writing(engine) as session:
        upsert(session, ItemEstimateRow, rows)
        session.commit()
    with reading(engine) as session:
        found = session.execute(
            select(ItemEstimateRow.item_id, ItemEstimateRow.b_mean).where(ItemEstimateRow.calibration == 7)
        )
        return dict(found.all())


def test_new_rows_are_added_and_known_ones_replaced(database: Engine) -> None:
    assert write(database, row(ITEM, 1.0)) == {ITEM: 1.0}
    assert write(database, row(ITEM, 2.0), row(OTHER, 3.0)) == {ITEM: 2.0, OTHER: 3.0}


def test_other_keys_are_left_alone(database: Engine) -> None:
    with reading(database) as session:
        before = session.scalar(select(func.sum(ItemEstimateRow.b_mean)))
    write(database, row(ITEM, 1.0))
    with reading(database) as session:
        assert session.scalar(select(func.sum(ItemEstimateRow.b_mean))) == pytest.approx(before + 1.0)


def test_no_rows_are_no_statement(database: Engine) -> None:
    assert write(database) == {}


def test_another_constraint_still_holds(database: Engine) -> None:
    with pytest.raises(IntegrityError):
        write(database, row("no-such-item", 1.0))


def test_many_rows_at_once(database: Engine) -> None:
    with reading(database) as session:
        ids = session.scalars(select(ItemEstimateRow.item_id).where(ItemEstimateRow.calibration == 0)).all()
    assert len(write(database, *(row(item_id, 0.0) for item_id in ids))) == 24
