import pytest

from tests.core.roadmap import examples
from tests.core.roadmap.examples import learner
from tracker.core.roadmap import Catalogue, Progress, Step, Target, parse_catalogue
from tracker.core.roadmap.selection import SelectedStep, hours_left, select, to_front

DEMO = (Target("demo"),)


def chosen(progress: Progress | None = None, **changes: object) -> dict[str, SelectedStep]:
    inputs = learner(**{"targets": (), **changes})
    return {step.id: step for step in select(examples.small(), inputs, progress or Progress())}


def of(**changes: object) -> Step:
    raw = examples.step("cert-x" if changes.get("kind") == "certification" else "x", **changes)
    return Step.model_validate(raw)


@pytest.mark.parametrize(
    ("hours", "left"), [(20, (20, 12, 5, 0)), (14, (14, 9, 4, 0)), (8, (8, 5, 2, 0)), (18, (18, 11, 5, 0))]
)
def test_hours_left_by_rating_are_rounded_up(hours: int, left: tuple[int, ...]) -> None:
    assert tuple(hours_left(of(hours=hours, skill="ml"), rating) for rating in range(4)) == left


@pytest.mark.parametrize(("hours", "left"), [(56, (56, 50, 45, 42)), (21, (21, 19, 17, 16)), (35, (35, 32, 28, 26))])
def test_hours_left_of_a_certification_are_the_nearest(hours: int, left: tuple[int, ...]) -> None:
    step = of(hours=hours, skill="cloud", kind="certification")
    assert tuple(hours_left(step, rating) for rating in range(4)) == left


def test_a_step_without_a_skill_keeps_its_hours() -> None:
    assert {hours_left(of(hours=24), rating) for rating in range(4)} == {24}


def test_a_plan_holds_the_required_steps_and_no_certification() -> None:
    steps = chosen()
    assert list(steps) == ["base", "build", "drill"]
    assert not any(step.optional for step in steps.values())


def test_a_target_joins_as_required_with_its_needs() -> None:
    steps = chosen(targets=DEMO)
    assert list(steps) == ["base", "cert-demo", "build", "drill"]
    assert not steps["cert-demo"].optional


def test_extras_join_as_optional() -> None:
    steps = chosen(extras=frozenset({"watch", "cert-demo"}))
    assert list(steps) == ["base", "cert-demo", "build", "watch", "drill"]
    assert [step.id for step in steps.values() if step.optional] == ["cert-demo", "watch"]


def test_one_that_stands_for_another_takes_its_place() -> None:
    for steps in (chosen(extras=frozenset({"other"})), chosen(Progress(done=frozenset({"other"})))):
        assert list(steps) == ["base", "other", "drill"]
        assert not steps["other"].optional


def test_both_stay_if_the_learner_wants_both() -> None:
    steps = chosen(extras=frozenset({"other", "build"}))
    assert [step.id for step in steps.values() if step.optional] == ["build"]


def test_a_step_done_stays_even_if_it_is_no_longer_wanted() -> None:
    assert chosen(Progress(done=frozenset({"watch", "no-longer-there"})))["watch"].state == "done"


def test_done_skipped_and_known_steps_count_nothing() -> None:
    progress = Progress(done=frozenset({"base"}), skipped=frozenset({"base", "build"}))
    assert [(step.state, step.minutes) for step in chosen(progress).values()] == [
        ("done", 0),
        ("skipped", 0),
        ("open", 600),
    ]
    assert chosen(ratings={"python": 3})["base"].state == "known"
    assert chosen(ratings={"python": 3})["base"].minutes == 0


@pytest.mark.parametrize(("logged", "left"), [(0, 600), (150, 450), (480, 120), (481, 120), (9_000, 120), (-60, 600)])
def test_logged_minutes_are_subtracted_down_to_a_fifth(logged: int, left: int) -> None:
    assert chosen(Progress(logged_minutes={"build": logged}))["build"].minutes == left


def test_the_fifth_is_one_of_what_the_rating_leaves() -> None:
    steps = chosen(Progress(logged_minutes={"base": 9_000}), ratings={"python": 1})
    assert steps["base"].minutes == 6 * 60 // 5


def reordered() -> Catalogue:
    document = examples.document()
    document["steps"] = [
        examples.step("late", "second"),
        examples.step("second", needs=["first"]),
        examples.step("third"),
        examples.step("first", needs=["third"]),
        examples.step("fourth"),
    ]
    document["retired"] = []
    return parse_catalogue(document)


def test_order_is_by_phase_then_needs_then_file() -> None:
    steps = select(reordered(), learner(targets=()), Progress())
    assert [step.id for step in steps] == ["third", "first", "second", "fourth", "late"]


def test_to_front_takes_along_what_is_needed_and_keeps_the_order() -> None:
    steps = select(reordered(), learner(targets=()), Progress())
    assert [step.id for step in to_front(steps, "first")] == ["third", "first", "second", "fourth", "late"]
    assert [step.id for step in to_front(steps, "late")] == ["late", "third", "first", "second", "fourth"]
