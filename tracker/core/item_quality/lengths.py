"""Gates on length: what a candidate gains who looks only at how long the options are."""

from collections.abc import Callable, Iterator
from itertools import groupby
from math import sqrt
from statistics import mean, median

from tracker.core.bank import Item, Option
from tracker.core.item_quality.gates import Gate, Offence, none_allowed, ratio, singles
from tracker.core.item_quality.strategies import wins

Measure = Callable[[str], int]

# Chance is 25 %; below the low end the tell is inverted ("never the longest").
STRATEGY_LOW, STRATEGY_HIGH = 0.18, 0.32
ITEM_RATIO_LOW, ITEM_RATIO_HIGH = 0.6, 1.5
MEDIAN_RATIO_LOW, MEDIAN_RATIO_HIGH = 0.92, 1.08
STANDARD_ERRORS = 2.0


def _characters(text: str) -> int:
    return len(text)


def _words(text: str) -> int:
    return len(text.split())


_MEASURES: tuple[tuple[str, Measure], ...] = (("characters", _characters), ("words", _words))
_ENDS: tuple[tuple[str, int], ...] = (("longest", 1), ("shortest", -1))


def length_gates(items: tuple[Item, ...]) -> Iterator[Gate]:
    """Always the longest or shortest, the same for multiple response, and key against distractors."""
    yield from strategy_gates(items)
    multiple = [item for item in items if item.kind == "multiple"]
    for name, sign in _ENDS:
        yield _multiple_gate(f"multiple_{name}", multiple, sign)
    yield from _ratio_gates(singles(items))


def strategy_gates(items: tuple[Item, ...]) -> Iterator[Gate]:
    """The share of single-answer items won by always taking the longest, or shortest, option; ties share."""
    for end, sign in _ENDS:
        for unit, measure in _MEASURES:
            won = {
                item.id: wins(item, [sign * measure(option.text) for option in item.options])
                for item in singles(items)
            }
            value = mean(won.values()) if won else None
            too_often = value is not None and value > STRATEGY_HIGH
            winners = [Offence(name, f"the key is the {end}") for name, share in won.items() if share]
            yield Gate(
                f"{end}_{unit}",
                value,
                STRATEGY_LOW,
                STRATEGY_HIGH,
                offences=tuple(winners) if too_often else (),
                blind=True,
            )


def _multiple_gate(name: str, items: list[Item], sign: int) -> Gate:
    """The share of keys caught by taking as many of the longest (shortest) options as the stem asks for.

    Under chance the catch is hypergeometric in each item; the limits are two standard errors around it.
    """
    keys = sum(len(item.keys) for item in items)
    value = ratio(sum(_caught(item, sign) for item in items), keys)
    chance = sum(len(item.keys) ** 2 / len(item.options) for item in items) / max(keys, 1)
    error = sqrt(sum(_variance(len(item.keys), len(item.options)) for item in items)) / max(keys, 1)
    low, high = chance - STANDARD_ERRORS * error, chance + STANDARD_ERRORS * error
    caught = [Offence(item.id) for item in items if _caught(item, sign) >= len(item.keys)]
    return Gate(name, value, low, high, offences=tuple(caught) if (value or 0) > high else ())


def _caught(item: Item, sign: int) -> float:
    def length(option: Option) -> int:
        return -sign * len(option.text)

    free = len(item.keys)
    caught = 0.0
    for _, group in groupby(sorted(item.options, key=length), key=length):
        tied = list(group)
        taken = min(free, len(tied))
        caught += sum(bool(option.correct) for option in tied) * taken / len(tied)
        free -= taken
    return caught


def _variance(keys: int, options: int) -> float:
    share = keys / options
    return keys * share * (1 - share) * (options - keys) / (options - 1)


def _ratio_gates(items: tuple[Item, ...]) -> Iterator[Gate]:
    ratios = {
        item.id: len(item.keys[0].text) / mean(len(option.text) for option in item.distractors) for item in items
    }
    offences = [
        Offence(name, f"key / mean distractor = {value:.2f}")
        for name, value in ratios.items()
        if not ITEM_RATIO_LOW <= value <= ITEM_RATIO_HIGH
    ]
    yield none_allowed("key_length_item", offences)
    middle = median(ratios.values()) if ratios else None
    yield Gate("key_length_median", middle, MEDIAN_RATIO_LOW, MEDIAN_RATIO_HIGH, unit="ratio")
