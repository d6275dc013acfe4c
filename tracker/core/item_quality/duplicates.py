"""Near duplicates in the whole bank: items that share their phrases, or their rare words."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log, sqrt

from tracker.core.bank import Item
from tracker.core.item_quality.gates import option_texts

SHINGLE_WORDS = 5
JACCARD_LIMIT = 0.50
COSINE_LIMIT = 0.80

_WORD = re.compile(r"[a-z0-9]+(?:[.'_-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two items (ids in order) and how alike they are, 0..1, by their phrases or their words."""

    first: str
    second: str
    alike: float
    by: str


def near_duplicates(items: Sequence[Item]) -> tuple[NearDuplicate, ...]:
    """Every pair over a limit, within and between certifications: 5-word shingles or TF-IDF cosine."""
    words = {item.id: _WORD.findall(" ".join((item.stem, *option_texts(item))).lower()) for item in items}
    found = {(pair.first, pair.second): pair for pair in _by_words(words)}
    found |= {(pair.first, pair.second): pair for pair in _by_phrases(words)}
    return tuple(found[pair] for pair in sorted(found))


def _by_phrases(words: Mapping[str, list[str]]) -> Iterator[NearDuplicate]:
    shingles = {name: _shingles(each) for name, each in words.items()}
    rarity = _rarity(shingles.values())
    # A Jaccard of at least L needs ceil(L * size) common shingles, so one of the rarest others is common.
    leading = {
        name: sorted(each, key=rarity.__getitem__)[: len(each) - ceil(JACCARD_LIMIT * len(each)) + 1]
        for name, each in shingles.items()
    }
    for first, second in _candidates(leading, shingles):
        one, other = shingles[first], shingles[second]
        alike = len(one & other) / len(one | other)
        if alike >= JACCARD_LIMIT:
            yield NearDuplicate(first, second, alike, "phrases")


def _by_words(words: Mapping[str, list[str]]) -> Iterator[NearDuplicate]:
    rarity = _rarity(set(each) for each in words.values())
    weights = {name: _weights(each, rarity, len(words)) for name, each in words.items()}
    leading = {name: _leading_words(each, rarity) for name, each in weights.items()}
    for first, second in _candidates(leading, weights):
        one, other = weights[first], weights[second]
        alike = sum(weight * other[word] for word, weight in one.items() if word in other)
        if alike >= COSINE_LIMIT:
            yield NearDuplicate(first, second, alike, "words")


def _shingles(words: list[str]) -> frozenset[tuple[str, ...]]:
    last = max(len(words) - SHINGLE_WORDS, 0)
    return frozenset(tuple(words[at : at + SHINGLE_WORDS]) for at in range(last + 1))


def _rarity(features: Iterable[Collection[object]]) -> dict[object, tuple[int, str]]:
    """How common each feature is, with its text as tie-breaker: one fixed order from the rarest on."""
    counted = Counter(feature for each in features for feature in each)
    return {feature: (count, str(feature)) for feature, count in counted.items()}


def _weights(words: list[str], rarity: Mapping[object, tuple[int, str]], items: int) -> dict[str, float]:
    """TF-IDF with smoothed document counts, scaled to length 1, as scikit-learn's default has it."""
    counted = Counter(words)
    raw = {word: times * (log((1 + items) / (1 + rarity[word][0])) + 1) for word, times in counted.items()}
    length = sqrt(sum(weight * weight for weight in raw.values()))
    return {word: weight / length for word, weight in raw.items()}


def _leading_words(weights: Mapping[str, float], rarity: Mapping[object, tuple[int, str]]) -> list[str]:
    """The rarest words, until the others alone are too short a vector to reach the limit."""
    leading: list[str] = []
    rest = 1.0
    for word in sorted(weights, key=rarity.__getitem__):
        if rest < COSINE_LIMIT**2 - 1e-9:
            break
        leading.append(word)
        rest -= weights[word] ** 2
    return leading


def _candidates(
    leading: Mapping[str, Collection[object]], features: Mapping[str, Collection[object]]
) -> set[tuple[str, str]]:
    """Pairs of ids where a leading feature of one is a feature of the other: every pair over a limit."""
    wanted = {feature for each in leading.values() for feature in each}
    holders: dict[object, list[str]] = defaultdict(list)
    for name, each in features.items():
        for feature in each:
            if feature in wanted:
                holders[feature].append(name)
    return {
        (min(name, other), max(name, other))
        for name, each in leading.items()
        for feature in each
        for other in holders[feature]
        if other != name
    }
