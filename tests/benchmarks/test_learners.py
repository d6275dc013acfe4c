from collections.abc import Callable

import pytest

from benchmarks.learners import SHIPPED, Memoriser
from benchmarks.worlds import generated

WORLD = generated("36x12x3", seed=1)
models = pytest.mark.parametrize("model", SHIPPED, ids=lambda model: model.__name__)


def made(model: Callable[..., object], seed: int) -> object:
    return model(seed, WORLD.concepts, WORLD.items, WORLD.weights)


@models
def test_the_same_seed_is_the_same_person(model: type) -> None:
    one, other = made(model, 5), made(model, 5)
    for number in range(100):
        item_id = WORLD.facts[number % 36].id
        assert one.answer(item_id, number / 10) == other.answer(item_id, number / 10)
    assert one.exam(12.0) == other.exam(12.0)
    assert made(model, 6).exam(0.0) != one.exam(0.0)


@models
def test_practice_teaches_and_time_takes_away(model: type) -> None:
    gains, losses = [], []
    for seed in range(10):
        person = made(model, seed)
        before = person.exam(0.0)
        for day in range(12):
            for item in WORLD.facts[day % 3 :: 3]:
                correct, seconds = person.answer(item.id, day + 0.75)
                assert isinstance(correct, bool)
                assert 10 < seconds < 400
        after = person.exam(12.0)
        assert 0 < before < 1
        assert person.exam(12.0) == after
        gains.append(after - before)
        losses.append(after - person.exam(120.0))
    assert sum(gains) / 10 > 0.1
    assert sum(losses) / 10 > 0.02


@models
def test_somebody_who_knows_nothing_still_guesses(model: type) -> None:
    answers, one_each = [], [group[0] for group in WORLD.open_items.values()]
    for seed in range(60):
        person = made(model, seed)
        person.begin(dict.fromkeys(person.concepts, False))
        if hasattr(person, "held"):
            person.held = dict.fromkeys(person.concepts, False)
        answers += [person.answer(item.id, 0.75)[0] for item in one_each]
    assert 0.15 < sum(answers) / len(answers) < 0.35


def test_a_memorised_answer_does_not_transfer_to_a_sibling() -> None:
    repeats, siblings = [], []
    for seed in range(60):
        person = made(Memoriser, seed)
        person.begin(dict.fromkeys(person.concepts, False))
        group = WORLD.open_items["c0"]
        person.answer(group[0].id, 0.75)
        siblings.append(person.answer(group[1].id, 9.75)[0])
        repeats.append(person.answer(group[0].id, 9.76)[0])
    assert sum(repeats) > 1.4 * sum(siblings)
