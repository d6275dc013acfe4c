"""The rules of a practice run: its length, when it ends by itself, and what it changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

SMART_REVIEW = "review"
"""The mode that asks what helps most."""
WARM_UP = "warm-up"
"""The mode that begins again with what is held best."""
SECOND_ROUND = "review-again"
"""The mode in which items may come back before their week of rest: the learner asked for it."""
DRILL = "drill"
"""The mode of a run about a part of the bank or a pool: see `core.drill`."""
DIAGNOSTIC = "diagnostic"
"""The mode that finds out where a learner stands: unseen questions spread like the exam."""
DIAGNOSTIC_LENGTH = 20
"""Questions of a diagnostic: enough for a first estimate, with three of every big domain."""
MODES = (SMART_REVIEW, WARM_UP, SECOND_ROUND, DRILL, DIAGNOSTIC)
RUN_LENGTH = 12
"""Questions in a run."""
RUN_IDLE = timedelta(hours=6)
"""A run untouched for so long is over."""
LONGEST_ANSWER = timedelta(minutes=10)
"""More than this was not spent on the question."""
SECONDS_A_QUESTION = 65
"""Typical time for reading, answering and taking in the reasons, for the estimate beside the progress bar."""
TICK = timedelta(milliseconds=2)
"""The least by which an answer follows its question and the answer before: row ids count milliseconds."""
CONFIDENCES = ("guess", "think", "sure")
NOTABLE = 0.35
"""Right answers more or fewer than expected before a domain counts as up or down."""


@dataclass(frozen=True)
class Marked:
    """One answer of a run: its domain, whether it was right, and the chance of that computed before it."""

    domain: str
    correct: bool
    predicted: float


@dataclass(frozen=True)
class DomainChange:
    """A domain in one run: right answers, those expected beforehand, and the direction they move it."""

    domain: str
    answers: int
    right: int
    expected: float
    direction: str


def is_idle(touched_at: datetime, now: datetime) -> bool:
    """Whether a run last touched at that instant is over."""
    return now - touched_at >= RUN_IDLE


def not_before(latest: datetime | None, now: datetime) -> datetime:
    """`now`, or just after the latest answer: a server's clock may step back, the order of answers may not."""
    return max(now, latest + TICK) if latest else now


def run_length(answered_today: int, cap: int, wanted: int = RUN_LENGTH, longest: int = RUN_LENGTH) -> int:
    """Questions a run may still have today under the learner's daily cap; 0 when the cap is reached.

    `wanted` is what the learner has time for; anything outside 1..longest means a whole run.
    """
    length = wanted if 1 <= wanted <= longest else longest
    return max(0, min(length, cap - answered_today))


def seconds_spent(shown_at: datetime | None, now: datetime) -> int:
    """Whole seconds from showing to answering, at most ten minutes; 0 when unknown."""
    if shown_at is None or shown_at > now:
        return 0
    return round(min(now - shown_at, LONGEST_ANSWER).total_seconds())


def minutes_left(questions: int) -> int:
    """About how many minutes that many questions take, at least one."""
    return max(1, round(questions * SECONDS_A_QUESTION / 60))


def questions_in(minutes: int) -> int:
    """How many questions fit into that many minutes, at most a run."""
    return min(RUN_LENGTH, max(0, minutes * 60 // SECONDS_A_QUESTION))


def changes(answers: Iterable[Marked]) -> list[DomainChange]:
    """What a run says about each domain: estimates move by right answers minus expected ones."""
    by_domain: dict[str, list[Marked]] = defaultdict(list)
    for answer in answers:
        by_domain[answer.domain].append(answer)
    return [_change(domain, by_domain[domain]) for domain in sorted(by_domain)]


def _change(domain: str, answers: list[Marked]) -> DomainChange:
    right = sum(answer.correct for answer in answers)
    expected = sum(answer.predicted for answer in answers)
    surprise = right - expected
    direction = "up" if surprise > NOTABLE else "down" if surprise < -NOTABLE else "same"
    return DomainChange(domain, len(answers), right, expected, direction)
