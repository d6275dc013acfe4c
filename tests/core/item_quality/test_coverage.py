from collections.abc import Iterable
from datetime import date

import pytest

from tests import bank_factory as factory
from tracker.core.bank import Certification, Item, parse_bank
from tracker.core.item_quality.coverage import coverage_gates
from tracker.core.item_quality.gates import Gate

TODAY = date(2026, 11, 23)


def _gates(items: Iterable[Item] | None = None, certification: factory.Raw | None = None) -> dict[str, Gate]:
    parsed = Certification.model_validate(certification or factory.certification())
    given = tuple(factory.bank().items if items is None else items)
    return {gate.name: gate for gate in coverage_gates(parsed, given, TODAY)}


def _items(raws: Iterable[factory.Raw]) -> tuple[Item, ...]:
    return factory.bank(raws).items


def test_the_good_bank_holds() -> None:
    assert all(gate.ok for gate in _gates().values())


def test_too_much_recall_trips() -> None:
    gate = _gates(_items(raw | {"level": "recall"} for raw in factory.good_items()))["level"]
    assert (gate.value, gate.ok) == (0, False)


@pytest.mark.parametrize(
    ("slug", "floor"),
    [
        ("aws-aif", 0.5),
        ("dlai-dls", 0.6),
        ("databricks-mla", 0.65),
        ("aws-mla", 0.7),
        ("gcp-pmle", 0.8),
        ("aws-aip", 0.8),
        ("ones-own", 0.5),
    ],
)
def test_each_certification_has_its_floor_of_applied_items(slug: str, floor: float) -> None:
    assert _gates(certification=factory.certification(slug=slug))["level"].limit == floor


@pytest.mark.parametrize("keep", ["single", "multiple"])
def test_too_little_or_too_much_multiple_response_trips_an_aws_bank(keep: str) -> None:
    items = [item for item in factory.bank().items if item.kind == keep]
    assert not _gates(items)["multiple_share"].ok
    assert "multiple_share" not in _gates(items, factory.certification(slug="gcp-pmle"))


def test_a_stem_that_asks_for_another_number_trips() -> None:
    item = factory.item(factory.multiple(1))
    wrong = item.model_copy(update={"stem": "Which fit? (Choose THREE.)"})
    assert _gates([item])["multiple_count"].ok
    gate = _gates([wrong])["multiple_count"]
    assert [each.detail for each in gate.offences] == ["the stem asks for 3, the keys are 2"]


def test_a_domain_off_by_more_than_two_points_trips() -> None:
    version = factory.version()
    version["domains"][0]["weight"], version["domains"][1]["weight"] = 53, 47
    gate = _gates(certification=factory.certification(exam_versions=[version]))["blueprint_domains DEM-C01"]
    assert gate.value == pytest.approx(0.03)
    assert [each.subject for each in gate.offences] == ["D1", "D2"]


def test_a_domain_off_by_two_points_holds() -> None:
    version = factory.version()
    version["domains"][0]["weight"], version["domains"][1]["weight"] = 52, 48
    assert _gates(certification=factory.certification(exam_versions=[version]))["blueprint_domains DEM-C01"].ok


def test_weights_that_sum_to_101_are_taken_as_shares() -> None:
    version = factory.version(weights_total=101)
    version["domains"][0]["weight"] = 51
    gate = _gates(certification=factory.certification(exam_versions=[version]))["blueprint_domains DEM-C01"]
    assert gate.value == pytest.approx(51 / 101 - 0.5)


def test_a_task_with_two_items_trips() -> None:
    raws = [raw | {"task": "1.1"} if raw["task"] == "1.2" else raw for raw in factory.good_items()]
    for raw in raws[6:8]:
        raw["task"] = "1.2"
    gate = _gates(_items(raws))["blueprint_tasks DEM-C01"]
    assert [(each.subject, each.detail) for each in gate.offences] == [("1.2", "2 items")]


def test_a_concept_with_two_open_items_trips() -> None:
    raws = factory.good_items()
    raws[4]["reserved"] = True
    gate = _gates(_items(raws))["blueprint_concepts DEM-C01"]
    assert (gate.value, [each.subject for each in gate.offences]) == (2, ["concept-1"])


def test_an_empty_bank_trips_its_blueprint() -> None:
    gates = _gates([])
    assert not gates["blueprint_domains DEM-C01"].ok
    assert not gates["blueprint_tasks DEM-C01"].ok


def test_only_versions_still_open_are_measured_and_with_their_own_items() -> None:
    versions = [
        factory.version(english_until="2026-09-28"),
        factory.version(code="DEM-C02", english_from="2027-01-14"),
    ]
    raws = factory.good_items()
    for raw in raws[:3]:
        raw["removed_in"] = "DEM-C02"
    documents = factory.documents(raws)
    certification = documents[factory.CERTIFICATION] = factory.certification(exam_versions=versions)
    gates = _gates(parse_bank(documents).items, certification)
    assert "blueprint_tasks DEM-C01" not in gates
    assert gates["blueprint_tasks DEM-C02"].value == 3
    assert [each.subject for each in gates["blueprint_domains DEM-C02"].offences] == ["D1", "D2"]
