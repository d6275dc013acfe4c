"""The exam: a paper by its blueprint, the sitting as a state machine, and what the answers say."""

from tracker.core.exam.pacing import Pace, Pacing, Third, pace, pacing
from tracker.core.exam.paper import PaperItem, assemble, shares
from tracker.core.exam.report import DomainScore, Marked, Report, TaskScore, one_paper, report
from tracker.core.exam.sitting import (
    EXTRA_TIMES,
    GRACE,
    UNTIMED,
    Change,
    Phase,
    Sitting,
    SittingClosed,
    closing,
    deadline,
    is_complete,
    read_partial,
    with_change,
)

__all__ = [
    "EXTRA_TIMES",
    "GRACE",
    "UNTIMED",
    "Change",
    "DomainScore",
    "Marked",
    "Pace",
    "Pacing",
    "PaperItem",
    "Phase",
    "Report",
    "Sitting",
    "SittingClosed",
    "TaskScore",
    "Third",
    "assemble",
    "closing",
    "deadline",
    "is_complete",
    "one_paper",
    "pace",
    "pacing",
    "read_partial",
    "report",
    "shares",
    "with_change",
]
