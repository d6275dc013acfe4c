"""Instants are aware or refused; JSON without a value is NULL."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import StatementError

from tests.databases import START, on_both_databases
from tests.student import Student
from tracker.store import learners
from tracker.store.engine import reading, writing
from tracker.store.tables import CardRow, LearnerRow
from tracker.store.upserts import upsert

pytestmark = on_both_databases


def stored(engine: Engine, student: Student, value: datetime) -> datetime:
    """What comes back of an instant."""
    with writing(engine) as session:
        learners.change(session, student.user_id, created_at=value)
        session.commit()
    with reading(engine) as session:
        found = session.scalar(select(LearnerRow.created_at))
    assert found is not None
    return found


@pytest.mark.parametrize("zone", [UTC, ZoneInfo("Pacific/Auckland"), timezone(-timedelta(hours=12))])
def test_an_instant_comes_back_as_itself_in_utc(database: Engine, zone: ZoneInfo) -> None:
    instant = datetime(2026, 3, 29, 1, 59, 59, 999_999, tzinfo=UTC)
    found = stored(database, Student(database), instant.astimezone(zone))
    assert found == instant
    assert found.tzinfo is UTC
    assert found.utcoffset() == timedelta(0)


def test_the_two_passes_of_an_hour_stay_apart(database: Engine) -> None:
    vienna = ZoneInfo("Europe/Vienna")
    mika = Student(database)
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=vienna, fold=fold) for fold in (0, 1))
    assert stored(database, mika, second) - stored(database, mika, first) == timedelta(hours=1)


def test_a_naive_instant_is_refused(database: Engine) -> None:
    mika = Student(database)
    with pytest.raises(StatementError, match="naive"):
        stored(database, mika, START.replace(tzinfo=None))
    with reading(database) as session, pytest.raises(StatementError, match="naive"):
        session.scalars(select(LearnerRow).where(LearnerRow.created_at < START.replace(tzinfo=None)))


def test_an_aggregate_is_an_instant_too(database: Engine) -> None:
    Student(database)
    with reading(database) as session:
        assert session.scalar(select(func.max(LearnerRow.created_at))) == START


def test_json_without_a_value_is_null(database: Engine) -> None:
    mika = Student(database)
    row = {"user_id": mika.user_id, "concept": "concept-1", "stability": 1.0, "difficulty": 5.0}
    row |= {"reviewed_on": START.date(), "reviews": 1, "lapses": 0}
    with writing(database) as session:
        upsert(session, CardRow, [row | {"before": {"reviews": 1}}, row | {"concept": "concept-2", "before": None}])
        session.commit()
    nulls = text('SELECT concept FROM card WHERE "before" IS NULL ORDER BY concept')
    with reading(database) as session:
        assert session.scalars(nulls).all() == ["concept-2"]
    with writing(database) as session:
        upsert(session, CardRow, [row | {"before": None}])
        session.commit()
    with reading(database) as session:
        assert session.scalars(nulls).all() == ["concept-1", "concept-2"]
        assert session.scalars(select(CardRow.before)).all() == [None, None]
