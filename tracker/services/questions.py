"""Choosing the next question of a run, and storing it."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.core import queue
from tracker.core.identifiers import uuid7
from tracker.core.learning import LearnerState
from tracker.core.practice import WARM_UP
from tracker.core.queue import Candidate, Choice, Exhausted, ItemView
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
    seen = attempts.last_seen(session, learner.user_id, known.slug)
    recent = attempts.recent(session, learner.user_id, known.slug, 2 * len(known.open_by_concept()) + 10)
    visits = sum(
        belief.answers for component, belief in state.abilities.items() if component.startswith(f"{known.slug}/")
    )
    offered = candidates(known, seen, [concept for concept, _ in recent], visits)
    if run.mode == WARM_UP:
        offered = queue.warm_up(offered, state, today)
    return queue.choose(
        offered,
        state=state,
        certification=known.slug,
        weights=known.weights,
        visits=visits,
        recent_domains=[domain for _, domain in reversed(recent[:4])],
        exam_day=known.exam_day,
        today=today,
        rng=random.Random(run.seed + visits),  # noqa: S311
    )


def candidates(
    known: CertificationBank, seen: Mapping[str, date], recent: Sequence[str] = (), visits: int = 0
) -> list[Candidate]:
    """The open concepts of a certification as the core's queue wants them.

    seen: last study day by item; recent: concepts of the newest answers, newest first; visits: all answers.
    """
    last_visit: dict[str, int] = {}
    for back, concept in enumerate(recent):
        last_visit.setdefault(concept, max(1, visits - back))
    return [
        Candidate(
            concept=concept,
            domain=items[0].facts.domain,
            items=tuple(
                ItemView(item.facts.id, seen.get(item.facts.id), int(item.facts.id in seen)) for item in items
            ),
            last_visit=last_visit.get(concept),
            difficulty=items[0].facts.difficulty,
            options=items[0].facts.options,
        )
        for concept, items in known.open_by_concept().items()
    ]
