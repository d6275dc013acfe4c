from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from tests.core.roadmap import examples
from tests.core.roadmap.examples import INPUTS, START, TODAY, learner
from tracker.core.roadmap import (
    Background,
    BadInput,
    Inputs,
    Level,
    Target,
    Vacation,
    bad_inputs,
    default_targets,
    ratings,
    second_target,
)
from tracker.store.catalogue_file import shipped_catalogue

CATALOGUE = shipped_catalogue()
SKILLS = ("python", "maths", "ml", "data", "cloud", "mlops")


def found(**changes: Any) -> tuple[BadInput, ...]:
    return bad_inputs(learner(**changes), CATALOGUE, TODAY)


@pytest.mark.parametrize(
    ("background", "level", "expected"),
    [
        ("switcher", "starting", (1, 0, 0, 0, 0, 0)),
        ("switcher", "course", (1, 1, 1, 0, 0, 0)),
        ("switcher", "built", (1, 1, 2, 0, 0, 0)),
        ("developer", "starting", (3, 1, 0, 2, 1, 2)),
        ("developer", "built", (3, 1, 2, 2, 1, 2)),
        ("data", "starting", (2, 2, 1, 3, 0, 0)),
        ("data", "course", (2, 2, 1, 3, 0, 0)),
    ],
)
def test_default_ratings(background: Background, level: Level, expected: tuple[int, ...]) -> None:
    assert ratings(learner(background, level)) == dict(zip(SKILLS, expected, strict=True))


def test_own_ratings_override_upwards_and_downwards() -> None:
    assert ratings(learner("developer", ratings={"python": 0, "cloud": 3}))["python"] == 0
    assert ratings(learner("developer", ratings={"python": 0, "cloud": 3}))["cloud"] == 3


def test_default_targets_follow_the_background() -> None:
    assert default_targets("switcher") == (Target("aws-aif"), Target("aws-mla"))
    assert default_targets("switcher", google_cloud=True) == default_targets("switcher")
    assert default_targets("developer") == default_targets("data") == (Target("aws-mla"),)
    assert default_targets("data", google_cloud=True) == (Target("gcp-pmle"),)
    assert [second_target(each) for each in ("switcher", "developer", "data")] == [None, "aws-aip", "databricks-mla"]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"background": "teacher"}, "background", 'unknown background "teacher"'),
        ({"level": "expert"}, "level", 'unknown level "expert"'),
        ({"hours": 0}, "hours_a_week", "between 1 and 60"),
        ({"hours": -3}, "hours_a_week", "between 1 and 60"),
        ({"hours": 61}, "hours_a_week", "between 1 and 60"),
        ({"hours": float("nan")}, "hours_a_week", "between 1 and 60"),
        ({"hours": float("inf")}, "hours_a_week", "between 1 and 60"),
        ({"study_days": frozenset()}, "study_days", "at least one"),
        ({"study_days": frozenset({1, 7})}, "study_days", "no weekday"),
        ({"ratings": {"juggling": 1}}, "ratings[juggling]", "unknown skill"),
        ({"ratings": {"ml": 4}}, "ratings[ml]", "0 to 3"),
        ({"vacations": (Vacation(START, START - timedelta(1)),)}, "vacations[0]", "ends before"),
        ({"vacations": (Vacation(START, START + timedelta(366)),)}, "vacations[0]", "longer than a year"),
        ({"vacations": (Vacation(START, START),) * 21}, "vacations", "more than 20"),
        ({"targets": (Target("aws-xyz"),)}, "targets[0].certification", 'unknown certification "aws-xyz"'),
        ({"targets": (Target("aws-mla"),) * 2}, "targets[1].certification", "chosen twice"),
        ({"targets": (Target("aws-mla", TODAY - timedelta(1)),)}, "targets[0].exam_day", "has passed"),
        ({"targets": (Target("aws-mla", date(2040, 1, 1)),)}, "targets[0].exam_day", "more than five years"),
        ({"targets": (Target("aws-mla", None, "english!"),)}, "targets[0].language", "no language code"),
        ({"extras": frozenset({"juggling"})}, "extras", 'unknown step "juggling"'),
    ],
)
def test_each_bad_answer_names_its_field(changes: dict[str, Any], field: str, message: str) -> None:
    [problem] = found(**changes)
    assert problem.field == field
    assert message in problem.message


def test_a_start_too_far_away_is_bad_and_one_in_the_past_is_not() -> None:
    usual = learner()
    for days, bad in ((-400, False), (366, False), (367, True)):
        inputs = Inputs(usual.background, usual.level, 8, TODAY + timedelta(days))
        assert [each.field for each in bad_inputs(inputs, CATALOGUE, TODAY)] == (["start"] if bad else [])


def test_all_problems_come_at_once_in_the_order_of_the_fields() -> None:
    problems = found(hours=0, study_days=frozenset(), targets=(Target("x"), Target("aws-mla", date(2020, 1, 1))))
    assert [each.field for each in problems] == [
        "hours_a_week",
        "study_days",
        "targets[0].certification",
        "targets[1].exam_day",
    ]


def test_the_exam_of_a_finished_step_may_lie_in_the_past() -> None:
    sat = learner(targets=(Target("aws-mla", TODAY - timedelta(1)),))
    assert bad_inputs(sat, CATALOGUE, TODAY, frozenset({"cert-aws-aif"})) != ()
    assert bad_inputs(sat, CATALOGUE, TODAY, frozenset({"cert-aws-mla"})) == ()


@given(INPUTS)
def test_good_inputs_have_no_problems(inputs: Inputs) -> None:
    assert bad_inputs(inputs, CATALOGUE, TODAY) == ()
    assert set(ratings(inputs)) == set(SKILLS)


def test_the_small_catalogue_knows_its_own_certification_only() -> None:
    inputs = learner(targets=(Target("demo"), Target("aws-mla")))
    assert [each.field for each in bad_inputs(inputs, examples.small(), TODAY)] == ["targets[1].certification"]
