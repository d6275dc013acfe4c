"""Explained dips: what changed between two snapshots, in points of the expected score."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal, Self

from tracker.core.learning import LearnerState
from tracker.core.memory import Memory
from tracker.core.readiness.content import ConceptItems, Content
from tracker.core.readiness.score import expected_score
from tracker.core.readiness.values import DomainEvidence

CauseKind = Literal["forgetting", "exam_moved", "new_items", "answers"]
LEAST_POINTS = 0.0005
"""Causes smaller than this share of a paper are left out: a twentieth of a point of a hundred."""


@dataclass(frozen=True)
class DomainBasis:
    """What a domain's figure rested on: expected share of right answers, first sights and right ones among them,
    and the items of its bank with their mean difficulty (logits)."""

    share: float
    first_sights: int
    right: int
    items: int
    difficulty: float


@dataclass(frozen=True)
class Basis:
    """What a snapshot rested on, as far as it is needed to explain the next one."""

    day: date
    exam_day: date | None
    domains: Mapping[str, DomainBasis]

    def to_json(self) -> dict[str, Any]:
        """A dictionary of plain values, as stored with the snapshot."""
        return {
            "day": self.day.isoformat(),
            "exam_day": self.exam_day.isoformat() if self.exam_day else None,
            "domains": {domain: asdict(each) for domain, each in self.domains.items()},
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The basis that `to_json` wrote."""
        exam_day = kept["exam_day"]
        return cls(
            date.fromisoformat(kept["day"]),
            date.fromisoformat(exam_day) if exam_day else None,
            {domain: DomainBasis(**values) for domain, values in kept["domains"].items()},
        )


@dataclass(frozen=True)
class Cause:
    """One reason why the expected score moved, and by how much (0.02 is two points of a hundred; negative: down).

    kind: "forgetting" (days went by, and recall with them), "exam_moved" (recall counts on another day),
    "new_items" (the bank became harder or easier) or "answers" (what was answered, all that is known of the learner
    included); domain: of new items and answers; answers and wrong: first sights since, and wrong ones among them.
    """

    kind: CauseKind
    points: float
    domain: str | None = None
    answers: int = 0
    wrong: int = 0

    def to_json(self) -> dict[str, Any]:
        """A dictionary of plain values, as stored with the snapshot."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The cause that `to_json` wrote."""
        return cls(**kept)


def basis(
    shares: Mapping[str, float],
    evidence: Sequence[DomainEvidence],
    certification: str,
    bank: Content,
    *,
    day: date,
    exam_day: date | None,
) -> Basis:
    """The basis of a figure: `shares` are its expected shares by domain, `bank` what it may ask."""
    domains = {}
    for entry in evidence:
        items, difficulty = _bank_of(bank.get((certification, entry.domain), ()))
        share = shares[entry.domain]
        right = entry.first_sight_right
        domains[entry.domain] = DomainBasis(share, entry.first_sights, right, items, difficulty)
    return Basis(day, exam_day, domains)


def explain(
    before: Basis,
    now: Basis,
    state: LearnerState,
    certification: str,
    weights: Mapping[str, float],
    bank: Content,
    *,
    questions: int,
) -> tuple[Cause, ...]:
    """Why the expected score moved from one basis to the next, the largest fall first.

    state and bank are those of `now`; weights (of any sum) and questions as for `expected_score`. Forgetting, a
    moved exam and new items are found by undoing each of them alone; what remains of a domain's move is put down to
    its answers. Together the causes are the whole move, apart from those too small to tell.
    """
    total = sum(weights.values())
    shared = {domain: weight / total for domain, weight in weights.items() if domain in before.domains}

    def gained(known: LearnerState, asked: Content, day: date) -> dict[str, float]:
        """The points by domain that the figure has over what it would be like this."""
        other = expected_score(known, certification, weights, asked, questions=questions, line=0.5, day=day).domains
        return {domain: weight * (now.domains[domain].share - other[domain]) for domain, weight in shared.items()}

    horizon = _horizon(now.exam_day, now.day)
    found: list[tuple[CauseKind, dict[str, float]]] = []
    if before.exam_day != now.exam_day:
        found.append(("exam_moved", gained(state, bank, _horizon(before.exam_day, now.day))))
    if horizon == now.day > before.day:
        found.append(("forgetting", gained(_as_fresh_as(before.day, state, now.day), bank, horizon)))
    if any(_bank_moved(before.domains[domain], now.domains[domain]) for domain in shared):
        found.append(("new_items", gained(state, _as_hard_as(before, now, bank, certification), horizon)))
    causes = []
    for kind, points in found:
        if kind == "new_items":
            causes += [Cause(kind, value, domain) for domain, value in points.items()]
        else:
            causes.append(Cause(kind, sum(points.values())))
    for domain, weight in shared.items():
        was, became = before.domains[domain], now.domains[domain]
        rest = weight * (became.share - was.share) - sum(points[domain] for _, points in found)
        answers = max(0, became.first_sights - was.first_sights)
        right = max(0, became.right - was.right)
        causes.append(Cause("answers", rest, domain, answers, max(0, answers - right)))
    return tuple(sorted((c for c in causes if abs(c.points) >= LEAST_POINTS), key=lambda cause: cause.points))


def _horizon(exam_day: date | None, today: date) -> date:
    return exam_day if exam_day is not None and exam_day > today else today


def _as_fresh_as(day: date, state: LearnerState, today: date) -> LearnerState:
    """The state as if no day had passed since `day` for what was not answered since."""
    passed = today - day

    def fresh(memory: Memory) -> Memory:
        return replace(memory, reviewed_on=memory.reviewed_on + passed) if memory.reviewed_on <= day else memory

    return replace(state, cards={concept: fresh(memory) for concept, memory in state.cards.items()})


def _bank_moved(before: DomainBasis, now: DomainBasis) -> bool:
    return before.items != now.items or abs(before.difficulty - now.difficulty) > 1e-9


def _as_hard_as(before: Basis, now: Basis, bank: Content, certification: str) -> Content:
    """The bank with the mean difficulty that each domain had before."""
    moved = dict(bank)
    for domain, was in before.domains.items():
        place, became = (certification, domain), now.domains.get(domain)
        if was.items and became is not None and place in bank:
            step = was.difficulty - became.difficulty
            moved[place] = [held._replace(difficulty=held.difficulty + step) for held in bank[place]]
    return moved


def _bank_of(held: Sequence[ConceptItems]) -> tuple[int, float]:
    """How many items there are, and their mean difficulty."""
    count = sum(each.items for each in held)
    return count, sum(each.items * each.difficulty for each in held) / count if count else 0.0
