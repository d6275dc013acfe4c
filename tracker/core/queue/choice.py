"""Smart Review: which concept and which item next, and why. Spaced proportional share over concepts.

Among the concepts that have waited their turn the one with the largest sqrt(share of the exam x expected
loss on exam day x chance that it is forgotten by now) x visits waited comes next, and of it an unseen item.
The root spreads the visits: they pay less and less. What is forgotten by now brings failed concepts back
soon and those just held late, at each learner's own pace. Prerequisites are left out: as an ordering rule
they moved simulated exam scores by less than a tenth of a point; they serve where a leech is explained.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from tracker.core.ability import PRIOR_VARIANCE, Belief, chance, guess_floor, variance_on
from tracker.core.learning import LearnerState, recall_offset
from tracker.core.memory import (
    FINAL_PASS,
    Memory,
    days_since,
    next_review,
    recall_after,
    retrievability,
    stabilities_until,
)
from tracker.core.queue.candidates import recent_needed
from tracker.core.queue.values import Candidate, Choice, Exhausted, ItemView, Kind, Reason

REST_DAYS = 7
"""Days before an identical item may come back."""
AGAIN_REST_DAYS = 1
"""The same when a learner who has seen everything within that time asks for a second round."""
GAP_LAPS = 0.5
"""Visits a concept waits, as a share of a lap over the open concepts. Without it the queue crams."""
SHARE_POWER = 0.5
"""The exponent of share, loss and forgetting: 0 is round robin, large values stay with the weakest."""
SAME_DAY = 0.5
"""Days that count as passed since an answer of today, where another turn on the same day cannot be avoided."""
DOMAIN_IN_A_ROW = 2
"""Questions in a row from one domain at the most."""
NO_EXAM_HORIZON = timedelta(days=30)
"""Without an exam date, loss is looked at this far ahead. Ours."""
WEAK = 1.1
"""Expected loss, as a multiple of the mean over those in turn, from which the reason is weakness. Ours."""
WEAK_SHARE = 0.75
"""First sights right of a domain below which it is called weak. Ours."""


@dataclass(frozen=True)
class _Scene:
    """What is the same for every candidate of one choice."""

    state: LearnerState
    certification: str
    weights: Mapping[str, float]
    visits: int
    today: date
    exam_day: date | None
    horizon: date
    desired_retention: float

    @cached_property
    def stabilities(self) -> float:
        """After how many stabilities recall has fallen to the desired retention."""
        return stabilities_until(self.desired_retention)


def choose(
    candidates: Sequence[Candidate],
    *,
    state: LearnerState,
    certification: str,
    weights: Mapping[str, float],
    visits: int,
    recent_domains: Sequence[str],
    exam_day: date | None,
    today: date,
    rng: random.Random,
    desired_retention: float = 0.9,
    rest_days: int = REST_DAYS,
) -> Choice | Exhausted:
    """The next question of a run, or Exhausted if every open item was seen within `rest_days`.

    candidates: all open concepts of the run, in any order; weights: share of the exam by domain, of the
    target's version; visits: all answers of the certification so far; recent_domains: those of this run,
    latest last. The generator only breaks ties and picks among unseen siblings: same values and seed, same
    choice. An exam that is not to come counts as none: then concepts below `desired_retention` go first.

    Raises ValueError if an item of the reserve is among the candidates.
    """
    exam_day = exam_day if exam_day is not None and exam_day > today else None
    horizon = exam_day or today + NO_EXAM_HORIZON
    scene = _Scene(state, certification, weights, visits, today, exam_day, horizon, desired_retention)
    ready = _ready(candidates, today - timedelta(days=rest_days))
    if not ready:
        return _exhausted(None, candidates, rest_days)
    tail = recent_domains[-DOMAIN_IN_A_ROW:]
    stale = tail[0] if len(tail) == DOMAIN_IN_A_ROW and len(set(tail)) == 1 else None
    best, loss, mean_loss = _best(ready, candidates, stale, scene, rng)
    item = _item(best, rng)
    since = _since(best, recent_needed(len(candidates)), scene)
    return Choice(item.id, best.concept, best.domain, _reason(best, item, loss, mean_loss, since, scene))


def exhausted_domains(candidates: Sequence[Candidate], rest_days: int = REST_DAYS) -> tuple[Exhausted, ...]:
    """The domains of which every open item has been seen, by name: more practice there trains the answers."""
    by_domain: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_domain[candidate.domain].append(candidate)
    return tuple(
        _exhausted(domain, group, rest_days)
        for domain, group in sorted(by_domain.items())
        if all(view.last_seen_on is not None for candidate in group for view in candidate.items)
    )


def _exhausted(domain: str | None, candidates: Sequence[Candidate], rest_days: int) -> Exhausted:
    seen = [view.last_seen_on for candidate in candidates for view in candidate.items]
    days = [day for day in seen if day is not None]
    return Exhausted(domain, len(seen), min(days) + timedelta(days=rest_days) if days else None)


def _ready(candidates: Sequence[Candidate], latest: date) -> list[Candidate]:
    """The candidates with an item that is unseen or was last seen by `latest`."""
    for candidate in candidates:
        if candidate.reserved is not None:
            raise ValueError(f"{candidate.reserved} belongs to the reserve and is never practised")
    return [candidate for candidate in candidates if candidate.rested_since <= latest]


def _best(
    ready: Sequence[Candidate],
    candidates: Sequence[Candidate],
    stale: str | None,
    scene: _Scene,
    rng: random.Random,
) -> tuple[Candidate, float, float]:
    """The concept whose turn it is, its expected loss, and the mean loss over those whose turn it may be."""
    turn = _turn(ready, len(candidates), stale, scene)
    in_domain = Counter(candidate.domain for candidate in candidates)
    bases = {domain: _base(domain, scene) for domain in in_domain}
    total = top = 0.0
    ties: list[tuple[Candidate, float]] = []
    for candidate, waited in turn:
        domain = candidate.domain
        loss = _loss(candidate, bases[domain], scene)
        total += loss
        share = scene.weights.get(domain, 0.0) / in_domain[domain]
        score = (share * loss * _forgotten(candidate, scene)) ** SHARE_POWER * (waited + 1)
        if score > top or not ties:
            top, ties = score, [(candidate, loss)]
        elif score == top:
            ties.append((candidate, loss))
    ties.sort(key=lambda tie: (tie[0].concept, tie[0].domain))
    best, loss = rng.choice(ties)
    return best, loss, total / len(turn)


def _turn(
    ready: Sequence[Candidate], open_concepts: int, stale: str | None, scene: _Scene
) -> list[tuple[Candidate, int]]:
    """The candidates whose turn it may be, with the visits they waited.

    In order of importance: not a third question in a row from one domain; a gap since the last visit, and
    another study day; in the last week a final pass that is still to come, without an exam date a recall that
    has fallen. Where nobody meets a rule it is waived, the least important one first.
    """
    gap = GAP_LAPS * (open_concepts - 1)
    known = recent_needed(open_concepts)
    ranked: list[list[tuple[Candidate, int]]] = [[] for _ in range(4)]
    for candidate in ready:
        memory = scene.state.cards.get(candidate.concept)
        since = _since(candidate, known, scene)
        # a concept never asked has waited from the start, or at least a lap
        waited = max(scene.visits, open_concepts) if since is None else since
        spaced = waited >= gap and (memory is None or memory.reviewed_on < scene.today)
        ranked[2 * (candidate.domain != stale) + spaced].append((candidate, waited))
    best = next(group for group in reversed(ranked) if group)
    return [each for each in best if _wanted(each[0], scene)] or best


def _since(candidate: Candidate, known: int, scene: _Scene) -> int | None:
    """Visits since the concept was asked; None if never, or not among the `known` newest answers."""
    if candidate.last_visit is None:
        return None
    since = scene.visits - candidate.last_visit
    return None if since >= known else max(0, since)


def _base(domain: str, scene: _Scene) -> tuple[float, float]:
    """Mean and variance of general plus domain ability on the day that counts."""
    general = scene.state.belief("all", scene.horizon)
    own = scene.state.belief(f"{scene.certification}/{domain}", scene.horizon)
    return general.mean + own.mean, general.variance + own.variance


def _loss(candidate: Candidate, base: tuple[float, float], scene: _Scene) -> float:
    """The chance of a wrong answer to an unseen item of the concept on the day that counts."""
    belief = scene.state.abilities.get(f"concept/{candidate.concept}")
    own = belief.mean if belief else 0.0
    spread = variance_on(belief, scene.horizon) if belief else PRIOR_VARIANCE["concept"]
    offset = recall_offset(scene.state.cards.get(candidate.concept), True, scene.horizon)
    mean = base[0] + own - candidate.difficulty.mean + offset
    variance = base[1] + spread + candidate.difficulty.variance
    return 1 - chance(mean, variance, guess_floor(candidate.options))


def _forgotten(candidate: Candidate, scene: _Scene) -> float:
    """The chance that the concept is forgotten by now; 1 for one never asked."""
    memory = scene.state.cards.get(candidate.concept)
    return 1.0 if memory is None else 1 - recall_after(memory, max(SAME_DAY, days_since(memory, scene.today)))


def _wanted(candidate: Candidate, scene: _Scene) -> bool:
    """Whether a concept is asked for: in the week before an exam for its final pass, without one by recall."""
    memory = scene.state.cards.get(candidate.concept)
    if memory is None:
        return True
    if scene.exam_day is None:
        return days_since(memory, scene.today) >= memory.stability * scene.stabilities
    final_pass = scene.exam_day - FINAL_PASS
    return scene.today < final_pass or memory.reviewed_on < final_pass


def _item(candidate: Candidate, rng: random.Random) -> ItemView:
    """An unseen sibling, else the least recently seen one (rested, as the candidate is ready)."""
    unseen = sorted((view for view in candidate.items if view.last_seen_on is None), key=lambda view: view.id)
    if unseen:
        return rng.choice(unseen)
    return min(candidate.items, key=lambda view: (view.last_seen_on or date.min, view.times_seen, view.id))


def _reason(
    candidate: Candidate, item: ItemView, loss: float, mean_loss: float, since: int | None, scene: _Scene
) -> Reason:
    memory = scene.state.cards.get(candidate.concept)
    counts = scene.state.belief(f"{scene.certification}/{candidate.domain}", scene.today)
    return Reason(
        kind=_kind(memory, loss, mean_loss, counts, scene),
        recall=retrievability(memory, scene.today) if memory else None,
        domain=candidate.domain,
        domain_weight=scene.weights.get(candidate.domain, 0.0),
        first_sights=counts.first_sights,
        first_sight_right=counts.first_sight_right,
        unseen=item.last_seen_on is None,
        leech=memory is not None and memory.is_leech,
        expected=1 - loss,
        waited=since,
    )


def _kind(memory: Memory | None, loss: float, mean_loss: float, counts: Belief, scene: _Scene) -> Kind:
    if memory is None:
        return "new"
    if next_review(memory, scene.desired_retention, scene.today, scene.exam_day) <= scene.today:
        return "due"
    # no claim of weakness without an answer in the domain to show for it
    if not counts.first_sights or loss < WEAK * mean_loss:
        return "spaced"
    return "weak" if counts.first_sight_right < WEAK_SHARE * counts.first_sights else "loss"
