"""Milepost's own code as the benchmarks run it: the fold and the prediction of the app, item by item."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import click

from benchmarks.answers import Given, Student
from tracker.core import calibration
from tracker.core.ability import PRIOR_DIFFICULTY
from tracker.core.calibration import History
from tracker.core.learning import Answer, ItemFacts, LearnerState, fold, predicted
from tracker.core.next_answer import Weights

CERTIFICATION = "file"


def facts_of(given: Given) -> ItemFacts:
    """The item as the core wants it: skills are domains, of concepts and options the file knows nothing."""
    first, *more = given.skills
    return ItemFacts(given.item, CERTIFICATION, first, "", PRIOR_DIFFICULTY["medium"], 0, tuple(more))


def history_of(student: Student) -> History:
    """A learner's answers as calibration wants them."""
    seen: set[str] = set()
    history = []
    for given in student.answers:
        history.append((answer_of(given, given.item not in seen), facts_of(given)))
        seen.add(given.item)
    return history


def answer_of(given: Given, first_sight: bool) -> Answer:
    return Answer(given.item, given.correct, None, first_sight, given.day)


class Milepost:
    """The app's model after `milepost calibrate` on the training learners; without any: a learner alone.

    The bank is every item of the file, as in the app: of an item that no training learner met only its skills are
    known.
    """

    def __init__(self, training: Sequence[Student], students: Sequence[Student]) -> None:
        self.facts = {given.item: facts_of(given) for student in students for given in student.answers}
        self.weights: Weights | None = None
        if training:
            self._calibrate(training)

    def _calibrate(self, training: Sequence[Student]) -> None:
        learners = [partial(history_of, student) for student in training]
        length = calibration.steps(len(learners))
        with click.progressbar(length=length, label="calibrating", file=sys.stderr) as bar:
            found = calibration.calibrate(list(self.facts.values()), learners, bar.update)
        self.weights = found.weights
        self.facts = {name: replace(item, difficulty=found.items[name]) for name, item in self.facts.items()}

    def begin(self) -> None:
        self.state = LearnerState()
        self.seen: set[str] = set()

    def item(self, given: Given, domain: str) -> ItemFacts:
        """The item as one of `domain` alone."""
        return replace(self.facts[given.item], domain=domain, more_domains=())

    def predict(self, given: Given) -> float:
        first_sight = given.item not in self.seen
        return predicted(self.state, self.facts[given.item], first_sight, given.day, self.weights)

    def update(self, given: Given) -> None:
        answer = answer_of(given, given.item not in self.seen)
        self.state = fold(self.state, answer, self.facts[given.item])
        self.seen.add(given.item)
