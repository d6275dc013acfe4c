from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import bank_factory as factory
from tracker.core.bank import Certification, Concept, Item, stem_count
from tracker.core.bank.checks import certification_faults, concept_faults, cycles, item_faults, placing_faults

Change = Callable[[factory.Raw], object]


def _item(raw: factory.Raw) -> Item:
    return Item.model_validate({"certification": factory.SLUG, "domain": "D1"} | raw)


def _concept(slug: str, *needs: str) -> Concept:
    return Concept.model_validate(factory.concept(0, slug=slug, needs=list(needs)))


@pytest.mark.parametrize("make", [factory.single, factory.multiple, factory.ordering, factory.matching])
def test_good_items_have_no_faults(make: Callable[[int], factory.Raw]) -> None:
    assert list(item_faults(_item(make(1)))) == []


@pytest.mark.parametrize(
    ("raw", "field", "message"),
    [
        (factory.single(1, options=factory.single(1)["options"][:3]), "options", "has 4 options, this has 3"),
        (factory.single(1, rank=9), "options", "has 1 key, this has 0"),
        (factory.single(1, stem="Which? Choose TWO."), "stem", "asks for several answers"),
        (factory.single(1, pairs=factory.matching(1)["pairs"]), "pairs", "only a matching item"),
        (factory.multiple(1, options=factory.single(1)["options"]), "options", "5 or 6 options, this has 4"),
        (factory.multiple(1, keys=(1,)), "options", "2 or more keys"),
        (factory.multiple(1, keys=(0, 1, 2, 3, 4)), "options", "and a distractor"),
        (factory.multiple(1, keys=(0, 1, 2)), "stem", "the keys are 3"),
        (factory.multiple(1, stem="Which fit? (Choose two.)"), "stem", "Choose TWO"),
        (factory.ordering(1, options=factory.ordering(1)["options"][:2]), "options", "3 to 5 options"),
        (
            factory.ordering(1, options=factory.single(1)["options"]),
            "options[0].correct",
            "order of its options",
        ),
        (factory.matching(1, pairs=factory.matching(1)["pairs"][:2]), "pairs", "3 to 7 pairs, this has 2"),
        (factory.matching(1, options=factory.ordering(1)["options"]), "options", "not options"),
    ],
)
def test_each_rule_of_a_kind(raw: factory.Raw, field: str, message: str) -> None:
    faults = list(item_faults(_item(raw)))
    assert any(where == field and message in said for where, said in faults), faults


def test_an_option_without_correct_is_named() -> None:
    raw = factory.single(1)
    del raw["options"][2]["correct"]
    assert ("options[2].correct", "is missing") in list(item_faults(_item(raw)))


def test_the_same_text_for_two_options_whatever_its_case_and_spaces() -> None:
    raw = factory.single(1)
    raw["options"][3]["text"] = "  " + raw["options"][0]["text"].upper().replace(" ", "  ")
    assert [field for field, _ in item_faults(_item(raw))] == ["options"]


@pytest.mark.parametrize("part", ["prompt", "match"])
def test_the_same_prompt_or_match_twice(part: str) -> None:
    raw = factory.matching(1)
    raw["pairs"][1][part] = raw["pairs"][0][part]
    assert [field for field, _ in item_faults(_item(raw))] == ["pairs"]


@pytest.mark.parametrize(
    ("stem", "wanted"),
    [("Which? (Choose TWO.)", 2), ("Choose\nTHREE", 3), ("Which?", None), ("choose two", None)],
)
def test_stem_count(stem: str, wanted: int | None) -> None:
    assert stem_count(_item(factory.single(1, stem=stem))) == wanted


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"task": "9.9"}, "task", 'unknown task "9.9"'),
        ({"task": "2.1"}, "task", "belongs to D2, the file to D1"),
        ({"domain": "D9"}, "task", "belongs to D1, the file to D9"),
        ({"removed_in": "DEM-C07"}, "removed_in", 'unknown exam version "DEM-C07"'),
        ({"added_in": "DEM-C02", "removed_in": "DEM-C01"}, "removed_in", "is not after added_in"),
    ],
)
def test_tasks_and_versions_must_exist(changes: factory.Raw, field: str, message: str) -> None:
    versions = [factory.version(), factory.version(code="DEM-C02")]
    certification = Certification.model_validate(factory.certification(exam_versions=versions))
    assert list(placing_faults(_item(factory.single(1)), certification)) == []
    [(where, said)] = placing_faults(_item(factory.single(1, **changes)), certification)
    assert where == field
    assert message in said


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        (
            lambda raw: raw["exam_versions"].append(factory.version()),
            "exam_versions",
            "the same text 2 times",
        ),
        (lambda raw: raw["sources"][0].pop("checked"), "sources[0].checked", "is missing"),
        (lambda raw: _version(raw).update(go_line=0.5), "exam_versions[0].go_line", "below pass_line"),
        (
            lambda raw: _version(raw).update(weights_total=101),
            "exam_versions[0].domains",
            "sum to 100, not to 101",
        ),
        (lambda raw: _domain(raw).update(weight=51), "exam_versions[0].domains", "sum to 101, not to 100"),
        (lambda raw: _domain(raw).update(id="D2"), "exam_versions[0].domains", "the same text 2 times"),
        (
            lambda raw: _domain(raw)["tasks"][0].update(id="2.2"),
            "exam_versions[0].tasks",
            "the same text 2 times",
        ),
        (
            lambda raw: _version(raw).update(english_from="2026-09-29", english_until="2026-09-28"),
            "exam_versions[0].english_until",
            "before english_from",
        ),
    ],
)
def test_each_rule_of_a_certification(change: Change, field: str, message: str) -> None:
    raw = factory.certification()
    assert list(certification_faults(Certification.model_validate(raw))) == []
    change(raw)
    [(where, said)] = certification_faults(Certification.model_validate(raw))
    assert where == field
    assert message in said


def _version(raw: factory.Raw) -> factory.Raw:
    version: factory.Raw = raw["exam_versions"][0]
    return version


def _domain(raw: factory.Raw) -> factory.Raw:
    domain: factory.Raw = _version(raw)["domains"][0]
    return domain


def test_weights_that_a_vendor_rounds_to_101_are_declared() -> None:
    version = factory.version(weights_total=101)
    version["domains"][0]["weight"] = 51
    certification = Certification.model_validate(factory.certification(exam_versions=[version]))
    assert list(certification_faults(certification)) == []


@pytest.mark.parametrize("field", ["needs", "confused_with"])
def test_concepts_name_other_existing_concepts_once(field: str) -> None:
    raw = factory.concept(1) | {"needs": [], field: ["concept-1", "concept-2", "concept-2", "lost"]}
    faults = list(concept_faults(Concept.model_validate(raw), frozenset({"concept-1", "concept-2"})))
    assert {where for where, _ in faults} == {field}
    assert [said.split('"')[0].strip() for _, said in faults] == [
        "the same text 2 times:",
        "names the concept itself",
        "unknown concept",
    ]


def test_circles_are_found_with_their_way() -> None:
    concepts = [_concept("a", "b"), _concept("b", "c"), _concept("c", "a"), _concept("d", "a")]
    assert cycles(concepts) == [("a", "b", "c")]


def test_a_long_chain_is_no_circle_and_no_recursion() -> None:
    chain = [_concept(f"c{at}", f"c{at + 1}") for at in range(3_000)]
    assert cycles(chain) == []


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda edge: edge[0] != edge[1])))
def test_a_circle_is_reported_exactly_when_no_order_exists(edges: list[tuple[int, int]]) -> None:
    needs = {at: {other for this, other in edges if this == at} for at in range(8)}
    found = cycles([_concept(f"c{at}", *(f"c{other}" for other in needs[at])) for at in range(8)])
    for circle in found:
        assert all(
            int(after[1:]) in needs[int(before[1:])]
            for before, after in zip(circle, circle[1:] + circle[:1], strict=True)
        )
    while ready := [at for at, wanted in needs.items() if not wanted & set(needs)]:
        for at in ready:
            del needs[at]
    assert bool(found) == bool(needs)
