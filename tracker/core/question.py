"""An item as it is shown: options in a shuffled order, answers as displayed positions, marked all or nothing."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.core.bank import Item, options_in_file_order

LETTERS = "ABCDEFG"


class BadResponse(ValueError):
    """The response does not fit the item: too few or too many choices, or a position that is not shown."""


@dataclass(frozen=True)
class Shown:
    """One line of a shown question: its position, its letter, and its index in the item's file."""

    position: int
    letter: str
    index: int


def shown_order(item: Item, seed: int) -> tuple[Shown, ...]:
    """The options (of a matching item: the matches) in the order that `seed` gives.

    Options that are all numbers keep the file's order, so that they stand sorted.
    """
    indexes = list(range(len(item.pairs or item.options)))
    if not options_in_file_order(item):
        random.Random(seed).shuffle(indexes)  # noqa: S311
    return tuple(Shown(position, LETTERS[position], index) for position, index in enumerate(indexes))


def wanted(item: Item) -> int:
    """How many positions a complete response has."""
    if item.kind == "single":
        return 1
    if item.kind == "multiple":
        return len(item.keys)
    return len(item.pairs or item.options)


def right_response(item: Item, seed: int) -> tuple[int, ...]:
    """The response that is marked right, in displayed positions."""
    order = shown_order(item, seed)
    if item.kind in ("single", "multiple"):
        return tuple(shown.position for shown in order if item.options[shown.index].correct)
    place = {shown.index: shown.position for shown in order}
    return tuple(place[index] for index in range(len(order)))


def read_response(item: Item, positions: Sequence[int]) -> tuple[int, ...]:
    """`positions` as a response in its one form. Raises BadResponse.

    single, multiple: the chosen positions, ascending. ordering: positions from first to last. matching: the
    position of the match for each prompt in file order.
    """
    shown = len(item.pairs or item.options)
    if any(not 0 <= position < shown for position in positions):
        raise BadResponse("This question has no such option. Choose again.")
    if len(positions) != wanted(item):
        raise BadResponse(_too_few_or_many(item))
    if item.kind != "matching" and len(set(positions)) != len(positions):
        raise BadResponse("Each line needs a place of its own.")
    return tuple(sorted(positions)) if item.kind in ("single", "multiple") else tuple(positions)


def _too_few_or_many(item: Item) -> str:
    if item.kind == "single":
        return "Choose one answer first."
    if item.kind == "multiple":
        return f"Choose exactly {wanted(item)} answers."
    return "Give every line its place first."


def is_correct(item: Item, seed: int, response: Sequence[int]) -> bool:
    """Whether the whole response is right; there are no points for parts."""
    return tuple(response) == right_response(item, seed)


def chosen_options(item: Item, seed: int, response: Sequence[int]) -> tuple[int, ...]:
    """The indexes in the item's file of the options that a response chose; none for ordering and matching."""
    if item.kind not in ("single", "multiple"):
        return ()
    indexes = {shown.position: shown.index for shown in shown_order(item, seed)}
    return tuple(indexes[position] for position in response if position in indexes)


def letters(response: Sequence[int]) -> tuple[str, ...]:
    """The letters of displayed positions."""
    return tuple(LETTERS[position] for position in response)


def guess_options(item: Item) -> int:
    """How many equally likely responses a guess has to choose from."""
    if item.kind == "single":
        return len(item.options)
    if item.kind == "multiple":
        keys, options = len(item.keys), len(item.options)
        ways = 1
        for step in range(keys):
            ways = ways * (options - step) // (step + 1)
        return ways
    ways = 1
    for step in range(2, len(item.pairs or item.options) + 1):
        ways *= step
    return ways
