"""Folding stored attempts anew, and how far two states are apart."""

from dataclasses import replace
from datetime import date
from math import inf
from uuid import uuid4

from tests.cast import Person
from tracker.core.learning import LearnerState
from tracker.core.memory import Memory
from tracker.services.folding import distance, rebuild, rebuilt
from tracker.store import cards, learners
from tracker.store.engine import reading, writing

CARD = Memory(2.0, 5.0, date(2026, 11, 20), 1, 0)


def test_equal_states_are_not_apart() -> None:
    assert distance(LearnerState({"a": CARD}), LearnerState({"a": CARD})) == 0


def test_the_largest_difference_counts() -> None:
    other = replace(CARD, stability=2.5, difficulty=4.0)
    assert distance(LearnerState({"a": CARD}), LearnerState({"a": other})) == 1.0


def test_missing_rows_and_other_days_are_infinitely_far() -> None:
    assert distance(LearnerState({"a": CARD}), LearnerState()) == inf
    moved = replace(CARD, reviewed_on=date(2026, 11, 21))
    assert distance(LearnerState({"a": CARD}), LearnerState({"a": moved})) == inf


def test_answers_folded_anew_give_what_is_stored(mika: Person) -> None:
    mika.aim()
    run = mika.start()
    for _ in range(5):
        mika.answer(run)
    with reading(mika.engine) as session:
        learner = learners.learner(session, mika.user_id)
        assert learner is not None
        assert distance(rebuilt(session, learner), cards.state(session, mika.user_id)) < 1e-9


def test_a_rebuild_mends_what_differs_and_says_so(mika: Person) -> None:
    mika.aim()
    mika.answer(mika.start())
    with writing(mika.engine) as session:
        assert not rebuild(session, mika.user_id)
        right = cards.state(session, mika.user_id)
        cards.replace_all(session, mika.user_id, LearnerState({"a": CARD}))
        assert rebuild(session, mika.user_id, check=True)
        assert cards.state(session, mika.user_id) == LearnerState({"a": CARD})
        assert rebuild(session, mika.user_id)
        assert distance(cards.state(session, mika.user_id), right) < 1e-9
        assert not rebuild(session, uuid4())
