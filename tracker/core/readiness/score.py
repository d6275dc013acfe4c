"""The score that a paper of unseen items would give on a day, as a distribution.

The general component is shared by all domains and integrated over once, outside; given it, domains are
independent. Taking domains as independent altogether would make the range too narrow, and falsely sure.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.ability import PRIOR_DIFFICULTY, PRIOR_VARIANCE, Belief, guess_floor, law_of, shrink, sigmoid
from tracker.core.learning import ItemFacts, LearnerState, recall_offset

TAIL = 0.1
"""Probability on either side of the 80 % range."""
UNKNOWN_OPTIONS = 4
"""Options of an item where the bank has none yet for a domain."""
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
    items: Sequence[ItemFacts],
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
    parts = _parts(state, certification, shares, items, general, questions, day)
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
    items: Sequence[ItemFacts],
    general: _Over,
    questions: int,
    day: date,
) -> dict[str, _Part]:
    concepts: dict[str, dict[str, list[ItemFacts]]] = {domain: defaultdict(list) for domain in weights}
    for item in items:
        if item.certification == certification and item.domain in concepts:
            concepts[item.domain][item.concept or item.id].append(item)
    parts = {}
    for domain, weight in weights.items():
        component = f"{certification}/{domain}"
        own = _over(component, state.belief(component, day), weight * questions)
        around = general.around + own.around
        groups = [_concept(state, group, around, day) for group in concepts[domain].values()]
        parts[domain] = _part(weight, general, own, groups)
    return parts


@dataclass(frozen=True)
class _Concept:
    """Items of one concept: how many, by what they multiply ability, what they add to it, how much uncertainty
    flattens them, and their guess floor."""

    items: int
    slope: float
    mean: float
    flat: float
    floor: float

    def share(self, ability: float) -> float:
        """The share of right answers at a general plus domain ability."""
        return self.floor + (1 - self.floor) * sigmoid((self.slope * ability + self.mean) * self.flat)


def _concept(state: LearnerState, items: Sequence[ItemFacts], around: float, day: date) -> _Concept:
    concept, count = items[0].concept, len(items)
    belief = state.belief(f"concept/{concept}", day) if concept else None
    own, unsure = (belief.mean, belief.variance) if belief else (0.0, 0.0)
    mean = sum(item.difficulty.mean for item in items) / count
    slope = sum(item.difficulty.discrimination for item in items) / count
    # items of one concept differ in difficulty: their spread flattens the curve like uncertainty does
    spread = sum((item.difficulty.mean - mean) ** 2 + item.difficulty.variance for item in items) / count
    floor = sum(guess_floor(item.options) for item in items) / count
    offset = recall_offset(state.cards.get(concept), True, day)
    flat = shrink(slope * slope * (unsure + around) + spread)
    return _Concept(count, slope, slope * own - mean + offset, flat, floor)


def _part(weight: float, general: _Over, own: _Over, concepts: Sequence[_Concept]) -> _Part:
    unknown = PRIOR_DIFFICULTY["medium"]
    flat = shrink(PRIOR_VARIANCE["concept"] + unknown.variance + general.around + own.around)
    concepts = concepts or [_Concept(1, 1.0, -unknown.mean, flat, guess_floor(UNKNOWN_OPTIONS))]
    total = sum(concept.items for concept in concepts)
    reach = 4 * math.sqrt(general.variance + own.variance)
    start, step = general.mean + own.mean - reach, 2 * reach / _GRID
    curve = tuple(
        sum(concept.items * concept.share(start + step * index) for concept in concepts) / total
        for index in range(_GRID + 1)
    )
    return _Part(weight, own.mean, own.variance, start, step, curve)


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
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if _cumulative(scores, middle) < probability else (low, middle)
    return (low + high) / 2


def _nodes(step: float) -> tuple[tuple[float, float], ...]:
    """Nodes and weights for a standard normal: the trapezoid rule over +-4, exact to 1e-4 for smooth
    functions."""
    places = [index * step for index in range(-round(4 / step), round(4 / step) + 1)]
    heights = [math.exp(-place * place / 2) for place in places]
    total = sum(heights)
    return tuple((place, height / total) for place, height in zip(places, heights, strict=True))


_GENERAL_NODES = _nodes(0.5)
_DOMAIN_NODES = _nodes(1.0)
