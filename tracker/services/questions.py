"""Choosing the next question of a run, and storing it."""

import random
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.core import queue
from tracker.core.identifiers import uuid7
from tracker.core.learning import LearnerState
from tracker.core.queue import Choice, Exhausted
from tracker.services.bank_facts import CertificationBank
from tracker.store import attempts, runs
from tracker.store.learners import Learner
from tracker.store.runs import Issued, Run


def issue(
    session: Session,
    learner: Learner,
    run: Run,
    known: CertificationBank,
    state: LearnerState,
    today: date,
    *,
    now: datetime,
    rng: random.Random,
) -> Exhausted | None:
    """Choose the run's next question and store it; what the core says when nothing is left."""
    choice = choose(session, learner, run, known, state, today)
    if not isinstance(choice, Choice):
        return choice
    issued = Issued(
        id=uuid7(now, rng),
        run_id=run.id,
        item_id=choice.item_id,
        item_version=known.items[choice.item_id].version,
        shuffle_seed=rng.getrandbits(31),
        reason=choice.reason.to_json(),
        issued_at=now,
    )
    runs.add_issued(session, learner.user_id, issued)
    return None


def choose(
    session: Session,
    learner: Learner,
    run: Run,
    known: CertificationBank,
    state: LearnerState,
    today: date,
) -> Choice | Exhausted:
    """Ask the core for the next question, with what it has to know of the learner's history."""
    open_items = known.open_facts()
    seen = attempts.last_seen(session, learner.user_id, known.slug)
    recent = attempts.recent(session, learner.user_id, known.slug, queue.recent_needed(len(open_items)))
    visits = sum(
        belief.answers for component, belief in state.abilities.items() if component.startswith(f"{known.slug}/")
    )
    return queue.choose(
        queue.candidates(open_items, seen, queue.last_visits([concept for concept, _ in recent], visits)),
        state=state,
        certification=known.slug,
        weights=known.weights,
        visits=visits,
        recent_domains=[domain for _, domain in reversed(recent[: queue.DOMAINS_BACK])],
        exam_day=known.exam_day,
        today=today,
        rng=random.Random(run.seed + visits),  # noqa: S311
    )
