from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from tests.databases import on_both_databases
from tracker.core.ability import ItemDifficulty
from tracker.core.next_answer import FIRST_STAGE, Weights
from tracker.store import calibrations
from tracker.store.calibrations import AUTHORED
from tracker.store.engine import reading, writing

pytestmark = on_both_databases

ITEM = "demo-d1-000"
ESTIMATE = ItemDifficulty(0.1 + 0.2, 1 / 3, 1.25)


def add(engine: Engine, number: int, weights: Weights | None = None) -> None:
    with writing(engine) as session:
        made_at = datetime(2026, 11, number, tzinfo=UTC)
        calibrations.add(session, number, made_at, 100, weights, {ITEM: ESTIMATE})
        session.commit()


def test_without_a_calibration_the_authored_one_is_the_newest(database: Engine) -> None:
    with reading(database) as session:
        assert calibrations.newest(session) == AUTHORED
        assert calibrations.weights(session, AUTHORED) is None
        assert len(calibrations.estimates(session, AUTHORED)) == 24


@pytest.mark.parametrize("weights", [None, (*FIRST_STAGE[:-1], 1 / 3)])
def test_what_is_added_comes_back_exactly(database: Engine, weights: Weights | None) -> None:
    add(database, 1, weights)
    with reading(database) as session:
        assert calibrations.newest(session) == 1
        assert calibrations.estimates(session, 1) == {ITEM: ESTIMATE}
        assert calibrations.weights(session, 1) == weights


def test_old_calibrations_go_and_the_authored_one_stays(database: Engine) -> None:
    for number in (1, 2, 3):
        add(database, number)
    with writing(database) as session:
        calibrations.forget_before(session, 2)
        session.commit()
    with reading(database) as session:
        sizes = [len(calibrations.estimates(session, number)) for number in (AUTHORED, 1, 2, 3)]
        assert sizes == [24, 0, 1, 1]
        assert calibrations.newest(session) == 3
