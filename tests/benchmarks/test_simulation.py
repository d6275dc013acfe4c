from datetime import date, timedelta

import pytest

from benchmarks.simulation import EVENING, FIRST_DAY, study
from benchmarks.worlds import generated
from tracker.core.learning import ItemFacts

WORLD = generated("6x3x2", seed=1)


class Slow:
    """A learner who needs 40 seconds each time and gets better by a tenth with each answer."""

    def __init__(self) -> None:
        self.days: list[float] = []

    def answer(self, item_id: str, day: float) -> tuple[bool, float]:
        self.days.append(day)
        return True, 40.0

    def exam(self, day: float) -> float:
        return min(1.0, len(self.days) / 10)


class First:
    """Asks one item only, and nothing on the second day."""

    def __init__(self) -> None:
        self.recorded: list[tuple[str, bool, date]] = []

    def choose(self, day: date) -> ItemFacts | None:
        return None if day == FIRST_DAY + timedelta(days=1) else WORLD.facts[0]

    def record(self, item: ItemFacts, correct: bool, day: date) -> None:
        self.recorded.append((item.id, correct, day))


def test_a_question_is_begun_while_time_is_left() -> None:
    learner, policy = Slow(), First()
    course = study(learner, policy, pass_line=0.5, minutes=2, days=3)
    assert course.answers == 6
    assert course.minutes == pytest.approx(4.0)
    assert course.score == pytest.approx(0.6)
    assert [day for _, _, day in policy.recorded] == [FIRST_DAY] * 3 + [FIRST_DAY + timedelta(days=2)] * 3


def test_days_go_on_within_an_evening() -> None:
    learner = Slow()
    study(learner, First(), pass_line=0.5, minutes=1, days=1)
    assert learner.days == pytest.approx([EVENING, EVENING + 40 / 86_400])


@pytest.mark.parametrize(("line", "minutes"), [(0.3, 2.0), (0.31, 4.0), (0.61, None)])
def test_the_pass_line_is_reached_on_an_evening_or_not_at_all(line: float, minutes: float | None) -> None:
    assert study(Slow(), First(), line, minutes=2, days=3).minutes_to_pass == minutes


def test_an_answer_takes_some_time() -> None:
    class Instant(Slow):
        def answer(self, item_id: str, day: float) -> tuple[bool, float]:
            super().answer(item_id, day)
            return True, 0.0

    assert study(Instant(), First(), 0.5, minutes=1, days=1).answers == 12
