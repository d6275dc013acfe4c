"""What Milepost is compared with: simple ways to predict the next answer.

Each rival sees what Milepost sees: all answers of the training learners first, then one held-out learner after
the other, each answer predicted before it is shown. Nothing on the side of items or skills is learnt from
held-out learners.
"""

import math
from collections import defaultdict
from collections.abc import Iterable

from benchmarks.answers import Given, Student

ELO_START, ELO_SLOWING = 0.5, 0.05
"""Elo's step is ELO_START / (1 + ELO_SLOWING n) after n answers (Pelánek 2016), for learners and items alike."""


class GlobalMean:
    """Always the training learners' share of right answers."""

    def __init__(self, training: Iterable[Student]) -> None:
        marks = [given.correct for student in training for given in student.answers]
        self.mean = sum(marks) / len(marks) if marks else 0.5

    def begin(self) -> None:
        """A new learner comes."""

    def predict(self, given: Given) -> float:
        """The chance of a right answer, before it is known."""
        return self.mean

    def update(self, given: Given) -> None:
        """The answer is known."""


class PercentPerSkill(GlobalMean):
    """The learner's own share of right answers on the skill so far (several: their mean), with the training
    learners' share as one answer before the first."""

    def begin(self) -> None:
        self.right: dict[str, float] = defaultdict(lambda: self.mean)
        self.answers: dict[str, int] = defaultdict(lambda: 1)

    def predict(self, given: Given) -> float:
        return sum(self.right[skill] / self.answers[skill] for skill in given.skills) / len(given.skills)

    def update(self, given: Given) -> None:
        for skill in given.skills:
            self.right[skill] += given.correct
            self.answers[skill] += 1


class Elo:
    """Ratings of the learner, of the learner on each skill (several: their mean) and of items; all move by a step
    that shrinks with their own number of answers. Items rest while held-out learners answer."""

    def __init__(self, training: Iterable[Student]) -> None:
        self.item: dict[str, float] = defaultdict(float)
        self.item_answers: dict[str, int] = defaultdict(int)
        self.learns_items = True
        for student in training:
            self.begin()
            for given in student.answers:
                self.update(given)
        self.learns_items = False

    def begin(self) -> None:
        self.general, self.general_answers = 0.0, 0
        self.skill: dict[str, float] = defaultdict(float)
        self.skill_answers: dict[str, int] = defaultdict(int)

    def predict(self, given: Given) -> float:
        skill = sum(self.skill[name] for name in given.skills) / len(given.skills)
        logit = self.general + skill - self.item.get(given.item, 0.0)
        return 1 / (1 + math.exp(-max(-35.0, min(35.0, logit))))

    def update(self, given: Given) -> None:
        surprise = given.correct - self.predict(given)
        self.general += _step(self.general_answers) * surprise
        self.general_answers += 1
        for name in given.skills:
            self.skill[name] += _step(self.skill_answers[name]) * surprise
            self.skill_answers[name] += 1
        if self.learns_items:
            self.item[given.item] -= _step(self.item_answers[given.item]) * surprise
            self.item_answers[given.item] += 1


def _step(answers: int) -> float:
    return ELO_START / (1 + ELO_SLOWING * answers)
