"""Everybody's answers to the items of a certification."""

from datetime import timedelta
from itertools import groupby
from typing import Any

import pytest
from sqlalchemy import Engine, update

from tests import bank_factory as factory
from tests.databases import START, on_both_databases
from tests.student import Student, void
from tracker.core.identifiers import uuid7
from tracker.store import attempts, item_answers
from tracker.store.attempts import Attempt
from tracker.store.engine import reading, writing
from tracker.store.item_answers import ItemAnswer
from tracker.store.tables import LearnerRow

pytestmark = on_both_databases


@pytest.fixture
def mika(database: Engine) -> Student:
    return Student(database)


def add(student: Student, minute: int, item: int = 0, **changes: Any) -> Attempt:
    """An attempt in the given minute."""
    at = START + timedelta(minutes=minute)
    parsed = factory.bank().items[item]
    value = Attempt(
        **{
            "id": uuid7(at, student.rng),
            "run_id": None,
            "sitting_id": None,
            "item_id": parsed.id,
            "item_version": 1,
            "certification": parsed.certification,
            "domain": parsed.domain,
            "concept": parsed.concept,
            "mode": "review",
            "shuffle_seed": 7,
            "response": [2],
            "correct": True,
            "confidence": "sure",
            "seconds": 20,
            "predicted": 0.5,
            "first_sight": True,
            "answered_at": at,
            "study_day": at.date(),
            **changes,
        }
    )
    with writing(student.engine) as session:
        attempts.add(session, student.user_id, value)
        session.commit()
    return value


def everybody(engine: Engine) -> list[ItemAnswer]:
    with reading(engine) as session:
        return list(item_answers.of_everybody(session, factory.SLUG))


def test_an_answer_comes_back_as_far_as_the_item_is_concerned(mika: Student) -> None:
    value = add(mika, 0, first_sight=False, correct=False)
    assert everybody(mika.engine) == [ItemAnswer(mika.user_id, value.item_id, 1, False, False, 7, [2])]


def test_answers_come_learner_by_learner(database: Engine, mika: Student) -> None:
    noor = Student(database, "Noor")
    for minute, student in enumerate((mika, noor, mika, noor, mika)):
        add(student, minute, item=minute)
    found = {user_id: len(list(own)) for user_id, own in groupby(everybody(database), lambda each: each.user_id)}
    assert found == {mika.user_id: 3, noor.user_id: 2}


def test_only_what_counts_comes_back(database: Engine, mika: Student) -> None:
    kept, retracted, spoilt = (add(mika, minute, item=minute) for minute in range(3))
    add(mika, 3, certification="aws-more")
    newer = add(mika, 4, item=2, item_version=2)
    with writing(database) as session:
        attempts.retract(session, mika.user_id, retracted.id, START)
        void(session, spoilt.item_id, 1)
        session.commit()
    assert [(each.item_id, each.version) for each in everybody(database)] == [(kept.item_id, 1), (newer.item_id, 2)]


def test_a_retraction_is_its_learners_own(database: Engine, mika: Student) -> None:
    noor = Student(database, "Noor")
    value = add(mika, 0)
    add(noor, 0, id=value.id)
    with writing(database) as session:
        attempts.retract(session, mika.user_id, value.id, START)
        session.commit()
    assert [each.user_id for each in everybody(database)] == [noor.user_id]


def test_the_demo_learner_is_left_out(database: Engine, mika: Student) -> None:
    add(mika, 0)
    with writing(database) as session:
        session.execute(update(LearnerRow).where(LearnerRow.user_id == mika.user_id).values(demo=True))
        session.commit()
    assert everybody(database) == []
