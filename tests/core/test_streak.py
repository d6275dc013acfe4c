"""The week strip and the weekly streak."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.streak import LONGEST, Streak, streak, week_target

MONDAY = date(2026, 11, 16)
FRIDAY = MONDAY + timedelta(days=4)
OFFICE_DAYS = {0, 1, 2, 3, 4}


def looked_at(minutes: dict[date, int], today: date = FRIDAY, off: frozenset[date] = frozenset()) -> Streak:
    return streak(minutes, lambda day: day.weekday() in OFFICE_DAYS and day not in off, 45, today)


def week(monday: date, days: int) -> dict[date, int]:
    return {monday + timedelta(days=at): 30 for at in range(days)}


@pytest.mark.parametrize(("planned", "target"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 3), (5, 4), (6, 4), (7, 5)])
def test_one_planned_day_in_five_may_pass(planned: int, target: int) -> None:
    assert week_target(planned) == target


def test_the_strip_tells_done_past_today_planned_and_rest() -> None:
    found = looked_at({MONDAY: 35, FRIDAY: 10})
    assert [cell.state for cell in found.days] == ["done", "past", "past", "past", "today", "rest", "rest"]
    assert [cell.planned for cell in found.days] == [45] * 5 + [0, 0]
    assert (found.days[0].minutes, found.days[4].minutes, found.studied, found.target) == (35, 10, 2, 4)
    assert [cell.state for cell in looked_at({}, MONDAY).days] == ["today"] + ["planned"] * 4 + ["rest"] * 2


def test_study_on_a_day_of_rest_counts_as_well() -> None:
    saturday = MONDAY - timedelta(days=2)
    last = {MONDAY - timedelta(days=7): 20, MONDAY - timedelta(days=6): 20, MONDAY - timedelta(days=5): 20}
    assert looked_at(last).weeks == 0
    assert looked_at(last | {saturday: 20}).weeks == 1


def test_this_week_counts_once_its_target_is_met_and_does_not_break_before() -> None:
    before = week(MONDAY - timedelta(days=7), 4) | week(MONDAY - timedelta(days=14), 5)
    assert looked_at(before).weeks == 2
    assert looked_at(before | week(MONDAY, 3)).weeks == 2
    assert looked_at(before | week(MONDAY, 4)).weeks == 3


def test_a_week_below_its_target_ends_the_streak() -> None:
    minutes = week(MONDAY - timedelta(days=7), 4) | week(MONDAY - timedelta(days=14), 3)
    assert looked_at(minutes | week(MONDAY - timedelta(days=21), 5)).weeks == 1


def test_a_week_without_a_planned_day_neither_counts_nor_breaks() -> None:
    off = frozenset(MONDAY - timedelta(days=7) + timedelta(days=at) for at in range(7))
    minutes = week(MONDAY - timedelta(days=14), 4) | week(MONDAY, 4)
    assert looked_at(minutes, off=off).weeks == 2
    assert looked_at(minutes).weeks == 1


def test_a_long_streak_is_counted_up_to_its_limit() -> None:
    minutes = {day: 20 for back in range(60) for day in week(MONDAY - timedelta(days=7 * back), 5)}
    assert looked_at(minutes).weeks == LONGEST


@given(st.dictionaries(st.integers(0, 60), st.integers(1, 300)), st.integers(0, 6))
def test_more_study_never_shortens_the_streak(studied: dict[int, int], at: int) -> None:
    today = MONDAY + timedelta(days=at)
    minutes = {today - timedelta(days=back): spent for back, spent in studied.items()}
    more = minutes | {today: 10}
    assert looked_at(minutes, today).weeks <= looked_at(more, today).weeks
    assert 0 <= looked_at(more, today).studied <= 7
