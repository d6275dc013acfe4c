"""A warm-up begins with what is held best."""

from datetime import timedelta

from tests.core.queue.test_outlook import DAY, ago, card, concept
from tracker.core.learning import LearnerState
from tracker.core.memory import Memory
from tracker.core.queue import warm_up


def test_the_concept_likeliest_to_be_recalled_comes_first() -> None:
    offered = [concept("a"), concept("b"), concept("c")]
    state = LearnerState(cards={"a": card(9, stability=3), "b": card(9, stability=60), "c": card(9, stability=9)})
    assert [each.concept for each in warm_up(offered, state, DAY)] == ["b"]


def test_one_asked_today_is_passed_over() -> None:
    state = LearnerState(cards={"a": card(9), "b": Memory(90, 5, DAY, 1, 0)})
    assert [each.concept for each in warm_up([concept("a"), concept("b")], state, DAY)] == ["a"]


def test_one_whose_questions_still_rest_is_passed_over() -> None:
    state = LearnerState(cards={"a": card(5, stability=90), "b": card(9)})
    assert [each.concept for each in warm_up([concept("a", ago(5)), concept("b")], state, DAY)] == ["b"]


def test_where_nothing_is_known_everything_may_be_asked() -> None:
    offered = [concept("a"), concept("b", ago(1))]
    assert warm_up(offered, LearnerState(), DAY) == offered
    assert warm_up(offered, LearnerState(cards={"a": card(1)}), DAY - timedelta(days=1)) == offered
