"""Where a learner stands, by phase and month."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.core.roadmap.examples import START, TODAY, learner, small
from tracker.core.roadmap import (
    Edition,
    Exam,
    Inputs,
    Mark,
    Overview,
    Progress,
    StepView,
    Target,
    exam_days,
    overview,
    placed_steps,
    plan,
)

INPUTS = learner(targets=(Target("demo"),))


def looked_at(marks: dict[str, Mark], logged: dict[str, int] | None = None, inputs: Inputs = INPUTS) -> Overview:
    placed = placed_steps(plan(small(), inputs, Progress(logged_minutes=logged or {}), TODAY))
    return overview(small(), inputs, placed, marks, {"base": frozenset({"part-0"})}, {}, logged or {})


def of(whole: Overview, step_id: str) -> StepView:
    found = whole.step(step_id)
    assert found is not None
    return found


def test_a_phase_counts_what_is_done_or_known_of_what_was_not_skipped() -> None:
    whole = looked_at({"base": Mark("done", START, 1), "cert-demo": Mark("known"), "drill": Mark("skipped")})
    first, second = whole.phases
    assert (first.done, first.total, first.skipped, first.status) == (2, 2, 0, "done")
    assert (second.done, second.total, second.skipped, second.status) == (0, 1, 1, "current")
    assert (whole.done, whole.total) == (2, 3)
    assert whole.current is second


def test_the_first_phase_not_done_is_the_current_one() -> None:
    assert [each.status for each in looked_at({}).phases] == ["current", "ahead"]
    marks = {each: Mark("done") for each in ("base", "cert-demo", "build", "drill")}
    assert looked_at(marks).current.phase.id == "second"


def test_steps_are_found_with_their_mark_and_ticks() -> None:
    whole = looked_at({"base": Mark("doing", None, 3)})
    base = whole.step("base")
    assert base is not None
    assert (base.mark.revision, base.ticked, base.settled) == (3, {"part-0"}, False)
    assert whole.step("nothing") is None and whole.step(None) is None
    assert whole.phase("second").number == 2 and whole.phase("nothing").number == 1
    assert [each.step.id for each in whole.of_kind("project")] == ["build"]


def test_months_hold_each_step_of_a_phase_once_in_order() -> None:
    for phase in looked_at({}).phases:
        held = [each for _, steps in phase.months for each in steps]
        assert sorted(each.step.id for each in held) == sorted(each.step.id for each in phase.steps)
        assert [month for month, _ in phase.months] == sorted({month for month, _ in phase.months})
        assert phase.first_day <= phase.last_day and phase.minutes > 0


def test_a_step_that_vanished_from_the_catalogue_is_left_out() -> None:
    placed = placed_steps(plan(small(), INPUTS, Progress(), TODAY))
    whole = overview(small(), INPUTS, [*placed, replace(placed[0], step_id="gone")], {}, {}, {}, {"gone": 60})
    assert whole.step("gone") is None


@pytest.mark.parametrize(("logged", "left"), [(0, 600), (360, 240), (480, 120), (590, 120), (6_000, 120)])
def test_logged_minutes_shorten_an_open_step_down_to_a_fifth(logged: int, left: int) -> None:
    for state in ("open", "doing"):
        build = of(looked_at({"build": Mark(state)}, {"build": logged}), "build")
        assert (build.full, build.logged, build.left) == (600, logged, left)


def test_what_was_logged_before_the_plan_was_made_counts_once() -> None:
    build = of(looked_at({}, {"build": 360}), "build")
    assert build.placed.minutes == build.left == 240


def test_minutes_logged_after_the_plan_was_made_count_like_those_before() -> None:
    placed = placed_steps(plan(small(), INPUTS, Progress(logged_minutes={"build": 150}), TODAY))
    build = of(overview(small(), INPUTS, placed, {}, {}, {}, {"build": 150 + 210}), "build")
    assert (build.placed.minutes, build.left) == (450, 240)


def test_the_whole_step_is_what_the_rating_leaves_of_it() -> None:
    base = of(looked_at({}, {"base": 100}, replace(INPUTS, ratings={"python": 1})), "base")
    assert (base.full, base.left) == (360, 260)


def test_nothing_is_left_of_a_step_settled_or_skipped_and_all_of_one_that_comes_back() -> None:
    for state in ("done", "known", "skipped"):
        build = of(looked_at({"build": Mark(state)}, {"build": 90}), "build")
        assert (build.logged, build.left) == (90, 0)
    placed = placed_steps(plan(small(), INPUTS, Progress(skipped=frozenset({"build"})), TODAY))
    back = of(overview(small(), INPUTS, placed, {"build": Mark("open", None, 2)}, {}, {}, {}), "build")
    assert (back.placed.minutes, back.left) == (0, 600)


def test_an_exam_is_on_the_learners_own_day_or_on_a_proposed_one() -> None:
    placed = placed_steps(plan(small(), INPUTS, Progress(), TODAY))
    [step] = [each for each in placed if each.step_id == "cert-demo"]
    own = step.last_day + timedelta(days=40)
    proposed = exam_days(INPUTS, placed, {}, {})["cert-demo"]
    assert proposed.day is not None and proposed.day >= step.last_day + timedelta(days=3)
    assert (proposed.fixed, proposed.late) == (False, False)
    fixed = exam_days(INPUTS, placed, {"demo": own}, {})["cert-demo"]
    assert (fixed.day, fixed.fixed, fixed.late) == (own, True, False)
    assert exam_days(INPUTS, placed, {"demo": step.last_day}, {})["cert-demo"].late


def test_no_day_is_proposed_for_an_exam_that_is_not_open_and_a_course_has_none() -> None:
    placed = placed_steps(plan(small(), INPUTS, Progress(), TODAY))
    over = Exam(editions=(Edition("OLD", last_day=date(2026, 1, 1)),))
    assert exam_days(INPUTS, placed, {}, {"demo": over})["cert-demo"].day is None
    assert exam_days(INPUTS, placed, {}, {"demo": Exam(monthly_usd=0)}) == {}
