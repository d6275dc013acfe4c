"""Runs and the questions issued in them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from tests import bank_factory as factory
from tests.databases import START, on_both_databases
from tests.student import Student
from tracker.core.identifiers import uuid7
from tracker.store import runs
from tracker.store.engine import reading, writing
from tracker.store.runs import Issued, Run

pytestmark = on_both_databases


@pytest.fixture
def mika(database: Engine) -> Student:
    return Student(database)


def run(number: int, **changes: Any) -> Run:
    return Run(
        **{
            "id": UUID(int=number),
            "certification": factory.SLUG,
            "mode": "review",
            "length": 12,
            "seed": 2**31 - 1,
            "started_at": START,
            "study_day": START.date(),
            "ended_at": None,
            **changes,
        }
    )


def issued(student: Student, minute: int, number: int = 1) -> Issued:
    at = START + timedelta(minutes=minute)
    return Issued(uuid7(at, student.rng), UUID(int=number), "demo-d1-000", 1, 5, {"kind": "new", "recall": None}, at)


def do(student: Student, verb: Any, *arguments: Any) -> None:
    with writing(student.engine) as session:
        verb(session, student.user_id, *arguments)
        session.commit()


def ask(student: Student, question: Any, *arguments: Any) -> Any:
    with reading(student.engine) as session:
        return question(session, student.user_id, *arguments)


def test_a_run_and_its_questions_come_back(mika: Student) -> None:
    one, question = run(1), issued(mika, 3)
    do(mika, runs.add_run, one)
    do(mika, runs.add_issued, question)
    assert ask(mika, runs.run, one.id) == one
    assert ask(mika, runs.open_run, factory.SLUG, "review") == one
    assert ask(mika, runs.open_runs, "review") == [one] and ask(mika, runs.open_runs, "warm-up") == []
    assert ask(mika, runs.issued, one.id, question.id) == question
    assert ask(mika, runs.question, one.id, question.id) == runs.Question(one, question, answered=False, done=0)
    assert ask(mika, runs.last_touched, one.id) == START + timedelta(minutes=3)


def test_nothing_of_another_learner_or_run_is_found(database: Engine, mika: Student) -> None:
    noor = Student(database, "Noor")
    question = issued(mika, 0)
    do(mika, runs.add_run, run(1))
    do(mika, runs.add_issued, question)
    do(noor, runs.add_run, run(1, seed=3))
    for student, run_id in ((noor, 1), (mika, 2)):
        assert ask(student, runs.issued, UUID(int=run_id), question.id) is None
        assert ask(student, runs.question, UUID(int=run_id), question.id) is None
        assert ask(student, runs.pending, UUID(int=run_id)) is None
        assert ask(student, runs.last_touched, UUID(int=run_id)) is None
    do(noor, runs.end_run, UUID(int=1), START)
    assert ask(mika, runs.run, UUID(int=1)).ended_at is None


def test_one_open_run_for_a_certification_and_mode(mika: Student) -> None:
    do(mika, runs.add_run, run(1))
    with pytest.raises(IntegrityError):
        do(mika, runs.add_run, run(2))
    do(mika, runs.add_run, run(3, mode="mixed"))
    do(mika, runs.add_run, run(4, certification="aws-more"))
    do(mika, runs.add_run, run(5, ended_at=START))
    do(mika, runs.end_run, UUID(int=1), START)
    do(mika, runs.add_run, run(2))
    assert {each.id.int for each in ask(mika, runs.open_runs, "review")} == {2, 4}
    assert [each.id.int for each in ask(mika, runs.open_runs, "mixed")] == [3]
    with pytest.raises(IntegrityError):
        do(mika, runs.reopen_run, UUID(int=1))


def test_a_run_ends_once_and_can_be_opened_again(mika: Student) -> None:
    do(mika, runs.add_run, run(1))
    do(mika, runs.end_run, UUID(int=1), START)
    do(mika, runs.end_run, UUID(int=1), START + timedelta(hours=1))
    assert ask(mika, runs.run, UUID(int=1)).ended_at == START
    do(mika, runs.reopen_run, UUID(int=1))
    assert ask(mika, runs.run, UUID(int=1)).ended_at is None


def test_a_question_needs_a_run_of_the_same_learner(database: Engine, mika: Student) -> None:
    do(Student(database, "Noor"), runs.add_run, run(1))
    with pytest.raises(IntegrityError):
        do(mika, runs.add_issued, issued(mika, 0))


def test_pending_is_the_newest_question_without_an_answer(mika: Student) -> None:
    started = mika.start()
    first = mika.question(started)
    newer = Issued(uuid7(START + timedelta(hours=1), mika.rng), started.id, "demo-d1-001", 1, 5, {}, START)
    do(mika, runs.add_issued, newer)
    assert mika.pending(started) == newer
    mika.send(started.id, newer.id, mika.positions(newer, right=True))
    pending = mika.pending(started)
    assert pending is not None
    assert pending.id not in (first.id, newer.id)
