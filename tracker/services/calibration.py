"""Calibration, as verbs: estimate from everybody's answers, write a new calibration, move learners to it.

Reading takes long and only reads; writing is one short transaction; every learner moves in one of their own, so
that what is stored is what a rebuild gives, for each learner at every moment, wherever the command breaks off.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tracker.core.calibration import Calibration, History, Learners, calibrate
from tracker.core.learning import ItemFacts
from tracker.services.folding import as_answer, as_answered, rebuilt
from tracker.store import attempts, bank, calibrations, cards, learners
from tracker.store.calibrations import AUTHORED
from tracker.store.tables import BankChangeRow

SAME = 1e-9
"""Estimates closer than this to those in use are no news."""

Facts = dict[tuple[str, int], ItemFacts]


def with_answers(session: Session) -> Learners:
    """Every learner with an answer, to be read one by one in `session` while it lasts."""
    facts = bank.all_facts(session, AUTHORED)
    return [
        partial(_history, session, facts, user_id)
        for user_id in learners.user_ids(session)
        if attempts.latest(session, user_id) is not None
    ]


def _history(session: Session, facts: Facts, user_id: UUID) -> History:
    found = []
    for attempt in attempts.to_fold(session, user_id):
        known = facts.get((attempt.item_id, attempt.item_version))
        if known is not None:
            found.append((as_answer(attempt), as_answered(known, attempt)))
    return found


def estimate(session: Session, everybody: Learners, progress: Callable[[int], None]) -> Calibration:
    """What the answers say of the items and of the second stage; nothing is written."""
    # the versions of an item share one difficulty; the last one says where it belongs
    items = {item_id: facts for (item_id, _), facts in sorted(bank.all_facts(session, AUTHORED).items())}
    return calibrate(list(items.values()), everybody, progress)


def write(session: Session, found: Calibration, now: datetime) -> int | None:
    """Store what was found as a new calibration; its number, or None where it is what is in use already."""
    last = calibrations.newest(session)
    if _same(session, found, last):
        return None
    number = last + 1
    known = calibrations.estimates(session, AUTHORED)
    # an item loaded since the answers were read keeps its prior
    calibrations.add(session, number, now, found.answers, found.weights, {**known, **found.items})
    places = Counter(facts.certification for facts in bank.all_facts(session, number).values())
    for certification, items in sorted(places.items()):
        summary = {"calibration": number, "answers": found.answers, "items": items}
        row = {"at": now, "kind": "calibration", "certification": certification, "summary": summary}
        session.execute(insert(BankChangeRow).values(**row))
    return number


def _same(session: Session, found: Calibration, number: int) -> bool:
    held = calibrations.estimates(session, number)
    if not set(found.items) <= set(held):
        return False
    gaps = [
        max(abs(now.mean - was.mean), abs(now.variance - was.variance), abs(now.discrimination - was.discrimination))
        for now, was in ((found.items[item_id], held[item_id]) for item_id in found.items)
    ]
    ones, others = calibrations.weights(session, number) or (), found.weights or ()
    gaps += [abs(one - other) for one, other in zip(ones, others, strict=False)]
    return len(ones) == len(others) and max(gaps, default=0.0) < SAME


def move(session: Session, user_id: UUID, number: int) -> None:
    """Fold a learner's answers anew with another calibration and store both."""
    learners.lock(session, user_id)
    learners.change(session, user_id, calibration=number)
    learner = learners.learner(session, user_id)
    if learner is not None:
        cards.replace_all(session, user_id, rebuilt(session, learner))
