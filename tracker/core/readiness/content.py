"""What a bank can ask, summed up by concept: all that readiness wants to know of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tracker.core.ability import guess_floor
from tracker.core.learning import ItemFacts


class ConceptItems(NamedTuple):
    """The items of a concept in one domain: how many, their mean difficulty and its spread (logits, logit^2), the
    mean chance of a blind guess, and their mean discrimination. concept: "" where the items belong to none."""

    concept: str
    items: int
    difficulty: float
    spread: float
    floor: float
    slope: float = 1.0


Content = Mapping[tuple[str, str], Sequence[ConceptItems]]
"""What can be asked, by (certification, domain)."""


def content(items: Iterable[ItemFacts]) -> Content:
    """What `estimate` wants to know of a bank. It costs more than the estimate: keep it while the bank stays."""
    groups: dict[tuple[str, str], dict[str, list[ItemFacts]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        # without a concept each item stands for itself
        groups[item.certification, item.domain][item.concept or f"item/{item.id}"].append(item)
    return {place: [_concept_items(group) for group in by_concept.values()] for place, by_concept in groups.items()}


def _concept_items(items: Sequence[ItemFacts]) -> ConceptItems:
    count = len(items)
    mean = sum(item.difficulty.mean for item in items) / count
    # items of one concept differ in difficulty: their spread flattens the curve like uncertainty does
    spread = sum((item.difficulty.mean - mean) ** 2 + item.difficulty.variance for item in items) / count
    floor = sum(guess_floor(item.options) for item in items) / count
    slope = sum(item.difficulty.discrimination for item in items) / count
    return ConceptItems(items[0].concept, count, mean, spread, floor, slope)
