"""Rehearsals: the list of papers, a sitting, and its report."""

from tracker.web.exams import reports, sittings
from tracker.web.exams.blueprint import bp

__all__ = ["bp", "reports", "sittings"]
