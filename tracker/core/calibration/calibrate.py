"""Calibration: difficulties and discriminations of items, and the second stage, from all learners' answers.

The answers are streamed, learner by learner, through the very fold that follows learners.
"""

from collections.abc import Callable, Sequence

from tracker.core.calibration import items as item_side
from tracker.core.calibration import second_stage
from tracker.core.calibration.values import Calibration, Learners
from tracker.core.learning import ItemFacts

LEARNERS = 10
"""Learners with answers below which the authored difficulties stay: what is hard for a few is about them. Ours."""
FIRST_PASSES, MORE_PASSES = 5, 5
"""Newton steps of the items over half of the learners, then over all. More of them change little."""


def calibrate(
    items: Sequence[ItemFacts], learners: Learners, progress: Callable[[int], None] = lambda learners: None
) -> Calibration:
    """Estimates of `items` (with the authored prior as their difficulty) from the answers of `learners`.

    `progress` is told of every learner that a pass has gone through; `steps` says how many times that will be. Where
    there are too few learners or no answers the priors stay. The second stage is learnt from learners whose answers
    took no part in the difficulties it sees.
    """
    estimates = item_side.untouched(items)
    if len(learners) < LEARNERS:
        return Calibration(estimates.current, None, 0)
    ones, others = learners[::2], learners[1::2]
    for number in range(FIRST_PASSES):
        item_side.one_pass(estimates, ones, progress, sharpen=number > 0)
    weights = second_stage.fit(estimates.current, others, progress)
    answers = 0
    for _ in range(MORE_PASSES):
        answers = item_side.one_pass(estimates, learners, progress, sharpen=True)
    return Calibration(estimates.current, weights, answers)


def steps(learners: int) -> int:
    """How often `calibrate` will report progress for so many learners."""
    ones = (learners + 1) // 2
    return FIRST_PASSES * ones + second_stage.PASSES * (learners - ones) + MORE_PASSES * learners
