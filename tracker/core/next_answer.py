"""The second stage: a logistic correction of the very next answer, learnt by calibration.

Ability is made to be right about what lasts, for readiness. The next answer also follows what has just happened:
how the last few answers went counts more or less than the Gaussian model takes it to, and differently in each
installation. The weights come from the installation's own answers (`milepost calibrate`); without them ability
alone predicts.
"""

from collections.abc import Sequence

from tracker.core.ability import Belief, ItemDifficulty, shrink, sigmoid, total

LONGEST_RUN = 5
"""A run of right or wrong answers counts up to this length."""
FEATURES = ("constant", "logit", "form", "domain form", "repeat", "new domain", "right in a row", "wrong in a row")
"""What the weights are for, in order."""
FIRST_STAGE = (0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
"""The weights that leave ability's prediction as it is."""

Weights = tuple[float, ...]


def features(
    beliefs: Sequence[Belief],
    domains: int,
    item: ItemDifficulty,
    offset: float,
    loadings: Sequence[float],
    first_sight: bool,
) -> tuple[float, ...]:
    """The values that the weights multiply, in the order of FEATURES.

    beliefs, offset and loadings as for `ability.total`: the general one first, then those of `domains` domains,
    of which the mean is taken. Logit and forms are flattened by the uncertainty of the sum.
    """
    mean, variance = total(beliefs, item, offset, loadings)
    flat = shrink(variance + item.variance)
    form = new = right = wrong = 0.0
    for belief in beliefs[1 : 1 + domains]:
        form += belief.form
        new += belief.answers == 0
        right += min(LONGEST_RUN, max(0, belief.run))
        wrong += min(LONGEST_RUN, max(0, -belief.run))
    steep = flat * item.discrimination
    return (
        1.0,
        mean * flat,
        beliefs[0].form * steep,
        form / domains * steep,
        float(not first_sight),
        new / domains,
        right / domains,
        wrong / domains,
    )


def chance(weights: Weights, values: Sequence[float], floor: float) -> float:
    """The chance of a right answer, `floor`..1; `floor` is that of a blind guess."""
    return floor + (1 - floor) * sigmoid(sum(weight * value for weight, value in zip(weights, values, strict=True)))
