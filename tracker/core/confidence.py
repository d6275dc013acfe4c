"""Confidence: how sure the learner said to be before the reveal, beside what came."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.core.practice import CONFIDENCES

LEAST_ANSWERS = 20
"""Answers said with one confidence from which its share is told as a percentage; fewer stay counts. Product rule."""
SURE_ENOUGH = 0.85
"""Share right from which being sure is borne out. Ours."""


@dataclass(frozen=True)
class Said:
    """The answers given with one confidence: how many, and how many of them right."""

    confidence: str
    answers: int
    right: int

    @property
    def share(self) -> float:
        """Share right, 0..1."""
        return self.right / self.answers if self.answers else 0.0

    @property
    def told(self) -> bool:
        """Whether there are enough answers for a percentage."""
        return self.answers >= LEAST_ANSWERS


@dataclass(frozen=True)
class Confidence:
    """What was said, from guess to sure; `verdict`: "borne out", "too sure", "too modest", or None before there are
    enough answers for one."""

    said: tuple[Said, ...]

    @property
    def answers(self) -> int:
        return sum(each.answers for each in self.said)

    @property
    def verdict(self) -> str | None:
        guess, _, sure = self.said
        if not sure.told:
            return None
        if sure.share < SURE_ENOUGH:
            return "too sure"
        # a guess that is right as often as a sure answer was no guess
        return "too modest" if guess.told and guess.share >= SURE_ENOUGH else "borne out"


def confidence(tallies: Mapping[str, tuple[int, int]]) -> Confidence:
    """From (answers, right ones) by confidence; what was never said counts as nothing."""
    return Confidence(tuple(Said(name, *tallies.get(name, (0, 0))) for name in CONFIDENCES))
