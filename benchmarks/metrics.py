"""How good predictions are: ranking, likelihood, squared error and calibration; for papers error and coverage."""

import json
import math
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

BINS = 10
_EDGE = 1e-9


def auc(chances: Sequence[float], right: Sequence[bool]) -> float:
    """Area under the ROC curve, 0..1, ties counted as a half; 0.5 if all answers are alike."""
    positive = sum(right)
    negative = len(right) - positive
    if not positive or not negative:
        return 0.5
    ranks, below = 0.0, 0
    for _, group in groupby(sorted(zip(chances, right, strict=True)), key=lambda pair: pair[0]):
        marks = [mark for _, mark in group]
        ranks += sum(marks) * (below + (len(marks) + 1) / 2)
        below += len(marks)
    return (ranks - positive * (positive + 1) / 2) / (positive * negative)


def log_loss(chances: Sequence[float], right: Sequence[bool]) -> float:
    """Mean negative log likelihood in nats."""
    total = 0.0
    for chance, mark in zip(chances, right, strict=True):
        total -= math.log(max(_EDGE, chance if mark else 1 - chance))
    return total / len(right)


def brier(chances: Sequence[float], right: Sequence[bool]) -> float:
    """Mean squared error of the chances."""
    return sum((chance - mark) ** 2 for chance, mark in zip(chances, right, strict=True)) / len(right)


def ece(chances: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error over ten bins of equal width: mean gap of chance and share of right answers."""
    gaps = [0.0] * BINS
    for chance, mark in zip(chances, right, strict=True):
        gaps[min(BINS - 1, int(chance * BINS))] += chance - mark
    return sum(abs(gap) for gap in gaps) / len(right)


def of_predictions(chances: Sequence[float], right: Sequence[bool], seconds: float) -> dict[str, float]:
    """All figures of one model; `seconds` is the processor time of its predictions and updates."""
    return {
        "auc": auc(chances, right),
        "log_loss": log_loss(chances, right),
        "brier": brier(chances, right),
        "ece": ece(chances, right),
        "per_second": len(right) / max(seconds, _EDGE),
    }


def table(title: str, models: Mapping[str, Mapping[str, Any]], digits: Mapping[str, int]) -> str:
    """One line for each model, a column for each figure with its number of decimal places."""
    lines = [f"{title:<24}" + "".join(f"{name:>12}" for name in digits)]
    for model, figures in models.items():
        cells = (f"{figures[name]:>12,.{places}f}" for name, places in digits.items())
        lines.append(f"{model:<24}" + "".join(cells))
    return "\n".join(lines)


def report(title: str, models: Mapping[str, Mapping[str, Any]], digits: Mapping[str, int], *, as_json: bool) -> None:
    """Print the models' figures as a table under `title`, or as JSON for a program."""
    print(json.dumps({"models": models}, indent=2) if as_json else table(title, models, digits))
