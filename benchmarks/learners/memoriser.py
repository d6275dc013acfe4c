"""Remembers which answer was right, and little of why."""

from collections.abc import Mapping

from benchmarks.learners.exponential import Exponential

KEY_DAYS = 20.0
"""Half-life of a remembered key."""
MEETS_AGAIN = 0.2
"""Share of the usual effect on the idea when the answer came from the remembered key."""


class Memoriser(Exponential):
    """An item met before is answered from its key, which does not transfer to siblings and teaches little."""

    known_at_start = 0.25

    def begin(self, known: Mapping[str, bool]) -> None:
        super().begin(known)
        self.keys: dict[str, float] = {}
        self.from_key = False

    def respond(self, item_id: str, correct: bool, day: float) -> bool:
        last = self.keys.get(item_id)
        held = 0.0 if last is None else 0.95 * 0.5 ** ((day - last) / KEY_DAYS)
        self.from_key = self.luck[self.items[item_id]["concept"]].random() < held
        self.keys[item_id] = day
        return correct or self.from_key

    def learn(self, item_id: str, recalled: bool, correct: bool, day: float) -> None:
        concept = self.items[item_id]["concept"]
        before = self.memory.get(concept)
        super().learn(item_id, recalled, correct, day)
        if not self.from_key or before is None:
            return
        half_life, last = before
        grown, _ = self.memory[concept]
        self.memory[concept] = (
            half_life + MEETS_AGAIN * (grown - half_life),
            last + MEETS_AGAIN * (day - last),
        )
