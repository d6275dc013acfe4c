"""Readiness: what the exam would give, how sure that is, what raises it most, and why it moved."""

from tracker.core.readiness.causes import Basis, Cause, basis, explain
from tracker.core.readiness.content import ConceptItems, Content, content
from tracker.core.readiness.estimate import estimate
from tracker.core.readiness.forecast import Forecast, forecast
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
    "Basis",
    "Cause",
    "ConceptItems",
    "Content",
    "DomainEvidence",
    "Forecast",
    "HourlyGain",
    "Missing",
    "Readiness",
    "Score",
    "basis",
    "content",
    "estimate",
    "expected_score",
    "explain",
    "forecast",
    "most_per_hour",
]
