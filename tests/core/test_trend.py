"""The readiness line: places on the axis, change, breaks."""

from dataclasses import dataclass
from datetime import date

import pytest

from tracker.core.trend import trend


@dataclass(frozen=True)
class Record:
    study_day: date
    mid: float
    low: float = 0.4
    high: float = 0.8
    answers: int = 30


def test_without_records_there_is_no_line() -> None:
    assert trend([], date(2026, 11, 20)) is None


def test_one_record_stands_at_the_right_end() -> None:
    line = trend([Record(date(2026, 11, 20), 0.6)], date(2026, 11, 20))
    assert line is not None
    assert line.places == (1.0,)
    assert line.change == 0


def test_records_are_placed_by_their_days_and_today_ends_the_axis() -> None:
    line = trend([Record(date(2026, 11, 1), 0.5), Record(date(2026, 11, 6), 0.62)], date(2026, 11, 11))
    assert line is not None
    assert line.places == (0.0, 0.5)
    assert line.change == pytest.approx(0.12)


def test_four_silent_days_are_a_break_three_are_not() -> None:
    days = [date(2026, 11, 1), date(2026, 11, 5), date(2026, 11, 10)]
    line = trend([Record(day, 0.5) for day in days], date(2026, 11, 10))
    assert line is not None
    assert [(each.first, each.last, each.days) for each in line.breaks] == [(date(2026, 11, 6), date(2026, 11, 9), 4)]
    assert line.place(date(2026, 11, 10)) == 1.0
