"""The demo learner's days, answers and diary."""

import random
from collections import Counter
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from tests import bank_factory
from tracker.core.bank import Item
from tracker.core.demo import (
    BREAK,
    DAYS,
    DIARY,
    DiaryPage,
    Student,
    confidence,
    evening,
    inputs,
    new_student,
    practice_days,
    response,
)
from tracker.core.question import guess_options, is_correct, read_response
from tracker.core.roadmap import Progress, plan
from tracker.core.study_log import Entry, problems
from tracker.store.catalogue_file import shipped_catalogue

TODAY = date(2026, 11, 25)
MEDIUM = bank_factory.item(bank_factory.single(1, difficulty="medium"))
HARD = bank_factory.item(bank_factory.single(2, difficulty="hard"))
KINDS = {
    made.__name__: bank_factory.item(made(1))
    for made in (bank_factory.single, bank_factory.multiple, bank_factory.ordering, bank_factory.matching)
}


@pytest.mark.parametrize("seed", range(50))
def test_practice_is_regular_but_for_one_break(seed: int) -> None:
    days = practice_days(random.Random(seed))
    gaps = Counter(later - earlier for earlier, later in pairwise(days))
    assert (days[0], days[-1]) == (0, DAYS - 1)
    assert gaps.pop(len(BREAK) + 1) == 1
    assert set(gaps) <= {1, 2, 3}
    assert 2.5 <= len(days) / ((DAYS - len(BREAK)) / 7) <= 4.5
    assert not set(days) & set(BREAK)


def test_the_break_lasts_nine_days_in_the_middle() -> None:
    assert len(BREAK) == 9
    assert BREAK.start > DAYS / 3 and BREAK.stop < DAYS * 2 / 3


def test_the_same_seed_gives_the_same_life_and_another_one_another() -> None:
    def life(seed: int) -> tuple[tuple[int, ...], Student]:
        rng = random.Random(seed)
        return practice_days(rng), new_student({"D1", "D2", "D3"}, rng)

    assert life(1) == life(1)
    assert life(1) != life(2)


def test_an_evening_begins_at_seven_in_its_zone_in_summer_and_winter() -> None:
    assert evening(date(2026, 7, 1), "Europe/Vienna") == datetime(2026, 7, 1, 17, tzinfo=UTC)
    assert evening(date(2026, 12, 1), "Europe/Vienna") == datetime(2026, 12, 1, 18, tzinfo=UTC)


def test_a_plan_can_be_made_of_the_answers_and_asks_nothing_in_the_break() -> None:
    made = plan(shipped_catalogue(), inputs(TODAY, "aws-aif", "aws-mla"), Progress(), TODAY)
    worked = {(share.day - TODAY).days for week in made.weeks for share in week.shares}
    assert {BREAK.start - 1, BREAK.stop} <= worked
    assert not worked & set(BREAK)


def test_the_student_improves_and_gets_rusty() -> None:
    student = Student({"D1": 0.0})
    usual = student.chance(MEDIUM, 30, 2, False)
    assert student.chance(MEDIUM, 0, 2, False) < usual < student.chance(MEDIUM, 59, 2, False)
    assert student.chance(MEDIUM, 30, 10, False) < usual
    assert student.chance(HARD, 30, 2, False) < usual
    assert student.chance(MEDIUM, 30, 2, True) > usual


def test_a_strong_domain_is_answered_better_and_nothing_worse_than_by_guessing() -> None:
    strong, weak = Student({"D1": 0.5}), Student({"D1": -0.5})
    assert strong.chance(MEDIUM, 30, 2, False) > weak.chance(MEDIUM, 30, 2, False)
    assert Student({"D1": -20.0}).chance(HARD, 0, 0, False) == pytest.approx(1 / guess_options(HARD))


def test_strengths_differ_between_domains() -> None:
    drawn = new_student(["D1", "D2", "D3", "D4"], random.Random(3)).strengths
    assert len(set(drawn.values())) == 4


def test_confidence_says_something_true() -> None:
    rng = random.Random(5)
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for _ in range(4000):
        chance = rng.uniform(0.25, 1)
        word = confidence(chance, rng)
        said[word] += 1
        right[word] += rng.random() < chance
    share = {word: right[word] / said[word] for word in ("guess", "think", "sure")}
    assert share["guess"] < 0.5 < share["think"] < 0.75 < share["sure"]


@pytest.mark.parametrize("item", KINDS.values(), ids=KINDS)
def test_responses_fit_the_question_and_are_marked_as_meant(item: Item) -> None:
    rng = random.Random(7)
    for seed in range(30):
        for right in (True, False):
            given = read_response(item, response(item, seed, right, rng))
            assert is_correct(item, seed, given) is right


def test_the_diary_goes_on_day_by_day_outside_the_break() -> None:
    days = [page.day for page in DIARY]
    assert days == sorted(days)
    assert days[0] == 0 and days[-1] < DAYS
    assert not set(days) & set(BREAK)


@pytest.mark.parametrize("page", [page for page in DIARY if page.minutes], ids=lambda page: f"day-{page.day}")
def test_each_page_may_stand_in_a_study_log(page: DiaryPage) -> None:
    entry = Entry(TODAY, page.minutes, page.activity, None, page.step_id, None, page.note)
    assert problems(entry, TODAY, 0) == []


def test_the_diary_ticks_every_part_of_what_is_done_and_some_of_the_one_step_in_progress() -> None:
    steps = shipped_catalogue().by_id()
    states = {page.step_id: page.state for page in DIARY if page.step_id and page.state}
    ticked: dict[str, set[str]] = {step_id: set() for step_id in states}
    for page in DIARY:
        if page.step_id:
            ticked[page.step_id] |= set(page.parts)
    parts = {step_id: {part.id for part in steps[step_id].parts} for step_id in states}
    assert Counter(states.values()) == {"done": 5, "doing": 1, "skipped": 1}
    assert all(ticked[step_id] == parts[step_id] for step_id, state in states.items() if state == "done")
    assert all(set() < ticked[step_id] < parts[step_id] for step_id, state in states.items() if state == "doing")
