from datetime import date, timedelta

import pytest

from tests.core.roadmap.examples import START, WEEKDAYS, learner
from tracker.core.roadmap import Vacation
from tracker.core.roadmap.study_week import StudyCalendar, monday_of, study_calendar

DAY = timedelta(days=1)
HOLIDAYS = Vacation(date(2026, 12, 24), date(2027, 1, 3))
CALENDAR = study_calendar(learner(vacations=(HOLIDAYS,)))


def test_both_ends_of_a_vacation_are_off() -> None:
    assert [CALENDAR.is_study_day(date(2026, 12, day)) for day in (23, 24, 31)] == [True, False, False]
    assert CALENDAR.next_study_day(date(2026, 12, 24)) == date(2027, 1, 4)
    assert CALENDAR.next_study_day(date(2026, 12, 23)) == date(2026, 12, 23)
    assert CALENDAR.next_study_day(date(2026, 12, 5)) == date(2026, 12, 7)


def test_the_days_of_a_week_leave_out_vacation_and_what_is_before_the_start() -> None:
    assert CALENDAR.days(date(2026, 12, 21), START) == [date(2026, 12, day) for day in (21, 22, 23)]
    assert CALENDAR.days(START, START + 3 * DAY) == [START + 3 * DAY, START + 4 * DAY]
    assert CALENDAR.days(date(2026, 12, 28), START) == []


@pytest.mark.parametrize(
    ("hours", "study_days", "days", "budget"),
    [
        (8, WEEKDAYS, 5, 432),
        (8, WEEKDAYS, 3, 259),
        (8, WEEKDAYS, 0, 0),
        (8, frozenset(range(7)), 7, 432),
        (7.5, frozenset({5}), 1, 405),
        (1, frozenset(range(7)), 1, 7),
    ],
)
def test_a_budget_is_nine_tenths_of_the_study_days_part(
    hours: float, study_days: frozenset[int], days: int, budget: int
) -> None:
    calendar = study_calendar(learner(hours=hours, study_days=study_days))
    assert calendar == StudyCalendar(study_days, frozenset(), round(60 * hours))
    assert calendar.budget(days) == budget


def test_the_monday_of_a_day() -> None:
    assert {monday_of(START + at * DAY) for at in range(7)} == {START}
    assert monday_of(START - DAY) == START - 7 * DAY


def test_the_minutes_of_a_day_are_the_weeks_over_its_study_days() -> None:
    assert study_calendar(learner(hours=8)).minutes_a_day == 96
    assert study_calendar(learner(hours=5, study_days=frozenset({0, 3}))).minutes_a_day == 150
