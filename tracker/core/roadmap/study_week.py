"""The learner's weeks: which days are for studying, and how many minutes a week may be planned with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.core.roadmap.inputs import Inputs, Vacation

PLANNED_PERCENT = 90
"""Of the hours a learner gives, so many are planned; the rest is slack for life."""
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class StudyCalendar:
    """Weekdays (Monday 0) for studying, days off, and the minutes of a week without days off."""

    study_days: frozenset[int]
    days_off: frozenset[date]
    minutes_a_week: int

    def is_study_day(self, day: date) -> bool:
        """Whether that day is for studying."""
        return day.weekday() in self.study_days and day not in self.days_off

    @property
    def minutes_a_day(self) -> int:
        """Minutes that the learner gives to a study day, slack included."""
        return round(self.minutes_a_week / len(self.study_days)) if self.study_days else 0

    def next_study_day(self, day: date) -> date:
        """That day, or the first study day after it."""
        while not self.is_study_day(day):
            day += _DAY
        return day

    def days(self, monday: date, first_day: date) -> list[date]:
        """The study days of the week that begins on `monday`, none before `first_day`."""
        week = [monday + timedelta(days=weekday) for weekday in sorted(self.study_days)]
        return [day for day in week if day >= first_day and day not in self.days_off]

    def budget(self, days: int) -> int:
        """Minutes to plan for that many study days of one week, rounded down.

        Minutes per study day are the week's over its study days, so days off take their share away.
        """
        return self.minutes_a_week * days * PLANNED_PERCENT // (100 * len(self.study_days))


def study_calendar(inputs: Inputs) -> StudyCalendar:
    """The calendar of these inputs, which must be free of faults (see `bad_inputs`)."""
    return StudyCalendar(inputs.study_days, _days_off(inputs.vacations), round(60 * inputs.hours_a_week))


def monday_of(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def _days_off(vacations: Iterable[Vacation]) -> frozenset[date]:
    return frozenset(
        vacation.first_day + timedelta(days=at)
        for vacation in vacations
        for at in range((vacation.last_day - vacation.first_day).days + 1)
    )
