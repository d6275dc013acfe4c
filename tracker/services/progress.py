"""Readiness of a certification as it stands, and its records by study day."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tracker.core.learning import LearnerState
from tracker.core.readiness import Basis, DomainEvidence, Missing, Readiness, basis, estimate, explain
from tracker.core.trend import NOTABLE_DIP
from tracker.services import bank_facts, standings
from tracker.services.bank_facts import CertificationBank
from tracker.store import history, runs
from tracker.store.attempts import Stamp
from tracker.store.history import Snapshot
from tracker.store.learners import Learner

MODEL = "girt-2"
"""Names the model behind a snapshot, so that an old line can be told from a new one."""


def evidence(bank: CertificationBank, state: LearnerState) -> list[DomainEvidence]:
    """What the abilities have counted, by domain; right repeats are not among it."""
    found = []
    for domain, weight in bank.weights.items():
        belief = state.abilities.get(f"{bank.slug}/{domain}")
        seen = belief.first_sights if belief else 0
        right = belief.first_sight_right if belief else 0
        repeats = belief.answers - belief.first_sights if belief else 0
        found.append(DomainEvidence(domain, weight, seen, right, repeats, 0))
    return found


def readiness(
    bank: CertificationBank,
    state: LearnerState,
    counted: list[DomainEvidence],
    today: date,
) -> Readiness | Missing:
    """Readiness on the study day `today`, or what is missing before there is one."""
    return estimate(
        state,
        bank.slug,
        counted,
        bank.offered.content,
        questions=bank.version.questions,
        line=bank.version.pass_line,
        today=today,
        exam_day=bank.exam_day if bank.exam_day and bank.exam_day >= today else None,
    )


def record(session: Session, user_id: UUID, bank: CertificationBank, state: LearnerState, day: date) -> None:
    """Write a study day's snapshot over an earlier one of the same day; none below the minimum evidence."""
    value = snapshot(session, user_id, bank, state, day)
    if value is None:
        history.forget(session, user_id, bank.slug, day)
    else:
        history.save(session, user_id, value)


def begin_day(session: Session, learner: Learner, latest: Stamp | None, today: date) -> None:
    """Before the first start or answer of a study day: record the last day with answers as it stood."""
    if latest is not None and latest.study_day < today:
        record_left_open(session, learner, latest)


def record_left_open(session: Session, learner: Learner, latest: Stamp) -> None:
    """Record readiness as it stands after the latest answer, where a run of its study day is still open."""
    day = latest.study_day
    for slug in runs.left_open(session, learner.user_id, day):
        known = bank_facts.read_even_empty(session, learner, slug)
        state = standings.current(session, learner, known, latest).state
        kept = history.of_day(session, learner.user_id, slug, day)
        if kept is None or kept.counts != _counts(evidence(known, state)):
            record(session, learner.user_id, known, state, day)


def _counts(counted: list[DomainEvidence]) -> dict[str, dict[str, int]]:
    return {
        each.domain: {"first_sights": each.first_sights, "right": each.first_sight_right, "repeats": each.repeats}
        for each in counted
    }


def snapshot(
    session: Session, user_id: UUID, bank: CertificationBank, state: LearnerState, day: date
) -> Snapshot | None:
    """What the line shows of a study day; None below the minimum evidence.

    `causes` keeps what the figure rests on ("basis") and, where it has notably fallen since the record of an earlier
    day ("since"), why ("dip": causes, the largest fall first).
    """
    counted, asked = evidence(bank, state), bank.offered.content
    value = readiness(bank, state, counted, day)
    if isinstance(value, Missing):
        return None
    now = basis(value.domains, counted, bank.slug, asked, day=day, exam_day=bank.exam_day)
    causes: dict[str, Any] = {"basis": now.to_json()}
    before = history.last_before(session, user_id, bank.slug, day)
    # only a fall that is shown wants an explanation, and only a figure of the same model can be compared
    fallen = before is not None and before.mid - value.mid >= NOTABLE_DIP
    if before is not None and fallen and before.model == MODEL and "basis" in before.causes:
        since = Basis.from_json(before.causes["basis"])
        found = explain(since, now, state, bank.slug, bank.weights, asked, questions=bank.version.questions)
        causes |= {"since": since.day.isoformat(), "dip": [cause.to_json() for cause in found]}
    return Snapshot(
        certification=bank.slug,
        study_day=day,
        low=value.low,
        mid=value.mid,
        high=value.high,
        chance=value.chance,
        line=value.line,
        answers=sum(domain.first_sights for domain in counted),
        domains={
            domain: {"expected": value.domains[domain], **counts} for domain, counts in _counts(counted).items()
        },
        causes=causes,
        model=MODEL,
    )
