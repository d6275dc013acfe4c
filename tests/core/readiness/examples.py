"""A small certification and learners of it."""

import random
from datetime import date, timedelta

from tracker.core.ability import PRIOR_DIFFICULTY
from tracker.core.learning import Answer, ItemFacts, LearnerState, fold

DAY = date(2026, 3, 1)
EXAM = DAY + timedelta(days=30)
WEIGHTS = {"d1": 0.4, "d2": 0.3, "d3": 0.2, "d4": 0.1}
BANK = [
    ItemFacts(f"{domain}-{concept}-{number}", "mla", domain, f"{domain}-{concept}", PRIOR_DIFFICULTY[level], 4)
    for domain in WEIGHTS
    for concept in range(4)
    for number, level in enumerate(("easy", "medium", "hard"))
]


def answered(
    state: LearnerState, domain: str, answers: int, share: float, day: date = DAY, seed: int = 1
) -> LearnerState:
    """The state after so many answers in one domain, `share` of them right."""
    rng, items = random.Random(seed), [item for item in BANK if item.domain == domain]
    for number in range(answers):
        item = items[5 * number % len(items)]
        state = fold(state, Answer(item.id, rng.random() < share, None, number < len(items), day), item)
    return state
