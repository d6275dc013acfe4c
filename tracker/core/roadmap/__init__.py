"""A learner's roadmap: a catalogue of steps and their own answers in, a plan by weeks, days and months out."""

from tracker.core.roadmap.catalogue import (
    CERTIFICATION,
    Catalogue,
    CatalogueError,
    Part,
    Phase,
    Problem,
    Retired,
    Step,
    parse_catalogue,
)
from tracker.core.roadmap.exams import Availability, Edition, Exam, ExamPlacement, availability
from tracker.core.roadmap.inputs import (
    Background,
    BadInput,
    BadInputs,
    Inputs,
    Level,
    Target,
    Vacation,
    bad_inputs,
    default_targets,
    ratings,
    second_target,
)
from tracker.core.roadmap.months import Milestone, Month
from tracker.core.roadmap.plan import Feasibility, Plan, PlannedStep, plan
from tracker.core.roadmap.planning import Share, Week
from tracker.core.roadmap.selection import Progress

__all__ = [
    "CERTIFICATION",
    "Availability",
    "Background",
    "BadInput",
    "BadInputs",
    "Catalogue",
    "CatalogueError",
    "Edition",
    "Exam",
    "ExamPlacement",
    "Feasibility",
    "Inputs",
    "Level",
    "Milestone",
    "Month",
    "Part",
    "Phase",
    "Plan",
    "PlannedStep",
    "Problem",
    "Progress",
    "Retired",
    "Share",
    "Step",
    "Target",
    "Vacation",
    "Week",
    "availability",
    "bad_inputs",
    "default_targets",
    "parse_catalogue",
    "plan",
    "ratings",
    "second_target",
]
