"""Readiness: what the exam would give, how sure that is, what raises it most, and why it moved."""

from tracker.core.readiness.content import ConceptItems, Content, content
from tracker.core.readiness.estimate import estimate
from tracker.core.readiness.hourly import HourlyGain, most_per_hour
from tracker.core.readiness.score import Score, expected_score
from tracker.core.readiness.values import (
    BIG_DOMAIN,
    DOMAIN_FIRST_SIGHTS,
    FIRST_SIGHTS,
    DomainEvidence,
    Missing,
    Readiness,
)

__all__ = [
    "BIG_DOMAIN",
    "DOMAIN_FIRST_SIGHTS",
    "FIRST_SIGHTS",
    "ConceptItems",
    "Content",
    "DomainEvidence",
    "HourlyGain",
    "Missing",
    "Readiness",
    "Score",
    "content",
    "estimate",
    "expected_score",
    "most_per_hour",
]
