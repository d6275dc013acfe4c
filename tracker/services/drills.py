"""What a run about a part of the bank, or about a pool, may ask."""

import random
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.core.drill import POOLS, Place, Scope, narrowed, within
from tracker.core.exam import PaperItem, assemble
from tracker.core.practice import DIAGNOSTIC, DIAGNOSTIC_LENGTH
from tracker.core.queue import Candidate
from tracker.services.bank_facts import CertificationBank
from tracker.services.standings import Standing
from tracker.store import attempts, flags
from tracker.store.learners import Learner
from tracker.store.runs import Run

PARTS = ("domain", "task", "concept")
"""Kinds of scope that are a part of the bank."""
Counts = Mapping[str, int]
"""Open items by the text of a scope."""


def places(known: CertificationBank) -> dict[str, Place]:
    """Where each open item of the certification stands."""
    return {
        item_id: Place(item.facts.domain, item.task, item.facts.concept)
        for item_id, item in known.items.items()
        if not item.reserved
    }


def allowed(session: Session, learner: Learner, known: CertificationBank, scope: Scope) -> set[str]:
    """The items that a run of this scope may ask now."""
    latest, flagged = {}, set[str]()
    if scope.kind == "pool":
        latest = attempts.latest_by_item(session, learner.user_id, known.slug)
        flagged = flags.of_learner(session, learner.user_id)
    return within(scope, places(known), latest, flagged)


def offered(
    session: Session, learner: Learner, run: Run, known: CertificationBank, standing: Standing
) -> list[Candidate]:
    """The candidates of a run: all of them, or those it is about. A pool asks each of its items once a run."""
    if run.mode == DIAGNOSTIC:
        return narrowed(list(standing.candidates.values()), diagnostic(session, learner, run, known, standing))
    if run.scope is None:
        return list(standing.candidates.values())
    scope = Scope.parse(run.scope)
    ids = allowed(session, learner, known, scope)
    if scope.kind == "pool":
        ids -= {attempt.item_id for attempt in attempts.of_run(session, learner.user_id, run.id)}
    return narrowed(list(standing.candidates.values()), ids)


def diagnostic(
    session: Session, learner: Learner, run: Run, known: CertificationBank, standing: Standing
) -> set[str]:
    """What is left of a diagnostic: unseen items spread like the exam, the same ones from its first question on."""
    answered = {attempt.item_id for attempt in attempts.of_run(session, learner.user_id, run.id)}
    items = [
        PaperItem(view.id, candidate.domain, candidate.concept)
        for candidate in standing.candidates.values()
        for view in candidate.items
        if view.last_seen_on is None or view.id in answered
    ]
    rng = random.Random(run.seed)  # noqa: S311
    chosen = assemble(items, known.weights, DIAGNOSTIC_LENGTH, previous=(), final=False, rng=rng)
    return {item.id for item in chosen} - answered


def turn_flag(session: Session, learner: Learner, item_id: str, *, now: datetime) -> bool:
    """Flag an item, or take its flag away; whether it is flagged now."""
    if flags.is_flagged(session, learner.user_id, item_id):
        flags.remove(session, learner.user_id, item_id)
        return False
    flags.put(session, learner.user_id, item_id, now)
    return True


def counts(session: Session, learner: Learner, known: CertificationBank) -> Counts:
    """How many open items each scope of the certification holds, by its text."""
    where = places(known)
    latest = attempts.latest_by_item(session, learner.user_id, known.slug)
    flagged = flags.of_learner(session, learner.user_id)
    scopes = {Scope.parse(f"{kind}:{getattr(place, kind)}") for place in where.values() for kind in PARTS}
    scopes |= {Scope("pool", pool) for pool in POOLS}
    return {str(scope): len(within(scope, where, latest, flagged)) for scope in scopes}
