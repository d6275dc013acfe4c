from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.readiness.examples import BANK, DAY, EXAM, WEIGHTS, answered
from tracker.core.learning import LearnerState
from tracker.core.readiness import Forecast, expected_score, forecast

PAPER = {"questions": 65, "line": 0.7}


def told(state: LearnerState, minutes: float, exam_day: date = EXAM, seconds: float = 75.0) -> Forecast:
    found = forecast(
        state,
        "mla",
        WEIGHTS,
        BANK,
        **PAPER,
        today=DAY,
        exam_day=exam_day,
        minutes_a_day=minutes,
        seconds=seconds,
    )
    assert found is not None
    return found


@pytest.fixture
def state() -> LearnerState:
    return answered(answered(LearnerState(), "d1", 24, 0.7), "d2", 12, 0.4)


def test_no_minutes_leave_the_figure_of_today(state: LearnerState) -> None:
    assert told(state, 0).score == expected_score(state, "mla", WEIGHTS, BANK, **PAPER, day=EXAM)


def test_more_minutes_a_day_lead_further_each_time_by_less(state: LearnerState) -> None:
    means = [told(state, minutes).score.mean for minutes in (0, 10, 30, 50)]
    assert means == sorted(means)
    assert means[1] - means[0] > 0.02
    assert (means[3] - means[2]) / 20 < (means[1] - means[0]) / 10


def test_the_minutes_are_counted_in_questions(state: LearnerState) -> None:
    found = told(state, 25)
    assert (found.minutes_a_day, found.days, found.questions) == (25, 30, 600)
    slow = told(state, 25, seconds=150)
    assert slow.questions == 300
    assert slow.score.mean < found.score.mean


def test_practice_to_come_makes_nobody_surer(state: LearnerState) -> None:
    ahead, now = told(state, 30).score, told(state, 0).score
    assert ahead.high - ahead.low > 0.8 * (now.high - now.low)


@pytest.mark.parametrize("exam_day", [None, DAY, DAY - timedelta(days=5)])
def test_without_an_exam_to_come_there_is_no_forecast(exam_day: date | None, state: LearnerState) -> None:
    assert forecast(state, "mla", WEIGHTS, BANK, **PAPER, today=DAY, exam_day=exam_day, minutes_a_day=20) is None


def test_an_empty_bank_and_an_exam_tomorrow_are_no_trouble(state: LearnerState) -> None:
    found = forecast(state, "mla", WEIGHTS, [], **PAPER, today=DAY, exam_day=EXAM, minutes_a_day=20)
    assert found is not None
    assert found.score == expected_score(state, "mla", WEIGHTS, [], **PAPER, day=EXAM)
    tomorrow = told(state, 30, DAY + timedelta(days=1))
    assert (tomorrow.days, tomorrow.questions) == (1, 24)


def test_nonsense_is_refused(state: LearnerState) -> None:
    for minutes, seconds in ((-1, 75), (10, 0)):
        with pytest.raises(ValueError, match="minutes"):
            told(state, minutes, seconds=seconds)


def test_a_trace_of_practice_on_concepts_never_met_changes_next_to_nothing() -> None:
    exam = DAY + timedelta(days=400)
    nothing, trace = (told(LearnerState(), minutes, exam).score for minutes in (0, 1e-9))
    assert trace.mean == pytest.approx(nothing.mean, abs=1e-6)
    assert trace.high - trace.low == pytest.approx(nothing.high - nothing.low, abs=1e-6)


@settings(deadline=None, max_examples=25)
@given(
    answers=st.integers(0, 40),
    share=st.floats(0, 1),
    days=st.integers(1, 400),
    pace=st.floats(0, 300),
    more=st.floats(0, 300),
)
def test_more_practice_never_leads_less_far(answers: int, share: float, days: int, pace: float, more: float) -> None:
    state = answered(LearnerState(), "d1", answers, share)
    exam = DAY + timedelta(days=days)
    little, much = told(state, pace, exam).score, told(state, pace + more, exam).score
    for score in (little, much):
        assert 0 <= score.low <= score.mid <= score.high <= 1
    # the curves are straight between the points of a grid, which moves with the state
    assert much.mean >= told(state, 0, exam).score.mean - 1e-6
    # reviews fall on whole days: a little more practice may place the last one a little earlier
    assert much.mean >= little.mean - 0.02
