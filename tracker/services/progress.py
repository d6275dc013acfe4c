"""Readiness of a certification as it stands, and its record for the day."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tracker.core.learning import LearnerState
from tracker.core.readiness import Basis, DomainEvidence, Missing, Readiness, basis, estimate, explain
from tracker.core.trend import NOTABLE_DIP
from tracker.services.bank_facts import CertificationBank
from tracker.store import history
from tracker.store.history import Snapshot

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


def record(session: Session, user_id: UUID, bank: CertificationBank, state: LearnerState, today: date) -> None:
    """Write the day's snapshot over an earlier one of the same day; none below the minimum evidence.

    `causes` keeps what the figure rests on ("basis") and, where it has notably fallen since an earlier day
    ("since"), why ("dip": causes, the largest fall first).
    """
    counted, asked = evidence(bank, state), bank.offered.content
    value = readiness(bank, state, counted, today)
    if isinstance(value, Missing):
        history.forget(session, user_id, bank.slug, today)
        return
    now = basis(value.domains, counted, bank.slug, asked, day=today, exam_day=bank.exam_day)
    causes: dict[str, Any] = {"basis": now.to_json()}
    before = history.last_before(session, user_id, bank.slug, today)
    # only a fall that is shown wants an explanation, and only a figure of the same model can be compared
    fallen = before is not None and before.mid - value.mid >= NOTABLE_DIP
    if before is not None and fallen and before.model == MODEL and "basis" in before.causes:
        since = Basis.from_json(before.causes["basis"])
        found = explain(since, now, state, bank.slug, bank.weights, asked, questions=bank.version.questions)
        causes |= {"since": since.day.isoformat(), "dip": [cause.to_json() for cause in found]}
    history.save(
        session,
        user_id,
        Snapshot(
            certification=bank.slug,
            study_day=today,
            low=value.low,
            mid=value.mid,
            high=value.high,
            chance=value.chance,
            line=value.line,
            answers=sum(domain.first_sights for domain in counted),
            domains={
                domain.domain: {
                    "expected": value.domains[domain.domain],
                    "first_sights": domain.first_sights,
                    "right": domain.first_sight_right,
                }
                for domain in counted
            },
            causes=causes,
            model=MODEL,
        ),
    )
