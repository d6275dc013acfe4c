"""Smart Review's constraints, as properties of whole courses of study."""

import random
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.core.ability import PRIOR_DIFFICULTY
from tracker.core.learning import Answer, ItemFacts, LearnerState, fold
from tracker.core.memory import FINAL_PASS
from tracker.core.practice import RUN_LENGTH, run_length
from tracker.core.queue import (
    AGAIN_REST_DAYS,
    REST_DAYS,
    Choice,
    Exhausted,
    candidates,
    choose,
    last_visits,
    recent_needed,
)

DAY = date(2026, 3, 1)
MEDIUM = PRIOR_DIFFICULTY["medium"]


class Course:
    """A learner who answers by a coin; remembers all that was asked."""

    def __init__(self, sizes: list[int], domains: int = 3, seed: int = 1, right: float = 0.7) -> None:
        self.rng, self.right = random.Random(seed), right
        self.open_items = {
            f"c{number}": [
                ItemFacts(f"c{number}-{item}", "mla", f"d{number % domains}", f"c{number}", MEDIUM, 4)
                for item in range(size)
            ]
            for number, size in enumerate(sizes)
        }
        self.facts = {item.id: item for group in self.open_items.values() for item in group}
        self.weights = {f"d{number}": 1 / domains for number in range(domains)}
        self.state = LearnerState()
        self.seen: dict[str, date] = {}
        self.asked: list[tuple[date, str]] = []

    def next(self, day: date, exam_day: date | None, rest_days: int = REST_DAYS) -> Choice | Exhausted:
        recent = [self.facts[item_id] for _, item_id in self.asked[-recent_needed(len(self.open_items)) :]]
        visited = last_visits([item.concept for item in reversed(recent)], len(self.asked))
        return choose(
            candidates(self.open_items, self.seen, visited),
            state=self.state,
            certification="mla",
            weights=self.weights,
            visits=len(self.asked),
            recent_domains=[item.domain for item in recent[-4:]],
            exam_day=exam_day,
            today=day,
            rng=random.Random(len(self.asked)),
            rest_days=rest_days,
        )

    def study(self, day: date, questions: int, exam_day: date | None, rest_days: int = REST_DAYS) -> int:
        """Questions that were there to be asked."""
        for done in range(questions):
            choice = self.next(day, exam_day, rest_days)
            if isinstance(choice, Exhausted):
                return done
            item = self.facts[choice.item_id]
            right = self.rng.random() < self.right
            answer = Answer(item.id, right, "think", item.id not in self.seen, day)
            self.state = fold(self.state, answer, item)
            self.seen[item.id] = day
            self.asked.append((day, item.id))
        return questions

    def concepts(self) -> list[tuple[date, str]]:
        return [(day, self.facts[item_id].concept) for day, item_id in self.asked]


banks = st.lists(st.integers(1, 4), min_size=1, max_size=10)


@settings(max_examples=40, deadline=None)
@given(sizes=banks, daily=st.integers(1, 12), days=st.integers(1, 20), exam=st.none() | st.integers(-3, 25))
def test_items_rest_and_siblings_come_first(sizes: list[int], daily: int, days: int, exam: int | None) -> None:
    course = Course(sizes)
    for number in range(days):
        day = DAY + timedelta(days=number)
        course.study(day, daily, None if exam is None else DAY + timedelta(days=exam))
    seen: dict[str, date] = {}
    for day, item_id in course.asked:
        siblings = course.open_items[course.facts[item_id].concept]
        if item_id in seen:
            assert (day - seen[item_id]).days >= REST_DAYS
            assert all(sibling.id in seen for sibling in siblings)
        seen[item_id] = day


@settings(max_examples=40, deadline=None)
@given(sizes=st.lists(st.integers(3, 5), min_size=6, max_size=12), daily=st.integers(1, 6))
def test_at_most_two_in_a_row_from_a_domain(sizes: list[int], daily: int) -> None:
    course = Course(sizes)
    for number in range(3):
        course.study(DAY + timedelta(days=number), daily, DAY + timedelta(days=30))
    domains = [course.facts[item_id].domain for _, item_id in course.asked]
    assert all(len(set(domains[at : at + 3])) > 1 for at in range(len(domains) - 2))


@settings(max_examples=25, deadline=None)
@given(
    concepts=st.integers(1, 30),
    items=st.integers(1, 4),
    right=st.sampled_from([0.0, 0.3, 0.7, 1.0]),
    days=st.integers(8, 30),
    heavy=st.floats(0.34, 0.98),
    seed=st.integers(0, 9),
)
def test_no_concept_passes_the_exam_without_a_final_pass(
    concepts: int, items: int, right: float, days: int, heavy: float, seed: int
) -> None:
    course, exam_day = Course([items] * concepts, seed=seed, right=right), DAY + timedelta(days=days)
    course.weights = {"d0": heavy, "d1": (1 - heavy) / 2, "d2": (1 - heavy) / 2}
    # a week's questions are enough for every concept once
    daily = -(-concepts // FINAL_PASS.days) + 1
    for number in range(days):
        course.study(DAY + timedelta(days=number), daily, exam_day)
    last = {concept: day for day, concept in course.concepts()}
    assert set(last) == set(course.open_items)
    assert min(last.values()) >= exam_day - FINAL_PASS


@settings(max_examples=30, deadline=None)
@given(sizes=banks, daily=st.integers(1, 9), exams=st.lists(st.none() | st.integers(-5, 40), min_size=2, max_size=6))
def test_a_moved_exam_replans_and_loses_nothing(sizes: list[int], daily: int, exams: list[int | None]) -> None:
    course = Course(sizes)
    for number, exam in enumerate(exams):
        day = DAY + timedelta(days=number)
        exam_day = None if exam is None else DAY + timedelta(days=exam)
        before = (course.state, dict(course.seen))
        first = course.next(day, exam_day)
        assert course.next(day, exam_day) == first
        assert (course.state, course.seen) == before
        course.study(day, daily, exam_day)
        assert set(course.state.cards) == {concept for _, concept in course.concepts()}


@given(answered=st.integers(0, 100), cap=st.integers(0, 60))
def test_the_daily_cap_is_honoured(answered: int, cap: int) -> None:
    length = run_length(answered, cap)
    assert 0 <= length <= RUN_LENGTH
    assert length == 0 or answered + length <= cap


@given(sizes=banks, reserved=st.integers(0, 9))
def test_the_reserve_is_never_offered(sizes: list[int], reserved: int) -> None:
    course = Course(sizes)
    found = candidates(course.open_items, {}, {})
    at = reserved % len(found)
    items = (found[at].items[0]._replace(reserved=True), *found[at].items[1:])
    found[at] = replace(found[at], items=items)
    with pytest.raises(ValueError, match="reserve"):
        choose(
            found,
            state=LearnerState(),
            certification="mla",
            weights=course.weights,
            visits=0,
            recent_domains=[],
            exam_day=None,
            today=DAY,
            rng=random.Random(1),
        )


@pytest.mark.parametrize("exam", [None, -400, -1, 0, 1, 7, 400])
def test_a_bank_of_one_concept_gives_each_item_once_a_week(exam: int | None) -> None:
    course = Course([3], domains=1)
    exam_day = None if exam is None else DAY + timedelta(days=exam)
    assert course.study(DAY, 10, exam_day) == 3
    assert course.next(DAY, exam_day) == Exhausted(None, 3, DAY + timedelta(days=REST_DAYS))
    assert course.study(DAY + timedelta(days=REST_DAYS), 10, exam_day) == 3


def test_an_empty_bank_says_so() -> None:
    assert Course([]).next(DAY, None) == Exhausted(None, 0, None)


def test_ten_thousand_answers_in_one_day_stay_sensible() -> None:
    course, exam_day = Course([4] * 12), DAY + timedelta(days=20)
    # no rest at all: whoever insists gets one question after the other, the longest waiting first
    assert course.study(DAY, 10_000, exam_day, rest_days=0) == 10_000
    visits = Counter(concept for _, concept in course.concepts())
    assert max(visits.values()) < 3 * min(visits.values())
    # a day of cramming never lasts beyond the exam
    assert all(0 < memory.stability < 3 for memory in course.state.cards.values())
    # the next day all of it still rests, and a second round is there
    assert isinstance(course.next(DAY + timedelta(days=1), exam_day), Exhausted)
    assert isinstance(course.next(DAY + timedelta(days=1), exam_day, AGAIN_REST_DAYS), Choice)


def test_failed_concepts_come_back_sooner_than_held_ones() -> None:
    course, exam_day = Course([4] * 12), DAY + timedelta(days=60)
    for number in range(30):
        day = DAY + timedelta(days=number)
        for _ in range(3):
            choice = course.next(day, exam_day, AGAIN_REST_DAYS)
            assert isinstance(choice, Choice)
            course.right = 0.0 if choice.concept in ("c0", "c1", "c2") else 1.0
            course.study(day, 1, exam_day, AGAIN_REST_DAYS)
    gaps: dict[bool, list[int]] = defaultdict(list)
    last: dict[str, date] = {}
    for day, concept in course.concepts():
        if concept in last:
            gaps[concept in ("c0", "c1", "c2")].append((day - last[concept]).days)
        last[concept] = day
    failed, held = (sum(gaps[key]) / len(gaps[key]) for key in (True, False))
    assert failed < 0.7 * held
