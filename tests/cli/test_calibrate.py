"""`milepost calibrate`, whole, broken off and started again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from tests.student import Student
from tracker.cli import calibrate as command
from tracker.cli import main
from tracker.core.calibration import LEARNERS
from tracker.services.folding import distance
from tracker.store import calibrations
from tracker.store.engine import reading


@pytest.fixture(autouse=True)
def at_this_database(monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)


@pytest.fixture
def everybody(database: Engine) -> list[Student]:
    students = [Student(database, f"Student{number}", seed=number) for number in range(LEARNERS)]
    for student in students:
        run = student.start()
        for number in range(4):
            student.later(minutes=1)
            student.answer(run, right=number % 2 == 0)
    return students


def milepost(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


def standing(everybody: list[Student]) -> list[int]:
    """The calibration of each learner, after a look that what is stored is what a rebuild gives."""
    assert all(distance(student.state(), student.rebuilt()) < 1e-9 for student in everybody)
    return [student.learner.calibration for student in everybody]


def test_everybody_moves_to_the_new_calibration(everybody: list[Student]) -> None:
    done = milepost("calibrate")
    assert done.exit_code == 0
    assert "Calibration 1: 24 items from 40 first answers, without a second stage; 10 learners moved." in done.output
    assert standing(everybody) == [1] * LEARNERS
    assert "nothing new" in milepost("calibrate").output
    assert milepost("rebuild", "--check").exit_code == 0


def test_a_run_that_breaks_off_is_finished_by_the_next(
    database: Engine, everybody: list[Student], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole: Callable[..., Any] = command.move_one
    left = [3]

    def breaks_off(engine: Engine, user_id: UUID, number: int) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        whole(engine, user_id, number)

    monkeypatch.setattr(command, "move_one", breaks_off)
    assert CliRunner().invoke(main, ["calibrate"]).exit_code != 0
    assert sorted(standing(everybody)) == [0] * (LEARNERS - 3) + [1] * 3
    monkeypatch.setattr(command, "move_one", whole)
    assert "nothing new" in milepost("calibrate").output
    assert standing(everybody) == [1] * LEARNERS


def test_only_the_last_two_calibrations_are_kept(database: Engine, everybody: list[Student]) -> None:
    for number in (1, 2, 3):
        student = everybody[number]
        student.later(minutes=1)
        student.answer(student.start())
        assert f"Calibration {number}" in milepost("calibrate").output
    with reading(database) as session:
        assert [bool(calibrations.estimates(session, number)) for number in range(4)] == [True, False, True, True]
    assert standing(everybody) == [3] * LEARNERS


def test_too_few_learners_are_told(database: Engine) -> None:
    mika = Student(database)
    mika.answer(mika.start())
    done = milepost("calibrate")
    assert (done.exit_code, "1 learners have answered" in done.output) == (0, True)
    assert mika.learner.calibration == 0
