from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.readiness.examples import BANK, DAY, EXAM, WEIGHTS, answered
from tracker.core.learning import ItemFacts, LearnerState
from tracker.core.readiness import HourlyGain, expected_score, most_per_hour

EVEN = dict.fromkeys(WEIGHTS, 0.25)


def hourly(
    state: LearnerState,
    weights: dict[str, float] = WEIGHTS,
    items: list[ItemFacts] = BANK,
    exam_day: date | None = EXAM,
    **more: float,
) -> dict[str, HourlyGain]:
    found = most_per_hour(state, "mla", weights, items, today=DAY, exam_day=exam_day, **more)
    return {each.domain: each for each in found}


def test_a_beginner_gains_most_where_the_exam_weighs_most() -> None:
    gains = hourly(LearnerState())
    assert list(gains) == ["d1", "d2", "d3", "d4"]
    assert gains["d1"].gain == pytest.approx(4 * gains["d4"].gain, rel=0.02)
    assert 0.005 < gains["d1"].gain < 0.1


def test_what_was_never_practised_gains_more_than_what_is_well_known() -> None:
    state = answered(LearnerState(), "d1", 60, 0.95)
    gains = hourly(state, EVEN)
    assert min(gains["d2"].gain, gains["d3"].gain) > 2 * gains["d1"].gain
    assert list(gains)[-1] == "d1"


def test_what_was_forgotten_is_worth_an_hour_again() -> None:
    long_ago = answered(LearnerState(), "d1", 12, 0.9, DAY - timedelta(days=300))
    lately = answered(LearnerState(), "d1", 12, 0.9, DAY)
    soon = DAY + timedelta(days=1)
    forgotten, fresh = (hourly(state, EVEN, exam_day=soon)["d1"].gain for state in (long_ago, lately))
    assert forgotten > 1.5 * fresh


def test_the_gain_is_that_of_the_whole_papers_expected_score() -> None:
    state = answered(LearnerState(), "d2", 20, 0.5)
    gain = hourly(state)["d2"]
    score = expected_score(state, "mla", WEIGHTS, BANK, questions=65, line=0.7, day=EXAM)
    assert gain.share == pytest.approx(score.domains["d2"], abs=0.005)
    assert gain.gain == pytest.approx(0.3 * (gain.share_after - gain.share))


def test_slow_questions_and_short_hours_gain_less() -> None:
    state = LearnerState()
    plain = hourly(state)["d1"]
    slow = {
        each.domain: each
        for each in most_per_hour(state, "mla", WEIGHTS, BANK, today=DAY, exam_day=EXAM, seconds={"d1": 300.0})
    }
    assert slow["d1"].questions == 12
    assert slow["d1"].gain < plain.gain
    assert slow["d2"] == hourly(state)["d2"]
    assert hourly(state, minutes=30)["d1"].gain < plain.gain


def test_a_domain_without_questions_is_left_out() -> None:
    gains = hourly(LearnerState(), items=[item for item in BANK if item.domain != "d1"])
    assert list(gains) == ["d2", "d3", "d4"]
    assert hourly(LearnerState(), items=[]) == {}


def test_an_exam_in_the_past_counts_as_none() -> None:
    state = answered(LearnerState(), "d1", 20, 0.6)
    assert hourly(state, exam_day=DAY - timedelta(days=3)) == hourly(state, exam_day=None)


def test_nonsense_is_refused() -> None:
    for weights in ({"d1": 0.0}, {"d1": 1.5, "d2": -0.5}):
        with pytest.raises(ValueError, match="weights"):
            hourly(LearnerState(), weights)
    with pytest.raises(ValueError, match="time"):
        most_per_hour(LearnerState(), "mla", WEIGHTS, BANK, today=DAY, exam_day=EXAM, seconds={"d1": 0})


@settings(deadline=None, max_examples=30)
@given(
    answers=st.integers(0, 60),
    share=st.floats(0, 1),
    ago=st.integers(0, 400),
    ahead=st.integers(-30, 400),
    minutes=st.floats(1, 600),
)
def test_an_hour_never_costs_points(answers: int, share: float, ago: int, ahead: int, minutes: float) -> None:
    state = answered(LearnerState(), "d1", answers, share, DAY - timedelta(days=ago))
    for each in hourly(state, exam_day=DAY + timedelta(days=ahead), minutes=minutes).values():
        assert 0 <= each.gain < 0.5
        assert 0 < each.share <= each.share_after < 1


def test_only_this_certifications_items_are_practised() -> None:
    strange = [replace(item, certification="aif", concept=f"aif-{item.concept}") for item in BANK]
    assert hourly(LearnerState(), items=[*BANK, *strange]) == hourly(LearnerState())
