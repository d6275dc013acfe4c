"""Forgets exponentially, many of them fast."""

from collections.abc import Mapping

from benchmarks.learners.person import Person


class Exponential(Person):
    """Recall halves in each half-life; a spaced success multiplies it, a failure starts nearly anew."""

    def begin(self, known: Mapping[str, bool]) -> None:
        self.first = self.rng.lognormvariate(1.1, 0.6)
        self.growth = self.rng.uniform(1.2, 3.0)
        self.memory = {slug: (60.0, -self.rng.uniform(5, 60)) for slug, held in known.items() if held}

    def recall(self, concept: str, day: float) -> float:
        if concept not in self.memory:
            return 0.0
        half_life, last = self.memory[concept]
        return float(0.5 ** (max(0.0, day - last) / half_life))

    def learn(self, item_id: str, recalled: bool, correct: bool, day: float) -> None:
        concept = self.items[item_id]["concept"]
        if concept not in self.memory:
            self.memory[concept] = (self.first, day)
            return
        half_life, _ = self.memory[concept]
        if recalled:
            half_life *= 1 + self.growth * 2 * (1 - self.recall(concept, day))
        else:
            half_life = max(self.first, 0.5 * half_life)
        self.memory[concept] = (half_life, day)
