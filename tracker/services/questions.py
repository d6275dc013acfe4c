"""Choosing the next question of a run, and storing it."""

import random
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.core import queue
from tracker.core.identifiers import uuid7
from tracker.core.practice import DRILL, SECOND_ROUND, WARM_UP
from tracker.core.queue import Candidate, Choice, Exhausted
from tracker.services import drills
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
    choice = choose(run, known, standing, today, drills.offered(session, learner, run, known, standing))
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
    run: Run,
    known: CertificationBank,
    standing: Standing,
    today: date,
    offered: list[Candidate],
) -> Choice | Exhausted:
    """Ask the core for the next question among those `offered`.

    In a second round also for one that should still rest, and in a drill, since the learner asked for it.
    """
    choice = _choose(run, known, standing, today, queue.REST_DAYS, offered)
    if isinstance(choice, Exhausted) and run.mode in (SECOND_ROUND, DRILL):
        rest_days = 0 if run.scope and run.scope.startswith("pool:") else queue.AGAIN_REST_DAYS
        return _choose(run, known, standing, today, rest_days, offered)
    return choice


def _choose(
    run: Run,
    known: CertificationBank,
    standing: Standing,
    today: date,
    rest_days: int,
    offered: list[Candidate],
) -> Choice | Exhausted:
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
