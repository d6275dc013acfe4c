"""Assembling a paper: as many questions of each domain as the blueprint wants, the unseen ones first."""

import random
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PaperItem:
    """An item that may be on a paper. `last_seen_on`: its latest sight, in practice or on a paper; None if unseen."""

    id: str
    domain: str
    concept: str
    reserved: bool = False
    last_seen_on: date | None = None


def shares(weights: Mapping[str, float], questions: int, available: Mapping[str, int]) -> dict[str, int]:
    """Questions of each domain by the method of the largest remainder (Hamilton).

    weights: of any sum, none negative; available: items there are of each domain. What a domain cannot fill goes to
    the others by their weights; the sum falls short of `questions` only if there are too few items in all.
    """
    counts = dict.fromkeys(weights, 0)
    left = min(questions, sum(available.get(domain, 0) for domain in weights))
    while left > 0:
        open_ = {domain: weight for domain, weight in weights.items() if counts[domain] < available.get(domain, 0)}
        total = sum(open_.values())
        if total <= 0:
            # only domains without weight are left: the blueprint wants none of them
            break
        for domain, more in _largest_remainder(open_, total, left).items():
            counts[domain] += min(more, available.get(domain, 0) - counts[domain])
        left = min(questions, sum(available.get(domain, 0) for domain in weights)) - sum(counts.values())
    return counts


def _largest_remainder(weights: Mapping[str, float], total: float, seats: int) -> dict[str, int]:
    exact = {domain: seats * weight / total for domain, weight in weights.items()}
    counts = {domain: int(share) for domain, share in exact.items()}
    # the order of the blueprint decides between equal remainders
    by_remainder = sorted(exact, key=lambda domain: counts[domain] - exact[domain])
    for domain in by_remainder[: seats - sum(counts.values())]:
        counts[domain] += 1
    return counts


def assemble(
    items: Sequence[PaperItem],
    weights: Mapping[str, float],
    questions: int,
    *,
    previous: Collection[str],
    final: bool,
    rng: random.Random,
) -> list[PaperItem]:
    """The items of a paper in the order in which they are asked. Same values and seed, same paper.

    previous: ids of the paper before; at most half of the questions come from there. The reserve is used
    only in the `final` rehearsal, and there first. Then unseen items, then those seen longest ago; within each of
    these, one item of every concept before a second one. The paper is shorter where all this leaves too few.
    """
    usable = [item for item in items if final or not item.reserved]
    fresh = [item for item in usable if item.id not in previous]
    again = _in_turn([item for item in usable if item.id in previous], rng)[: questions // 2]
    by_domain: dict[str, list[PaperItem]] = defaultdict(list)
    for item in _in_turn(fresh, rng) + again:
        by_domain[item.domain].append(item)
    counts = shares(weights, questions, {domain: len(group) for domain, group in by_domain.items()})
    taken = [item for domain, count in counts.items() for item in by_domain[domain][:count]]
    new = [item for item in taken if item.id not in previous]
    chosen = new + [item for item in taken if item.id in previous][: len(new)]
    rng.shuffle(chosen)
    return chosen


def _in_turn(items: Sequence[PaperItem], rng: random.Random) -> list[PaperItem]:
    """In the order in which a paper takes them."""
    shuffled = sorted(items, key=lambda item: item.id)
    rng.shuffle(shuffled)
    met: dict[tuple[bool, str], int] = defaultdict(int)
    ranked = []
    for item in shuffled:
        turn = met[item.reserved, item.concept]
        met[item.reserved, item.concept] += 1
        seen = item.last_seen_on
        ranked.append((not item.reserved, seen is not None, turn if seen is None else 0, seen or date.min, item))
    return [item for *_, item in sorted(ranked, key=lambda each: each[:-1])]
