"""Milepost's own code as the benchmarks run it: the fold and the prediction of the app, item by item."""

from collections.abc import Iterable

from benchmarks.answers import Given, Student
from tracker.core.ability import PRIOR_DIFFICULTY
from tracker.core.learning import Answer, ItemFacts, LearnerState, fold, predicted

CERTIFICATION = "file"


def facts_of(given: Given) -> ItemFacts:
    """The item as the core wants it: skills are domains, of concepts and options the file knows nothing."""
    first, *more = given.skills
    return ItemFacts(given.item, CERTIFICATION, first, "", PRIOR_DIFFICULTY["medium"], 0, tuple(more))


class Milepost:
    """The app's model after `milepost calibrate` on the training learners; without any: a learner alone."""

    def __init__(self, training: Iterable[Student]) -> None:
        self.facts: dict[str, ItemFacts] = {}

    def begin(self) -> None:
        self.state = LearnerState()
        self.seen: set[str] = set()

    def item(self, given: Given) -> ItemFacts:
        if given.item not in self.facts:
            self.facts[given.item] = facts_of(given)
        return self.facts[given.item]

    def predict(self, given: Given) -> float:
        return predicted(self.state, self.item(given), given.item not in self.seen, given.day)

    def update(self, given: Given) -> None:
        answer = Answer(given.item, given.correct, None, given.item not in self.seen, given.day)
        self.state = fold(self.state, answer, self.item(given))
        self.seen.add(given.item)
