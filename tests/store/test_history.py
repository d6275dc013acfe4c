"""Snapshots: one a day."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Engine

from tests.databases import on_both_databases
from tests.student import Student
from tracker.store import history
from tracker.store.engine import reading, writing
from tracker.store.history import Snapshot

pytestmark = on_both_databases

ONE = Snapshot(
    certification="aws-demo",
    study_day=date(2026, 11, 20),
    low=0.5,
    mid=0.1 + 0.2,
    high=0.9,
    chance=1 / 3,
    line=0.7,
    answers=20,
    domains={"D1": {"expected": 2 / 3, "first_sights": 10, "right": 7}},
    causes={},
    model="girt-1",
)


def do(student: Student, verb: Any, *arguments: Any) -> None:
    with writing(student.engine) as session:
        verb(session, student.user_id, *arguments)
        session.commit()


def found(student: Student, certification: str = "aws-demo") -> list[Snapshot]:
    with reading(student.engine) as session:
        return history.snapshots(session, student.user_id, certification)


def test_snapshots_come_back_oldest_first(database: Engine) -> None:
    mika, noor = Student(database), Student(database, "Noor")
    later, other = replace(ONE, study_day=date(2026, 12, 1)), replace(ONE, certification="aws-more")
    for snapshot in (later, ONE, other):
        do(mika, history.save, snapshot)
    assert found(mika) == [ONE, later]
    assert found(mika, "aws-more") == [other]
    assert found(noor) == []


def test_the_last_one_before_a_day(database: Engine) -> None:
    mika, noor = Student(database), Student(database, "Noor")
    later = replace(ONE, study_day=date(2026, 12, 1))
    for snapshot in (later, ONE):
        do(mika, history.save, snapshot)
    days = (date(2026, 11, 20), date(2026, 11, 21), date(2026, 12, 1), date(2026, 12, 2))
    with reading(database) as session:
        last = [history.last_before(session, mika.user_id, "aws-demo", day) for day in days]
        assert history.last_before(session, noor.user_id, "aws-demo", days[-1]) is None
    assert last == [None, ONE, ONE, later]


def test_the_same_day_is_written_over(database: Engine) -> None:
    mika = Student(database)
    do(mika, history.save, ONE)
    changed = replace(ONE, mid=0.8, answers=21, domains={}, causes={"kind": "answers"}, model="girt-2")
    do(mika, history.save, changed)
    assert found(mika) == [changed]


def test_one_day_of_one_certification_of_one_learner_is_forgotten(database: Engine) -> None:
    mika, noor = Student(database), Student(database, "Noor")
    kept = [replace(ONE, study_day=date(2026, 11, 21)), replace(ONE, certification="aws-more")]
    for snapshot in (ONE, *kept):
        do(mika, history.save, snapshot)
    do(noor, history.save, ONE)
    do(mika, history.forget, "aws-demo", ONE.study_day)
    assert [*found(mika), *found(mika, "aws-more")] == kept
    assert found(noor) == [ONE]
    do(mika, history.forget, "aws-demo", ONE.study_day)
