"""From the open bank and a learner's history to what the queue chooses from."""

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.core.learning import ItemFacts
from tracker.core.queue.values import Candidate, ItemView

DOMAINS_BACK = 4
"""How many of the newest answers' domains the queue is told."""


def recent_needed(open_concepts: int) -> int:
    """How many of the newest answers tell which concepts have waited their turn: a little over two laps."""
    return 2 * open_concepts + 10


def last_visits(recent: Sequence[str], visits: int) -> dict[str, int]:
    """The ordinal of the latest answer on each concept; recent: concepts of the newest answers, newest first.

    A concept beyond `recent` is left out: it waited longer than any gap.
    """
    found: dict[str, int] = {}
    for back, concept in enumerate(recent):
        found.setdefault(concept, max(1, visits - back))
    return found


def candidates(
    open_items: Mapping[str, Sequence[ItemFacts]], seen: Mapping[str, date], last_visit: Mapping[str, int]
) -> list[Candidate]:
    """A candidate for each concept, its first item standing for all; seen: last study day by item id."""
    return [
        Candidate(
            concept=concept,
            domain=items[0].domain,
            items=tuple(ItemView(item.id, seen.get(item.id), int(item.id in seen)) for item in items),
            last_visit=last_visit.get(concept),
            difficulty=items[0].difficulty,
            options=items[0].options,
        )
        for concept, items in open_items.items()
    ]
