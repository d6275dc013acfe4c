"""Choosing the next question of a run, and storing it."""

import random
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.core import queue
from tracker.core.identifiers import uuid7
from tracker.core.practice import SECOND_ROUND, WARM_UP
from tracker.core.queue import Choice, Exhausted
from tracker.services.bank_facts import CertificationBank
from tracker.services.standings import Standing
from tracker.store import runs
from tracker.store.learners import Learner
from tracker.store.runs import Issued, Run


def issue(
    session: Session,
    learner: Learner,
    run: Run,
    known: CertificationBank,
    standing: Standing,
    today: date,
    *,
    now: datetime,
    rng: random.Random,
) -> Exhausted | None:
    """Choose the run's next question and store it; what the core says when nothing is left."""
    choice = choose(run, known, standing, today)
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


def choose(run: Run, known: CertificationBank, standing: Standing, today: date) -> Choice | Exhausted:
    """Ask the core for the next question; in a second round also for one that should still rest."""
    choice = _choose(run, known, standing, today, queue.REST_DAYS)
    if isinstance(choice, Exhausted) and run.mode == SECOND_ROUND:
        return _choose(run, known, standing, today, queue.AGAIN_REST_DAYS)
    return choice


def _choose(
    run: Run, known: CertificationBank, standing: Standing, today: date, rest_days: int
) -> Choice | Exhausted:
    offered = list(standing.candidates.values())
    if run.mode == WARM_UP:
        offered = queue.warm_up(offered, standing.state, today)
    return queue.choose(
        offered,
        state=standing.state,
        certification=known.slug,
        weights=known.weights,
        visits=standing.visits,
        recent_domains=standing.recent_domains,
        exam_day=known.exam_day,
        today=today,
        rng=random.Random(run.seed + standing.visits),  # noqa: S311
        rest_days=rest_days,
    )
