from collections.abc import Iterable
from itertools import cycle

import pytest

from tests import bank_factory as factory
from tracker.core.bank import Item
from tracker.core.item_quality.gates import Gate
from tracker.core.item_quality.lengths import length_gates


def _gates(raws: Iterable[factory.Raw]) -> dict[str, Gate]:
    return {gate.name: gate for gate in length_gates(_items(raws))}


def _items(raws: Iterable[factory.Raw]) -> tuple[Item, ...]:
    return factory.bank(raws).items


def _ranked(*ranks: int) -> list[factory.Raw]:
    """24 single items whose keys take these length ranks in turn."""
    return [factory.single(number, rank) for number, rank in zip(range(24), cycle(ranks), strict=False)]


def test_the_good_bank_holds() -> None:
    assert all(gate.ok for gate in length_gates(factory.bank().items))


@pytest.mark.parametrize("unit", ["characters", "words"])
def test_a_key_that_is_always_longest_trips(unit: str) -> None:
    gates = _gates(_ranked(3))
    assert gates[f"longest_{unit}"].value == 1
    assert not gates[f"longest_{unit}"].ok
    assert len(gates[f"longest_{unit}"].offences) == 24


@pytest.mark.parametrize("unit", ["characters", "words"])
def test_a_key_that_is_always_shortest_trips(unit: str) -> None:
    gates = _gates(_ranked(0))
    assert gates[f"shortest_{unit}"].value == 1
    assert not gates[f"shortest_{unit}"].ok


def test_the_inverse_tell_trips_too() -> None:
    gates = _gates(_ranked(1, 2))
    assert gates["longest_characters"].value == gates["shortest_words"].value == 0
    assert not gates["longest_characters"].ok
    assert not gates["shortest_words"].ok


def test_tied_options_share_the_win() -> None:
    raw = factory.single(1, rank=3)
    raw["options"][2]["text"] = factory.words(77, 7)
    assert _gates([raw])["longest_words"].value == 0.5


def test_nothing_to_measure_holds() -> None:
    gates = list(length_gates(()))
    assert all(gate.ok for gate in gates)
    assert [gate.value for gate in gates if gate.name != "key_length_item"] == [None] * 7


@pytest.mark.parametrize(("keys", "tripped"), [((3, 4), "multiple_longest"), ((0, 1), "multiple_shortest")])
def test_keys_that_are_the_longest_or_shortest_trip_multiple_response(keys: tuple[int, int], tripped: str) -> None:
    gates = _gates(factory.multiple(number, keys) for number in range(12))
    # Two of five at random catch 2/5 of the keys; a standard error over 12 items is sqrt(12 * 0.36) / 24.
    assert gates[tripped].limit == pytest.approx((0.4 - 0.1732, 0.4 + 0.1732), abs=1e-4)
    assert gates[tripped].value == 1
    assert not gates[tripped].ok
    assert len(gates[tripped].offences) == 12


def test_multiple_response_spread_over_the_ranks_holds() -> None:
    spread = cycle([(0, 4), (1, 3), (2, 4), (0, 3), (1, 2)])
    gates = _gates(factory.multiple(number, next(spread)) for number in range(20))
    assert gates["multiple_longest"].ok
    assert gates["multiple_shortest"].ok


@pytest.mark.parametrize(("words", "ratio"), [(2, "0.44"), (12, "2.84")])
def test_a_key_out_of_proportion_trips(words: int, ratio: str) -> None:
    raw = factory.single(1, rank=0)
    for at, length in enumerate((words, 4, 4, 4)):
        raw["options"][at]["text"] = factory.words(50 + at, length)
    gate = _gates([raw])["key_length_item"]
    assert not gate.ok
    assert [(each.subject, each.detail) for each in gate.offences] == [
        (raw["id"], f"key / mean distractor = {int(words * 6 - 1) / 23:.2f}")
    ]


def test_keys_that_are_mostly_a_bit_longer_trip_the_median() -> None:
    gates = _gates(_ranked(0, 2, 2))
    assert gates["key_length_item"].ok
    assert not gates["key_length_median"].ok
