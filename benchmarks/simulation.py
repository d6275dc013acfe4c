"""A simulated course of study: a learner, a policy that asks, a daily budget of minutes, and an exam at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from tracker.core.learning import ItemFacts

FIRST_DAY = date(2026, 3, 1)
EVENING = 0.75
"""When a simulated learner sits down, as a share of the day."""
LEAST_SECONDS = 5.0
"""A learner that answers faster than anybody can read still uses this much of the budget."""


@dataclass(frozen=True)
class World:
    """What is to be learnt: the open items by concept, domain weights (sum 1) and the pass line (a share).

    concepts and items: as learner models get them, lists of plain dictionaries.
    """

    name: str
    certification: str
    weights: Mapping[str, float]
    pass_line: float
    open_items: Mapping[str, Sequence[ItemFacts]]
    concepts: Sequence[dict[str, Any]]
    items: Sequence[dict[str, Any]]

    @property
    def facts(self) -> list[ItemFacts]:
        """Every open item."""
        return [item for group in self.open_items.values() for item in group]


class Learner(Protocol):
    """A learner model. Days are floats from the start; feedback is shown after each answer."""

    def answer(self, item_id: str, day: float) -> tuple[bool, float]:
        """Whether the answer is right, and the seconds it takes with its feedback."""

    def exam(self, day: float) -> float:
        """The expected score, 0..1, on unseen blueprint-weighted items, were the exam on `day`."""


class Policy(Protocol):
    """What decides which item is asked next. It sees answers, never the learner."""

    def choose(self, day: date) -> ItemFacts | None:
        """The next item, None if there is nothing to ask on this day."""

    def record(self, item: ItemFacts, correct: bool, day: date) -> None:
        """Learn how the answer went."""


@dataclass(frozen=True)
class Course:
    """How it went: the score on exam day, answers given, minutes used, and those to the pass line (or None)."""

    score: float
    answers: int
    minutes: float
    minutes_to_pass: float | None


def study(learner: Learner, policy: Policy, pass_line: float, minutes: int, days: int) -> Course:
    """`minutes` of questions on each of `days` study days; the exam is on the day after the last.

    A question is begun while time is left, and minutes that a policy leaves unused are gone. The pass line counts as
    reached on the first evening after which an exam on the next day would give it.
    """
    answers, used, reached = 0, 0.0, None
    for number in range(days):
        day, spent = FIRST_DAY + timedelta(days=number), 0.0
        while spent < 60 * minutes:
            item = policy.choose(day)
            if item is None:
                break
            correct, seconds = learner.answer(item.id, number + EVENING + spent / 86_400)
            policy.record(item, bool(correct), day)
            spent += max(LEAST_SECONDS, seconds)
            answers += 1
        used += spent / 60
        if reached is None and learner.exam(number + 1.0) >= pass_line:
            reached = used
    return Course(learner.exam(float(days)), answers, used, reached)
