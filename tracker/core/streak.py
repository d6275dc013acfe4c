"""The week strip and the weekly streak: days studied against a target that leaves room for life."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

State = Literal["done", "today", "planned", "past", "rest"]

KEPT_PERCENT = 80
"""Of a week's planned days, so many have to be kept: one in five may pass. Ours."""
LONGEST = 52
"""Weeks in a row that are counted at most."""
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the strip: minutes studied and minutes planned (0 on a day of rest).

    done: studied on a day before today; past: planned and gone without; rest: nothing was planned.
    """

    day: date
    minutes: int
    planned: int
    state: State


@dataclass(frozen=True, slots=True)
class Streak:
    """This week, Monday first, the days studied in it, its target, and the weeks in a row that met theirs."""

    days: tuple[DayCell, ...]
    studied: int
    target: int
    weeks: int


def streak(
    minutes: Mapping[date, int], is_study_day: Callable[[date], bool], minutes_a_day: int, today: date
) -> Streak:
    """The strip of the week of `today` and the streak that ends with it.

    minutes: studied by study day; is_study_day: whether a day is planned for study, days off already taken
    out. A week without a planned day neither counts nor breaks; this week counts once its target is met.
    """
    monday = today - timedelta(days=today.weekday())
    days = tuple(_cell(monday + at * _DAY, minutes, is_study_day, minutes_a_day, today) for at in range(7))
    met, target = _met(monday, minutes, is_study_day)
    weeks = int(met)
    earliest = min(minutes, default=today)
    week = monday - _WEEK
    while week + _WEEK > earliest and weeks < LONGEST:
        met, planned = _met(week, minutes, is_study_day)
        if planned and not met:
            break
        weeks += met
        week -= _WEEK
    return Streak(days, sum(each.minutes > 0 for each in days), target, weeks)


def week_target(planned_days: int) -> int:
    """Days to study in a week of that many planned ones: rounded down, at least one."""
    return max(1, planned_days * KEPT_PERCENT // 100) if planned_days else 0


def _met(monday: date, minutes: Mapping[date, int], is_study_day: Callable[[date], bool]) -> tuple[bool, int]:
    """Whether the week met its target, and that target."""
    week = [monday + at * _DAY for at in range(7)]
    target = week_target(sum(is_study_day(day) for day in week))
    return target > 0 and sum(minutes.get(day, 0) > 0 for day in week) >= target, target


def _cell(
    day: date, minutes: Mapping[date, int], is_study_day: Callable[[date], bool], minutes_a_day: int, today: date
) -> DayCell:
    studied, planned = minutes.get(day, 0), minutes_a_day if is_study_day(day) else 0
    state: State = "planned" if planned else "rest"
    if day == today:
        state = "today"
    elif studied:
        state = "done"
    elif planned and day < today:
        state = "past"
    return DayCell(day, studied, planned, state)
