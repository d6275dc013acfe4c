"""What came of simulated courses: means, paired differences, and how they are printed. Scores in points of 100."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.policies import ITEM_LEVEL
from benchmarks.simulation import Course

MILEPOST = "milepost"
FEW_ANSWERS = 20
"""Answers for each concept under which time is scarce."""


@dataclass(frozen=True)
class Difference:
    """Milepost less a rival on the same learners: mean and standard error in points, share of learners better off."""

    mean: float
    se: float
    better: float


@dataclass(frozen=True)
class Setting:
    """One learner model with one budget: the courses of each policy, learner by learner in the same order."""

    learner: str
    minutes: int
    days: int
    concepts: int
    courses: Mapping[str, Sequence[Course]]

    @property
    def rivals(self) -> list[str]:
        return [name for name in self.courses if name != MILEPOST]

    @property
    def answers_per_concept(self) -> float:
        """Under the policy that asked most."""
        return max(_mean([course.answers for course in each]) for each in self.courses.values()) / self.concepts

    def score(self, policy: str) -> float:
        return 100 * _mean([course.score for course in self.courses[policy]])

    def against(self, rival: str) -> Difference:
        pairs = zip(self.courses[MILEPOST], self.courses[rival], strict=True)
        points = [100 * (own.score - other.score) for own, other in pairs]
        better = sum(point > 0 for point in points) + 0.5 * sum(point == 0 for point in points)
        return Difference(_mean(points), statistics.stdev(points) / math.sqrt(len(points)), better / len(points))

    def best_item_level(self) -> str:
        return max(ITEM_LEVEL, key=self.score)

    def minutes_to_pass(self, policy: str) -> float | None:
        """The median over learners; None where most never got there."""
        reached = [each.minutes_to_pass for each in self.courses[policy]]
        median = statistics.median_low([math.inf if value is None else value for value in reached])
        return None if median == math.inf else median

    def minutes_used(self, policy: str) -> float:
        """Share of the budget."""
        return _mean([min(1.0, course.minutes / self.minutes / self.days) for course in self.courses[policy]])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def as_json(bank: str, settings: Sequence[Setting]) -> dict[str, Any]:
    """Everything, settings first: the form in which figures are compared over time."""
    return {
        "bank": bank,
        "settings": [
            {
                "learner": setting.learner,
                "minutes": setting.minutes,
                "days": setting.days,
                "learners": len(setting.courses[MILEPOST]),
                "answers_per_concept": round(setting.answers_per_concept, 1),
                "scores": {policy: round(setting.score(policy), 3) for policy in setting.courses},
                "against": {
                    rival: {name: round(value, 3) for name, value in vars(setting.against(rival)).items()}
                    for rival in setting.rivals
                },
                "minutes_to_pass": {policy: setting.minutes_to_pass(policy) for policy in setting.courses},
                "minutes_used": {policy: round(setting.minutes_used(policy), 3) for policy in setting.courses},
            }
            for setting in settings
        ],
        "summary": summary(settings),
    }


def summary(settings: Sequence[Setting]) -> dict[str, Any]:
    """The figures that have bars; None where no setting is of that kind."""
    scarce = [setting for setting in settings if setting.answers_per_concept < FEW_ANSWERS]
    item_level = [setting.against(setting.best_item_level()).mean for setting in settings]
    cells = [(setting.against(rival), setting, rival) for setting in settings for rival in setting.rivals]
    # a difference under two standard errors is noise
    certain = [cell for cell in cells if abs(cell[0].mean) >= 2 * cell[0].se]
    worst = min(certain, key=lambda cell: cell[0].mean, default=None)
    return {
        "best_item_level": _mean(item_level),
        "best_item_level_lowest": min(item_level),
        "random": _mean([setting.against("random").mean for setting in settings]),
        "random_scarce": _mean([setting.against("random").mean for setting in scarce]) if scarce else None,
        "round_robin": _mean([setting.against("round robin").mean for setting in settings]),
        "worst": worst[0].mean if worst else None,
        "worst_where": f"{worst[1].learner} {worst[1].minutes} min {worst[1].days} days, {worst[2]}"
        if worst
        else None,
        "fewer_minutes_than_fsrs_items": _saved(settings, "fsrs, items"),
        "fewer_minutes_than_random": _saved(settings, "random"),
    }


def _saved(settings: Sequence[Setting], rival: str) -> float | None:
    """By which share fewer minutes lead to the pass line, the median over settings where both got there."""
    shares = []
    for setting in settings:
        own, other = setting.minutes_to_pass(MILEPOST), setting.minutes_to_pass(rival)
        if own is not None and other is not None:
            shares.append(1 - own / other)
    return statistics.median(shares) if shares else None


def print_table(bank: str, settings: Sequence[Setting]) -> None:
    """One row for each setting: Milepost's score, then how far it is ahead of each rival (two standard errors)."""
    rivals = settings[0].rivals
    print(
        f"Bank {bank}, {len(settings[0].courses[MILEPOST])} learners a setting; points of 100, ahead of each rival\n"
    )
    print(
        f"{'learner':<15}{'min':>4}{'days':>5}{'per c.':>7}{'score':>7}"
        + "".join(f"{_short(name):>14}" for name in rivals)
    )
    for setting in settings:
        cells = "".join(_cell(setting.against(name)) for name in rivals)
        print(
            f"{setting.learner:<15}{setting.minutes:>4}{setting.days:>5}{setting.answers_per_concept:>7.1f}"
            f"{setting.score(MILEPOST):>7.1f}{cells}"
        )
    print()
    for name, value in summary(settings).items():
        print(f"{name:<32}{value if not isinstance(value, float) else round(value, 3)}")


def _short(name: str) -> str:
    return name.replace("lowest recall", "recall").replace("concepts", "conc.")


def _cell(difference: Difference) -> str:
    return f"{difference.mean:>+8.2f} ±{2 * difference.se:<4.2f}"
