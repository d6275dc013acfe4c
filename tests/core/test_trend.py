"""The readiness line: places on the axis, change, breaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from tracker.core.readiness import Cause
from tracker.core.trend import MOST_SILENT, Taken, silent_days, trend


@dataclass(frozen=True)
class Record:
    study_day: date
    mid: float
    low: float = 0.4
    high: float = 0.8
    answers: int = 30
    causes: Mapping[str, Any] = field(default_factory=dict)


def test_without_records_there_is_no_line() -> None:
    assert trend([], date(2026, 11, 20)) is None


def test_one_record_stands_at_the_right_end() -> None:
    line = trend([Record(date(2026, 11, 20), 0.6)], date(2026, 11, 20))
    assert line is not None
    assert line.place(line.now.study_day) == 1.0
    assert line.change == 0


def test_records_are_placed_by_their_days_and_today_ends_the_axis() -> None:
    line = trend([Record(date(2026, 11, 1), 0.5), Record(date(2026, 11, 6), 0.62)], date(2026, 11, 11))
    assert line is not None
    assert [line.place(record.study_day) for record in line.records] == [0.0, 0.5]
    assert line.change == pytest.approx(0.12)


def test_four_silent_days_are_a_break_three_are_not() -> None:
    days = [date(2026, 11, 1), date(2026, 11, 5), date(2026, 11, 10)]
    line = trend([Record(day, 0.5) for day in days], date(2026, 11, 10))
    assert line is not None
    assert [(each.first, each.last, each.days) for each in line.breaks] == [(date(2026, 11, 6), date(2026, 11, 9), 4)]
    assert line.place(date(2026, 11, 10)) == 1.0


def fallen(day: int, mid: float, *causes: Cause) -> Record:
    return Record(date(2026, 11, day), mid, causes={"dip": [cause.to_json() for cause in causes]})


def test_a_notable_fall_is_told_with_what_brought_it_down() -> None:
    wrong = Cause("answers", -0.02, "D2", answers=4, wrong=3)
    faded, up = Cause("forgetting", -0.012), Cause("answers", 0.01, "D1", answers=2)
    line = trend([Record(date(2026, 11, 1), 0.6), fallen(2, 0.578, wrong, faded, up)], date(2026, 11, 2))
    assert line is not None
    [dip] = line.dips
    assert (dip.day, dip.causes) == (date(2026, 11, 2), (wrong, faded))
    assert dip.change == pytest.approx(-0.022)
    assert line.events == (dip,)


def test_a_small_fall_and_one_without_reasons_are_not_told() -> None:
    cause = Cause("forgetting", -0.009)
    records = [Record(date(2026, 11, 1), 0.6), fallen(2, 0.591, cause), Record(date(2026, 11, 3), 0.5)]
    line = trend(records, date(2026, 11, 3))
    assert line is not None and line.dips == ()


def test_only_the_latest_dips_are_told_and_events_stand_in_order() -> None:
    cause = Cause("forgetting", -0.02)
    falls = [fallen(day, 0.9 - day / 20, cause) for day in range(1, 7)]
    late = [Record(date(2026, 11, 20), 0.7)]
    line = trend([*falls, *late], date(2026, 11, 20))
    assert line is not None
    assert [each.first.day for each in line.events] == [4, 5, 6, 7]
    assert len(line.dips) == 3 and len(line.breaks) == 1


def test_silence_goes_on_from_the_last_record_and_its_fall_is_told() -> None:
    cause = Cause("forgetting", -0.03)
    records = [Record(date(2026, 11, 1), 0.6), Record(date(2026, 11, 4), 0.64)]
    silent = [Record(date(2026, 11, 6), 0.62), fallen(8, 0.61, cause)]
    line = trend(records, date(2026, 11, 8), silent)
    assert line is not None
    assert (line.records, line.silent, line.now) == (tuple(records), tuple(silent), silent[-1])
    assert line.change == pytest.approx(0.01)
    assert [line.place(record.study_day) for record in line.silent] == [pytest.approx(5 / 7), 1.0]
    [dip] = line.dips
    assert (dip.day, dip.causes) == (date(2026, 11, 8), (cause,))
    assert dip.change == pytest.approx(-0.03)


def test_silent_days_lie_between_the_last_activity_and_today() -> None:
    last = date(2026, 11, 1)
    assert silent_days(last, last) == ()
    assert silent_days(last, date(2026, 11, 3)) == (date(2026, 11, 2), date(2026, 11, 3))
    many = silent_days(last, date(2027, 11, 1))
    assert len(many) == MOST_SILENT
    assert last < many[0] and many == tuple(sorted(set(many))) and many[-1] == date(2027, 11, 1)


def test_the_latest_papers_on_the_line_are_events_in_their_place() -> None:
    records = [Record(date(2026, 11, 10), 0.5), Record(date(2026, 11, 20), 0.6)]
    papers = [Taken(date(2026, 11, day), 40 + day, 65) for day in (1, 11, 12, 13, 20)]
    line = trend(records, date(2026, 11, 20), papers=papers)
    assert line is not None
    assert line.papers == tuple(papers[-3:])
    assert [each.first.day for each in line.events] == [11, 12, 13, 20]
