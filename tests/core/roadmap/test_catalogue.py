from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.roadmap import examples
from tracker.core.roadmap import CatalogueError, Problem, parse_catalogue

Change = Callable[[dict[str, Any]], object]
FILE = "ml_engineer.yaml"


def problems(document: object) -> tuple[Problem, ...]:
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(document)
    return caught.value.problems


def test_the_good_catalogue_parses_in_file_order() -> None:
    catalogue = examples.small()
    assert list(catalogue.by_id()) == ["base", "cert-demo", "build", "watch", "other", "drill"]
    assert [step.certification for step in catalogue.steps] == [None, "demo", None, None, None, None]
    assert catalogue.steps[2].needs == ("base",)


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        (lambda raw: raw.pop("why"), "why", "is missing"),
        (lambda raw: raw.update(hour=3), "hour", "unknown key"),
        (lambda raw: raw.update(hours="10"), "hours", "valid integer"),
        (lambda raw: raw.update(hours=0), "hours", "greater than or equal to 1"),
        (lambda raw: raw.update(kind="course"), "kind", "'learn'"),
        (lambda raw: raw.update(lane="fast"), "lane", "'main'"),
        (lambda raw: raw.update(skill="ml-ops"), "skill", "'mlops'"),
        (lambda raw: raw.update(optional="yes"), "optional", "valid boolean"),
        (lambda raw: raw.update(covers=["SEED-1"]), "covers[0]", "pattern"),
        (lambda raw: raw.update(parts=raw["parts"][:2]), "parts", "at least 3"),
        (lambda raw: raw.update(parts=raw["parts"] * 3), "parts", "at most 6"),
        (lambda raw: raw["parts"][1].update(note="x"), "parts[1].note", "unknown key"),
        (lambda raw: raw["parts"][1].update(id="part-0"), "parts", 'the id "part-0" is used twice'),
        (lambda raw: raw.update(phase="third"), "phase", 'unknown phase "third"'),
        (lambda raw: raw.update(kind="certification"), "id", 'begins with "cert-" if'),
        (lambda raw: raw.update(needs=["lost"]), "needs", 'unknown step "lost"'),
        (lambda raw: raw.update(needs=["build"]), "needs", "names the step itself"),
        (lambda raw: raw.update(needs=["watch"]), "needs", '"watch" is not in every plan'),
        (lambda raw: raw.update(needs=["cert-demo"]), "needs", '"cert-demo" is not in every plan'),
        (lambda raw: raw.update(phase="first", needs=["drill"]), "needs", '"drill" belongs to a later phase'),
        (lambda raw: raw.update(stands_for="base"), "stands_for", "only an optional step"),
        (lambda raw: raw.update(optional=True, stands_for="lost"), "stands_for", 'unknown step "lost"'),
    ],
)
def test_each_fault_of_a_step_names_file_step_and_field(change: Change, field: str, message: str) -> None:
    document = examples.document()
    # neither step is needed by nor stands for another, so that one fault gives one problem
    document["steps"] = [each for each in document["steps"] if each["id"] not in ("watch", "other")]
    document["steps"].append(examples.step("watch", "second", optional=True))
    change(document["steps"][2])
    [problem] = problems(document)
    assert (problem.file, problem.step, problem.field) == (FILE, "build", field)
    assert message in problem.message


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda all_: all_.update(extra=1), Problem(FILE, "unknown key", field="extra")),
        (lambda all_: all_.pop("revision"), Problem(FILE, "is missing", field="revision")),
        (lambda all_: all_["phases"][0].pop("why"), Problem(FILE, "is missing", "first", "why")),
        (lambda all_: all_["phases"][1].update(id="first"), Problem(FILE, "is used twice", "first", "id")),
        (lambda all_: all_["steps"].append(examples.step("base")), Problem(FILE, "is used twice", "base", "id")),
        (lambda all_: all_["retired"].append({"id": "drill"}), Problem(FILE, "is used twice", "drill", "id")),
        (
            lambda all_: all_["retired"].append({"id": "x", "became": "old"}),
            Problem(FILE, 'unknown step "old"', "x", "became"),
        ),
        (lambda all_: all_["steps"][0].pop("id"), Problem(FILE, "is missing", "steps[0]", "id")),
    ],
)
def test_each_fault_of_the_whole_names_its_place(change: Change, expected: Problem) -> None:
    document = examples.document()
    change(document)
    assert expected in problems(document)


def circles(**needs: list[str]) -> list[str]:
    """The circles among these steps, each as the ids on it, sorted."""
    document = examples.document()
    document["steps"] += [examples.step(each, "second", needs=wanted) for each, wanted in needs.items()]
    found = [problem.message.removeprefix("a circle: ").split(" -> ") for problem in problems(document)]
    assert all(wanted in needs[each] for way in found for each, wanted in pairwise(way))
    return sorted("".join(sorted(set(way))) for way in found)


def test_every_circle_is_named_in_the_direction_of_needs() -> None:
    assert circles(a=["b"], b=["a"], c=["d"], d=["e"], e=["c"]) == ["ab", "cde"]


def test_circles_that_share_a_step_are_both_named() -> None:
    assert circles(a=["b", "c"], b=["a"], c=["a"]) == ["ab", "ac"]


def test_all_problems_come_at_once() -> None:
    document = examples.document()
    document["steps"][0]["phase"] = "lost"
    document["steps"][5]["needs"] = ["lost", "gone"]
    assert [problem.step for problem in problems(document)] == ["base", "drill", "drill"]


def test_a_problem_reads_as_file_step_field_message() -> None:
    assert str(Problem("a.yaml", "is missing", "sql", "why")) == "a.yaml: sql: why: is missing"
    assert str(CatalogueError([Problem("a.yaml", "x"), Problem("a.yaml", "y")])) == "a.yaml: x\na.yaml: y"


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(JUNK)
def test_whatever_the_document_holds_the_answer_is_a_list_of_problems(junk: object) -> None:
    assert problems(junk)


@given(st.sampled_from(["phases", "steps", "retired", "revision"]), st.integers(0, 1), JUNK)
def test_whatever_an_entry_holds_it_parses_or_gives_problems(group: str, at: int, junk: object) -> None:
    document = examples.document()
    if group == "revision":
        document[group] = junk
    else:
        document[group][at] = junk
    try:
        parse_catalogue(document)
    except CatalogueError as error:
        assert error.problems
