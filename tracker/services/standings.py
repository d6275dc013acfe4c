"""Where a learner stands in one certification: what is derived from the answers, and what the queue is told of them.

Reading it costs as much as the bank is wide, so it is kept in this process; each answer moves the kept one on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from tracker.core import queue
from tracker.core.learning import LearnerState
from tracker.core.queue import Candidate
from tracker.services.bank_facts import CertificationBank, Offered
from tracker.store import attempts, cards
from tracker.store.attempts import Attempt, Stamp
from tracker.store.learners import Learner
from tracker.store.stamped import Stamped

KEPT = 64
"""Learners in one process; one with 400 concepts takes about 300 kB."""


@dataclass(frozen=True)
class Standing:
    """As of the latest answer. visits: answers of the certification so far; recent_domains: latest last."""

    offered: Offered
    state: LearnerState
    visits: int
    candidates: Mapping[str, Candidate]
    recent_domains: tuple[str, ...]

    def seen(self, concept: str, item_id: str) -> bool | None:
        """Whether an open item was ever answered; None if it is not open now."""
        candidate = self.candidates.get(concept)
        found = [view.last_seen_on is not None for view in candidate.items if view.id == item_id] if candidate else []
        return found[0] if found else None

    def moved(self, attempt: Attempt, state: LearnerState) -> "Standing | None":
        """The standing after one more answer; None where only reading anew can tell: its item is not open now."""
        candidate = self.candidates.get(attempt.concept)
        ids = [view.id for view in candidate.items] if candidate else []
        if candidate is None or attempt.item_id not in ids:
            return None
        visits, at = self.visits + 1, ids.index(attempt.item_id)
        seen = candidate.items[at]._replace(last_seen_on=attempt.study_day, times_seen=1)
        items = (*candidate.items[:at], seen, *candidate.items[at + 1 :])
        moved = {attempt.concept: replace(candidate, items=items, last_visit=visits)}
        domains = (*self.recent_domains, attempt.domain)[-queue.DOMAINS_BACK :]
        return Standing(self.offered, state, visits, {**self.candidates, **moved}, domains)


_KEPT: Stamped[Standing] = Stamped(KEPT)


def current(session: Session, learner: Learner, known: CertificationBank, stamp: Stamp | None) -> Standing:
    """The standing as of the learner's latest answer; `stamp` is that of `attempts.stamp`."""
    kept = _KEPT.get(session, (learner.user_id, known.slug), (learner.calibration, stamp))
    if kept is not None and kept.offered is known.offered:
        return kept
    found = read(session, learner, known, cards.state(session, learner.user_id))
    if stamp is not None:
        _KEPT.put(session, (learner.user_id, known.slug), (learner.calibration, stamp), found)
    return found


def after(
    session: Session,
    learner: Learner,
    known: CertificationBank,
    standing: Standing,
    stamp: Stamp | None,
    attempt: Attempt,
    state: LearnerState,
) -> Standing:
    """The standing after an answer that was folded and written; `stamp` is that from before it.

    It is kept under the stamp that the database has once this answer is committed: a rollback leaves nothing valid.
    """
    found = standing.moved(attempt, state)
    if found is None:
        return read(session, learner, known, state)
    general = state.abilities["all"]
    retracted = stamp.retracted if stamp else 0
    new = Stamp(
        attempt.answered_at,
        attempt.study_day,
        attempt.id,
        retracted,
        general.answers,
        general.mean,
        general.variance,
    )
    _KEPT.put(session, (learner.user_id, known.slug), (learner.calibration, new), found)
    return found


def read(session: Session, learner: Learner, known: CertificationBank, state: LearnerState) -> Standing:
    """The standing from the rows, with a state that was read before."""
    open_items = known.offered.open_facts
    seen = attempts.last_seen(session, learner.user_id, known.slug)
    recent = attempts.recent(session, learner.user_id, known.slug, queue.recent_needed(len(open_items)))
    visits = sum(
        belief.answers for component, belief in state.abilities.items() if component.startswith(f"{known.slug}/")
    )
    visited = queue.last_visits([concept for concept, _ in recent], visits)
    found = queue.candidates(open_items, seen, visited)
    return Standing(
        known.offered,
        state,
        visits,
        {candidate.concept: candidate for candidate in found},
        tuple(domain for _, domain in reversed(recent[: queue.DOMAINS_BACK])),
    )
