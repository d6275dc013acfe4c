"""Items: difficulties and discriminations by Newton steps, with a hierarchical prior.

A pass gathers, for each item, slope and information of the likelihood of its first sights, given what was believed
of the learner before the answer; then each item takes one Newton step. The prior of a difficulty is the authored
one, plus a shift common to all items, plus an effect of the domain; its variances are estimated with it (empirical
Bayes).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.core import ability
from tracker.core.ability import ItemDifficulty
from tracker.core.calibration.values import Learners, walk
from tracker.core.learning import Answer, ItemFacts, LearnerState, loadings, recall_offset, touched

DOMAIN_SHARE = 0.25
"""Share of the prior variance of a difficulty that belongs to its domain. Ours."""
ITEMS_WORTH, DOMAINS_WORTH = 20, 5
"""How many items, and domains, the prior variances are worth beside the estimated ones."""
DISCRIMINATION_VARIANCE = 0.15
"""Prior variance of an item's discrimination around 1. Chosen on files of answers."""
DISCRIMINATION_BOUNDS = (0.2, 3.0)
"""An item outside them is broken rather than dull or sharp."""
WIDEST = 4.0
"""The most that the prior variances may grow to (logit^2): where all answers of an item are alike, nothing else would
hold it."""
LONGEST_STEP = 3.0
"""Logits that a difficulty moves in one pass at the most: Newton overshoots where all answers are alike."""
_SWEEPS = 4
# of the domains' effects, one after the other, in each pass: they overlap only where items have several domains


@dataclass
class _Tally:
    """Slope and information (expected) of the log likelihood in an item's difficulty and in its discrimination,
    and their common information (negative where the able answer it)."""

    slope: float = 0.0
    information: float = 0.0
    sharper: float = 0.0
    sharpness: float = 0.0
    common: float = 0.0

    def without_discrimination(self, discrimination: float) -> tuple[float, float]:
        """Slope and information in difficulty alone, the discrimination at its best for each difficulty."""
        sharper, sharpness = self.towards_prior(discrimination)
        share = self.common / sharpness
        return self.slope - share * sharper, self.information - share * self.common

    def towards_prior(self, discrimination: float) -> tuple[float, float]:
        """Slope and information in discrimination with its prior."""
        precision = 1 / DISCRIMINATION_VARIANCE
        return self.sharper - (discrimination - 1) * precision, self.sharpness + precision


@dataclass
class Estimates:
    """The state of the estimation between two passes; variances in logit^2."""

    facts: Mapping[str, ItemFacts]
    current: dict[str, ItemDifficulty]
    shift: float = 0.0
    effects: dict[str, float] = field(default_factory=dict)
    effect_variances: dict[str, float] = field(default_factory=dict)
    item_variance: float = 0.0
    domain_variance: float = 0.0


def untouched(items: Sequence[ItemFacts]) -> Estimates:
    variance = sum(item.difficulty.variance for item in items) / max(1, len(items))
    domains = {name for item in items for name in _domains(item)}
    share = DOMAIN_SHARE * variance
    return Estimates(
        facts={item.id: item for item in items},
        current={item.id: item.difficulty for item in items},
        effects=dict.fromkeys(sorted(domains), 0.0),
        effect_variances=dict.fromkeys(sorted(domains), share),
        item_variance=variance - share,
        domain_variance=share,
    )


def _domains(item: ItemFacts) -> tuple[str, ...]:
    return tuple(f"{item.certification}/{domain}" for domain in (item.domain, *item.more_domains))


def one_pass(estimates: Estimates, learners: Learners, progress: Callable[[int], None], *, sharpen: bool) -> int:
    """One Newton step of all items; the number of first sights it rests on."""
    tallies: dict[str, _Tally] = {}
    answers = 0
    for load in learners:
        for answer, item, state in walk(estimates.current, load()):
            if answer.first_sight:
                answers += 1
                _add(tallies.setdefault(item.id, _Tally()), answer, item, state)
        progress(1)
    _step(estimates, tallies, sharpen)
    return answers


def _add(tally: _Tally, answer: Answer, item: ItemFacts, state: LearnerState) -> None:
    concept, components = touched(item)
    beliefs = [state.belief(component, answer.study_day) for component in components]
    offset = recall_offset(state.cards.get(concept), True, answer.study_day)
    mean, variance = ability.total(beliefs, item.difficulty, offset, loadings(item))
    slope, information = ability.evidence(mean, variance, ability.guess_floor(item.options), answer.correct)
    able = (mean + item.difficulty.mean - offset) / item.difficulty.discrimination
    tally.slope -= slope
    tally.information += information
    tally.sharper += slope * able
    tally.sharpness += information * able * able
    tally.common -= information * able


def _step(estimates: Estimates, tallies: Mapping[str, _Tally], sharpen: bool) -> None:
    """Move every item: shift and domains first, then each item between its prior and its own answers."""
    wanted: dict[str, tuple[float, float]] = {}
    for name, tally in tallies.items():
        now = estimates.current[name]
        slope, information = tally.slope, tally.information
        if sharpen:
            slope, information = tally.without_discrimination(now.discrimination)
        if information > 0:
            move = max(-LONGEST_STEP, min(LONGEST_STEP, slope / information))
            wanted[name] = now.mean + move - estimates.facts[name].difficulty.mean, information
    _fit_domains(estimates, wanted)
    spread, counted = ITEMS_WORTH * estimates.item_variance, ITEMS_WORTH
    for name, item in estimates.facts.items():
        expected = item.difficulty.mean + _expected(estimates, item)
        if name not in wanted:
            variance = estimates.item_variance + _unsure(estimates, item)
            estimates.current[name] = ItemDifficulty(expected, variance)
            continue
        value, information = wanted[name]
        variance = 1 / (information + 1 / estimates.item_variance)
        difference = variance * information * (item.difficulty.mean + value - expected)
        spread += difference**2 + variance
        counted += 1
        mean, now = expected + difference, estimates.current[name]
        slope = _sharpened(now, tallies[name], mean - now.mean) if sharpen else 1.0
        estimates.current[name] = ItemDifficulty(mean, variance, slope)
    estimates.item_variance = min(WIDEST, spread / counted)


def _unsure(estimates: Estimates, item: ItemFacts) -> float:
    """Variance of the domain effects in an item."""
    domains = _domains(item)
    return sum(estimates.effect_variances[domain] for domain in domains) / len(domains) ** 2


def _expected(estimates: Estimates, item: ItemFacts) -> float:
    """What shift and domains add to the authored difficulty."""
    domains = _domains(item)
    return estimates.shift + sum(estimates.effects[domain] for domain in domains) / len(domains)


def _sharpened(now: ItemDifficulty, tally: _Tally, moved: float) -> float:
    """The discrimination that goes with a difficulty moved by `moved`."""
    sharper, sharpness = tally.towards_prior(now.discrimination)
    low, high = DISCRIMINATION_BOUNDS
    return max(low, min(high, now.discrimination + (sharper - tally.common * moved) / sharpness))


def _fit_domains(estimates: Estimates, wanted: Mapping[str, tuple[float, float]]) -> None:
    """Shift and domain effects that explain the wanted values best, and the variance of the effects."""
    rows: list[tuple[float, float]] = []
    by_domain: dict[str, list[tuple[int, float]]] = {domain: [] for domain in estimates.effects}
    for name, (value, information) in wanted.items():
        domains = _domains(estimates.facts[name])
        for domain in domains:
            by_domain[domain].append((len(rows), 1 / len(domains)))
        weight = 1 / (1 / information + estimates.item_variance)
        rows.append((weight, value - _expected(estimates, estimates.facts[name])))
    weights, rest = [row[0] for row in rows], [row[1] for row in rows]
    for _ in range(_SWEEPS):
        # the shift has the prior of an item: with few answers it stays near the authored difficulties
        move = (_dot(weights, rest) - estimates.shift / estimates.item_variance) / (
            sum(weights) + 1 / estimates.item_variance
        )
        estimates.shift += move
        rest = [value - move for value in rest]
        for domain, members in by_domain.items():
            precision = 1 / estimates.domain_variance
            pull = -estimates.effects[domain] * precision
            for row, loading in members:
                pull += weights[row] * loading * rest[row]
                precision += weights[row] * loading * loading
            move = pull / precision
            estimates.effects[domain] += move
            estimates.effect_variances[domain] = 1 / precision
            for row, loading in members:
                rest[row] -= loading * move
    met = [domain for domain, members in by_domain.items() if members]
    spread = sum(estimates.effects[domain] ** 2 + estimates.effect_variances[domain] for domain in met)
    known = DOMAINS_WORTH * estimates.domain_variance
    estimates.domain_variance = min(WIDEST, (known + spread) / (DOMAINS_WORTH + len(met)))


def _dot(ones: Sequence[float], others: Sequence[float]) -> float:
    return sum(one * other for one, other in zip(ones, others, strict=True))
