"""What a study day holds for Smart Review."""

from datetime import date, timedelta

import pytest

from tracker.core.learning import LearnerState
from tracker.core.memory import Memory
from tracker.core.queue import Candidate, ItemView, Outlook, outlook

DAY = date(2026, 3, 1)
EXAM = DAY + timedelta(days=40)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def concept(slug: str, *seen: date | None) -> Candidate:
    items = tuple(ItemView(f"{slug}-{number}", day) for number, day in enumerate(seen or (None,) * 3))
    return Candidate(slug, "d1", items)


def card(days: int, stability: float = 5.0) -> Memory:
    return Memory(stability, 5.0, ago(days), 2, 0)


def looked_at(*candidates: Candidate, exam_day: date | None = EXAM, **cards: Memory) -> Outlook:
    return outlook(candidates, LearnerState(cards=cards), exam_day=exam_day, today=DAY)


def test_never_asked_about_to_fade_and_the_rest_are_told_apart() -> None:
    found = looked_at(concept("a"), concept("b"), concept("c"), b=card(6), c=card(1, stability=20))
    assert (found.askable, found.due, found.fresh, found.known) == (3, 1, 1, 2)


def test_without_an_exam_only_what_fades_is_asked_and_the_next_day_is_told() -> None:
    found = looked_at(concept("b"), concept("c"), exam_day=None, b=card(6), c=card(1, stability=20))
    assert (found.askable, found.due) == (1, 1)
    assert found.next_day == ago(1) + timedelta(days=20)


def test_an_exam_that_is_over_counts_as_none() -> None:
    assert looked_at(concept("c"), exam_day=DAY, c=card(1, stability=20)).askable == 0


def test_a_concept_asked_today_comes_back_another_day() -> None:
    found = looked_at(concept("a"), a=card(0, stability=0.1))
    assert (found.askable, found.known, found.next_day) == (0, 0, DAY + timedelta(days=1))


def test_questions_met_lately_have_to_rest() -> None:
    found = looked_at(concept("a", ago(3), ago(5)), a=card(5))
    assert (found.askable, found.next_day) == (0, ago(5) + timedelta(days=7))
    assert looked_at(concept("a", ago(3), ago(7)), a=card(5)).askable == 1


@pytest.mark.parametrize(("seen", "all_seen"), [((None, ago(1)), False), ((ago(9), ago(1)), True)])
def test_whether_every_question_was_met(seen: tuple[date | None, ...], all_seen: bool) -> None:
    found = looked_at(concept("a", *seen), a=card(5))
    assert (found.items, found.all_seen) == (2, all_seen)


def test_an_empty_bank_holds_nothing() -> None:
    found = looked_at()
    assert (found.askable, found.items, found.all_seen, found.next_day) == (0, 0, False, None)
