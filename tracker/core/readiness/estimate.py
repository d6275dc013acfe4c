"""The figure of readiness, or what is missing to tell."""

from collections.abc import Sequence
from datetime import date

from tracker.core.learning import ItemFacts, LearnerState
from tracker.core.readiness.content import Content
from tracker.core.readiness.score import expected_score
from tracker.core.readiness.values import (
    BIG_DOMAIN,
    DOMAIN_FIRST_SIGHTS,
    FIRST_SIGHTS,
    DomainEvidence,
    Missing,
    Readiness,
)


def estimate(
    state: LearnerState,
    certification: str,
    evidence: Sequence[DomainEvidence],
    items: Sequence[ItemFacts] | Content,
    *,
    questions: int,
    line: float,
    today: date,
    exam_day: date | None,
) -> Readiness | Missing:
    """The distribution of the score on a paper of `questions` unseen items, or what is missing to tell.

    evidence: one entry for each domain of the exam version (weights of any sum); items: the certification's
    bank, of which only concepts, difficulties and options count, or its `content`; line: share of the paper to reach.
    Memory fades until `exam_day`; without one, or after it, the paper is taken today. Nothing is sampled:
    same in, same out.

    Raises ValueError if no domain has weight, a weight is negative, or the paper has no questions.
    """
    evidence = tuple(evidence)
    missing = _missing(evidence)
    if missing is not None:
        return missing
    day = exam_day if exam_day is not None and exam_day > today else today
    weights = {entry.domain: entry.weight for entry in evidence}
    score = expected_score(state, certification, weights, items, questions=questions, line=line, day=day)
    return Readiness(score.low, score.mid, score.high, score.chance, line, evidence, score.domains)


def _missing(evidence: tuple[DomainEvidence, ...]) -> Missing | None:
    total = sum(entry.weight for entry in evidence)
    per_domain = {
        entry.domain: DOMAIN_FIRST_SIGHTS - entry.first_sights
        for entry in evidence
        if entry.weight >= BIG_DOMAIN * total - 1e-9 and entry.first_sights < DOMAIN_FIRST_SIGHTS
    }
    seen = sum(entry.first_sights for entry in evidence)
    needed = max(FIRST_SIGHTS - seen, sum(per_domain.values()))
    return Missing(needed, per_domain, evidence) if needed > 0 else None
