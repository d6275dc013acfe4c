"""Milepost as a policy: the queue, the fold and the rules of runs and days as the app has them.

The simulated learner says "think" before each reveal, starts a run when one ends, asks for more when the daily cap is
reached, and where every question was seen within its week of rest asks for a second round, as the app then offers.
"""

import random
from datetime import date

from benchmarks.simulation import World
from tracker.core import queue
from tracker.core.learning import Answer, ItemFacts, LearnerState, fold
from tracker.core.practice import RUN_LENGTH
from tracker.core.queue import Choice, Exhausted, candidates, last_visits, recent_needed


class SmartReview:
    """What the services do for an answer and a next question, without a database."""

    def __init__(self, world: World, exam_day: date, seed: int) -> None:
        self.world = world
        self.exam_day = exam_day
        self.rng = random.Random(seed)
        self.facts = {item.id: item for item in world.facts}
        self.state = LearnerState()
        self.seen: dict[str, date] = {}
        self.asked: list[ItemFacts] = []
        self.run_seed = 0

    def choose(self, day: date) -> ItemFacts | None:
        """The next question of the run, None when the core says that nothing is left."""
        if len(self.asked) % RUN_LENGTH == 0:
            self.run_seed = self.rng.getrandbits(31)
        chosen = self._ask(day, queue.REST_DAYS)
        if not isinstance(chosen, Choice):
            chosen = self._ask(day, queue.AGAIN_REST_DAYS)
        return self.facts[chosen.item_id] if isinstance(chosen, Choice) else None

    def _ask(self, day: date, rest_days: int) -> Choice | Exhausted:
        visits = len(self.asked)
        recent = self.asked[-recent_needed(len(self.world.open_items)) :]
        visited = last_visits([item.concept for item in reversed(recent)], visits)
        return queue.choose(
            candidates(self.world.open_items, self.seen, visited),
            state=self.state,
            certification=self.world.certification,
            weights=self.world.weights,
            visits=visits,
            recent_domains=[item.domain for item in recent[-queue.DOMAINS_BACK :]],
            exam_day=self.exam_day,
            today=day,
            rng=random.Random(self.run_seed + visits),
            rest_days=rest_days,
        )

    def record(self, item: ItemFacts, correct: bool, day: date) -> None:
        """Fold the answer in, as the app does."""
        answer = Answer(item.id, correct, "think", item.id not in self.seen, day)
        self.state = fold(self.state, answer, item)
        self.seen[item.id] = day
        self.asked.append(item)
