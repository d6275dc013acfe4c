"""Holds wrong ideas that lead to one wrong option, below blind guessing."""

from collections.abc import Mapping

from benchmarks.learners.exponential import Exponential

HELD = 0.3
"""Share of the concepts with a misconception at first."""
LED_ASTRAY = 0.35
"""Share of a blind guess's chance that is left while the misconception holds."""
RETURNS = 0.1
"""Chance that a forgotten idea gives its place back to the misconception."""


class Misconceptions(Exponential):
    """A held misconception blocks the idea until feedback refutes it, which takes a few wrong answers."""

    def begin(self, known: Mapping[str, bool]) -> None:
        super().begin(known)
        self.first *= 2
        self.openness = self.rng.uniform(0.2, 0.5)
        self.held = {slug: self.rng.random() < HELD for slug in known}
        self.had = dict(self.held)

    def recall(self, concept: str, day: float) -> float:
        return 0.0 if self.held[concept] else super().recall(concept, day)

    def guess(self, concept: str, blind: float) -> float:
        return LED_ASTRAY * blind if self.held[concept] else blind

    def learn(self, item_id: str, recalled: bool, correct: bool, day: float) -> None:
        concept = self.items[item_id]["concept"]
        luck = self.luck[concept].random()
        if self.held[concept]:
            if correct or luck >= self.openness:
                return
            self.held[concept] = False
        elif self.had[concept] and not recalled and luck < RETURNS:
            self.held[concept] = True
            return
        super().learn(item_id, recalled, correct, day)
