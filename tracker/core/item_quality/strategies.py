"""Gates on blind strategies: what a candidate wins who picks an option by its looks, item after item."""

from collections.abc import Callable, Iterator, Sequence
from statistics import mean

from tracker.core.bank import Item
from tracker.core.item_quality.gates import Gate, Offence, singles
from tracker.core.item_quality.wordlike import content_words, flagships, names_and_numbers, words

STEM_OVERLAP_HIGH = 0.32
CONVERGENCE_HIGH = 0.33
SPECIFIC_HIGH = 0.33
FLAGSHIP_HIGH = 0.35

Scores = Callable[[Item], Sequence[float]]
"""How much a strategy likes each option of an item, in file order."""


def look_gates(items: tuple[Item, ...]) -> Iterator[Gate]:
    """What the stem's words, the likeness of options, names and flagships give away of single-answer items.

    The value is the share won by always taking the option with the highest score; tied options share the win, so
    an item in which a strategy sees nothing counts a quarter.
    """
    for name, scores, high, why in _STRATEGIES:
        won = {item.id: wins(item, scores(item)) for item in singles(items)}
        value = mean(won.values()) if won else None
        winners = tuple(Offence(each, why) for each, share in won.items() if share > 1 / 2)
        yield Gate(name, value, high=high, offences=winners, blind=True)


def wins(item: Item, scores: Sequence[float]) -> float:
    """The key's share of a win, 0..1: 1 when it alone has the highest score, 1/n when n options tie there."""
    best = max(scores)
    tied = [option for option, score in zip(item.options, scores, strict=True) if score == best]
    return sum(bool(option.correct) for option in tied) / len(tied)


def stem_overlap(item: Item) -> list[int]:
    """How many words each option shares with the stem, the small ones left out."""
    stem = content_words(item.stem)
    return [len(stem & content_words(option.text)) for option in item.options]


def likeness(item: Item) -> list[float]:
    """How alike each option is to the others: the mean Jaccard of its words with theirs, 0..1."""
    held = [words(option.text) for option in item.options]
    return [
        # rounded, so that the order of a sum breaks no tie
        round(mean(len(one & other) / max(len(one | other), 1) for other in held[:at] + held[at + 1 :]), 9)
        for at, one in enumerate(held)
    ]


def _specific(item: Item) -> list[int]:
    return [names_and_numbers(option.text) for option in item.options]


def _flagship(item: Item) -> list[int]:
    return [flagships(option.text, item.certification) for option in item.options]


_STRATEGIES: tuple[tuple[str, Scores, float, str], ...] = (
    ("stem_overlap", stem_overlap, STEM_OVERLAP_HIGH, "the key repeats most of the stem's words"),
    ("convergence", likeness, CONVERGENCE_HIGH, "the key is the most like the others"),
    ("most_specific", _specific, SPECIFIC_HIGH, "the key has the most names and numbers"),
    ("flagship", _flagship, FLAGSHIP_HIGH, "the key is the most managed, or the vendor's star"),
)
