from itertools import cycle

import pytest

from tests import bank_factory as factory
from tracker.core.bank import Item
from tracker.core.item_quality.classifier import classifier_gate, strategy_limit


def _items(raws: list[factory.Raw]) -> tuple[Item, ...]:
    return factory.bank(raws).items


def _ranked() -> list[factory.Raw]:
    """24 single items whose keys take each length rank equally often."""
    return [factory.single(number, rank) for number, rank in zip(range(24), cycle(range(4)), strict=False)]


def _key(raw: factory.Raw) -> factory.Raw:
    [found] = [option for option in raw["options"] if option["correct"]]
    return found


def _ending(option: factory.Raw, word: str) -> None:
    """Put the word in place of an option's last."""
    option["text"] = f"{option['text'].rpartition(' ')[0]} {word}"


def test_the_good_bank_holds_and_is_blind() -> None:
    gate = classifier_gate(factory.bank().items)
    assert gate.ok
    assert gate.blind
    assert gate.offences == ()


def test_nothing_to_measure_holds() -> None:
    gate = classifier_gate(_items([factory.multiple(1)]))
    assert (gate.value, gate.ok) == (None, True)


def test_a_word_in_most_keys_trips_and_is_named() -> None:
    raws = _ranked()
    for raw in raws[:18]:
        _ending(_key(raw), "smoothly")
    _ending(raws[20]["options"][1], "smoothly")
    gate = classifier_gate(_items(raws))
    assert not gate.ok
    assert gate.value is not None and gate.value > 0.7
    assert (gate.offences[0].subject, gate.offences[0].detail) == ('"smoothly"', "in 18 keys and 1 distractors")


def test_a_word_in_keys_and_distractors_alike_holds() -> None:
    raws = _ranked()
    for raw in raws:
        for option in raw["options"]:
            _ending(option, "smoothly")
    assert classifier_gate(_items(raws)).ok


@pytest.mark.parametrize("rank", [0, 3])
def test_a_form_of_most_keys_trips(rank: int) -> None:
    gate = classifier_gate(_items([factory.single(number, rank) for number in range(24)]))
    assert (gate.value, gate.ok) == (1, False)
    assert f"{rank} shorter options" in [each.subject for each in gate.offences]


def _siblings() -> list[factory.Raw]:
    """Eight concepts of three items with the same words in their options, the key another one each time."""
    raws = []
    for number in range(24):
        raw = factory.single(number, rank=number % 3)
        for at, option in enumerate(raw["options"]):
            option["text"] = f"{factory.words(10 * (number // 3) + at, 4)} plainly"
        raws.append(raw)
    return raws


def test_siblings_that_take_turns_with_the_key_do_not_hide_a_tell() -> None:
    raws = _siblings()
    assert classifier_gate(_items(raws)).ok
    for raw in raws[::3]:
        _ending(_key(raw), "smoothly")
    gate = classifier_gate(_items(raws))
    assert not gate.ok
    assert gate.offences[0].subject == '"smoothly"'


def test_keys_known_from_their_siblings_trip() -> None:
    raws = _siblings()
    for number, raw in enumerate(raws):
        for at, option in enumerate(raw["options"]):
            option["correct"] = at == number // 3 % 4
    assert not classifier_gate(_items(raws)).ok


def test_the_figure_and_the_limit_are_the_same_each_time_and_in_any_order() -> None:
    items = _items(_ranked())
    again = classifier_gate(items[::-1])
    assert (classifier_gate(items).value, classifier_gate(items).limit) == (again.value, again.limit)


@pytest.mark.parametrize(("items", "limit"), [(48, 0.3528), (165, 0.3055), (1000, 0.30)])
def test_the_limit_of_a_strategy_is_at_least_thirty_percent(items: int, limit: float) -> None:
    assert strategy_limit(items) == pytest.approx(limit, abs=1e-4)


def test_the_limit_is_what_chance_stays_below_in_95_of_100_where_that_is_higher() -> None:
    gate = classifier_gate(_items(_ranked()))
    assert isinstance(gate.limit, float)
    assert strategy_limit(24) < gate.limit < 0.6


def test_where_chance_reaches_nothing_the_limit_is_the_strategys() -> None:
    raws = _ranked()
    for number, raw in enumerate(raws):
        for at, option in enumerate(raw["options"]):
            option["text"] = factory.words(10 * number + at, 4)
    gate = classifier_gate(_items(raws))
    assert (gate.value, gate.limit) == (0.25, strategy_limit(24))
