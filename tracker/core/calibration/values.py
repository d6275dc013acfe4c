"""What calibration is given and what it finds; and the walk through a learner's answers that all of it takes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.core.ability import ItemDifficulty
from tracker.core.learning import Answer, ItemFacts, LearnerState, fold
from tracker.core.next_answer import Weights

History = Sequence[tuple[Answer, ItemFacts]]
"""One learner's answers with their items, oldest first."""
Learners = Sequence[Callable[[], History]]
"""Every learner with answers, each loaded when its turn comes; the same order gives the same figures."""


@dataclass(frozen=True)
class Calibration:
    """What calibration found: an estimate for each item, and the second stage if there were answers enough.

    answers: first sights that the estimates rest on.
    """

    items: Mapping[str, ItemDifficulty]
    weights: Weights | None
    answers: int


def walk(current: Mapping[str, ItemDifficulty], history: History) -> Iterator[tuple[Answer, ItemFacts, LearnerState]]:
    """Each answer to a known item with its item as now estimated, and the learner's state before it."""
    state = LearnerState()
    for answer, asked in history:
        estimate = current.get(asked.id)
        if estimate is not None:
            item = replace(asked, difficulty=estimate)
            yield answer, item, state
            state = fold(state, answer, item)
