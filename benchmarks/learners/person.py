"""What all shipped learner models share: an uneven start, items of uneven difficulty, guessing, slips and time.

An answer is right if the idea comes to mind and is applied well (or by a blind guess otherwise), and it does not
slip. What differs, and is left to each model, is how an idea is learnt and forgotten. Chance is drawn from one stream
for each concept, so that two policies meet the same luck on the n-th visit.
"""

import math
import random
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

HARDNESS = {"easy": -0.8, "medium": 0.0, "hard": 0.8}
"""Logits by authored difficulty; the true one lies around it."""
AUTHORING_ERROR = 0.5
"""Standard deviation (logits) of the true difficulty around the authored one."""


class Person(ABC):
    """A learner by the interface of `benchmarks.simulation.Learner`. Figures of this class are ours."""

    slip = 0.03
    """Chance of a wrong answer although the idea was there and applied well."""
    insight = 2.2
    """Logits by which somebody who has the idea applies it to an item of usual difficulty."""
    known_at_start = 0.3
    """Mean share of the concepts that are known from work or earlier study."""

    def __init__(
        self,
        seed: int,
        concepts: Sequence[Mapping[str, Any]],
        items: Sequence[Mapping[str, Any]],
        weights: Mapping[str, float],
    ) -> None:
        self.rng = random.Random(seed)
        self.concepts = {row["slug"]: row for row in concepts}
        self.items = {row["id"]: row for row in items}
        self.talent = {row["domain"]: self.rng.gauss(0, 0.5) for row in concepts}
        general = self.insight + self.rng.gauss(0, 0.5)
        self.application = {
            row["id"]: _logistic(general + self.talent[self.concepts[row["concept"]]["domain"]] - hardness)
            for row, hardness in ((row, self._hardness(row["difficulty"])) for row in items)
        }
        self.pace = self.rng.lognormvariate(math.log(50), 0.25)
        self.luck = {slug: random.Random(f"{seed} {slug}") for slug in self.concepts}
        self.met: dict[str, int] = defaultdict(int)
        self._exam = self._paper(weights)
        shares = {domain: _logistic(_logit(self.known_at_start) + self.rng.gauss(0, 0.8)) for domain in self.talent}
        self.begin({slug: self.rng.random() < shares[row["domain"]] for slug, row in self.concepts.items()})

    def _hardness(self, authored: str) -> float:
        return HARDNESS[authored] + self.rng.gauss(0, AUTHORING_ERROR)

    def _paper(self, weights: Mapping[str, float]) -> list[tuple[str, float, float, float]]:
        """For each concept: its share of the exam, how well it is applied on average, and the guess."""
        by_concept: dict[str, list[str]] = defaultdict(list)
        for item_id, row in self.items.items():
            by_concept[row["concept"]].append(item_id)
        in_domain: dict[str, int] = defaultdict(int)
        for slug in by_concept:
            in_domain[self.concepts[slug]["domain"]] += 1
        total = sum(weights[domain] for domain in in_domain)
        return [
            (
                slug,
                weights[self.concepts[slug]["domain"]] / total / in_domain[self.concepts[slug]["domain"]],
                sum(self.application[item_id] for item_id in group) / len(group),
                sum(1 / self.items[item_id]["options"] for item_id in group) / len(group),
            )
            for slug, group in by_concept.items()
        ]

    def answer(self, item_id: str, day: float) -> tuple[bool, float]:
        """One answer, with its feedback taken in."""
        row = self.items[item_id]
        concept, luck = row["concept"], self.luck[row["concept"]]
        idea, skill, guess, slip, seconds = (luck.random() for _ in range(5))
        recalled = idea < self.recall(concept, day)
        correct = recalled and skill < self.application[item_id]
        if not correct and guess < self.guess(concept, 1 / row["options"]):
            correct = True
        elif slip < self.slip:
            correct = False
        correct = self.respond(item_id, correct, day)
        self.learn(item_id, recalled, correct, day)
        self.met[item_id] += 1
        # reading why an answer was wrong takes longer than nodding at a right one
        return correct, self.pace * (0.7 + 0.6 * seconds) * (1.0 if correct else 1.5)

    def exam(self, day: float) -> float:
        """The expected score on unseen items."""
        score = 0.0
        for concept, share, applied, guess in self._exam:
            known = self.recall(concept, day) * applied
            score += share * (known * (1 - self.slip) + (1 - known) * self.guess(concept, guess))
        return score

    def guess(self, concept: str, blind: float) -> float:
        """The chance of a right answer without the idea."""
        return blind

    def respond(self, item_id: str, correct: bool, day: float) -> bool:
        """The answer given, where something besides the idea decides."""
        return correct

    @abstractmethod
    def begin(self, known: Mapping[str, bool]) -> None:
        """Set the memory as it is before the first day."""

    @abstractmethod
    def recall(self, concept: str, day: float) -> float:
        """The chance that the idea comes to mind."""

    @abstractmethod
    def learn(self, item_id: str, recalled: bool, correct: bool, day: float) -> None:
        """Change the memory by an answer and its feedback."""


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _logit(share: float) -> float:
    return math.log(share / (1 - share))
