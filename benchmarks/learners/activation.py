"""Forgets by the power law of activation, as ACT-R describes declarative memory."""

import math
from collections.abc import Mapping

from benchmarks.learners.person import Person

SPREAD = 0.35
"""Noise of retrieval (s of the logistic)."""
STEEP = 0.25
"""How much of the activation at an encounter goes into that trace's decay: crammed traces fade fast (Pavlik and
Anderson 2005)."""
HELD = tuple(-10.0 * step for step in range(1, 6))
"""Days of the encounters behind what was known before."""


class PowerLaw(Person):
    """Activation is the logarithm of summed traces t^-d; d grows with the activation at the encounter."""

    def begin(self, known: Mapping[str, bool]) -> None:
        self.decay = self.rng.uniform(0.15, 0.4)
        self.threshold = self.rng.gauss(-0.6, 0.25)
        self.traces: dict[str, list[tuple[float, float]]] = {
            slug: [(day, self.decay) for day in HELD] for slug, held in known.items() if held
        }

    def recall(self, concept: str, day: float) -> float:
        if concept not in self.traces:
            return 0.0
        return 1 / (1 + math.exp((self.threshold - self._activation(concept, day)) / SPREAD))

    def _activation(self, concept: str, day: float) -> float:
        # a trace of less than an hour counts as one of an hour
        total = sum(max(0.04, day - then) ** -decay for then, decay in self.traces[concept])
        return math.log(total)

    def learn(self, item_id: str, recalled: bool, correct: bool, day: float) -> None:
        concept = self.items[item_id]["concept"]
        decay = self.decay
        if concept in self.traces:
            decay += STEEP * math.exp(min(1.0, self._activation(concept, day)))
        self.traces.setdefault(concept, []).append((day, decay))
