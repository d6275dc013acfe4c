"""The plan as one line."""

import itertools
from datetime import date, timedelta

from tests.core.roadmap.examples import START, TODAY, learner
from tracker.core.roadmap import Progress, plan, road
from tracker.store.catalogue_file import shipped_catalogue

MADE = plan(shipped_catalogue(), learner(), Progress(), TODAY)
EXAMS = [(each.certification, each.exam_day) for each in MADE.exams]


def test_phases_lie_end_to_end_and_exams_on_the_line() -> None:
    line = road(shipped_catalogue(), MADE.steps, EXAMS, frozenset({"python-core"}), START)
    assert line is not None
    ends = [(each.start, each.end) for each in line.segments]
    assert ends[0][0] == 0 and all(before[1] == after[0] for before, after in itertools.pairwise(ends))
    assert all(0 <= start <= end <= 1 for start, end in ends)
    assert [each.phase for each in line.segments] == ["foundations", "modelling", "production", "specialisation"]
    assert 0 < line.segments[0].done < 1 and line.segments[1].done == 0
    assert [slug for _, slug in line.marks] == ["aws-aif", "aws-mla"]
    assert line.now == 0


def test_a_day_off_the_line_is_not_shown() -> None:
    line = road(shipped_catalogue(), MADE.steps, [("aws-aif", date(2020, 1, 1)), ("x", None)], frozenset(), TODAY)
    assert line is not None
    assert (line.marks, line.now) == ((), None)
    late = road(shipped_catalogue(), MADE.steps, [], frozenset(), line.last_day + timedelta(days=1))
    assert late is not None and late.now is None


def test_a_plan_without_length_has_no_line() -> None:
    everything = frozenset(step.id for step in shipped_catalogue().steps)
    done = plan(shipped_catalogue(), learner(), Progress(done=everything), TODAY)
    assert road(shipped_catalogue(), done.steps, [], everything, TODAY) is None
    assert road(shipped_catalogue(), [], [], frozenset(), TODAY) is None


def test_each_first_of_a_month_is_a_tick_and_quarters_stand_out() -> None:
    line = road(shipped_catalogue(), MADE.steps, [], frozenset(), START)
    assert line is not None
    length = (line.last_day - line.first_day).days
    days = [line.first_day + timedelta(days=round(place * length)) for place, _ in line.months]
    assert days[0] == date(2026, 12, 1) and all(day.day == 1 for day in days)
    assert [day.month for day, (_, quarter) in zip(days, line.months, strict=True) if quarter][:2] == [1, 4]
