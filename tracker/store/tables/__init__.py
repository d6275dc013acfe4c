"""Every table of the product, one module for each part."""

from tracker.store.tables.bank import (
    BankChangeRow,
    CalibrationRow,
    CertificationRow,
    ConceptRow,
    ExamVersionRow,
    ItemEstimateRow,
    ItemRow,
    ItemVersionRow,
)
from tracker.store.tables.base import Base
from tracker.store.tables.exam import ResponseRow, SittingRow
from tracker.store.tables.learner import IdentityRow, LearnerRow, LoginSessionRow, TargetRow, ThrottleRow
from tracker.store.tables.planning import (
    PartStateRow,
    PlanStepRow,
    PlanVersionRow,
    RoadmapRow,
    StepStateRow,
    StudyLogRow,
)
from tracker.store.tables.practice import (
    AbilityRow,
    AttemptRow,
    CardRow,
    FlagRow,
    IssuedRow,
    ItemReportRow,
    PracticeRunRow,
    RetractionRow,
    SnapshotRow,
)

__all__ = [
    "AbilityRow",
    "AttemptRow",
    "BankChangeRow",
    "Base",
    "CalibrationRow",
    "CardRow",
    "CertificationRow",
    "ConceptRow",
    "ExamVersionRow",
    "FlagRow",
    "IdentityRow",
    "IssuedRow",
    "ItemEstimateRow",
    "ItemReportRow",
    "ItemRow",
    "ItemVersionRow",
    "LearnerRow",
    "LoginSessionRow",
    "PartStateRow",
    "PlanStepRow",
    "PlanVersionRow",
    "PracticeRunRow",
    "ResponseRow",
    "RetractionRow",
    "RoadmapRow",
    "SittingRow",
    "SnapshotRow",
    "StepStateRow",
    "StudyLogRow",
    "TargetRow",
    "ThrottleRow",
]
