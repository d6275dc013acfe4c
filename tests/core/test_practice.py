"""The rules of a run, with figures."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.core.practice import (
    LONGEST_ANSWER,
    TICK,
    Marked,
    changes,
    is_idle,
    minutes_left,
    not_before,
    questions_in,
    run_length,
    seconds_spent,
)

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def test_a_run_is_over_six_hours_after_it_was_touched() -> None:
    assert not is_idle(NOW - timedelta(hours=5, minutes=59), NOW)
    assert is_idle(NOW - timedelta(hours=6), NOW)


@pytest.mark.parametrize(
    ("answered", "cap", "length"), [(0, 40, 12), (30, 40, 10), (40, 40, 0), (55, 40, 0), (0, 5, 5)]
)
def test_a_run_is_twelve_questions_or_what_the_cap_leaves(answered: int, cap: int, length: int) -> None:
    assert run_length(answered, cap) == length


@pytest.mark.parametrize(
    ("wanted", "longest", "length"), [(5, 12, 5), (0, 12, 12), (-1, 12, 12), (13, 12, 12), (12, 4, 4), (3, 4, 3)]
)
def test_a_run_is_as_long_as_wanted_within_its_kind(wanted: int, longest: int, length: int) -> None:
    assert run_length(0, 40, wanted, longest) == length


@pytest.mark.parametrize(("minutes", "questions"), [(0, 0), (1, 0), (5, 4), (13, 12), (15, 12), (90, 12), (-5, 0)])
def test_so_many_questions_fit_into_some_minutes(minutes: int, questions: int) -> None:
    assert questions_in(minutes) == questions


def test_seconds_are_counted_up_to_ten_minutes_and_never_backwards() -> None:
    assert seconds_spent(NOW - timedelta(seconds=42), NOW) == 42
    assert seconds_spent(NOW - timedelta(hours=3), NOW) == LONGEST_ANSWER.total_seconds()
    assert seconds_spent(NOW + timedelta(seconds=5), NOW) == 0
    assert seconds_spent(None, NOW) == 0


def test_time_left_is_about_a_minute_a_question() -> None:
    assert (minutes_left(12), minutes_left(1)) == (13, 1)


def test_a_domain_moves_by_right_answers_beyond_the_expected() -> None:
    found = changes(
        [
            Marked("D2", True, 0.4),
            Marked("D1", True, 0.8),
            Marked("D1", True, 0.9),
            Marked("D3", False, 0.7),
        ]
    )
    assert [(change.domain, change.right, change.answers, change.direction) for change in found] == [
        ("D1", 2, 2, "same"),
        ("D2", 1, 1, "up"),
        ("D3", 0, 1, "down"),
    ]
    assert found[0].expected == pytest.approx(1.7)


def test_no_answers_change_nothing() -> None:
    assert changes([]) == []


def test_an_answer_follows_the_one_before_even_when_the_clock_steps_back() -> None:
    now = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    assert not_before(None, now) == now
    assert not_before(now - timedelta(seconds=5), now) == now
    assert not_before(now + timedelta(seconds=5), now) == now + timedelta(seconds=5) + TICK
