"""Pacing: where the time of a paper went, and which way answers were changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from tracker.core.exam.report import Marked

SLOW = 2.0
"""Times the median from which a question counts as slow. Ours."""


@dataclass(frozen=True)
class Third:
    """A third of the paper: its first and last question, seconds spent, questions and right ones."""

    first: int
    last: int
    seconds: int
    questions: int
    right: int


@dataclass(frozen=True)
class Pacing:
    """thirds; median: seconds of a question that was looked at; slow: positions of questions that took at least SLOW
    times that, slowest first; slowest: the question that took longest, None if none took any time; changes from
    wrong to right, right to wrong, and between wrong answers; even: seconds of a third at an even pace, None untimed.
    """

    thirds: tuple[Third, ...]
    seconds: int
    median: int
    slow: tuple[int, ...]
    slowest: Marked | None
    to_right: int
    to_wrong: int
    between_wrong: int
    even: float | None

    @property
    def changed(self) -> int:
        """Answers that were changed."""
        return self.to_right + self.to_wrong + self.between_wrong


def pacing(marked: Sequence[Marked], seconds_allowed: float | None) -> Pacing:
    """The pacing of a paper, its questions in the order asked; `seconds_allowed`: None for an untimed one."""
    spent = [each.seconds for each in marked if each.seconds > 0]
    middle = median(spent) if spent else 0
    slow = sorted((each for each in marked if middle and each.seconds >= SLOW * middle), key=lambda m: -m.seconds)
    changes = [each.changed for each in marked]
    count = min(3, len(marked))
    cuts = [round(len(marked) * part / count) for part in range(count + 1)] if count else [0]
    return Pacing(
        thirds=tuple(_third(marked[cuts[at] : cuts[at + 1]]) for at in range(count)),
        seconds=sum(spent),
        median=round(middle),
        slow=tuple(each.position for each in slow),
        slowest=max((each for each in marked if each.seconds), key=lambda each: each.seconds, default=None),
        to_right=changes.count("to right"),
        to_wrong=changes.count("to wrong"),
        between_wrong=changes.count("between wrong"),
        even=None if seconds_allowed is None else seconds_allowed / 3,
    )


def _third(group: Sequence[Marked]) -> Third:
    seconds, right = sum(each.seconds for each in group), sum(each.correct for each in group)
    return Third(group[0].position, group[-1].position, seconds, len(group), right)


@dataclass(frozen=True)
class Pace:
    """Seconds a question so far, and those that remain for each open one."""

    so_far: int
    from_here: int


def pace(answered: int, unanswered: int, spent: timedelta, left: timedelta | None) -> Pace | None:
    """The pace of a sitting that goes on; None before an answer, after the last one, or without a deadline."""
    if answered == 0 or unanswered == 0 or left is None:
        return None
    return Pace(round(spent.total_seconds() / answered), round(left.total_seconds() / unanswered))
