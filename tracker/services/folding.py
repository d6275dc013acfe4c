"""Folding stored attempts into what is known of a learner, one by one or all anew."""

from dataclasses import replace
from datetime import date
from math import inf
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tracker.core.learning import Answer, ItemFacts, LearnerState, fold
from tracker.store import attempts, bank, cards, learners
from tracker.store.attempts import Attempt
from tracker.store.learners import Learner

TOLERANCE = 1e-9
"""Figures closer than this are the same, added up in another order."""


def as_answer(attempt: Attempt) -> Answer:
    """The part of an attempt that the fold wants."""
    return Answer(attempt.item_id, attempt.correct, attempt.confidence, attempt.first_sight, attempt.study_day)


def as_answered(facts: ItemFacts, attempt: Attempt) -> ItemFacts:
    """The item where it was when it was answered: a later load may have moved it to another concept."""
    return replace(facts, certification=attempt.certification, domain=attempt.domain, concept=attempt.concept)


def rebuilt(session: Session, learner: Learner) -> LearnerState:
    """What the attempts that stand give when folded from nothing, oldest first."""
    facts = bank.all_facts(session, learner.calibration)
    state = LearnerState()
    for attempt in attempts.to_fold(session, learner.user_id):
        known = facts.get((attempt.item_id, attempt.item_version))
        if known is not None:
            state = fold(state, as_answer(attempt), as_answered(known, attempt))
    return state


def rebuild(session: Session, user_id: UUID, *, check: bool = False) -> bool:
    """Fold a learner's answers anew and store what comes out (`check`: only compare); whether anything differed."""
    learners.lock(session, user_id)
    learner = learners.learner(session, user_id)
    if learner is None:
        return False
    state = rebuilt(session, learner)
    differs = distance(cards.state(session, user_id), state) > TOLERANCE
    if differs and not check:
        cards.replace_all(session, user_id, state)
    return differs


def distance(one: LearnerState, other: LearnerState) -> float:
    """The largest difference between two states' figures; infinite when their rows differ."""
    if one.cards.keys() != other.cards.keys() or one.abilities.keys() != other.abilities.keys():
        return inf
    pairs: list[tuple[Any, Any]] = [(memory, other.cards[name]) for name, memory in one.cards.items()]
    pairs += [(belief, other.abilities[name]) for name, belief in one.abilities.items()]
    return max((_apart(left, right) for left, right in pairs), default=0.0)


def _apart(left: Any, right: Any) -> float:
    parts = [(getattr(left, name), getattr(right, name)) for name in left.__dataclass_fields__]
    if any(a != b for a, b in parts if isinstance(a, date)):
        return inf
    return max(abs(float(a) - float(b)) for a, b in parts if not isinstance(a, date))
