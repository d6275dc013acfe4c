"""The four steps of the concept ball."""

from datetime import date, timedelta

import pytest

from tracker.core.mastery import hold
from tracker.core.memory import Memory

DAY = date(2026, 11, 20)


def test_a_concept_never_asked_is_empty() -> None:
    assert hold(None, DAY) == 0


@pytest.mark.parametrize(
    ("stability", "days_ago", "level"),
    [(1.0, 0, 1), (5.0, 1, 2), (5.0, 60, 1), (30.0, 1, 3), (30.0, 80, 2), (30.0, 400, 1)],
)
def test_the_ball_empties_with_time_and_fills_with_stability(stability: float, days_ago: int, level: int) -> None:
    assert hold(Memory(stability, 5.0, DAY - timedelta(days=days_ago), 3, 0), DAY) == level
