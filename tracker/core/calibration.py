"""Calibration: difficulties and discriminations of items, and the second stage, from all learners' answers.

The answers are streamed, learner by learner, through the very fold that follows learners. A pass gathers, for each
item, slope and information of the likelihood of its first sights, given what was believed of the learner before
the answer; then each item takes one Newton step. Items have a hierarchical prior: the authored difficulty, plus a
shift common to all items, plus an effect of the domain; variances are estimated with it (empirical Bayes).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracker.core import ability, next_answer
from tracker.core.ability import ItemDifficulty
from tracker.core.learning import Answer, ItemFacts, LearnerState, features, fold, loadings, recall_offset, touched

History = Sequence[tuple[Answer, ItemFacts]]
"""One learner's answers with their items, oldest first."""
Learners = Sequence[Callable[[], History]]
"""Every learner with answers, each loaded when its turn comes; the same order gives the same figures."""

FIRST_PASSES, MORE_PASSES, WEIGHT_PASSES = 4, 3, 4
"""Newton steps over half of the learners, then over all, and those of the second stage over the other half."""
DOMAIN_SHARE = 0.25
"""Share of the prior variance of a difficulty that belongs to its domain. Ours."""
VARIANCE_ANSWERS, DOMAIN_ANSWERS = 20, 5
"""How many items, and domains, the prior variances are worth beside the estimated ones."""
DISCRIMINATION_VARIANCE = 0.15
"""Prior variance of an item's discrimination around 1. Chosen on files of answers."""
DISCRIMINATION_BOUNDS = (0.2, 3.0)
"""An item outside them is broken rather than dull or sharp."""
LONGEST_STEP = 3.0
"""Logits that a difficulty moves in one pass at the most: Newton overshoots where all answers are alike."""
SECOND_STAGE_ANSWERS, SECOND_STAGE_LEARNERS = 2000, 10
"""Answers and learners below which there is no second stage. Ours."""
WEIGHT_PRECISION = 10.0
"""Precision of the weights' prior around the first stage: each is moved by 0.3 or so before it costs."""
_SWEEPS = 4
# of the domains' effects, one after the other, in each pass: they overlap only where items have several domains


@dataclass(frozen=True)
class Calibration:
    """What calibration found: an estimate for each item, and the second stage if there were answers enough.

    answers: first sights that the estimates rest on.
    """

    items: Mapping[str, ItemDifficulty]
    weights: next_answer.Weights | None
    answers: int


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
class _Estimates:
    """The state of the estimation between two passes; variances in logit^2."""

    facts: Mapping[str, ItemFacts]
    current: dict[str, ItemDifficulty]
    shift: float = 0.0
    effects: dict[str, float] = field(default_factory=dict)
    effect_variances: dict[str, float] = field(default_factory=dict)
    item_variance: float = 0.0
    domain_variance: float = 0.0


def calibrate(
    items: Sequence[ItemFacts], learners: Learners, progress: Callable[[int], None] = lambda learners: None
) -> Calibration:
    """Estimates of `items` (with the authored prior as their difficulty) from the answers of `learners`.

    `progress` is told of every learner that a pass has gone through; `passes` says how many there will be. Where
    there are no answers the priors stay. The second stage is learnt from learners whose answers took no part in
    the difficulties it sees.
    """
    estimates = _begin(items)
    ones, others = learners[::2], learners[1::2]
    for number in range(FIRST_PASSES):
        _pass(estimates, ones, progress, sharpen=number > 0)
    weights = _second_stage(estimates, others, progress)
    answers = 0
    for _ in range(MORE_PASSES):
        answers = _pass(estimates, learners, progress, sharpen=True)
    return Calibration(estimates.current, weights, answers)


def steps(learners: int) -> int:
    """How often `calibrate` will report progress for so many learners."""
    ones = (learners + 1) // 2
    return FIRST_PASSES * ones + WEIGHT_PASSES * (learners - ones) + MORE_PASSES * learners


def _begin(items: Sequence[ItemFacts]) -> _Estimates:
    variance = sum(item.difficulty.variance for item in items) / max(1, len(items))
    domains = {name for item in items for name in _domains(item)}
    share = DOMAIN_SHARE * variance
    return _Estimates(
        facts={item.id: item for item in items},
        current={item.id: item.difficulty for item in items},
        effects=dict.fromkeys(sorted(domains), 0.0),
        effect_variances=dict.fromkeys(sorted(domains), share),
        item_variance=variance - share,
        domain_variance=share,
    )


def _domains(item: ItemFacts) -> tuple[str, ...]:
    return tuple(f"{item.certification}/{domain}" for domain in (item.domain, *item.more_domains))


def _walk(estimates: _Estimates, history: History) -> Iterator[tuple[Answer, ItemFacts, LearnerState]]:
    """Each answer to a known item with its item as now estimated, and the learner's state before it."""
    state = LearnerState()
    for answer, asked in history:
        estimate = estimates.current.get(asked.id)
        if estimate is not None:
            item = replace(asked, difficulty=estimate)
            yield answer, item, state
            state = fold(state, answer, item)


def _pass(estimates: _Estimates, learners: Learners, progress: Callable[[int], None], *, sharpen: bool) -> int:
    """One Newton step of all items; the number of first sights it rests on."""
    tallies: dict[str, _Tally] = {}
    answers = 0
    for load in learners:
        for answer, item, state in _walk(estimates, load()):
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


def _step(estimates: _Estimates, tallies: Mapping[str, _Tally], sharpen: bool) -> None:
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
    spread, counted = VARIANCE_ANSWERS * estimates.item_variance, VARIANCE_ANSWERS
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
    estimates.item_variance = spread / counted


def _unsure(estimates: _Estimates, item: ItemFacts) -> float:
    """Variance of the domain effects in an item."""
    domains = _domains(item)
    return sum(estimates.effect_variances[domain] for domain in domains) / len(domains) ** 2


def _expected(estimates: _Estimates, item: ItemFacts) -> float:
    """What shift and domains add to the authored difficulty."""
    domains = _domains(item)
    return estimates.shift + sum(estimates.effects[domain] for domain in domains) / len(domains)


def _sharpened(now: ItemDifficulty, tally: _Tally, moved: float) -> float:
    """The discrimination that goes with a difficulty moved by `moved`."""
    sharper, sharpness = tally.towards_prior(now.discrimination)
    low, high = DISCRIMINATION_BOUNDS
    return max(low, min(high, now.discrimination + (sharper - tally.common * moved) / sharpness))


def _fit_domains(estimates: _Estimates, wanted: Mapping[str, tuple[float, float]]) -> None:
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
    known = DOMAIN_ANSWERS * estimates.domain_variance
    estimates.domain_variance = (known + spread) / (DOMAIN_ANSWERS + len(met))


def _dot(ones: Sequence[float], others: Sequence[float]) -> float:
    return sum(one * other for one, other in zip(ones, others, strict=True))


def _second_stage(
    estimates: _Estimates, learners: Learners, progress: Callable[[int], None]
) -> next_answer.Weights | None:
    """Weights by Newton's method on the penalised likelihood; None where there are too few answers."""
    weights = list(next_answer.FIRST_STAGE)
    for _ in range(WEIGHT_PASSES):
        size = len(weights)
        gradient = [
            WEIGHT_PRECISION * (start - weight)
            for start, weight in zip(next_answer.FIRST_STAGE, weights, strict=True)
        ]
        curvature = [[WEIGHT_PRECISION * (row == column) for column in range(size)] for row in range(size)]
        answers = met = 0
        for load in learners:
            before = answers
            for answer, item, state in _walk(estimates, load()):
                _add_to_weights(gradient, curvature, weights, answer, item, state)
                answers += 1
            met += answers > before
            progress(1)
        if answers < SECOND_STAGE_ANSWERS or met < SECOND_STAGE_LEARNERS:
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
    known = ability.sigmoid(_dot(weights, values))
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
