"""Items as shown, and the marking of responses."""

from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import bank_factory
from tracker.core.bank import Item
from tracker.core.question import (
    BadResponse,
    chosen_options,
    guess_options,
    is_correct,
    letters,
    read_response,
    right_response,
    shown_order,
    wanted,
)

KINDS: dict[str, Item] = {
    "single": bank_factory.item(bank_factory.single(1)),
    "multiple": bank_factory.item(bank_factory.multiple(1)),
    "ordering": bank_factory.item(bank_factory.ordering(1)),
    "matching": bank_factory.item(bank_factory.matching(1)),
}
SEEDS = st.integers(0, 2**31 - 1)
ANY_ITEM = st.sampled_from(sorted(KINDS)).map(KINDS.__getitem__)


@given(ANY_ITEM, SEEDS)
def test_the_right_response_is_marked_right_in_every_order(item: Item, seed: int) -> None:
    assert is_correct(item, seed, read_response(item, right_response(item, seed)))


@given(ANY_ITEM, SEEDS, st.data())
def test_no_other_response_is_marked_right(item: Item, seed: int, data: st.DataObject) -> None:
    lines = len(shown_order(item, seed))
    sent = data.draw(st.lists(st.integers(0, lines - 1), min_size=wanted(item), max_size=wanted(item)))
    right = right_response(item, seed)
    same = set(sent) == set(right) if item.kind in ("single", "multiple") else tuple(sent) == right
    try:
        response = read_response(item, sent)
    except BadResponse:
        return
    assert is_correct(item, seed, response) is same


@given(ANY_ITEM, SEEDS)
def test_every_line_is_shown_once_and_the_order_is_repeatable(item: Item, seed: int) -> None:
    order = shown_order(item, seed)
    assert sorted(line.index for line in order) == list(range(len(item.pairs or item.options)))
    assert [line.position for line in order] == list(range(len(order)))
    assert shown_order(item, seed) == order


def test_orders_differ_between_seeds() -> None:
    first = {shown_order(KINDS["single"], seed)[0].index for seed in range(50)}
    assert first == {0, 1, 2, 3}


def test_numbers_keep_the_order_of_the_file() -> None:
    options = [bank_factory.option(at, 1, at == 2) | {"text": f"{at + 1} days"} for at in range(4)]
    item = bank_factory.item(bank_factory.single(1, options=options))
    assert [line.index for line in shown_order(item, 7)] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("kind", "positions"),
    [
        ("single", []),
        ("single", [0, 1]),
        ("single", [4]),
        ("single", [-1]),
        ("multiple", [0]),
        ("multiple", [0, 1, 2]),
        ("multiple", [1, 1]),
        ("ordering", [0, 1, 2]),
        ("ordering", [0, 1, 2, 2]),
        ("matching", [0, 1]),
        ("matching", [0, 1, 9]),
    ],
)
def test_a_response_that_does_not_fit_is_refused_with_words(kind: str, positions: list[int]) -> None:
    with pytest.raises(BadResponse, match=r"\.$"):
        read_response(KINDS[kind], positions)


def test_choices_may_come_in_any_order() -> None:
    assert read_response(KINDS["multiple"], [4, 0]) == (0, 4)
    assert read_response(KINDS["ordering"], [3, 0, 2, 1]) == (3, 0, 2, 1)


def test_letters_name_positions() -> None:
    assert letters((0, 2)) == ("A", "C")


def test_a_guess_chooses_among_all_responses() -> None:
    assert {kind: guess_options(item) for kind, item in KINDS.items()} == {
        "single": 4,
        "multiple": 10,
        "ordering": factorial(4),
        "matching": factorial(3),
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_chosen_options_are_those_of_the_file(seed: int) -> None:
    item = bank_factory.item(bank_factory.multiple(1, keys=(1, 3)))
    assert sorted(chosen_options(item, seed, right_response(item, seed))) == [1, 3]


def test_an_order_or_a_match_chooses_no_option_and_neither_does_a_position_that_is_not_shown() -> None:
    assert chosen_options(bank_factory.item(bank_factory.ordering(1)), 1, [0, 1, 2, 3]) == ()
    assert chosen_options(bank_factory.item(bank_factory.matching(1)), 1, [0, 1, 2]) == ()
    assert chosen_options(bank_factory.item(bank_factory.single(1)), 1, [9]) == ()
