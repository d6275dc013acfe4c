from datetime import timedelta

import pytest

from tests.core.readiness.examples import BANK, DAY, EXAM, answered
from tracker.core.ability import practice_gain
from tracker.core.learning import RECALL_WEIGHT, LearnerState
from tracker.core.memory import retrievability
from tracker.core.readiness.practised import concepts_of, practised

CONCEPTS = concepts_of(BANK, "mla", "d1")
ONE = "d1-0"


def gain(state: LearnerState, questions: float, days: int = 0) -> float:
    last = DAY + timedelta(days=days)
    after = practised(state, CONCEPTS, {ONE: questions}, first_day=DAY, last_day=last, exam_day=EXAM)
    assert after.cards == state.cards
    assert {name for name in after.abilities if after.abilities[name] != state.abilities.get(name)} <= {
        f"concept/{ONE}"
    }
    return after.belief(f"concept/{ONE}", DAY).mean - state.belief(f"concept/{ONE}", DAY).mean


def test_concepts_of_a_domain() -> None:
    assert list(CONCEPTS) == ["d1-0", "d1-1", "d1-2", "d1-3"]
    assert [item.id for item in CONCEPTS[ONE]] == ["d1-0-0", "d1-0-1", "d1-0-2"]


def test_one_question_on_a_new_concept_teaches_what_the_fold_says() -> None:
    # a month later it will be recalled less than is usual, which is not held against having practised it
    assert gain(LearnerState(), 1) == pytest.approx(practice_gain(0, 1))


def test_a_question_on_a_forgotten_concept_brings_its_recall_back() -> None:
    state = answered(LearnerState(), "d1", 12, 0.9, DAY - timedelta(days=200))
    before = retrievability(state.cards[ONE], EXAM)
    answers = state.abilities[f"concept/{ONE}"].answers
    recalled = (gain(state, 1) - practice_gain(answers, 1)) / RECALL_WEIGHT
    assert 0 < recalled < 1 - before
    assert gain(state, 0.5) < gain(state, 1) < gain(state, 3)


def test_spread_questions_last_longer_than_crammed_ones() -> None:
    assert gain(LearnerState(), 4, days=25) > gain(LearnerState(), 4) + 0.05


def test_no_questions_change_nothing() -> None:
    state = answered(LearnerState(), "d1", 12, 0.9)
    assert gain(state, 0) == 0
