"""The plan: every step with its days, the exams, the milestones, and how long it all takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tracker.core.roadmap.catalogue import CERTIFICATION, Catalogue, Lane
from tracker.core.roadmap.exams import Exam, ExamPlacement, is_late, place_exam
from tracker.core.roadmap.inputs import BadInputs, Inputs, Target, bad_inputs
from tracker.core.roadmap.months import Milestone, Month, milestones, months
from tracker.core.roadmap.planning import Share, Week, fill
from tracker.core.roadmap.selection import Progress, SelectedStep, State, select, to_front
from tracker.core.roadmap.study_week import StudyCalendar, study_calendar

SOURCE_HOURS = 8
"""Hours a week at which the source's spans hold: the worked plans of its learners take that long."""
SOURCE_MONTHS = {"switcher": (9, 12), "developer": (6, 9), "data": (6, 9)}
"""How long the source says it takes, in months by background; it names no hours a week."""
_DAYS_A_MONTH = 365.25 / 12
_SUNDAY = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step in its place: `position` counts from 1 over both lanes, `minutes` are those still to do.

    A step that is known, done or skipped has no minutes and lies on the plan's first study day.
    """

    step_id: str
    position: int
    lane: Lane
    minutes: int
    first_day: date
    last_day: date
    optional: bool
    state: State

    @property
    def known(self) -> bool:
        """Whether the learner's rating leaves nothing of it: shown with "check me"."""
        return self.state == "known"


@dataclass(frozen=True, slots=True)
class Feasibility:
    """How long it takes: the last study day of all, calendar weeks and months until ready for a job.

    `source_months` are what the source says for this background, at about `source_hours` a week;
    `against_source` compares the months of this plan with them.
    """

    finish_day: date | None
    job_ready: date | None
    weeks: int
    months: float
    hours_a_week: float
    source_months: tuple[int, int]
    source_hours: int
    against_source: Literal["sooner", "within", "later"]


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan. `minutes` still to do in all; `offered`: ids of steps that could be added, in file order.

    `first_day` is its first study day; without anything left to do it has no weeks, months or milestones.
    """

    first_day: date
    minutes: int
    steps: tuple[PlannedStep, ...]
    weeks: tuple[Week, ...]
    months: tuple[Month, ...]
    milestones: tuple[Milestone, ...]
    exams: tuple[ExamPlacement, ...]
    feasibility: Feasibility
    offered: tuple[str, ...]

    def step(self, step_id: str) -> PlannedStep:
        """One of its steps. Raises KeyError if it holds none of that id."""
        for step in self.steps:
            if step.step_id == step_id:
                return step
        raise KeyError(step_id)

    def block(self, step_id: str) -> tuple[int, int] | None:
        """The first and last week of a certification's block: the weeks that begin with it.

        One that fits into the rest of a week has that week; None if nothing of it is left to do.
        """
        numbers = [week.number for week in self.weeks if week.block == step_id]
        if not numbers:
            shares = ((week.number, share) for week in self.weeks for share in week.shares)
            numbers = [number for number, share in shares if share.step_id == step_id]
        return (numbers[0], numbers[-1]) if numbers else None


def plan(
    catalogue: Catalogue,
    inputs: Inputs,
    progress: Progress,
    today: date,
    exams: Mapping[str, Exam] | None = None,
) -> Plan:
    """The plan of what is left, from `inputs.start` or today, whichever is later. Same input, same plan.

    `exams`: what is known of the exams, by slug of the certification; without it no fees are counted and
    exam days are proposed whatever the edition. Raises BadInputs with every answer it cannot plan with.
    """
    if problems := bad_inputs(inputs, catalogue, today, progress.done | progress.skipped):
        raise BadInputs(problems)
    calendar = study_calendar(inputs)
    first_day = calendar.next_study_day(max(inputs.start, today))
    steps, weeks = _in_time(select(catalogue, inputs, progress), inputs.targets, calendar, first_day)
    shares = _by_step(weeks)
    placed = _exams(inputs.targets, exams or {}, steps, shares, calendar)
    job_ready = _job_ready(steps, weeks)
    reached = milestones(steps, shares, job_ready)
    return Plan(
        first_day=first_day,
        minutes=sum(step.minutes for step in steps),
        steps=tuple(_planned(step, at, shares.get(step.id), first_day) for at, step in enumerate(steps, 1)),
        weeks=weeks,
        months=months(weeks, shares, reached, placed, exams or {}),
        milestones=reached,
        exams=placed,
        feasibility=_feasibility(inputs, weeks, job_ready),
        offered=tuple(step.id for step in catalogue.steps if step.id not in {each.id for each in steps}),
    )


def _in_time(
    steps: tuple[SelectedStep, ...], targets: Sequence[Target], calendar: StudyCalendar, first_day: date
) -> tuple[tuple[SelectedStep, ...], tuple[Week, ...]]:
    """The final order and its weeks: certifications that are late for their own exam day move to the front.

    They move latest exam first, so the earliest ends up in front; one made late by that moves as well.
    """
    ids = {target: CERTIFICATION + target.certification for target in targets}
    moved: set[Target] = set()
    ordered = steps
    while True:
        weeks = fill(ordered, calendar, first_day)
        ends = {share.step_id: share.day for week in weeks for share in week.shares}
        late = {each for each in targets if ids[each] in ends and is_late(each, ends[ids[each]])} - moved
        if not late:
            return ordered, weeks
        moved |= late
        ordered = steps
        for target in sorted(moved, key=lambda each: (each.exam_day or first_day, each.certification), reverse=True):
            ordered = to_front(ordered, ids[target])


def _by_step(weeks: Sequence[Week]) -> dict[str, list[Share]]:
    shares: dict[str, list[Share]] = {}
    for week in weeks:
        for share in week.shares:
            shares.setdefault(share.step_id, []).append(share)
    return shares


def _exams(
    targets: Sequence[Target],
    exams: Mapping[str, Exam],
    steps: Sequence[SelectedStep],
    shares: Mapping[str, Sequence[Share]],
    calendar: StudyCalendar,
) -> tuple[ExamPlacement, ...]:
    """Where exams are to be sat, in the order in which their preparation ends."""
    by_id = {step.id: step for step in steps}
    placed = [
        place_exam(target, exams.get(target.certification), by_id[step_id], shares[step_id], calendar)
        for target in targets
        if (step_id := CERTIFICATION + target.certification) in shares
    ]
    return tuple(sorted((each for each in placed if each), key=lambda each: (each.prepared_on, each.step_id)))


def _planned(step: SelectedStep, position: int, shares: Sequence[Share] | None, first_day: date) -> PlannedStep:
    first, last = (shares[0].day, shares[-1].day) if shares else (first_day, first_day)
    return PlannedStep(step.id, position, step.lane, step.minutes, first, last, step.optional, step.state)


def _job_ready(steps: Sequence[SelectedStep], weeks: Sequence[Week]) -> date | None:
    """The Sunday of the week in which the last required step ends; None if none is left."""
    required = {step.id for step in steps if not step.optional}
    for week in reversed(weeks):
        if any(share.step_id in required for share in week.shares):
            return week.monday + _SUNDAY
    return None


def _feasibility(inputs: Inputs, weeks: Sequence[Week], job_ready: date | None) -> Feasibility:
    finish = max((share.day for week in weeks for share in week.shares), default=None)
    needed = ((job_ready - weeks[0].monday).days + 1) // 7 if job_ready else 0
    months_needed = round(7 * needed / _DAYS_A_MONTH, 1)
    least, most = SOURCE_MONTHS[inputs.background]
    return Feasibility(
        finish_day=finish,
        job_ready=job_ready,
        weeks=needed,
        months=months_needed,
        hours_a_week=inputs.hours_a_week,
        source_months=(least, most),
        source_hours=SOURCE_HOURS,
        against_source="sooner" if months_needed < least else "later" if months_needed > most else "within",
    )
