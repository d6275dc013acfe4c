"""The score that a paper of unseen items would give on a day, as a distribution.

The general component is shared by all domains and integrated over once, outside; given it, domains are
independent. Taking domains as independent altogether would make the range too narrow, and falsely sure.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tracker.core.ability import PRIOR_DIFFICULTY, PRIOR_VARIANCE, Belief, guess_floor, law_of, shrink, variance_on
from tracker.core.learning import ItemFacts, LearnerState, recall_offset
from tracker.core.readiness.content import ConceptItems, Content, content

TAIL = 0.1
"""Probability on either side of the 80 % range."""
UNKNOWN_OPTIONS = 4
"""Options of an item where the bank has none yet for a domain."""
_LARGEST = 60.0
# exponents beyond it say nothing more of a chance
_GRID = 20
# steps of a domain's curve over +-4 standard deviations: linear interpolation errs by less than 0.002


@dataclass(frozen=True)
class Score:
    """The distribution of the score on a paper; all shares of it, 0..1.

    low..high: the 80 % range; mid: the median; mean: the expected score; chance: to reach the line; domains:
    expected share of right answers by domain.
    """

    low: float
    mid: float
    high: float
    mean: float
    chance: float
    domains: Mapping[str, float]


@dataclass(frozen=True)
class _Part:
    """A domain of the paper: its weight, mean and variance of its own logit over the paper, and its share of right
    answers as a curve over general plus domain logit."""

    weight: float
    mean: float
    variance: float
    start: float
    step: float
    curve: tuple[float, ...]

    def share(self, logit: float) -> float:
        """Linear interpolation in the curve; its ends hold beyond it, where next to no probability lies."""
        place = min(max((logit - self.start) / self.step, 0.0), _GRID - 1e-9)
        index = int(place)
        rest = place - index
        return self.curve[index] * (1 - rest) + self.curve[index + 1] * rest


@dataclass(frozen=True)
class _Given:
    """The score, normal, given one value of the general component: its probability, mean and deviation."""

    probability: float
    mean: float
    sd: float


@dataclass(frozen=True)
class _Over:
    """A component averaged over the questions of a paper: mean and variance of the average, and the variance of
    a single question around it."""

    mean: float
    variance: float
    around: float


def expected_score(
    state: LearnerState,
    certification: str,
    weights: Mapping[str, float],
    items: Sequence[ItemFacts] | Content,
    *,
    questions: int,
    line: float,
    day: date,
) -> Score:
    """The score on a paper of `questions` unseen items on `day`, however little is known.

    weights: share of the paper by domain, of any sum; items and line as for `estimate`, which asks for minimum
    evidence. Raises ValueError if no domain has weight, a weight is negative, or the paper has no questions.
    """
    total = sum(weights.values())
    if total <= 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("the blueprint's weights must be positive")
    if questions < 1:
        raise ValueError("a paper has at least one question")
    shares = {domain: weight / total for domain, weight in weights.items()}
    general = _over("all", state.belief("all", day), questions)
    known = items if isinstance(items, Mapping) else content(items)
    parts = _parts(state, certification, shares, known, general, questions, day)
    scores, domains = _distribution(general, parts, questions)
    # a score is a whole number of questions: the line is reached from half a question below it
    reached = 1 - _cumulative(scores, line - 0.5 / questions)
    low, mid, high = (_quantile(scores, share) for share in (TAIL, 0.5, 1 - TAIL))
    mean = sum(score.probability * score.mean for score in scores)
    return Score(low, mid, high, mean, reached, domains)


def _over(component: str, belief: Belief, questions: float) -> _Over:
    """A component over so many questions in a row: the lasting part stays, the form comes and goes.

    The form is an Ornstein-Uhlenbeck process in steps of answers; before a paper on a later day nothing is known
    of it.
    """
    law, length = law_of(component), max(1.0, questions)
    kept = law.form_kept
    # the average over the paper of what is known now, and of two questions' correlation
    known = (1 - kept**length) / (length * (1 - kept))
    alike = (1 + kept) / (length * (1 - kept)) - 2 * kept * (1 - kept**length) / (length * (1 - kept)) ** 2
    form = law.form_variance * alike + (belief.form_variance - law.form_variance) * known * known
    return _Over(belief.mean + known * belief.form, belief.variance + form, max(0.0, law.form_variance - form))


def _parts(
    state: LearnerState,
    certification: str,
    weights: Mapping[str, float],
    known: Content,
    general: _Over,
    questions: int,
    day: date,
) -> dict[str, _Part]:
    parts = {}
    for domain, weight in weights.items():
        component = f"{certification}/{domain}"
        own = _over(component, state.belief(component, day), weight * questions)
        around = general.around + own.around
        curves = [_concept(state, held, around, day) for held in known.get((certification, domain), ())]
        parts[domain] = _part(weight, general, own, curves)
    return parts


class _Logistic(NamedTuple):
    """Right answers on some items at an ability x: the share floor + (1 - floor) sigmoid((slope x + mean) flat)."""

    items: int
    slope: float
    mean: float
    flat: float
    floor: float


def _concept(state: LearnerState, held: ConceptItems, around: float, day: date) -> _Logistic:
    """A concept's items over general plus domain ability; `around`: variance of form from question to question."""
    belief = state.abilities.get(f"concept/{held.concept}")
    own = belief.mean if belief else 0.0
    unsure = variance_on(belief, day) if belief else PRIOR_VARIANCE["concept"] if held.concept else 0.0
    offset = recall_offset(state.cards.get(held.concept), True, day)
    flat = shrink(held.slope**2 * (unsure + around) + held.spread)
    return _Logistic(held.items, held.slope, held.slope * own - held.difficulty + offset, flat, held.floor)


def _part(weight: float, general: _Over, own: _Over, curves: Sequence[_Logistic]) -> _Part:
    unknown = PRIOR_DIFFICULTY["medium"]
    flat = shrink(PRIOR_VARIANCE["concept"] + unknown.variance + general.around + own.around)
    curves = curves or [_Logistic(1, 1.0, -unknown.mean, flat, guess_floor(UNKNOWN_OPTIONS))]
    reach = 4 * math.sqrt(general.variance + own.variance)
    start, step = general.mean + own.mean - reach, 2 * reach / _GRID
    return _Part(weight, own.mean, own.variance, start, step, _curve(curves, start, step))


def _curve(curves: Sequence[_Logistic], start: float, step: float) -> tuple[float, ...]:
    """The mean over the items at each x of the grid.

    From one x to the next exp(-(slope x + mean) flat) shrinks by the same factor: no exponential for each point.
    """
    total = sum(each.items for each in curves)
    floor = sum(each.items * each.floor for each in curves) / total
    heights = [each.items * (1 - each.floor) / total for each in curves]
    odds = [math.exp(min(-(each.slope * start + each.mean) * each.flat, _LARGEST)) for each in curves]
    factors = [math.exp(-each.slope * step * each.flat) for each in curves]
    points = []
    for _ in range(_GRID + 1):
        points.append(floor + sum([height / (1 + odd) for height, odd in zip(heights, odds, strict=True)]))
        odds = [odd * factor for odd, factor in zip(odds, factors, strict=True)]
    return tuple(points)


def _distribution(
    general: _Over, parts: Mapping[str, _Part], questions: int
) -> tuple[list[_Given], dict[str, float]]:
    """The score as a mixture over the general component, and each domain's expected share."""
    scores = []
    domains = dict.fromkeys(parts, 0.0)
    for node, probability in _GENERAL_NODES:
        logit = general.mean + node * math.sqrt(general.variance)
        mean = variance = 0.0
        for domain, part in parts.items():
            share, square = _moments(part, logit)
            domains[domain] += probability * share
            mean += part.weight * share
            # what is unknown of the domain, and the luck of its questions
            variance += part.weight**2 * (square - share**2) + part.weight * (share - square) / questions
        scores.append(_Given(probability, mean, math.sqrt(variance)))
    return scores, domains


def _moments(part: _Part, general_logit: float) -> tuple[float, float]:
    """Mean and mean square of a domain's share of right answers, given the general component."""
    mean = square = 0.0
    middle, sd = general_logit + part.mean, math.sqrt(part.variance)
    for node, probability in _DOMAIN_NODES:
        share = part.share(middle + node * sd)
        mean += probability * share
        square += probability * share * share
    return mean, square


def _cumulative(scores: Sequence[_Given], share: float) -> float:
    return sum(
        score.probability * 0.5 * math.erfc((score.mean - share) / (score.sd * math.sqrt(2))) for score in scores
    )


def _quantile(scores: Sequence[_Given], probability: float) -> float:
    """Halving down to a thousandth of the paper, then a straight line: exact to 1e-6."""
    low, high, below, above = 0.0, 1.0, _cumulative(scores, 0.0), _cumulative(scores, 1.0)
    if not below < probability < above:
        return low if probability <= below else high
    for _ in range(10):
        middle = (low + high) / 2
        reached = _cumulative(scores, middle)
        if reached < probability:
            low, below = middle, reached
        else:
            high, above = middle, reached
    return low + (high - low) * (probability - below) / (above - below)


def _nodes(step: float) -> tuple[tuple[float, float], ...]:
    """Nodes and weights for a standard normal: the trapezoid rule over +-4, exact to 1e-4 for smooth
    functions."""
    places = [index * step for index in range(-round(4 / step), round(4 / step) + 1)]
    heights = [math.exp(-place * place / 2) for place in places]
    total = sum(heights)
    return tuple((place, height / total) for place, height in zip(places, heights, strict=True))


_GENERAL_NODES = _nodes(0.5)
_DOMAIN_NODES = _nodes(1.0)
