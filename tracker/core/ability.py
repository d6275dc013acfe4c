"""Ability: how likely is a right answer? A Gaussian item response model, one small step per answer.

A learner's logit on an item is the item's discrimination times a sum of Gaussian components (general, domain,
concept), less the Gaussian difficulty of the item. Each component has a lasting part and a form: what holds for
the next few answers only (an Ornstein-Uhlenbeck process in steps of answers). Each answer moves all parts by one
step of assumed-density filtering: the posterior of their sum is matched by a Gaussian (Opper 1998), and the step
is shared in proportion to the variances, as in a Kalman filter. Items stay as they are; `milepost calibrate`
re-estimates them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

DRIFT_PER_DAY = 0.002
"""Variance (logit^2) that each component's random walk gains per day. Ours, to be tuned."""
MAX_VARIANCE = 4.0
"""Drift stops here (logit^2): after years away the learner is unknown, not beyond all bounds."""
PRACTICE_GAIN = 0.27
"""Logits that the first answer with its explanation adds to the most specific component; the n-th adds 1/n
of it, so that practice works by the logarithm of its amount (Best-LR, Gervet 2020). Chosen on files of answers."""
REPEAT_WEIGHT = 0.25
"""Evidence of lasting ability in the answer to an item seen before, as a share of a first sight's: the key may be
remembered. Of form it tells as much as any answer."""
GUESSED_WEIGHT = 0.5
"""Evidence in a right answer that its learner calls a guess, as a share of a plain one's."""
_LOGIT_BOUND = 35.0
# beyond it 1 - sigmoid is no longer above zero in a double


@dataclass(frozen=True)
class Law:
    """How one kind of component behaves.

    variance: of the lasting part before any answer (logit^2, mean 0); walk: what its variance gains per answer;
    form_variance: of the form when nothing is known of it; form_kept: share of the form left after an answer.
    """

    variance: float
    walk: float
    form_variance: float
    form_kept: float


LAWS: Mapping[str, Law] = {
    "all": Law(0.7, 0.0015, 0.32, 0.93),
    "domain": Law(0.2, 0.0, 0.33, 0.78),
    "concept": Law(0.4, 0.0, 0.0, 0.0),
}
"""By kind of component. General and domain chosen on files of answers (benchmarks/README.md); concept ours: what
passes quickly there is memory's."""
PRIOR_VARIANCE: Mapping[str, float] = {kind: law.variance for kind, law in LAWS.items()}
"""Variance (logit^2) of the lasting part of each kind of component before any answer; all means are 0."""


@dataclass(frozen=True)
class Belief:
    """What is believed of one component of ability, in logits.

    mean and variance of the lasting part as of the study day `updated_on`; counts of all answers that moved it,
    and of the first sights among them; mean and variance of the form; run: right answers in a row up to now,
    negative for wrong ones.
    """

    mean: float
    variance: float
    updated_on: date
    answers: int
    first_sights: int
    first_sight_right: int
    form: float = 0.0
    form_variance: float = 0.0
    run: int = 0


@dataclass(frozen=True)
class ItemDifficulty:
    """Difficulty *b* of an item in logits: mean and variance of the Gaussian estimate; and its discrimination,
    by which ability is multiplied (the two-parameter logistic model)."""

    mean: float
    variance: float
    discrimination: float = 1.0


PRIOR_DIFFICULTY: Mapping[str, ItemDifficulty] = {
    "easy": ItemDifficulty(-1.2, 0.4),
    "medium": ItemDifficulty(-0.2, 0.4),
    "hard": ItemDifficulty(0.8, 0.4),
}
"""By authored `difficulty`. Ours: with four options a learner of the prior answers 78, 65, 52 %."""


def law_of(component: str) -> Law:
    """The law of "all", "concept/<slug>" or "<certification>/<domain>"."""
    kind = "concept" if component.startswith("concept/") else "all" if component == "all" else "domain"
    return LAWS[kind]


def prior(component: str, day: date) -> Belief:
    """The belief of a component before any answer."""
    law = law_of(component)
    return Belief(0.0, law.variance, day, 0, 0, 0, form_variance=law.form_variance)


def drift(belief: Belief, day: date, law: Law) -> Belief:
    """The belief as of `day`: less certain for each day that passed, its form slept away. Days never run
    backwards."""
    if day <= belief.updated_on:
        return belief
    return replace(
        belief,
        variance=variance_on(belief, day),
        updated_on=day,
        form=0.0,
        form_variance=law.form_variance,
    )


def variance_on(belief: Belief, day: date) -> float:
    """The variance (logit^2) that `drift` gives the lasting part on `day`."""
    days = day.toordinal() - belief.updated_on.toordinal()
    if days <= 0 or belief.variance >= MAX_VARIANCE:
        return belief.variance
    return min(MAX_VARIANCE, belief.variance + days * DRIFT_PER_DAY)


def total(
    beliefs: Sequence[Belief], item: ItemDifficulty, offset: float = 0.0, loadings: Sequence[float] | None = None
) -> tuple[float, float]:
    """Mean and variance of the logit of a right answer, the item's own variance left out.

    beliefs: the components, drifted to the day in question; offset: logits known beforehand, such as memory of
    the concept; loadings: what each component counts in the sum, 1 without them.
    """
    mean = variance = 0.0
    for belief, loading in zip(beliefs, loadings or [1.0] * len(beliefs), strict=True):
        mean += loading * (belief.mean + belief.form)
        variance += loading * loading * (belief.variance + belief.form_variance)
    slope = item.discrimination
    return slope * mean - item.mean + offset, slope * slope * variance


def predict(
    beliefs: Sequence[Belief],
    item: ItemDifficulty,
    options: int = 0,
    offset: float = 0.0,
    loadings: Sequence[float] | None = None,
) -> float:
    """The chance of a right answer, 0..1 exclusive.

    beliefs, offset and loadings as for `total`; options: what a blind guess chooses from (1 or less: nothing to
    guess).
    """
    mean, variance = total(beliefs, item, offset, loadings)
    return chance(mean, variance + item.variance, guess_floor(options))


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
    laws: Sequence[Law],
    item: ItemDifficulty,
    correct: bool,
    first_sight: bool,
    confidence: str | None,
    day: date,
    options: int = 0,
    offset: float = 0.0,
    loadings: Sequence[float] | None = None,
) -> tuple[Belief, ...]:
    """The beliefs after one answer, in the same order; give them, and their laws, from general to specific.

    `options`, `offset` and `loadings` as for `predict`; `confidence` is "guess", "think", "sure" or None. The
    most specific kind, that of the last belief, takes the gain of practice.
    """
    drifted = [drift(belief, day, law) for belief, law in zip(beliefs, laws, strict=True)]
    loadings = loadings or [1.0] * len(drifted)
    mean, variance = total(drifted, item, offset, loadings)
    slope, information = evidence(mean, variance + item.variance, guess_floor(options), correct)
    weight = GUESSED_WEIGHT if correct and confidence == "guess" else 1.0
    slope, information = weight * slope * item.discrimination, weight * information * item.discrimination**2
    lasting = 1.0 if first_sight else REPEAT_WEIGHT
    return tuple(
        _moved(
            belief,
            law,
            slope * loading,
            information * loading * loading,
            lasting,
            correct,
            first_sight,
            loading * PRACTICE_GAIN / (belief.answers + 1) if law is laws[-1] else 0.0,
        )
        for belief, law, loading in zip(drifted, laws, loadings, strict=True)
    )


def _moved(
    belief: Belief,
    law: Law,
    slope: float,
    information: float,
    lasting: float,
    correct: bool,
    first_sight: bool,
    gain: float,
) -> Belief:
    """One component after an answer; `lasting`: share of the evidence that the lasting part takes."""
    variance, form_variance, kept = belief.variance, belief.form_variance, law.form_kept
    after = variance * (1 - lasting * information * variance)
    form_after = form_variance * (1 - information * form_variance)
    return Belief(
        mean=belief.mean + lasting * slope * variance + gain,
        variance=min(MAX_VARIANCE, after + law.walk) if after < MAX_VARIANCE else after,
        updated_on=belief.updated_on,
        answers=belief.answers + 1,
        first_sights=belief.first_sights + first_sight,
        first_sight_right=belief.first_sight_right + (first_sight and correct),
        form=kept * (belief.form + slope * form_variance),
        form_variance=kept * kept * form_after + (1 - kept * kept) * law.form_variance,
        run=max(1, belief.run + 1) if correct else min(-1, belief.run - 1),
    )


def practice_gain(answers: float, further: float) -> float:
    """Logits that `further` answers will add to the most specific component after `answers` of them.

    The sum of PRACTICE_GAIN / n that the answers add one by one, by the logarithm that it follows (H_n = ln n +
    Euler's constant); within 3 % of it, and smooth.
    """
    return PRACTICE_GAIN * math.log1p(further / (answers + 0.56))


def evidence(mean: float, variance: float, floor: float, correct: bool) -> tuple[float, float]:
    """Slope of the log likelihood in the mean, and its expected information, of one answer.

    The information is at most 0.64 / variance, so that no component's variance can reach zero.
    """
    flat = shrink(variance)
    known = sigmoid(mean * flat)
    right = floor + (1 - floor) * known
    slope = (1 - floor) * flat * known * (1 - known) / right if correct else -flat * known
    information = (1 - floor) * (flat * known) ** 2 * (1 - known) / right
    return slope, information


def sigmoid(x: float) -> float:
    """The logistic function, strictly between 0 and 1 however large `x` is."""
    if not -_LOGIT_BOUND < x < _LOGIT_BOUND:
        x = math.copysign(_LOGIT_BOUND, x)
    return 1 / (1 + math.exp(-x))
