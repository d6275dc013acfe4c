"""Versions of the roadmap, marks and ticks."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.bank_factory import SLUG
from tests.databases import START, on_both_databases
from tests.store.test_learners import MIKA, NOOR, account
from tracker.core.roadmap import Inputs, Mark, PlacedStep, Target, Vacation
from tracker.store import learners, plans
from tracker.store.engine import writing
from tracker.store.plans import PlanVersion

DAY = date(2026, 11, 20)
INPUTS = Inputs(
    "developer",
    "course",
    7.5,
    DAY,
    targets=(Target("aws-mla", date(2027, 6, 1), "ja"), Target("aws-aif")),
    study_days=frozenset({0, 5}),
    ratings={"ml": 2},
    vacations=(Vacation(DAY, date(2026, 12, 1)),),
    extras=frozenset({"project-drift"}),
)
STEPS = (
    PlacedStep("sql", 1, "main", 120, DAY, date(2026, 11, 25), False),
    PlacedStep("github", 2, "side", 0, DAY, DAY, True),
)


def version(number: int) -> PlanVersion:
    return PlanVersion(number, START, DAY, "accepted", number - 1 or None, INPUTS, 1)


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    with writing(database) as session:
        learners.add_account(session, "mika@example.org", account(MIKA, "Mika"))
        learners.add_account(session, "noor@example.org", account(NOOR, "Noor"))
        yield session


@on_both_databases
def test_a_version_is_read_back_as_it_was_kept_and_the_last_one_is_followed(session: Session) -> None:
    assert plans.current(session, MIKA) is None and plans.newest_version(session, MIKA) == 0
    plans.add(session, MIKA, version(1), STEPS)
    plans.add(session, MIKA, version(2), STEPS[:1])
    assert plans.current(session, MIKA) == version(2)
    assert plans.newest_version(session, MIKA) == 2
    assert plans.steps(session, MIKA, 1) == STEPS
    assert plans.current_step(session, MIKA, "sql") and not plans.current_step(session, MIKA, "github")


@on_both_databases
def test_marks_and_ticks_are_kept_by_step(session: Session) -> None:
    marks = {"sql": Mark("done", DAY, 1), "github": Mark("skipped", None, 1)}
    plans.save_marks(session, MIKA, marks)
    plans.save_marks(session, MIKA, {"sql": Mark("open", None, 2)})
    assert plans.marks(session, MIKA) == marks | {"sql": Mark("open", None, 2)}
    plans.tick(session, MIKA, "sql", ["joins", "select"], DAY)
    plans.tick(session, MIKA, "sql", ["joins"], DAY)
    plans.untick(session, MIKA, "sql", ["select"])
    assert plans.ticks(session, MIKA) == {"sql": {"joins"}}


@pytest.mark.parametrize("user_id", [NOOR, UUID(int=9)])
def test_nobody_else_has_them(session: Session, user_id: UUID) -> None:
    plans.add(session, MIKA, version(1), STEPS)
    plans.save_marks(session, MIKA, {"sql": Mark("done", DAY, 1)})
    plans.tick(session, MIKA, "sql", ["joins"], DAY)
    assert plans.current(session, user_id) is None
    assert plans.steps(session, user_id, 1) == ()
    assert not plans.current_step(session, user_id, "sql")
    assert plans.marks(session, user_id) == {} and plans.ticks(session, user_id) == {}


def test_the_bank_tells_what_it_knows_of_exams(session: Session) -> None:
    known = plans.exams(session)
    assert [each.code for each in known[SLUG].editions] == ["DEM-C01"]
    assert known["dlai-dls"].monthly_usd is not None


@on_both_databases
def test_ticks_of_a_day_and_the_last_day_of_anything_are_found(session: Session) -> None:
    assert plans.last_day(session, MIKA) is None
    plans.tick(session, MIKA, "sklearn", ["split", "fit"], DAY)
    plans.tick(session, MIKA, "sql", ["joins"], date(2026, 11, 21))
    plans.tick(session, NOOR, "sql", ["joins"], date(2026, 11, 25))
    assert plans.ticked_on(session, MIKA, DAY) == [("sklearn", "fit"), ("sklearn", "split")]
    assert plans.last_day(session, MIKA) == date(2026, 11, 21)
    plans.save_marks(session, MIKA, {"sql": Mark("done", date(2026, 11, 23), 1)})
    assert plans.last_day(session, MIKA) == date(2026, 11, 23)
