import itertools
from datetime import UTC, date, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.memory import Memory, Rating, next_review, rate, retrievability, review

DAY = date(2026, 3, 1)
ratings = st.sampled_from(list(Rating))


def after(*history: tuple[Rating, int]) -> Memory:
    """The memory after answers of (rating, days since the answer before)."""
    memory, day = None, DAY
    for rating, gap in history:
        day += timedelta(days=gap)
        memory = review(memory, rating, day)
    assert memory is not None
    return memory


def package_by_hand(history: list[tuple[Rating, int]]) -> fsrs.Card:
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    card = fsrs.Card(card_id=1, due=now)
    for rating, gap in history:
        now += timedelta(days=gap)
        card, _ = scheduler.review_card(card, fsrs.Rating(int(rating)), review_datetime=now)
    return card


@pytest.mark.parametrize(
    ("correct", "confidence", "before", "rating"),
    [
        (False, "sure", None, Rating.AGAIN),
        (False, None, after((Rating.GOOD, 0)), Rating.AGAIN),
        (True, None, None, Rating.GOOD),
        (True, "think", after((Rating.GOOD, 0)), Rating.GOOD),
        (True, "guess", None, Rating.HARD),
        (True, "guess", after((Rating.GOOD, 0)), Rating.HARD),
        (True, "sure", None, Rating.GOOD),
        (True, "sure", after((Rating.AGAIN, 0), (Rating.AGAIN, 3)), Rating.GOOD),
        (True, "sure", after((Rating.GOOD, 0)), Rating.EASY),
        (True, "sure", after((Rating.AGAIN, 0), (Rating.GOOD, 0)), Rating.EASY),
        (True, "sure", after((Rating.GOOD, 0), (Rating.AGAIN, 3)), Rating.EASY),
    ],
)
def test_rating(correct: bool, confidence: str | None, before: Memory | None, rating: Rating) -> None:
    assert rate(correct, confidence, before) is rating


@given(gaps=st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_wrong_answers_alone_are_never_taken_for_a_success(gaps: list[int]) -> None:
    assert rate(True, "sure", after(*[(Rating.AGAIN, gap) for gap in gaps])) is Rating.GOOD


def test_intervals_published_with_py_fsrs() -> None:
    # tests/test_basic.py of py-fsrs 6: Good on each due day
    memory, day, intervals = None, DAY, []
    for _ in range(5):
        memory = review(memory, Rating.GOOD, day)
        due = next_review(memory, 0.9, day, None)
        intervals.append((due - day).days)
        day = due
    assert intervals == [2, 11, 46, 163, 497]


def test_first_stabilities_are_the_published_parameters() -> None:
    assert [review(None, rating, DAY).stability for rating in Rating] == [0.212, 1.2931, 2.3065, 8.2956]


@given(history=st.lists(st.tuples(ratings, st.integers(1, 400)), min_size=1, max_size=8))
def test_review_on_different_days_is_the_package(history: list[tuple[Rating, int]]) -> None:
    card, memory = package_by_hand(history), after(*history)
    assert memory.stability == pytest.approx(card.stability, rel=1e-12)
    assert memory.difficulty == pytest.approx(card.difficulty, rel=1e-12)


@given(history=st.lists(st.tuples(ratings, st.integers(1, 400)), min_size=1, max_size=4), days=st.integers(0, 900))
def test_retrievability_is_the_package(history: list[tuple[Rating, int]], days: int) -> None:
    card, memory = package_by_hand(history), after(*history)
    assert card.last_review is not None
    by_hand = fsrs.Scheduler().get_card_retrievability(card, card.last_review + timedelta(days=days))
    assert retrievability(memory, memory.reviewed_on + timedelta(days=days)) == pytest.approx(by_hand, rel=1e-12)


def test_recall_is_ninety_percent_after_stability_days() -> None:
    memory = Memory(10.0, 5.0, DAY, 1, 0)
    assert retrievability(memory, DAY) == 1.0
    assert retrievability(memory, DAY + timedelta(days=10)) == pytest.approx(0.9)
    assert retrievability(memory, DAY - timedelta(days=5)) == 1.0


def test_a_second_success_on_the_same_day_adds_nothing() -> None:
    once = after((Rating.GOOD, 0), (Rating.GOOD, 2))
    again = review(once, Rating.EASY, once.reviewed_on)
    assert again.stability == once.stability
    assert again.reviews == once.reviews + 1


def test_a_success_on_the_day_of_a_failure_repairs_a_little() -> None:
    failed = after((Rating.AGAIN, 0))
    repaired = review(failed, Rating.GOOD, DAY)
    in_full = package_by_hand([(Rating.AGAIN, 0), (Rating.GOOD, 0)])
    assert in_full.stability is not None
    assert failed.stability < repaired.stability < in_full.stability


def test_cramming_repairs_no_further_than_a_first_good() -> None:
    memory = after((Rating.AGAIN, 0))
    for _ in range(10_000):
        memory = review(memory, Rating.EASY, DAY)
    assert memory.stability == pytest.approx(review(None, Rating.GOOD, DAY).stability)


def test_a_failure_on_the_day_of_a_success_counts_but_is_no_lapse() -> None:
    memory = after((Rating.GOOD, 0))
    failed = review(memory, Rating.AGAIN, DAY)
    assert review(None, Rating.AGAIN, DAY).stability < failed.stability < memory.stability
    assert failed.difficulty > memory.difficulty
    assert failed.lapses == 0


def test_lapses_are_failures_on_later_days_and_four_make_a_leech() -> None:
    memory = after((Rating.AGAIN, 0), (Rating.AGAIN, 2), (Rating.AGAIN, 0), (Rating.AGAIN, 2), (Rating.AGAIN, 2))
    assert (memory.lapses, memory.reviews, memory.is_leech) == (3, 5, False)
    assert review(memory, Rating.AGAIN, memory.reviewed_on + timedelta(days=1)).is_leech


def test_an_answer_from_an_earlier_day_counts_as_the_same_day() -> None:
    memory = after((Rating.GOOD, 10))
    assert review(memory, Rating.GOOD, DAY).reviewed_on == memory.reviewed_on


@given(history=st.lists(st.tuples(ratings, st.integers(0, 3)), min_size=1, max_size=30))
def test_values_stay_in_their_ranges(history: list[tuple[Rating, int]]) -> None:
    memory = after(*history)
    assert memory.stability > 0
    assert 1 <= memory.difficulty <= 10
    assert 0 < retrievability(memory, memory.reviewed_on + timedelta(days=36_500)) <= 1
    assert memory.lapses <= memory.reviews - 1


def test_ten_thousand_answers_in_one_day() -> None:
    memory, cycle = after((Rating.GOOD, 0)), itertools.cycle(Rating)
    for _ in range(10_000):
        memory = review(memory, next(cycle), DAY)
    assert memory.reviews == 10_001
    assert memory.stability > 0


class TestNextReview:
    strong = Memory(100.0, 3.0, DAY, 5, 0)
    weak = Memory(5.0, 5.0, DAY, 2, 0)

    def test_a_long_interval_leaves_a_final_pass_a_week_before_the_exam(self) -> None:
        exam = DAY + timedelta(days=42)
        assert next_review(self.strong, 0.9, DAY, None) == DAY + timedelta(days=100)
        assert next_review(self.strong, 0.9, DAY, exam) == exam - timedelta(days=7)

    def test_a_short_interval_stays(self) -> None:
        assert next_review(self.weak, 0.9, DAY, DAY + timedelta(days=42)) == DAY + timedelta(days=5)

    def test_after_the_final_pass_nothing_is_due_before_the_exam(self) -> None:
        exam = DAY + timedelta(days=6)
        assert next_review(self.strong, 0.9, DAY, exam) == DAY + timedelta(days=100)

    @pytest.mark.parametrize("ago", [0, 1, 300])
    def test_an_exam_in_the_past_caps_nothing(self, ago: int) -> None:
        today = DAY + timedelta(days=10)
        assert next_review(self.strong, 0.9, today, today - timedelta(days=ago)) == DAY + timedelta(days=100)

    def test_higher_retention_comes_earlier(self) -> None:
        assert next_review(self.strong, 0.95, DAY, None) < next_review(self.strong, 0.8, DAY, None)

    def test_a_memory_for_ages_stays_in_the_calendar(self) -> None:
        assert next_review(Memory(1e9, 1.0, DAY, 9, 0), 0.5, DAY, None) == date.max

    @pytest.mark.parametrize("retention", [0.0, 1.0, -1.0, 90.0])
    def test_retention_is_a_probability(self, retention: float) -> None:
        with pytest.raises(ValueError, match="between 0 and 1"):
            next_review(self.weak, retention, DAY, None)

    @given(
        stability=st.floats(0.001, 5000),
        retention=st.floats(0.7, 0.97),
        exam=st.integers(-10, 400),
        today=st.integers(0, 30),
    )
    def test_due_is_after_the_review_and_leaves_a_pass(
        self, stability: float, retention: float, exam: int, today: int
    ) -> None:
        memory = Memory(stability, 5.0, DAY, 3, 0)
        exam_day, now = DAY + timedelta(days=exam), DAY + timedelta(days=today)
        due = next_review(memory, retention, now, exam_day)
        assert due > DAY
        if exam_day > now and exam_day - timedelta(days=7) > DAY:
            assert due < exam_day
