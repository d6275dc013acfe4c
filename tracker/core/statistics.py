"""What the learners' answers say about the items: classical test theory, for whoever looks after the bank."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt

FEWEST_LEARNERS = 30
"""First sights below which a discrimination says too little to be shown."""


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """An answer that stands. `current`: it was given to the item's present version.

    `chosen` holds the indexes of the options in the file, none for ordering and matching.
    """

    item_id: str
    current: bool
    first_sight: bool
    correct: bool
    chosen: tuple[int, ...] = ()


@dataclass(slots=True)
class PointBiserial:
    """The correlation of a yes or no with a score over pairs that come one by one; only their sums are kept."""

    pairs: int = 0
    yes: int = 0
    scores: float = 0.0
    squares: float = 0.0
    scores_of_yes: float = 0.0

    def add(self, answer: bool, score: float) -> None:
        """Count one pair; the score is 0..1."""
        self.pairs += 1
        self.yes += answer
        self.scores += score
        self.squares += score * score
        self.scores_of_yes += score if answer else 0.0

    @property
    def value(self) -> float | None:
        """-1..1; None when either never varies."""
        if not 0 < self.yes < self.pairs:
            return None
        mean = self.scores / self.pairs
        variance = self.squares / self.pairs - mean * mean
        # scores that are all alike still differ by rounding
        if variance < 1e-9:
            return None
        return (self.scores_of_yes / self.yes - mean) / sqrt(variance) * sqrt(self.yes / (self.pairs - self.yes))


@dataclass(slots=True)
class ItemStatistics:
    """Answers to one item's present version. `right` and `chosen` (by option index) count first sights alone.

    A repeat says what was remembered of the question, a first sight what the question measures. `with_others` pairs
    a right answer here with the share right of the learner's other first sights, where there are any.
    """

    answers: int = 0
    first_sights: int = 0
    right: int = 0
    chosen: Counter[int] = field(default_factory=Counter)
    with_others: PointBiserial = field(default_factory=PointBiserial)

    @property
    def share_right(self) -> float | None:
        """0..1, None before the first first sight."""
        return self.right / self.first_sights if self.first_sights else None

    @property
    def enough(self) -> bool:
        """Whether enough learners met it for a discrimination."""
        return self.with_others.pairs >= FEWEST_LEARNERS

    @property
    def discrimination(self) -> float | None:
        """The point-biserial correlation of a right answer with the learner's other answers, -1..1.

        Crocker and Algina (1986) on item analysis, with the item itself left out of the score. None below 30
        learners, and where all did alike here or elsewhere. Below 0: better learners miss it more often.
        """
        return self.with_others.value if self.enough else None


def item_statistics(learners: Iterable[Sequence[MarkedAnswer]]) -> dict[str, ItemStatistics]:
    """The statistics of each answered item by its id; `learners` gives each learner's answers to a certification."""
    found: defaultdict[str, ItemStatistics] = defaultdict(ItemStatistics)
    for answers in learners:
        first_sights = [answer for answer in answers if answer.first_sight]
        right = sum(answer.correct for answer in first_sights)
        for answer in answers:
            if answer.current:
                _count(found[answer.item_id], answer, len(first_sights) - 1, right - answer.correct)
    return dict(found)


def _count(item: ItemStatistics, answer: MarkedAnswer, others: int, others_right: int) -> None:
    item.answers += 1
    if answer.first_sight:
        item.first_sights += 1
        item.right += answer.correct
        item.chosen.update(answer.chosen)
        if others > 0:
            item.with_others.add(answer.correct, others_right / others)
