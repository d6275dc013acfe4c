"""Learns neighbouring ideas along with the one practised."""

from collections import defaultdict
from collections.abc import Mapping

from benchmarks.learners.exponential import Exponential

CARRIED = 0.25
"""Share of an encounter's effect that reaches a neighbour."""


class Transfer(Exponential):
    """Practice of a concept also refreshes those it needs and those that need it; without them it is half lost."""

    def begin(self, known: Mapping[str, bool]) -> None:
        super().begin(known)
        self.neighbours: dict[str, set[str]] = defaultdict(set)
        for slug, row in self.concepts.items():
            for other in row["needs"]:
                if other in self.concepts:
                    self.neighbours[slug].add(other)
                    self.neighbours[other].add(slug)

    def recall(self, concept: str, day: float) -> float:
        own = super().recall(concept, day)
        needs = [other for other in self.concepts[concept]["needs"] if other in self.concepts]
        if not needs or own == 0:
            return own
        base = sum(super(Transfer, self).recall(other, day) for other in needs) / len(needs)
        return own * (0.5 + 0.5 * base)

    def learn(self, item_id: str, recalled: bool, correct: bool, day: float) -> None:
        super().learn(item_id, recalled, correct, day)
        for other in self.neighbours[self.items[item_id]["concept"]]:
            if other in self.memory:
                half_life, last = self.memory[other]
                # a neighbour is brought back a part of the way
                self.memory[other] = (half_life, last + CARRIED * max(0.0, day - last))
