"""The second stage: weights by Newton's method on the penalised likelihood."""

from collections.abc import Callable, Mapping, Sequence

from tracker.core import ability
from tracker.core.ability import ItemDifficulty
from tracker.core.calibration.values import Learners, walk
from tracker.core.learning import Answer, ItemFacts, LearnerState, features
from tracker.core.next_answer import FIRST_STAGE, Weights

PASSES = 4
"""Newton steps."""
ENOUGH_ANSWERS = 2000
"""Answers of half of the learners below which there is no second stage. Ours."""
WEIGHT_PRECISION = 10.0
"""Precision of the weights' prior around the first stage: each is moved by 0.3 or so before it costs."""


def fit(current: Mapping[str, ItemDifficulty], learners: Learners, progress: Callable[[int], None]) -> Weights | None:
    """The weights that predict the answers of `learners` best, items being as now estimated; None where there are too
    few answers."""
    weights = list(FIRST_STAGE)
    for _ in range(PASSES):
        size = len(weights)
        gradient = [WEIGHT_PRECISION * (start - weight) for start, weight in zip(FIRST_STAGE, weights, strict=True)]
        curvature = [[WEIGHT_PRECISION * (row == column) for column in range(size)] for row in range(size)]
        answers = 0
        for load in learners:
            for answer, item, state in walk(current, load()):
                _add_to_weights(gradient, curvature, weights, answer, item, state)
                answers += 1
            progress(1)
        if answers < ENOUGH_ANSWERS:
            return None
        moves = _solved(curvature, gradient)
        weights = [weight + move for weight, move in zip(weights, moves, strict=True)]
    return tuple(weights)


def _add_to_weights(
    gradient: list[float],
    curvature: list[list[float]],
    weights: Sequence[float],
    answer: Answer,
    item: ItemFacts,
    state: LearnerState,
) -> None:
    values = features(state, item, answer.first_sight, answer.study_day)
    floor = ability.guess_floor(item.options)
    known = ability.sigmoid(sum(weight * value for weight, value in zip(weights, values, strict=True)))
    chance = floor + (1 - floor) * known
    steep = (1 - floor) * known * (1 - known)
    slope = steep * (answer.correct - chance) / (chance * (1 - chance))
    information = steep * steep / (chance * (1 - chance))
    for row, value in enumerate(values):
        if value:
            gradient[row] += slope * value
            line, scaled = curvature[row], information * value
            for column, other in enumerate(values):
                line[column] += scaled * other


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a small positive definite system, by elimination."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for pivot in range(size):
        for row in range(pivot + 1, size):
            factor = rows[row][pivot] / rows[pivot][pivot]
            rows[row] = [a - factor * b for a, b in zip(rows[row], rows[pivot], strict=True)]
    found = [0.0] * size
    for row in reversed(range(size)):
        rest = sum(rows[row][column] * found[column] for column in range(row + 1, size))
        found[row] = (rows[row][size] - rest) / rows[row][row]
    return found
