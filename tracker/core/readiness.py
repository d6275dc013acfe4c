"""Readiness: the score that a paper of unseen items would give on exam day, with all its parts.

The general component is shared by all domains and integrated over once, outside; given it, domains are
independent. Taking domains as independent altogether would make the range too narrow, and falsely sure.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.ability import PRIOR_DIFFICULTY, PRIOR_VARIANCE, Belief, guess_floor, shrink, sigmoid
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
    items: Sequence[ItemFacts],
    *,
    questions: int,
    line: float,
    today: date,
    exam_day: date | None,
) -> Readiness | Missing:
    """The distribution of the score on a paper of `questions` unseen items, or what is missing to tell.

    evidence: one entry for each domain of the exam version (weights of any sum); items: the certification's
    bank, of which only concepts, difficulties and options count; line: share of the paper to reach, 0..1.
    Memory fades until `exam_day`; without one, or after it, the paper is taken today. Nothing is sampled:
    same in, same out.

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
    parts = _parts(state, certification, weights, items, day)
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
    items: Sequence[ItemFacts],
    day: date,
) -> dict[str, _Part]:
    concepts: dict[str, dict[str, list[ItemFacts]]] = {domain: defaultdict(list) for domain in weights}
    for item in items:
        if item.certification == certification and item.domain in concepts:
            concepts[item.domain][item.concept].append(item)
    general = state.belief("all", day)
    return {
        domain: _part(
            weight,
            general,
            state.belief(f"{certification}/{domain}", day),
            [_concept(state, concept, group, day) for concept, group in concepts[domain].items()],
        )
        for domain, weight in weights.items()
    }


def _concept(
    state: LearnerState, concept: str, items: Sequence[ItemFacts], day: date
) -> tuple[int, float, float, float]:
    """(items, mean, flattening, guess floor) of the logit that a concept adds to general and domain
    ability."""
    belief = state.belief(f"concept/{concept}", day)
    count = len(items)
    mean = sum(item.difficulty.mean for item in items) / count
    # items of one concept differ in difficulty: their spread flattens the curve like uncertainty does
    spread = sum((item.difficulty.mean - mean) ** 2 + item.difficulty.variance for item in items) / count
    floor = sum(guess_floor(item.options) for item in items) / count
    offset = recall_offset(state.cards.get(concept), True, day)
    return count, belief.mean - mean + offset, shrink(belief.variance + spread), floor


def _part(
    weight: float, general: Belief, belief: Belief, concepts: Sequence[tuple[int, float, float, float]]
) -> _Part:
    unknown = PRIOR_DIFFICULTY["medium"]
    flat = shrink(PRIOR_VARIANCE["concept"] + unknown.variance)
    concepts = concepts or [(1, -unknown.mean, flat, guess_floor(UNKNOWN_OPTIONS))]
    total = sum(count for count, _, _, _ in concepts)
    reach = 4 * math.sqrt(general.variance + belief.variance)
    start, step = general.mean + belief.mean - reach, 2 * reach / _GRID
    curve = tuple(
        sum(
            count * (floor + (1 - floor) * sigmoid((start + step * index + mean) * flat))
            for count, mean, flat, floor in concepts
        )
        / total
        for index in range(_GRID + 1)
    )
    return _Part(weight, belief, start, step, curve)


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
