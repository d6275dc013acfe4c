"""Calibration: what everybody's answers make of the items, written once, then learner by learner."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from tests import bank_factory as factory
from tests.databases import START, on_both_databases
from tests.student import Student, void
from tracker.core.calibration import LEARNERS, Calibration
from tracker.core.next_answer import FIRST_STAGE
from tracker.services import calibration
from tracker.services.folding import distance
from tracker.store import bank, calibrations
from tracker.store.calibrations import AUTHORED
from tracker.store.engine import reading, writing
from tracker.store.tables import AttemptRow

pytestmark = on_both_databases

LATER = START + timedelta(days=1)


@pytest.fixture
def everybody(database: Engine) -> list[Student]:
    """Learners who know the first domain and not the second."""
    students = [Student(database, f"Student{number}", seed=number) for number in range(LEARNERS)]
    for student in students:
        run = student.start()
        for _ in range(4):
            student.later(minutes=1)
            student.answer(run, right="-d1-" in student.question(run).item_id)
    return students


def estimated(engine: Engine) -> Calibration:
    with reading(engine) as session:
        return calibration.estimate(session, calibration.with_answers(session), lambda learners: None)


def written(engine: Engine, found: Calibration) -> int | None:
    with writing(engine) as session:
        number = calibration.write(session, found, LATER)
        session.commit()
    return number


def moved(student: Student, number: int) -> None:
    with writing(student.engine) as session:
        calibration.move(session, student.user_id, number)
        session.commit()


def test_answers_tell_easy_domains_from_hard_ones(database: Engine, everybody: list[Student]) -> None:
    found = estimated(database)
    with reading(database) as session:
        authored = calibrations.estimates(session, AUTHORED)
    rise = {item: found.items[item].mean - authored[item].mean for item in authored}
    easy = [value for item, value in rise.items() if "-d1-" in item]
    hard = [value for item, value in rise.items() if "-d2-" in item]
    assert max(easy) < min(hard)
    assert found.answers == 4 * LEARNERS


def test_a_new_calibration_is_written_beside_the_authored_one(database: Engine, everybody: list[Student]) -> None:
    found = estimated(database)
    assert written(database, found) == 1
    with reading(database) as session:
        assert calibrations.newest(session) == 1
        assert calibrations.estimates(session, 1) == found.items
        assert calibrations.estimates(session, AUTHORED) != found.items
        [(at, kind, summary)] = bank.changes(session, factory.SLUG)[1:]
    assert (at, kind) == (LATER, "calibration")
    assert summary == {"calibration": 1, "answers": 4 * LEARNERS, "items": 24}


def test_a_second_run_without_new_answers_writes_nothing(database: Engine, everybody: list[Student]) -> None:
    assert written(database, estimated(database)) == 1
    for student in everybody:
        moved(student, 1)
    assert written(database, estimated(database)) is None
    run = everybody[0].start()
    everybody[0].answer(run)
    assert written(database, estimated(database)) == 2


def test_what_is_stored_is_what_a_rebuild_gives_before_and_after_each_move(
    database: Engine, everybody: list[Student]
) -> None:
    first, second = everybody[:2]
    before = second.state()
    number = written(database, estimated(database))
    assert number == 1
    moved(first, number)
    assert (first.learner.calibration, second.learner.calibration) == (1, AUTHORED)
    assert second.state() == before
    for student in (first, second):
        assert distance(student.state(), student.rebuilt()) < 1e-9
    with reading(database) as session:
        assert calibrations.behind(session, 1) == sorted(student.user_id for student in everybody[1:])


def test_a_moved_learner_goes_on_and_takes_back(database: Engine, everybody: list[Student]) -> None:
    mika = everybody[0]
    moved(mika, written(database, estimated(database)) or 0)
    before = mika.state()
    attempt = mika.answer(mika.start())
    assert distance(mika.state(), mika.rebuilt()) < 1e-9
    mika.undo(attempt)
    assert distance(mika.state(), before) < 1e-9


def test_whoever_signs_up_starts_with_the_newest(database: Engine, everybody: list[Student]) -> None:
    written(database, estimated(database))
    assert Student(database, "Late").learner.calibration == 1


def test_the_second_stage_predicts_what_is_stored_with_an_answer(database: Engine, everybody: list[Student]) -> None:
    found = estimated(database)
    sure = Calibration(found.items, (9.0, *FIRST_STAGE[1:]), found.answers)
    mika, other = everybody[:2]
    moved(mika, written(database, sure) or 0)
    assert mika.answer(mika.start()).predicted > 0.99
    assert other.answer(other.start()).predicted < 0.99


def test_void_versions_say_nothing(database: Engine, everybody: list[Student]) -> None:
    before = estimated(database).answers
    answered = everybody[0].rows(AttemptRow)[0]
    with writing(database) as session:
        void(session, answered["item_id"], 1)
        session.commit()
    assert estimated(database).answers < before


def test_nobody_is_nobody(database: Engine) -> None:
    Student(database)
    with reading(database) as session:
        assert calibration.with_answers(session) == []
    assert written(database, estimated(database)) is None
