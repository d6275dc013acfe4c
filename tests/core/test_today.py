"""What a day is filled with."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.roadmap.examples import START, TODAY, document, learner, step
from tracker.core.practice import RUN_LENGTH
from tracker.core.queue import Outlook
from tracker.core.roadmap import (
    Mark,
    Overview,
    Progress,
    Target,
    overview,
    parse_catalogue,
    placed_steps,
    plan,
)
from tracker.core.today import (
    LEAST_STEP,
    MORE_QUESTIONS,
    Aim,
    ErrandRow,
    Review,
    ReviewRow,
    Row,
    Scene,
    StepRow,
    first_rows,
    in_turn,
    minutes_of,
    mood,
    more_row,
    next_review,
    next_step,
    rows_within,
    usual_rows,
    warm_up_row,
)

INPUTS = learner(targets=(Target("demo"),))
FULL = Outlook(askable=20, due=5, fresh=9, known=11, next_day=None, items=60, seen=20)
AIF = Review("aws-aif", date(2027, 1, 9), FULL, answered=0, open_left=None, missing=0, gain=0.3)
MLA = Review("aws-mla", None, FULL, answered=0, open_left=None, missing=0, gain=0.6)


def road(marks: dict[str, Mark] | None = None, ticks: dict[str, frozenset[str]] | None = None) -> Overview:
    catalogue = parse_catalogue(document())
    placed = placed_steps(plan(catalogue, INPUTS, Progress(), TODAY))
    return overview(catalogue, INPUTS, placed, marks or {}, ticks or {}, {}, {})


def scene(*reviews: Review, whole: Overview | None = None, cap_left: int = 40) -> Scene:
    return Scene(TODAY, reviews, whole, cap_left)


def told(rows: tuple[Row, ...]) -> list[tuple[Any, ...]]:
    """The rows in short."""
    found: list[tuple[Any, ...]] = []
    for row in rows:
        if isinstance(row, ReviewRow):
            found.append((row.review.certification, row.questions))
        elif isinstance(row, StepRow):
            found.append((row.view.step.id, row.minutes))
        else:
            found.append((row.errand,))
    return found


def test_a_day_holds_a_review_and_then_both_lanes() -> None:
    rows = usual_rows(scene(AIF, whole=road({"base": Mark("done")})), 96)
    assert told(rows) == [("aws-aif", 12), ("cert-demo", 60), ("drill", 20)]
    assert minutes_of(rows) == 93


def test_the_nearest_exam_comes_first_and_an_open_run_before_it() -> None:
    assert told(usual_rows(scene(MLA, AIF), 30))[:2] == [("aws-aif", 12), ("aws-mla", 12)]
    begun = replace(MLA, open_left=4)
    rows = usual_rows(scene(AIF, begun), 30)
    assert told(rows)[:2] == [("aws-mla", 4), ("aws-aif", 12)]
    assert isinstance(rows[0], ReviewRow) and rows[0].resume and rows[0].minutes == 4


def test_an_exam_that_is_over_does_not_come_first() -> None:
    passed = replace(MLA, exam_day=TODAY - timedelta(days=1))
    assert told(usual_rows(scene(passed, AIF), 30))[0] == ("aws-aif", 12)


def test_the_next_review_is_tomorrow_while_anything_is_left_to_ask() -> None:
    later = TODAY + timedelta(days=6)
    tomorrow = TODAY + timedelta(days=1)
    assert next_review(scene(replace(AIF, outlook=replace(FULL, next_day=later)))) == tomorrow
    nothing = replace(FULL, askable=0, due=0, next_day=later)
    assert next_review(scene(replace(AIF, outlook=nothing))) == later
    assert next_review(scene(replace(AIF, outlook=replace(nothing, seen=60, askable=9)))) == later
    assert next_review(scene()) is None


def test_two_reviews_a_day_are_enough() -> None:
    third = replace(MLA, certification="gcp-pmle")
    assert len(told(usual_rows(scene(AIF, MLA, third, whole=road()), 10))) == 2


@pytest.mark.parametrize(("cap_left", "questions"), [(40, 12), (5, 5)])
def test_the_learners_own_limit_is_kept(cap_left: int, questions: int) -> None:
    assert told(usual_rows(scene(AIF, whole=road(), cap_left=cap_left), 10)) == [("aws-aif", questions)]


def test_at_the_limit_and_after_a_whole_run_no_review_is_left() -> None:
    assert told(usual_rows(scene(AIF, whole=road(), cap_left=0), 0)) == []
    assert told(usual_rows(scene(replace(AIF, answered=RUN_LENGTH), whole=road()), 0)) == []


@pytest.mark.parametrize(
    ("review", "rows"),
    [
        (AIF, 0),
        (replace(AIF, missing=8), 1),
        (replace(AIF, exam_day=TODAY + timedelta(days=14)), 1),
        (replace(AIF, exam_day=TODAY + timedelta(days=15)), 0),
        (replace(AIF, exam_day=TODAY), 0),
        (replace(AIF, outlook=replace(FULL, due=12)), 1),
        (replace(AIF, missing=8, outlook=replace(FULL, askable=0)), 0),
    ],
)
def test_a_second_run_on_one_day_needs_a_reason(review: Review, rows: int) -> None:
    assert len(usual_rows(scene(replace(review, answered=RUN_LENGTH), whole=road()), 0)) == rows


def test_when_every_question_was_met_only_what_fades_is_asked() -> None:
    met = replace(FULL, seen=60)
    assert told(usual_rows(scene(replace(AIF, outlook=met), whole=road()), 0)) == [("aws-aif", 5)]
    assert told(usual_rows(scene(replace(AIF, outlook=replace(met, due=0)), whole=road()), 0)) == []


def test_a_day_of_rest_or_one_that_is_done_asks_for_no_step() -> None:
    assert told(usual_rows(scene(whole=road()), 0)) == [("target",)]
    assert told(usual_rows(scene(AIF, whole=road()), -50)) == [("aws-aif", 12)]


def test_what_is_still_to_settle_stands_at_the_end() -> None:
    assert told(usual_rows(scene(AIF), 30))[-1] == ("plan",)
    assert told(usual_rows(scene(), 30)) == [("plan",), ("target",)]


def test_a_step_shows_its_first_open_part_and_no_more_minutes_than_it_has() -> None:
    rows = usual_rows(scene(AIF, whole=road({}, {"base": frozenset({"part-0"})})), 600)
    base = rows[1]
    # a switcher writes some Python: 60 % of ten hours are left, for two parts
    assert isinstance(base, StepRow) and base.part is not None
    assert (base.part.id, base.view.left, base.minutes) == ("part-1", 360, 180)


def test_a_step_with_every_part_ticked_waits_to_be_marked() -> None:
    ticked = {"base": frozenset({"part-0", "part-1", "part-2"})}
    [row] = [row for row in usual_rows(scene(AIF, whole=road({}, ticked)), 60) if isinstance(row, StepRow)]
    assert row.view.step.id == "base" and row.part is None


def test_a_step_in_progress_comes_before_an_earlier_open_one() -> None:
    whole = road({"base": Mark("done"), "build": Mark("doing")})
    main, side = next_step(whole, "main"), next_step(whole, "side")
    assert main is not None and main.step.id == "build"
    assert side is not None and side.step.id == "drill"


def test_a_step_whose_needs_are_open_is_not_offered_and_a_skipped_need_counts_as_met() -> None:
    assert next_step(road(), "side") is None
    assert next_step(road({"base": Mark("skipped")}), "side") is not None
    everything = dict.fromkeys(("base", "cert-demo", "build", "drill"), Mark("done"))
    assert next_step(road(everything), "main") is None


def test_a_short_while_holds_what_gains_most_cut_to_fit() -> None:
    assert told(rows_within(scene(AIF, MLA, whole=road()), 15)) == [("aws-mla", 12)]
    assert told(rows_within(scene(AIF, MLA, whole=road()), 5)) == [("aws-mla", 4)]
    assert told(rows_within(scene(AIF, MLA, whole=road()), 30)) == [("aws-mla", 12), ("base", 15)]


def test_a_short_while_without_a_review_goes_to_the_road() -> None:
    nothing = replace(AIF, outlook=replace(FULL, askable=0))
    assert told(rows_within(scene(nothing, whole=road()), 15)) == [("base", 15)]
    assert told(rows_within(scene(replace(AIF, answered=12), whole=road()), 15)) == [("aws-aif", 12)]
    assert told(rows_within(scene(), 15)) == [("plan",), ("target",)]


@given(st.integers(5, 180), st.floats(0, 1), st.integers(0, 40), st.integers(0, 30))
def test_a_short_while_is_never_overfilled(minutes: int, gain: float, cap_left: int, answered: int) -> None:
    reviews = (AIF, replace(MLA, gain=gain, answered=answered))
    rows = rows_within(scene(*reviews, whole=road(), cap_left=cap_left), minutes)
    # a step is offered for at least ten minutes, and a step row is rounded down otherwise
    assert minutes_of(rows) <= max(minutes, LEAST_STEP) + 1


def test_the_first_half_hour() -> None:
    assert told(first_rows(scene())) == [("plan",), ("target",), ("how",)]
    assert told(first_rows(scene(AIF, whole=road()))) == [("aws-aif", 12), ("how",), ("month",)]
    assert all(row.minutes > 0 for row in first_rows(scene()))


def test_a_warm_up_is_as_long_as_there_is_something_known() -> None:
    row = warm_up_row(scene(AIF, replace(MLA, outlook=replace(FULL, known=2))))
    assert row is not None and (row.mode, row.review, row.questions) == ("warm-up", AIF, 4)
    short = warm_up_row(scene(replace(MLA, outlook=replace(FULL, known=2))))
    assert short is not None and short.questions == 2
    assert warm_up_row(scene(replace(AIF, outlook=replace(FULL, known=0)))) is None and warm_up_row(scene()) is None


def test_whoever_wants_more_gets_new_questions_where_most_is_to_gain() -> None:
    row = more_row(scene(AIF, MLA))
    assert row is not None and (row.review, row.questions) == (MLA, MORE_QUESTIONS)
    row = more_row(scene(AIF, replace(MLA, outlook=replace(FULL, seen=60))))
    assert row is not None and row.review == AIF
    assert more_row(scene(AIF, cap_left=0)) is None


DAY = START
SOME: tuple[Row, ...] = (ErrandRow("how"),)


@pytest.mark.parametrize(
    ("last", "rows", "expected"),
    [
        (None, SOME, "new"),
        (DAY, SOME, "usual"),
        (DAY, (), "clear"),
        (DAY - timedelta(days=4), SOME, "usual"),
        (DAY - timedelta(days=5), SOME, "back"),
        (DAY - timedelta(days=300), (), "back"),
    ],
)
def test_four_silent_days_make_a_welcome_back(last: date | None, rows: tuple[Row, ...], expected: str) -> None:
    assert mood(last, rows, DAY) == expected


def two_exams(marks: dict[str, Mark]) -> Overview:
    raw = document()
    raw["steps"].insert(2, step("cert-late", "second", kind="certification", needs=["cert-demo"]))
    catalogue, inputs = parse_catalogue(raw), learner(targets=(Target("demo"), Target("late")))
    placed = placed_steps(plan(catalogue, inputs, Progress(), TODAY))
    return overview(catalogue, inputs, placed, marks, {}, {}, {})


def aim(slug: str, day: date | None = None, begun: bool = False) -> Aim:
    return Aim(slug, day, begun)


def test_the_next_certification_on_the_road_is_practised_and_others_once_begun_or_dated() -> None:
    both = [aim("demo"), aim("late")]
    assert in_turn(both, two_exams({})) == ["demo"]
    assert in_turn(both, two_exams({"cert-demo": Mark("done")})) == ["late"]
    assert in_turn([aim("demo"), aim("late", begun=True)], two_exams({})) == ["demo", "late"]
    assert in_turn([aim("demo"), aim("late", START)], two_exams({})) == ["demo", "late"]


def test_a_certification_chosen_beside_the_road_is_practised_and_a_settled_one_is_not() -> None:
    assert in_turn([aim("other")], two_exams({})) == ["other"]
    assert in_turn([aim("other")], None) == ["other"]
    assert in_turn([aim("demo", begun=True)], two_exams({"cert-demo": Mark("done")})) == []
    assert in_turn([aim("demo")], two_exams({"cert-demo": Mark("skipped")})) == []
