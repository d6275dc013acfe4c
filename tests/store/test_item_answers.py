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


def test_the_answers_to_some_items_come_with_those_to_a_void_version(database: Engine, mika: Student) -> None:
    noor = Student(database, "Noor", seed=2)
    wanted, other = add(mika, 0), add(mika, 1, item=3)
    also = add(noor, 2)
    gone = add(mika, 3)
    with writing(database) as session:
        void(session, wanted.item_id, 1)
        attempts.retract(session, mika.user_id, gone.id, gone.answered_at)
        session.commit()
    with reading(database) as session:
        found = item_answers.of_items(session, {wanted.item_id})
        both = item_answers.of_items(session, {wanted.item_id, other.item_id})
    assert sorted(answer.user_id for answer in found) == sorted([mika.user_id, noor.user_id])
    assert {answer.item_id for answer in found} == {also.item_id}
    assert len(both) == 3


def test_the_learners_of_a_version_are_those_whose_answers_to_it_stand(database: Engine, mika: Student) -> None:
    noor, olga = Student(database, "Noor", seed=2), Student(database, "Olga", seed=3)
    item_id = add(mika, 0).item_id
    add(mika, 1)
    add(noor, 2, item_version=2)
    gone = add(olga, 3)
    with writing(database) as session:
        attempts.retract(session, olga.user_id, gone.id, gone.answered_at)
        session.commit()
    with reading(database) as session:
        assert item_answers.learners_of(session, item_id, 1) == [mika.user_id]
        assert item_answers.learners_of(session, item_id, 2) == [noor.user_id]
