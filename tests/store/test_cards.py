"""Cards and abilities: written by an answer, put back by Undo, replaced by a rebuild."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.databases import on_both_databases
from tests.student import Student
from tracker.core.ability import Belief
from tracker.core.learning import LearnerState
from tracker.core.memory import Memory
from tracker.store import cards
from tracker.store.engine import writing
from tracker.store.tables import AbilityRow, CardRow

pytestmark = on_both_databases

DAY = date(2026, 11, 20)
# figures that a lossy column would change
MEMORY = Memory(0.1 + 0.2, 1 / 3, DAY, reviews=1, lapses=0)
BELIEF = Belief(-1e-17, 2 / 3, DAY, answers=1, first_sights=1, first_sight_right=0)
PARTS = ("all", "aws-demo/D1", "concept/one")
TOUCHED = ("one", PARTS)
NOTHING = LearnerState()
FIRST = LearnerState({"one": MEMORY}, dict.fromkeys(PARTS, BELIEF))
SECOND = LearnerState(
    {"one": replace(MEMORY, stability=7.5, reviews=2)},
    {name: replace(BELIEF, mean=0.7, answers=2) for name in PARTS},
)


@pytest.fixture
def mika(database: Engine) -> Student:
    return Student(database)


def do(student: Student, verb: Any, *arguments: Any) -> Any:
    with writing(student.engine) as session:
        done = verb(session, student.user_id, *arguments)
        session.commit()
    return done


def test_what_is_saved_comes_back_exactly(mika: Student) -> None:
    assert mika.state() == NOTHING
    do(mika, cards.save_touched, NOTHING, FIRST, TOUCHED)
    assert mika.state() == FIRST
    do(mika, cards.save_touched, FIRST, SECOND, TOUCHED)
    assert mika.state() == SECOND
    assert do(mika, cards.card, "one") == SECOND.cards["one"]
    assert do(mika, cards.card, "two") is None


def test_undo_of_the_first_answer_leaves_nothing(mika: Student) -> None:
    do(mika, cards.save_touched, NOTHING, FIRST, TOUCHED)
    assert do(mika, cards.restore_touched, TOUCHED) is True
    assert mika.rows(CardRow) == mika.rows(AbilityRow) == []


def test_undo_of_a_later_answer_puts_its_values_back(mika: Student) -> None:
    do(mika, cards.save_touched, NOTHING, FIRST, TOUCHED)
    do(mika, cards.save_touched, FIRST, SECOND, TOUCHED)
    assert do(mika, cards.restore_touched, TOUCHED) is True
    assert mika.state() == FIRST


def test_undo_of_a_new_concept_keeps_what_was_there_before_it(mika: Student) -> None:
    do(mika, cards.save_touched, NOTHING, FIRST, TOUCHED)
    parts = ("all", "aws-demo/D2", "concept/two")
    grown = {"all": SECOND.abilities["all"], "aws-demo/D2": BELIEF, "concept/two": BELIEF}
    after = LearnerState({**FIRST.cards, "two": MEMORY}, {**FIRST.abilities, **grown})
    do(mika, cards.save_touched, FIRST, after, ("two", parts))
    assert mika.state() == after
    assert do(mika, cards.restore_touched, ("two", parts)) is True
    assert mika.state() == FIRST


def test_values_that_are_not_kept_cannot_be_put_back(mika: Student) -> None:
    do(mika, cards.replace_all, SECOND)
    before = mika.rows(CardRow), mika.rows(AbilityRow)
    assert do(mika, cards.restore_touched, TOUCHED) is False
    assert do(mika, cards.restore_touched, ("two", PARTS)) is False
    assert (mika.rows(CardRow), mika.rows(AbilityRow)) == before


def test_a_second_undo_finds_nothing_kept(mika: Student) -> None:
    do(mika, cards.save_touched, FIRST, SECOND, TOUCHED)
    two_reviews = replace(SECOND.cards["one"], reviews=3)
    do(mika, cards.save_touched, SECOND, LearnerState({"one": two_reviews}, SECOND.abilities), TOUCHED)
    assert do(mika, cards.restore_touched, TOUCHED) is True
    assert do(mika, cards.restore_touched, TOUCHED) is False
    assert mika.state() == SECOND


def test_a_rebuilt_state_replaces_all(database: Engine, mika: Student) -> None:
    noor = Student(database, "Noor")
    do(noor, cards.replace_all, FIRST)
    do(mika, cards.save_touched, NOTHING, FIRST, TOUCHED)
    other = LearnerState({"two": MEMORY}, {"all": BELIEF})
    do(mika, cards.replace_all, other)
    assert mika.state() == other
    do(mika, cards.replace_all, NOTHING)
    assert mika.state() == NOTHING
    assert noor.state() == FIRST
