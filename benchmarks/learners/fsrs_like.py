"""Forgets as FSRS-6 says, at a pace of their own."""

import math
from collections.abc import Mapping

from benchmarks.learners.person import Person

W = (0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
     1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542)  # fmt: skip
"""The published default parameters of FSRS-6 (w0 to w20)."""
FIRST_DAYS = 30.0
"""Stability of what was known before."""


class FsrsLike(Person):
    """Power-law forgetting with difficulty; stability is scaled by a factor of the person's own."""

    def begin(self, known: Mapping[str, bool]) -> None:
        self.scale = self.rng.lognormvariate(-0.5, 0.6)
        self.decay = self.rng.uniform(0.15, 0.45)
        self.difficulty = {slug: min(10.0, max(1.0, self.rng.gauss(5, 1.5))) for slug in known}
        self.memory = {slug: (FIRST_DAYS, -self.rng.uniform(5, 200)) for slug, held in known.items() if held}

    def recall(self, concept: str, day: float) -> float:
        if concept not in self.memory:
            return 0.0
        stability, last = self.memory[concept]
        factor = 0.9 ** (-1 / self.decay) - 1
        return float((1 + factor * max(0.0, day - last) / (stability * self.scale)) ** -self.decay)

    def learn(self, item_id: str, recalled: bool, correct: bool, day: float) -> None:
        concept = self.items[item_id]["concept"]
        if concept not in self.memory:
            self.memory[concept] = (W[1], day)
            return
        stability, last = self.memory[concept]
        difficulty, now = self.difficulty[concept], self.recall(concept, day)
        if day - last < 0.5:
            grown = max(stability, min(stability * math.exp(W[17] * W[18]) * stability ** -W[19], W[2]))
        elif recalled:
            grown = stability * (
                1 + math.exp(W[8]) * (11 - difficulty) * stability ** -W[9] * math.expm1(W[10] * (1 - now))
            )
        else:
            lapsed = W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1) * math.exp(W[14] * (1 - now))
            grown = min(stability, max(W[0], lapsed))
        self.memory[concept] = (grown, day)
