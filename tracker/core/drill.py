"""Drills and pools: a run about one part of the bank, or about what an earlier answer said of an item."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self, cast, get_args

from tracker.core.queue import Candidate

Kind = Literal["domain", "task", "concept", "pool"]
Pool = Literal["missed", "sure-but-wrong", "guessed", "unseen", "flagged"]
POOLS: tuple[Pool, ...] = get_args(Pool)


class BadScope(ValueError):
    """Not the name of anything that can be practised by itself."""


@dataclass(frozen=True)
class Scope:
    """What a run is about: `domain:D1`, `task:1.2`, `concept:drift-kinds` or `pool:missed`."""

    kind: Kind
    name: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """The scope that `str` wrote. Raises BadScope."""
        kind, _, name = text.partition(":")
        if kind not in get_args(Kind) or not name or (kind == "pool" and name not in POOLS):
            raise BadScope(text)
        return cls(cast(Kind, kind), name)

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True)
class Place:
    """Where an item stands in its certification."""

    domain: str
    task: str
    concept: str


@dataclass(frozen=True)
class Latest:
    """The latest answer to an item that stands: whether it was right, and how sure the learner was."""

    correct: bool
    confidence: str | None


def pool_of(latest: Latest | None, flagged: bool) -> set[Pool]:
    """The pools that an item is in by its latest answer (None: unseen) and its flag."""
    found: set[Pool] = {"flagged"} if flagged else set()
    if latest is None:
        found.add("unseen")
    elif not latest.correct:
        found.add("missed")
        if latest.confidence == "sure":
            found.add("sure-but-wrong")
    elif latest.confidence == "guess":
        found.add("guessed")
    return found


def within(
    scope: Scope, items: Mapping[str, Place], latest: Mapping[str, Latest], flagged: Collection[str]
) -> set[str]:
    """The ids of the items that a run of this scope may ask."""
    if scope.kind == "pool":
        return {item_id for item_id in items if scope.name in pool_of(latest.get(item_id), item_id in flagged)}
    return {item_id for item_id, place in items.items() if getattr(place, scope.kind) == scope.name}


def narrowed(candidates: Sequence[Candidate], allowed: Collection[str]) -> list[Candidate]:
    """The candidates with the allowed items alone; those without any are left out."""
    found = []
    for candidate in candidates:
        items = tuple(view for view in candidate.items if view.id in allowed)
        if items:
            found.append(replace(candidate, items=items))
    return found
