"""Ability: how likely is a right answer? A Gaussian item response model, one small step per answer.

A learner's logit on an item is the sum of Gaussian components (general, domain, concept) less the Gaussian
difficulty of the item. Each answer moves the components by one step of assumed-density filtering: the
posterior of their sum is matched by a Gaussian (Opper 1998), and the step is shared in proportion to the
variances, as in a Kalman filter. Item difficulties stay as they are; `milepost calibrate` re-estimates
them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

DRIFT_PER_DAY = 0.002
"""Variance (logit^2) that each component's random walk gains per day. Ours, to be tuned."""
MAX_VARIANCE = 4.0
"""Drift stops here (logit^2): after years away the learner is unknown, not beyond all bounds."""
PRACTICE_GAIN = 0.1
"""Logits that the first answer with its explanation adds to the most specific component; the n-th adds 1/n
of it, so that practice works by the logarithm of its amount (Best-LR, Gervet 2020)."""
REPEAT_WEIGHT = 0.25
"""Evidence in the answer to an item seen before, as a share of a first sight's: the key may be remembered."""
GUESSED_WEIGHT = 0.5
"""Evidence in a right answer that its learner calls a guess, as a share of a plain one's."""
_LOGIT_BOUND = 35.0
# beyond it 1 - sigmoid is no longer above zero in a double


@dataclass(frozen=True)
class Belief:
    """What is believed of one component of ability, in logits.

    mean and variance of the Gaussian as of the study day `updated_on`; counts of all answers that moved it,
    and of the first sights among them.
    """

    mean: float
    variance: float
    updated_on: date
    answers: int
    first_sights: int
    first_sight_right: int


@dataclass(frozen=True)
class ItemDifficulty:
    """Difficulty *b* of an item in logits: mean and variance of the Gaussian estimate."""

    mean: float
    variance: float


PRIOR_DIFFICULTY: Mapping[str, ItemDifficulty] = {
    "easy": ItemDifficulty(-1.2, 0.4),
    "medium": ItemDifficulty(-0.2, 0.4),
    "hard": ItemDifficulty(0.8, 0.4),
}
"""By authored `difficulty`. Ours: with four options a learner of the prior answers 79, 65, 51 %."""

PRIOR_VARIANCE: Mapping[str, float] = {"all": 0.6, "domain": 0.3, "concept": 0.4}
"""Variance (logit^2) of each kind of component before any answer; all means are 0. Ours, to be tuned."""


def prior(component: str, day: date) -> Belief:
    """The belief before any answer of `component`: "all", "concept/<slug>" or "<certification>/<domain>"."""
    kind = "concept" if component.startswith("concept/") else "all" if component == "all" else "domain"
    return Belief(0.0, PRIOR_VARIANCE[kind], day, answers=0, first_sights=0, first_sight_right=0)


def drift(belief: Belief, day: date) -> Belief:
    """The belief as of `day`: less certain for each day that passed. Days never run backwards."""
    if day <= belief.updated_on:
        return belief
    return replace(belief, variance=variance_on(belief, day), updated_on=day)


def variance_on(belief: Belief, day: date) -> float:
    """The variance (logit^2) that `drift` gives the belief on `day`."""
    days = day.toordinal() - belief.updated_on.toordinal()
    if days <= 0 or belief.variance >= MAX_VARIANCE:
        return belief.variance
    return min(MAX_VARIANCE, belief.variance + days * DRIFT_PER_DAY)


def predict(
    beliefs: Sequence[Belief],
    item: ItemDifficulty,
    options: int = 0,
    offset: float = 0.0,
    loadings: Sequence[float] | None = None,
) -> float:
    """The chance of a right answer, 0..1 exclusive.

    beliefs: the components of the sum, drifted to the day in question; options: what a blind guess chooses
    from (1 or less: nothing to guess); offset: logits known beforehand, such as memory of the concept;
    loadings: what each component counts in the sum, 1 without them.
    """
    mean, variance = _sum(beliefs, item, offset, loadings or [1.0] * len(beliefs))
    return chance(mean, variance, guess_floor(options))


def _sum(
    beliefs: Sequence[Belief], item: ItemDifficulty, offset: float, loadings: Sequence[float]
) -> tuple[float, float]:
    """Mean and variance (logit^2) of the logit of a right answer."""
    mean, variance = offset - item.mean, item.variance
    for belief, loading in zip(beliefs, loadings, strict=True):
        mean += loading * belief.mean
        variance += loading * loading * belief.variance
    return mean, variance


def chance(mean: float, variance: float, floor: float) -> float:
    """floor + (1 - floor) * E[sigmoid(x)] for x ~ N(mean, variance), by MacKay's approximation (1992)."""
    return floor + (1 - floor) * sigmoid(mean * shrink(variance))


def shrink(variance: float) -> float:
    """By how much uncertainty flattens the logistic curve: 1 / sqrt(1 + pi v / 8) (MacKay 1992)."""
    return 1 / math.sqrt(1 + math.pi / 8 * variance)


def guess_floor(options: int) -> float:
    """The chance of a blind guess among `options` answers; 0 where there is nothing to choose from.

    As the lower asymptote of the three-parameter logistic model (Birnbaum 1968) it makes a right answer of
    somebody who probably did not know weak evidence, and leaves wrong answers as they are.
    """
    return 1 / options if options > 1 else 0.0


def update(
    beliefs: Sequence[Belief],
    item: ItemDifficulty,
    correct: bool,
    first_sight: bool,
    confidence: str | None,
    day: date,
    options: int = 0,
    offset: float = 0.0,
    loadings: Sequence[float] | None = None,
) -> tuple[Belief, ...]:
    """The beliefs after one answer, in the same order; give them from general to specific.

    `options`, `offset` and `loadings` as for `predict`; `confidence` is "guess", "think", "sure" or None. The last
    belief, the most specific, takes the gain of practice.
    """
    drifted = [drift(belief, day) for belief in beliefs]
    loadings = loadings or [1.0] * len(drifted)
    mean, variance = _sum(drifted, item, offset, loadings)
    slope, information = _evidence(mean, variance, guess_floor(options), correct)
    weight = _weight(correct, first_sight, confidence)
    last = len(drifted) - 1
    return tuple(
        Belief(
            mean=belief.mean
            + weight * slope * belief.variance * loading
            + (PRACTICE_GAIN / (belief.answers + 1) if index == last else 0.0),
            variance=belief.variance * (1 - weight * information * belief.variance * loading**2),
            updated_on=belief.updated_on,
            answers=belief.answers + 1,
            first_sights=belief.first_sights + first_sight,
            first_sight_right=belief.first_sight_right + (first_sight and correct),
        )
        for index, (belief, loading) in enumerate(zip(drifted, loadings, strict=True))
    )


def _evidence(mean: float, variance: float, floor: float, correct: bool) -> tuple[float, float]:
    """Slope of the log likelihood in the mean, and its expected information, of one answer.

    The information is at most 0.64 / variance, so that no component's variance can reach zero.
    """
    flat = shrink(variance)
    known = sigmoid(mean * flat)
    right = floor + (1 - floor) * known
    slope = (1 - floor) * flat * known * (1 - known) / right if correct else -flat * known
    information = (1 - floor) * (flat * known) ** 2 * (1 - known) / right
    return slope, information


def _weight(correct: bool, first_sight: bool, confidence: str | None) -> float:
    weight = 1.0 if first_sight else REPEAT_WEIGHT
    return weight * GUESSED_WEIGHT if correct and confidence == "guess" else weight


def sigmoid(x: float) -> float:
    """The logistic function, strictly between 0 and 1 however large `x` is."""
    if not -_LOGIT_BOUND < x < _LOGIT_BOUND:
        x = math.copysign(_LOGIT_BOUND, x)
    return 1 / (1 + math.exp(-x))
