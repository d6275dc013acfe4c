from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.roadmap.examples import START, WEEKDAYS
from tracker.core.roadmap import Week
from tracker.core.roadmap.planning import fill
from tracker.core.roadmap.selection import SelectedStep
from tracker.core.roadmap.study_week import StudyCalendar

FULL = 1_000
"""Minutes planned in a week of CALENDAR."""
CALENDAR = StudyCalendar(WEEKDAYS, frozenset(), 1_112)


def step(step_id: str, minutes: int, *needs: str, side: bool = False, kind: str = "learn") -> SelectedStep:
    lane = "side" if side else "main"
    return SelectedStep(step_id, "first", kind, lane, needs, minutes, False, "open")  # type: ignore[arg-type] # literals as str


def by_week(weeks: Sequence[Week]) -> list[dict[str, int]]:
    """Minutes by step, for each week."""
    sums: list[dict[str, int]] = []
    for week in weeks:
        sums.append({})
        for share in week.shares:
            sums[-1][share.step_id] = sums[-1].get(share.step_id, 0) + share.minutes
    return sums


def test_the_side_lane_takes_a_quarter() -> None:
    weeks = fill([step("a", 1_500), step("b", 500, side=True)], CALENDAR, START)
    assert [week.budget for week in weeks] == [FULL, FULL]
    assert by_week(weeks) == [{"a": 750, "b": 250}, {"a": 750, "b": 250}]


def test_in_a_block_the_side_lane_takes_a_tenth() -> None:
    weeks = fill([step("a", 1_000, kind="certification"), step("b", 400, side=True)], CALENDAR, START)
    assert by_week(weeks) == [{"a": 900, "b": 100}, {"a": 100, "b": 300}]
    assert [week.block for week in weeks] == ["a", "a"]


def test_a_block_begins_with_the_first_week_that_begins_with_it() -> None:
    steps = [step("a", 700), step("c", 900, kind="certification"), step("b", 2_000, side=True)]
    weeks = fill(steps, CALENDAR, START)
    assert by_week(weeks)[:2] == [{"a": 700, "c": 50, "b": 250}, {"c": 850, "b": 150}]
    assert [week.block for week in weeks[:3]] == [None, "c", None]


def test_a_lane_with_nothing_ready_gives_its_time_away() -> None:
    assert by_week(fill([step("a", 1_000)], CALENDAR, START)) == [{"a": 1_000}]
    assert by_week(fill([step("b", 1_000, side=True)], CALENDAR, START)) == [{"b": 1_000}]


def test_a_need_in_the_same_lane_is_met_at_once_and_in_the_other_from_the_next_week() -> None:
    steps = [step("a", 300), step("b", 900, "a"), step("x", 400, "a", side=True), step("y", 100, "x", side=True)]
    assert by_week(fill(steps, CALENDAR, START)) == [{"a": 300, "b": 700}, {"b": 200, "x": 400, "y": 100}]
    crossing = [step("x", 100, side=True), step("a", 900, "x"), step("b", 500)]
    assert by_week(fill(crossing, CALENDAR, START)) == [{"x": 100, "b": 500}, {"a": 900}]


def test_a_step_whose_needs_are_not_met_is_passed_over() -> None:
    steps = [step("a", 2_000), step("x", 100, "a", side=True), step("y", 400, side=True)]
    first = by_week(fill(steps, CALENDAR, START))[0]
    assert first == {"a": 750, "y": 250}


def test_an_earlier_step_that_becomes_ready_goes_before_a_later_one_begun() -> None:
    steps = [step("a", 750), step("b", 3_000), step("x", 250, "a", side=True), step("y", 750, side=True)]
    assert [set(week) - {"a", "b"} for week in by_week(fill(steps, CALENDAR, START))[:3]] == [{"y"}, {"x"}, {"y"}]


def test_a_need_without_minutes_is_met() -> None:
    assert by_week(fill([step("a", 0), step("b", 100, "a", side=True)], CALENDAR, START)) == [{"b": 100}]


def test_study_days_share_a_week_equally_and_both_lanes_run_side_by_side() -> None:
    [week] = fill([step("a", 750), step("b", 250, side=True)], CALENDAR, START)
    assert [(share.day, share.step_id, share.minutes) for share in week.shares] == [
        (START + timedelta(days=at), step_id, minutes)
        for at in range(5)
        for step_id, minutes in (("a", 150), ("b", 50))
    ]


def test_what_does_not_fill_a_week_lies_on_its_first_days() -> None:
    [week] = fill([step("a", 250), step("b", 50, "a")], CALENDAR, START)
    assert [(share.day.day, share.step_id, share.minutes) for share in week.shares] == [
        (30, "a", 200),
        (1, "a", 50),
        (1, "b", 50),
    ]


def test_a_week_off_is_there_without_shares() -> None:
    off = frozenset(START + timedelta(days=at) for at in range(7, 14))
    weeks = fill([step("a", 1_500, kind="certification")], StudyCalendar(WEEKDAYS, off, 1_112), START)
    assert [(week.number, week.budget, week.block) for week in weeks] == [
        (1, FULL, "a"),
        (2, 0, None),
        (3, FULL, "a"),
    ]
    assert weeks[1].shares == ()


def test_nothing_to_do_takes_no_week() -> None:
    assert fill([], CALENDAR, START) == fill([step("a", 0)], CALENDAR, START) == ()


@pytest.mark.parametrize("first_day", [START + timedelta(days=at) for at in (-1, 3, 5, 6)])
def test_weeks_begin_with_the_first_study_day(first_day: date) -> None:
    week = fill([step("a", 100)], CALENDAR, first_day)[0]
    start = CALENDAR.next_study_day(first_day)
    assert (week.monday, week.shares[0].day) == (start - timedelta(days=start.weekday()), start)
    assert week.budget == CALENDAR.budget(5 - start.weekday())


@st.composite
def steps_with_needs(draw: st.DrawFn) -> list[SelectedStep]:
    """Up to twelve steps in order, each needing some before it, in any lane and of any length."""
    drawn: list[SelectedStep] = []
    for at in range(draw(st.integers(1, 12))):
        needs = draw(st.lists(st.sampled_from([each.id for each in drawn]), max_size=3)) if drawn else []
        kind = draw(st.sampled_from(["learn", "certification"]))
        drawn.append(step(f"s{at}", draw(st.integers(0, 900)), *needs, side=draw(st.booleans()), kind=kind))
    return drawn


@settings(deadline=None)
@given(steps_with_needs(), st.frozensets(st.integers(0, 6), min_size=1), st.integers(60, 3_600))
def test_what_holds_whatever_the_steps_are(
    steps: list[SelectedStep], study_days: frozenset[int], minutes: int
) -> None:
    weeks = fill(steps, StudyCalendar(study_days, frozenset(), minutes), START)
    sums = by_week(weeks)
    assert {each.id: sum(week.get(each.id, 0) for week in sums) for each in steps} == {
        each.id: each.minutes for each in steps
    }
    assert all(sum(done.values()) <= week.budget for done, week in zip(sums, weeks, strict=True))
    assert all(sums)
    days = {
        each.id: [share.day for week in weeks for share in week.shares if share.step_id == each.id] for each in steps
    }
    lanes = {each.id: each.lane for each in steps}
    for each in steps:
        for need in (need for need in each.needs if days[need] and days[each.id]):
            assert days[need][-1] <= days[each.id][0]
            if lanes[need] != each.lane:
                assert days[need][-1].isocalendar()[:2] < days[each.id][0].isocalendar()[:2]


@settings(deadline=None)
@given(steps_with_needs(), st.frozensets(st.integers(0, 6), min_size=1), st.integers(60, 3_600))
def test_no_day_gets_more_than_its_part(steps: list[SelectedStep], study_days: frozenset[int], minutes: int) -> None:
    for week in fill(steps, StudyCalendar(study_days, frozenset(), minutes), START):
        by_day: dict[date, int] = {}
        for share in week.shares:
            assert share.minutes > 0
            by_day[share.day] = by_day.get(share.day, 0) + share.minutes
        assert max(by_day.values()) <= -(-week.budget // len(study_days))
        assert list(by_day) == sorted(by_day)
