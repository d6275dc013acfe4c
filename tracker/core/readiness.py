"""Readiness: the score that a paper of unseen items would give on exam day, with all its parts.

The general component is shared by all domains and integrated over once, outside; given it, domains are
independent. Taking domains as independent altogether would make the range too narrow, and falsely sure.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.ability import PRIOR_DIFFICULTY, PRIOR_VARIANCE, Belief, guess_floor, shrink, variance_on
from tracker.core.content import ConceptItems, Content, content
from tracker.core.learning import ItemFacts, LearnerState, recall_offset

FIRST_SIGHTS = 20
"""First sights on the certification below which no figure is shown. Product rule."""
DOMAIN_FIRST_SIGHTS = 3
"""First sights in each big domain below which no figure is shown. Product rule."""
BIG_DOMAIN = 0.15
"""Share of the exam from which a domain is big. Product rule."""
TAIL = 0.1
"""Probability on either side of the 80 % range."""
UNKNOWN_OPTIONS = 4
"""Options of an item where the bank has none yet for a domain."""
_LARGEST = 60.0
# exponents beyond it say nothing more of a chance
_GRID = 20
# steps of a domain's curve over +-4 standard deviations: linear interpolation errs by less than 0.002


@dataclass(frozen=True)
class DomainEvidence:
    """Counts of this certification's own answers in one domain; `weight` is its share of the exam."""

    domain: str
    weight: float
    first_sights: int
    first_sight_right: int
    repeats: int
    repeats_right: int


@dataclass(frozen=True)
class Readiness:
    """The expected score and how sure it is; all shares of a paper, 0..1.

    low..high: the 80 % range; mid: the median; chance: to reach `line`; evidence: what it rests on;
    domains: expected share of right answers by domain.
    """

    low: float
    mid: float
    high: float
    chance: float
    line: float
    evidence: tuple[DomainEvidence, ...]
    domains: Mapping[str, float]

    @property
    def still_lost(self) -> float:
        """Share of the paper that is expected to be answered wrong, 0..1."""
        total = sum(entry.weight for entry in self.evidence)
        return 1 - sum(entry.weight * self.domains[entry.domain] for entry in self.evidence) / total

    @property
    def heaviest(self) -> DomainEvidence:
        """The domain in which most of the paper is expected to be lost."""
        return max(self.evidence, key=lambda entry: entry.weight * (1 - self.domains[entry.domain]))


@dataclass(frozen=True)
class Missing:
    """What is missing before any figure may be shown: further first sights in all, and by big domain."""

    first_sights_needed: int
    per_domain: Mapping[str, int]
    evidence: tuple[DomainEvidence, ...]


@dataclass(frozen=True)
class _Part:
    """A domain of the paper: its weight, and its share of right answers as a curve over general plus domain
    logit."""

    weight: float
    belief: Belief
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
class _Score:
    """A normal component of the score's distribution: its probability, mean and standard deviation."""

    probability: float
    mean: float
    sd: float


def estimate(
    state: LearnerState,
    certification: str,
    evidence: Sequence[DomainEvidence],
    items: Sequence[ItemFacts] | Content,
    *,
    questions: int,
    line: float,
    today: date,
    exam_day: date | None,
) -> Readiness | Missing:
    """The distribution of the score on a paper of `questions` unseen items, or what is missing to tell.

    evidence: one entry for each domain of the exam version (weights of any sum); items: the certification's
    bank, of which only concepts, difficulties and options count, or its `content`; line: share of the paper to
    reach, 0..1. Memory fades until `exam_day`; without one, or after it, the paper is taken today. Nothing is
    sampled: same in, same out.

    Raises ValueError if no domain has weight, a weight is negative, or the paper has no questions.
    """
    evidence = tuple(evidence)
    missing = _missing(evidence)
    if missing is not None:
        return missing
    weights = _shares(evidence)
    if questions < 1:
        raise ValueError("a paper has at least one question")
    day = exam_day if exam_day is not None and exam_day > today else today
    known = items if isinstance(items, Mapping) else content(items)
    parts = _parts(state, certification, weights, known, day)
    scores, domains = _distribution(state.belief("all", day), parts, questions)
    # a score is a whole number of questions: the line is reached from half a question below it
    reached = 1 - _cumulative(scores, line - 0.5 / questions)
    low, mid, high = (_quantile(scores, share) for share in (TAIL, 0.5, 1 - TAIL))
    return Readiness(low, mid, high, reached, line, evidence, domains)


def _missing(evidence: tuple[DomainEvidence, ...]) -> Missing | None:
    total = sum(entry.weight for entry in evidence)
    per_domain = {
        entry.domain: DOMAIN_FIRST_SIGHTS - entry.first_sights
        for entry in evidence
        if entry.weight >= BIG_DOMAIN * total - 1e-9 and entry.first_sights < DOMAIN_FIRST_SIGHTS
    }
    seen = sum(entry.first_sights for entry in evidence)
    needed = max(FIRST_SIGHTS - seen, sum(per_domain.values()))
    return Missing(needed, per_domain, evidence) if needed > 0 else None


def _shares(evidence: tuple[DomainEvidence, ...]) -> dict[str, float]:
    total = sum(entry.weight for entry in evidence)
    if total <= 0 or any(entry.weight < 0 for entry in evidence):
        raise ValueError("the blueprint's weights must be positive")
    return {entry.domain: entry.weight / total for entry in evidence}


def _parts(
    state: LearnerState,
    certification: str,
    weights: Mapping[str, float],
    known: Content,
    day: date,
) -> dict[str, _Part]:
    general = state.belief("all", day)
    return {
        domain: _part(
            weight,
            general,
            state.belief(f"{certification}/{domain}", day),
            [_concept(state, held, day) for held in known.get((certification, domain), ())],
        )
        for domain, weight in weights.items()
    }


def _concept(state: LearnerState, held: ConceptItems, day: date) -> tuple[int, float, float, float]:
    """(items, mean, flattening, guess floor) of the logit that a concept adds to general and domain
    ability."""
    belief = state.abilities.get(f"concept/{held.concept}")
    own = belief.mean if belief else 0.0
    variance = variance_on(belief, day) if belief else PRIOR_VARIANCE["concept"]
    offset = recall_offset(state.cards.get(held.concept), True, day)
    return held.items, own - held.difficulty + offset, shrink(variance + held.spread), held.floor


def _part(
    weight: float, general: Belief, belief: Belief, concepts: Sequence[tuple[int, float, float, float]]
) -> _Part:
    unknown = PRIOR_DIFFICULTY["medium"]
    flat = shrink(PRIOR_VARIANCE["concept"] + unknown.variance)
    concepts = concepts or [(1, -unknown.mean, flat, guess_floor(UNKNOWN_OPTIONS))]
    reach = 4 * math.sqrt(general.variance + belief.variance)
    start, step = general.mean + belief.mean - reach, 2 * reach / _GRID
    return _Part(weight, belief, start, step, _curve(concepts, start, step))


def _curve(concepts: Sequence[tuple[int, float, float, float]], start: float, step: float) -> tuple[float, ...]:
    """The mean of floor + (1 - floor) sigmoid((x + mean) flat) over the items at each x of the grid.

    From one x to the next exp(-(x + mean) flat) shrinks by the same factor: no exponential for each point. Every
    second point is a cubic through its neighbours, which errs no more than the straight lines between them.
    """
    total = sum(count for count, _, _, _ in concepts)
    floor = sum(count * floor for count, _, _, floor in concepts) / total
    heights = [count * (1 - floor) / total for count, _, _, floor in concepts]
    odds = [math.exp(min(-(start + mean) * flat, _LARGEST)) for _, mean, flat, _ in concepts]
    factors = [math.exp(-2 * step * flat) for _, _, flat, _ in concepts]
    exact = []
    for _ in range(_GRID // 2 + 1):
        exact.append(floor + sum([height / (1 + odd) for height, odd in zip(heights, odds, strict=True)]))
        odds = [odd * factor for odd, factor in zip(odds, factors, strict=True)]
    between = [
        (3 * exact[0] + 6 * exact[1] - exact[2]) / 8,
        *((9 * (b + c) - a - d) / 16 for a, b, c, d in zip(exact, exact[1:], exact[2:], exact[3:], strict=False)),
        (3 * exact[-1] + 6 * exact[-2] - exact[-3]) / 8,
    ]
    return tuple(point for pair in zip(exact, [*between, 0.0], strict=True) for point in pair)[:-1]


def _distribution(
    general: Belief, parts: Mapping[str, _Part], questions: int
) -> tuple[list[_Score], dict[str, float]]:
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
        scores.append(_Score(probability, mean, math.sqrt(variance)))
    return scores, domains


def _moments(part: _Part, general_logit: float) -> tuple[float, float]:
    """Mean and mean square of a domain's share of right answers, given the general component."""
    mean = square = 0.0
    middle, sd = general_logit + part.belief.mean, math.sqrt(part.belief.variance)
    for node, probability in _DOMAIN_NODES:
        share = part.share(middle + node * sd)
        mean += probability * share
        square += probability * share * share
    return mean, square


def _cumulative(scores: Sequence[_Score], share: float) -> float:
    return sum(
        score.probability * 0.5 * math.erfc((score.mean - share) / (score.sd * math.sqrt(2))) for score in scores
    )


def _quantile(scores: Sequence[_Score], probability: float) -> float:
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
