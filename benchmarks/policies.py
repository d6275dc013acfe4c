"""The usual ways to choose the next question, each as good as it can be made without Milepost's ideas.

All of them see what Milepost sees (open items, answers, days) and may use every minute: when nothing is due they
review ahead, and no rule of rest stops them. Those over concepts ask an unseen item of the concept, else the one seen
longest ago; those over items remember each item by itself. Memory is the very FSRS-6 that Milepost uses, with its
published parameters; right is Good, wrong is Again.
"""

import random
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import date

from benchmarks.simulation import Policy, World
from tracker.core.learning import ItemFacts
from tracker.core.memory import Memory, Rating, retrievability, review

RETENTION = 0.9
NEW_PER_DAY = 20
"""New cards a day, the usual default of flashcard programs."""
RECENT = 20
"""Answers of a domain by which its errors are judged."""


class _History:
    """When each item was last asked, and the choice within a concept."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.rng = random.Random(seed)
        self.items = world.facts
        self.last: dict[str, int] = {}
        self.answers = 0

    def record(self, item: ItemFacts, correct: bool, day: date) -> None:
        self.answers += 1
        self.last[item.id] = self.answers

    def of_concept(self, concept: str) -> ItemFacts:
        """An unseen item of the concept, else the one seen longest ago."""
        group = self.world.open_items[concept]
        unseen = [item for item in group if item.id not in self.last]
        return self.rng.choice(unseen) if unseen else min(group, key=lambda item: self.last[item.id])


class Random(_History):
    """Any open item, each time anew."""

    def choose(self, day: date) -> ItemFacts | None:
        return self.rng.choice(self.items)


class RoundRobin(_History):
    """Concept after concept, in one shuffled order, lap after lap."""

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(world, seed)
        self.turn = deque(world.open_items)
        self.rng.shuffle(self.turn)

    def choose(self, day: date) -> ItemFacts | None:
        self.turn.rotate(-1)
        return self.of_concept(self.turn[-1])


class WeakDomain(_History):
    """A domain in proportion to its recent errors (one right and one wrong answer to begin with), and of it any
    concept."""

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(world, seed)
        self.concepts: dict[str, list[str]] = defaultdict(list)
        for concept, group in world.open_items.items():
            self.concepts[group[0].domain].append(concept)
        self.wrong: dict[str, deque[bool]] = {domain: deque(maxlen=RECENT) for domain in self.concepts}

    def choose(self, day: date) -> ItemFacts | None:
        shares = [(sum(wrong) + 1) / (len(wrong) + 2) for wrong in self.wrong.values()]
        [domain] = self.rng.choices(list(self.wrong), shares)
        return self.of_concept(self.rng.choice(self.concepts[domain]))

    def record(self, item: ItemFacts, correct: bool, day: date) -> None:
        super().record(item, correct, day)
        self.wrong[item.domain].append(not correct)


class _Cards(_History):
    """A memory for each card; a card is an item or a concept."""

    def __init__(self, world: World, seed: int, *, by_concept: bool) -> None:
        super().__init__(world, seed)
        self.by_concept = by_concept
        self.cards: dict[str, Memory] = {}
        self.by_id = {item.id: item for item in self.items}
        self.new = list(world.open_items) if by_concept else list(self.by_id)
        self.rng.shuffle(self.new)

    def record(self, item: ItemFacts, correct: bool, day: date) -> None:
        super().record(item, correct, day)
        name = item.concept if self.by_concept else item.id
        # taken out and put back last: the order of the cards is that of their latest answers
        self.cards[name] = review(self.cards.pop(name, None), Rating.GOOD if correct else Rating.AGAIN, day)

    def item(self, name: str) -> ItemFacts:
        return self.of_concept(name) if self.by_concept else self.by_id[name]

    def recalls(self, day: date) -> dict[str, float]:
        """The chance of recall of each card met."""
        return {name: retrievability(card, day) for name, card in self.cards.items()}

    def ahead(self, recalls: dict[str, float]) -> str:
        """The card with the lowest recall, of equals the one asked longest ago."""
        return min(recalls, key=recalls.__getitem__)


class LowestRecall(_Cards):
    """Cards never asked first, then always the one least likely to be recalled."""

    def choose(self, day: date) -> ItemFacts | None:
        return self.item(self.new.pop() if self.new else self.ahead(self.recalls(day)))


class DueAndNew(_Cards):
    """Due cards (recall at most .9) mixed evenly with up to twenty new ones a day; then more new ones, then ahead."""

    def __init__(self, world: World, seed: int, *, by_concept: bool) -> None:
        super().__init__(world, seed, by_concept=by_concept)
        self.today: date | None = None
        self.new_today = 0

    def choose(self, day: date) -> ItemFacts | None:
        if day != self.today:
            self.today, self.new_today = day, 0
        recalls = self.recalls(day)
        due = {name: recall for name, recall in recalls.items() if recall <= RETENTION}
        allowed = min(len(self.new), NEW_PER_DAY - self.new_today)
        if allowed > 0 and self.rng.random() * (allowed + len(due)) < allowed:
            self.new_today += 1
            return self.item(self.new.pop())
        if not due and self.new:
            return self.item(self.new.pop())
        return self.item(self.ahead(due or recalls))


RIVALS: dict[str, Callable[[World, int], Policy]] = {
    "random": Random,
    "round robin": RoundRobin,
    "weak domain": WeakDomain,
    "lowest recall, items": lambda world, seed: LowestRecall(world, seed, by_concept=False),
    "lowest recall, concepts": lambda world, seed: LowestRecall(world, seed, by_concept=True),
    "fsrs, items": lambda world, seed: DueAndNew(world, seed, by_concept=False),
    "fsrs, concepts": lambda world, seed: DueAndNew(world, seed, by_concept=True),
}
ITEM_LEVEL = ("lowest recall, items", "fsrs, items")
"""Those that schedule items, as flashcard programs do."""
