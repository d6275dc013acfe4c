"""What a paper says: right answers by domain and task, the way to our target, how far one paper can be trusted."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.core.exam.sitting import Change

Z_80 = 1.2815515655446004
"""Standard normal deviate with a tenth beyond it."""


@dataclass(frozen=True)
class Marked:
    """One question of a closed paper. `answered`: completely; `void`: its key was found wrong, so nobody's counts."""

    position: int
    item_id: str
    domain: str
    task: str
    concept: str
    answered: bool
    correct: bool
    flagged: bool
    first_sight: bool
    seconds: int
    trail: tuple[Change, ...]
    right: tuple[int, ...]
    void: bool = False

    @property
    def changed(self) -> str | None:
        """How the last change moved the mark: "to right", "to wrong", "between wrong"; None if nothing was changed.

        An answer is changed when a complete one was replaced by another.
        """
        full = [change.answer for change in self.trail if len(change.answer) == len(self.right)]
        full = [answer for answer in full if None not in answer]
        if len(full) < 2:
            return None
        was, became = full[-2] == self.right, full[-1] == self.right
        return "to right" if became and not was else "to wrong" if was and not became else "between wrong"

    @property
    def answered_at(self) -> datetime | None:
        """When the answer that counts was given."""
        return self.trail[-1].at if self.trail and self.answered else None


@dataclass(frozen=True)
class DomainScore:
    """A domain of a paper: questions, right ones, those its target wants, and its share of the exam, 0..1."""

    domain: str
    weight: float
    questions: int
    right: int
    target: int

    @property
    def missing(self) -> int:
        """Right answers still missing to the target; negative where there are more."""
        return self.target - self.right


@dataclass(frozen=True)
class TaskScore:
    """A task statement of a paper: questions, answered ones and right ones."""

    task: str
    domain: str
    questions: int
    answered: int
    right: int

    @property
    def wrong(self) -> int:
        """Answers that were not right; what was not answered is not among them."""
        return self.answered - self.right


@dataclass(frozen=True)
class Report:
    """The score of a paper: questions that count, right ones, answered ones, how many our target wants."""

    questions: int
    right: int
    answered: int
    target: int
    first_sights: int
    domains: tuple[DomainScore, ...]
    tasks: tuple[TaskScore, ...]

    @property
    def share(self) -> float:
        """Share right, 0..1."""
        return self.right / self.questions if self.questions else 0.0

    @property
    def reached(self) -> bool:
        """Whether the target was reached."""
        return self.questions > 0 and self.right >= self.target


def report(marked: Sequence[Marked], weights: Mapping[str, float], line: float) -> Report:
    """The score of a closed paper.

    weights: share of the exam by domain, of any sum; line: our target, a share of right answers. Void questions are
    left out. Tasks come with the most wrong answers first; what was not answered counts after that.
    """
    counted = [each for each in marked if not each.void]
    total = sum(weights.values()) or 1.0
    by_domain: dict[str, list[Marked]] = defaultdict(list)
    by_task: dict[tuple[str, str], list[Marked]] = defaultdict(list)
    for each in counted:
        by_domain[each.domain].append(each)
        by_task[each.domain, each.task].append(each)
    domains = tuple(
        DomainScore(domain, weight / total, len(group), _right(group), _target(len(group), line))
        for domain, weight in weights.items()
        if (group := by_domain.get(domain))
    )
    tasks = [
        TaskScore(task, domain, len(group), sum(each.answered for each in group), _right(group))
        for (domain, task), group in by_task.items()
    ]
    tasks.sort(key=lambda score: (-score.wrong, score.right - score.questions, score.domain, score.task))
    return Report(
        questions=len(counted),
        right=_right(counted),
        answered=sum(each.answered for each in counted),
        target=_target(len(counted), line),
        first_sights=sum(each.first_sight for each in counted),
        domains=domains,
        tasks=tuple(tasks),
    )


def _right(group: Sequence[Marked]) -> int:
    return sum(each.correct for each in group)


def _target(questions: int, line: float) -> int:
    # 0.72 * 25 is 18.000000000000004 in floating point: without the bit taken off it would ask for one more
    return math.ceil(questions * line - 1e-9)


def one_paper(right: int, questions: int) -> tuple[float, float]:
    """The 80 % interval of the share right that one paper alone leaves, 0..1 (Wilson 1927)."""
    if questions == 0:
        return 0.0, 1.0
    share, square = right / questions, Z_80 * Z_80
    middle = (share + square / (2 * questions)) / (1 + square / questions)
    reach = Z_80 * math.sqrt(share * (1 - share) / questions + square / (4 * questions**2)) / (1 + square / questions)
    return max(0.0, middle - reach), min(1.0, middle + reach)
