from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.roadmap import examples
from tests.core.roadmap.examples import INPUTS, PROGRESS, START, TODAY, learner, week_of
from tracker.core.roadmap import (
    Background,
    BadInputs,
    Inputs,
    Level,
    Plan,
    Progress,
    Target,
    Vacation,
    plan,
)
from tracker.store.catalogue_file import shipped_catalogue

CATALOGUE = shipped_catalogue()
WEEK = timedelta(days=7)
AIF, MLA, AIP = "cert-aws-aif", "cert-aws-mla", "cert-aws-aip"


def planned(inputs: Inputs, progress: Progress | None = None) -> Plan:
    return plan(CATALOGUE, inputs, progress or Progress(), TODAY)


def study_weeks(made: Plan) -> int:
    """Weeks with study days: one more of them may jump over a whole vacation."""
    return sum(week.budget > 0 for week in made.weeks)


@pytest.mark.parametrize(
    ("background", "level", "hours", "net", "weeks", "months"),
    [
        ("switcher", "starting", 8, 356, 50, 11.5),
        ("switcher", "starting", 10, 356, 40, 9.2),
        ("switcher", "starting", 5, 356, 80, 18.4),
        ("switcher", "course", 8, 327, 46, 10.6),
        ("switcher", "course", 10, 327, 37, 8.5),
        ("switcher", "course", 5, 327, 73, 16.8),
        ("developer", "starting", 8, 266, 37, 8.5),
        ("developer", "starting", 10, 266, 30, 6.9),
        ("developer", "starting", 5, 266, 60, 13.8),
        ("developer", "built", 8, 231, 33, 7.6),
        ("developer", "built", 10, 231, 26, 6.0),
        ("developer", "built", 5, 231, 52, 12.0),
        ("data", "course", 8, 269, 38, 8.7),
        ("data", "course", 10, 269, 30, 6.9),
        ("data", "course", 5, 269, 60, 13.8),
    ],
)
@pytest.mark.parametrize("study_days", [frozenset({5}), examples.WEEKDAYS, frozenset(range(7))], ids=len)
def test_the_worked_examples(
    background: Background,
    level: Level,
    hours: int,
    net: int,
    weeks: int,
    months: float,
    study_days: frozenset[int],
) -> None:
    made = planned(learner(background, level, hours, study_days=study_days))
    assert made.minutes == 60 * net
    assert len(made.weeks) == made.feasibility.weeks == weeks
    assert made.feasibility.months == months


@pytest.mark.parametrize(
    ("background", "level", "block", "job_ready"),
    [
        ("switcher", "starting", (32, 40), date(2027, 11, 14)),
        ("developer", "starting", (20, 26), date(2027, 8, 15)),
        ("data", "course", (19, 27), date(2027, 8, 22)),
    ],
)
def test_block_and_job_ready_of_the_worked_examples(
    background: Background, level: Level, block: tuple[int, int], job_ready: date
) -> None:
    made = planned(learner(background, level))
    assert made.block(MLA) == block
    assert made.feasibility.job_ready == job_ready


def test_the_switchers_order_with_its_weeks() -> None:
    made = planned(learner())
    assert made.block(AIF) == (12, 14)
    last_weeks = {step.step_id: week_of(step.last_day) for step in made.steps}
    main = {step.step_id: last_weeks[step.step_id] for step in made.steps if step.lane == "main"}
    assert main == {
        "python-core": 2,
        "pandas-numpy": 4,
        "statistics": 7,
        "linear-algebra": 9,
        "learning-basics": 10,
        "sql": 11,
        AIF: 14,
        "sklearn": 17,
        "features": 19,
        "deep": 22,
        "project-pipeline": 26,
        "tracking-cicd": 29,
        "serve": 31,
        MLA: 40,
        "deploy-pipeline": 42,
        "genai": 45,
        "project-rag": 49,
    }
    assert list(main.values()) == sorted(main.values())
    assert {step: week for step, week in last_weeks.items() if step not in main} == {
        "coding": 10,
        "kaggle-tabular-1": 23,
        "kaggle-tabular-2": 29,
        "kaggle-nn": 38,
        "github": 43,
        "system-design": 49,
        "mock-interviews": 50,
    }


@pytest.mark.parametrize(
    ("background", "level", "hours", "against"),
    [
        ("switcher", "starting", 8, "within"),
        ("developer", "starting", 8, "within"),
        ("data", "course", 8, "within"),
        ("switcher", "course", 10, "sooner"),
        ("developer", "built", 5, "later"),
    ],
)
def test_the_sources_span_stands_beside_ones_own(
    background: Background, level: Level, hours: int, against: str
) -> None:
    feasibility = planned(learner(background, level, hours)).feasibility
    assert feasibility.source_months == ((9, 12) if background == "switcher" else (6, 9))
    assert (feasibility.hours_a_week, feasibility.source_hours) == (hours, 8)
    assert feasibility.against_source == against


@pytest.mark.parametrize("background", ["switcher", "developer", "data"])
@pytest.mark.parametrize("level", ["starting", "course", "built"])
def test_more_hours_never_end_later(background: Background, level: Level) -> None:
    finishes = [planned(learner(background, level, hours)).feasibility.finish_day for hours in range(2, 40)]
    assert finishes == sorted(finishes, key=lambda day: day or START, reverse=True)


def test_a_known_step_stays_to_be_checked() -> None:
    made = planned(learner("developer"))
    python = made.step("python-core")
    assert (python.known, python.minutes, python.first_day, python.last_day) == (True, 0, START, START)
    assert [step.step_id for step in made.steps if step.known] == ["python-core", "pandas-numpy"]


def test_a_plan_made_on_the_way_goes_on_as_the_first_one_would_have() -> None:
    first = planned(learner())
    monday = START + 20 * WEEK
    logged: dict[str, int] = {}
    for share in (share for week in first.weeks for share in week.shares if share.day < monday):
        logged[share.step_id] = logged.get(share.step_id, 0) + share.minutes
    done = frozenset(step for step, minutes in logged.items() if minutes == first.step(step).minutes)
    again = plan(CATALOGUE, learner(), Progress(done=done, logged_minutes=logged), monday)
    assert again.first_day == monday
    assert [week.shares for week in again.weeks] == [week.shares for week in first.weeks[20:]]


def test_a_plan_with_nothing_left_is_empty() -> None:
    made = planned(learner(), Progress(done=frozenset(step.id for step in CATALOGUE.steps)))
    assert (made.minutes, made.weeks, made.months, made.milestones, made.exams) == (0, (), (), (), ())
    assert (made.feasibility.weeks, made.feasibility.months, made.feasibility.job_ready) == (0, 0.0, None)
    assert {step.state for step in made.steps} == {"done"}
    assert made.block(MLA) is None
    with pytest.raises(KeyError):
        made.step("unknown")


def test_the_plan_starts_today_if_the_start_has_passed() -> None:
    thursday = date(2026, 12, 10)
    made = plan(CATALOGUE, learner(), Progress(), thursday)
    assert made.first_day == thursday
    assert (made.weeks[0].monday, made.weeks[0].budget) == (date(2026, 12, 7), 432 * 2 // 5)
    assert min(share.day for share in made.weeks[0].shares) == thursday


def test_a_start_on_a_day_off_waits_for_the_next_study_day() -> None:
    holiday = Vacation(START, START + timedelta(days=10))
    made = planned(learner(vacations=(holiday,)))
    assert made.first_day == date(2026, 12, 11)
    assert len(made.weeks) == 51


def test_a_dated_certification_stays_in_its_place_as_long_as_it_is_in_time() -> None:
    prepared = planned(learner()).step(MLA).last_day
    in_time = planned(learner(targets=(Target("aws-aif"), Target("aws-mla", prepared + timedelta(days=3)))))
    assert in_time.steps == planned(learner()).steps
    assert [exam.late for exam in in_time.exams] == [False, False]


def test_a_late_certification_moves_forward_with_what_it_needs_and_nothing_else() -> None:
    exam_day = planned(learner()).step(MLA).last_day + timedelta(days=2)
    made = planned(learner(targets=(Target("aws-aif"), Target("aws-mla", exam_day))))
    order = [step.step_id for step in sorted(made.steps, key=lambda step: step.position)]
    needs = [
        "python-core",
        "pandas-numpy",
        "statistics",
        "linear-algebra",
        "learning-basics",
        "sklearn",
        "serve",
        MLA,
    ]
    assert order[: len(needs)] == needs
    assert made.exams[-1].step_id == AIF
    assert not any(exam.late for exam in made.exams)


def test_of_two_late_certifications_the_earlier_exam_comes_first() -> None:
    first, second = START + 30 * WEEK, START + 40 * WEEK
    for days in ((first, second), (second, first)):
        made = planned(learner(targets=(Target("aws-mla", days[0]), Target("aws-aip", days[1]))))
        by_end = sorted((MLA, AIP), key=lambda step_id: made.step(step_id).last_day)
        assert by_end == ([MLA, AIP] if days[0] == first else [AIP, MLA])


def test_what_cannot_be_in_time_is_shown_as_late() -> None:
    made = planned(learner(targets=(Target("aws-mla", START + 4 * WEEK),)))
    [exam] = made.exams
    assert exam.late
    assert exam.prepared_on > START + 4 * WEEK


def test_bad_inputs_are_refused_all_at_once() -> None:
    with pytest.raises(BadInputs) as caught:
        planned(learner(hours=0, study_days=frozenset()))
    assert [problem.field for problem in caught.value.problems] == ["hours_a_week", "study_days"]
    assert str(caught.value).startswith("hours_a_week: ")


@settings(deadline=None)
@given(INPUTS, PROGRESS)
def test_what_holds_of_every_plan(inputs: Inputs, progress: Progress) -> None:
    made = planned(inputs, progress)
    assert made == planned(inputs, progress)
    by_id = {step.step_id: step for step in made.steps}
    needs = {step.id: step.needs for step in CATALOGUE.steps}
    worked: dict[str, int] = {}
    for week in made.weeks:
        assert sum(share.minutes for share in week.shares) <= week.budget
        for share in week.shares:
            assert share.day >= made.first_day
            assert share.day.weekday() in inputs.study_days
            assert not any(each.first_day <= share.day <= each.last_day for each in inputs.vacations)
            worked[share.step_id] = worked.get(share.step_id, 0) + share.minutes
    assert worked == {step.step_id: step.minutes for step in made.steps if step.minutes}
    assert made.minutes == sum(worked.values()) == sum(month.minutes for month in made.months)
    for step in made.steps:
        assert (step.minutes > 0) == (step.state == "open")
        for need in (by_id[each] for each in needs[step.step_id] if step.minutes):
            assert need.position < step.position
            assert not need.minutes or need.last_day <= step.first_day


@settings(deadline=None)
@given(INPUTS, PROGRESS)
def test_no_step_is_lost(inputs: Inputs, progress: Progress) -> None:
    made = planned(inputs, progress)
    ids = [step.step_id for step in made.steps]
    assert [step.position for step in made.steps] == list(range(1, len(ids) + 1))
    assert sorted([*ids, *made.offered]) == sorted(step.id for step in CATALOGUE.steps)
    assert {"cert-" + target.certification for target in inputs.targets} | inputs.extras <= set(ids)
    for step in made.steps:
        if step.step_id in progress.done:
            assert (step.state, step.minutes) == ("done", 0)
        elif step.step_id in progress.skipped:
            assert (step.state, step.minutes) == ("skipped", 0)


@settings(deadline=None)
@given(INPUTS, st.floats(0.5, 30), PROGRESS)
def test_more_hours_end_at_most_a_week_later(inputs: Inputs, more: float, progress: Progress) -> None:
    faster = replace(inputs, hours_a_week=min(60, inputs.hours_a_week + more))
    assert study_weeks(planned(faster, progress)) <= study_weeks(planned(inputs, progress)) + 1


@settings(deadline=None)
@given(INPUTS, st.sampled_from(examples.STEPS))
def test_a_dropped_step_ends_at_most_a_week_later(inputs: Inputs, dropped: str) -> None:
    without = planned(inputs, Progress(skipped=frozenset({dropped})))
    assert study_weeks(without) <= study_weeks(planned(inputs)) + 1
