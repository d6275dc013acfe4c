from collections.abc import Sequence

import pytest

from tests import bank_factory as factory
from tracker.core.bank import Item
from tracker.core.item_quality.gates import Gate
from tracker.core.item_quality.strategies import likeness, look_gates, wins

NAMES = ["stem_overlap", "convergence", "most_specific", "flagship"]


def _item(number: int, texts: Sequence[str], rank: int = 1, **changes: str) -> Item:
    """A single-answer item with these options, the key at `rank`."""
    raw = factory.single(number, rank, **changes)
    for option, text in zip(raw["options"], texts, strict=True):
        option["text"] = text
    return factory.item(raw)


def _gates(*items: Item) -> dict[str, Gate]:
    return {gate.name: gate for gate in look_gates(items)}


def test_the_good_bank_holds_at_chance() -> None:
    gates = _gates(*factory.bank().items)
    assert list(gates) == NAMES
    assert all(gate.ok and gate.value == 0.25 and gate.blind for gate in gates.values())


def test_no_items_hold() -> None:
    assert all(gate.ok and gate.value is None for gate in look_gates(()))


GIVEN_AWAY = {
    "stem_overlap": ["A canary gauges drift", "The rollback watches traffic", "A ledger", "A mirror"],
    "convergence": ["copies of tables", "copies of logs", "dumps of logs", "a mirror"],
    "most_specific": ["A cluster", "Amazon S3 for 30 days", "A lake on Hadoop", "A file"],
    "flagship": ["A cluster", "A managed endpoint on SageMaker", "A managed cluster", "A file"],
}


@pytest.mark.parametrize("name", NAMES)
def test_keys_that_a_strategy_always_finds_trip_its_gate_alone(name: str) -> None:
    stem = "Traffic grows and a rollback is wanted. Which watches it?"
    items = [_item(number, GIVEN_AWAY[name], stem=stem) for number in range(6)]
    gate = _gates(*items)[name]
    assert (gate.value, gate.ok) == (1, False)
    assert [each.subject for each in gate.offences] == [item.id for item in items]


@pytest.mark.parametrize("name", NAMES)
def test_keys_found_as_often_as_by_chance_hold(name: str) -> None:
    stem = "Traffic grows and a rollback is wanted. Which watches it?"
    items = [_item(number, GIVEN_AWAY[name], rank=number % 4, stem=stem) for number in range(8)]
    gate = _gates(*items)[name]
    assert (gate.value, gate.ok) == (0.25, True)


@pytest.mark.parametrize(("name", "limit"), [*zip(NAMES, (0.32, 0.33, 0.33, 0.35), strict=True)])
def test_each_gate_has_its_limit(name: str, limit: float) -> None:
    assert _gates()[name].limit == limit


def test_tied_options_share_a_win() -> None:
    item = factory.item(factory.single(1, rank=1))
    assert wins(item, [3, 3, 1, 0]) == 0.5
    assert wins(item, [3, 2, 1, 0]) == 0
    assert wins(item, [1, 1, 1, 1]) == 0.25


def test_likeness_is_the_mean_overlap_with_the_others() -> None:
    item = _item(1, ["red box", "red ball", "blue ball", "green"])
    assert likeness(item) == pytest.approx([1 / 9, 2 / 9, 1 / 9, 0])
