"""Where a learner stands: the steps of an accepted plan by phase and month, with what was marked and ticked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal, get_args

from tracker.core.roadmap.catalogue import CERTIFICATION, Catalogue, Lane, Phase, Step
from tracker.core.roadmap.exams import REST, Exam, availability
from tracker.core.roadmap.inputs import Inputs, ratings
from tracker.core.roadmap.plan import Plan
from tracker.core.roadmap.selection import full_minutes, minutes_left
from tracker.core.roadmap.study_week import study_calendar

MarkState = Literal["open", "doing", "done", "skipped", "known"]
STATES: tuple[MarkState, ...] = get_args(MarkState)
SETTLED = frozenset({"done", "known"})
"""States in which nothing of a step is still to do."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a learner said of a step; `done_day` only if it is done. `revision` 0: nothing was ever said."""

    state: MarkState = "open"
    done_day: date | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A step's place in an accepted plan; `minutes` were still to do when the plan was made."""

    step_id: str
    position: int
    lane: Lane
    minutes: int
    first_day: date
    last_day: date
    optional: bool


@dataclass(frozen=True, slots=True)
class ExamDay:
    """When a certification's exam is sat: the learner's own day (`fixed`) or one proposed, None if none is open.

    `late`: the preparation ends too close to the learner's own day, or after it.
    """

    certification: str
    day: date | None
    fixed: bool
    late: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """A step with its place, its mark, the ids of its ticked parts, and its exam.

    `full`: minutes of the whole step for this learner; `logged`: all minutes in the study log for it.
    """

    step: Step
    placed: PlacedStep
    mark: Mark
    ticked: frozenset[str]
    exam: ExamDay | None
    full: int
    logged: int

    @property
    def settled(self) -> bool:
        """Whether it is done or known."""
        return self.mark.state in SETTLED

    @property
    def left(self) -> int:
        """Minutes still to do; 0 once it is settled or skipped."""
        # from the whole step, not from `placed.minutes`: those already lack what was logged before the plan
        return 0 if self.settled or self.mark.state == "skipped" else minutes_left(self.full, self.logged)


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase of the plan, counted from 1. ahead: nothing of it began; current: the first one not done."""

    number: int
    phase: Phase
    steps: tuple[StepView, ...]
    status: Literal["done", "current", "ahead"]

    @property
    def done(self) -> int:
        """Steps done or known."""
        return sum(each.settled for each in self.steps)

    @property
    def skipped(self) -> int:
        """Steps skipped, which are not counted in `total`."""
        return sum(each.mark.state == "skipped" for each in self.steps)

    @property
    def total(self) -> int:
        """Steps that count."""
        return len(self.steps) - self.skipped

    @property
    def minutes(self) -> int:
        """Minutes planned for it."""
        return sum(each.placed.minutes for each in self.steps)

    @property
    def first_day(self) -> date:
        """The first day planned for any of its steps that had something left when the plan was made."""
        return min(each.placed.first_day for each in self._planned)

    @property
    def last_day(self) -> date:
        """The last day planned for any of its steps."""
        return max(each.placed.last_day for each in self._planned)

    @property
    def _planned(self) -> list["StepView"]:
        return [each for each in self.steps if each.placed.minutes] or list(self.steps)

    @property
    def months(self) -> tuple[tuple[date, tuple[StepView, ...]], ...]:
        """The steps by the month (its first day) in which they are planned to end, in order."""
        ordered = sorted(self.steps, key=lambda each: (each.placed.last_day, each.placed.position))
        grouped = groupby(ordered, key=lambda each: each.placed.last_day.replace(day=1))
        return tuple((month, tuple(steps)) for month, steps in grouped)


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole roadmap; only phases that have steps."""

    phases: tuple[PhaseView, ...]

    @property
    def done(self) -> int:
        """Steps done or known."""
        return sum(each.done for each in self.phases)

    @property
    def total(self) -> int:
        """Steps that count: all that were not skipped."""
        return sum(each.total for each in self.phases)

    @property
    def current(self) -> PhaseView:
        """The first phase that is not done; the last one when all are."""
        return next((each for each in self.phases if each.status == "current"), self.phases[-1])

    def step(self, step_id: str | None) -> StepView | None:
        """One of its steps, None if it holds none of that id."""
        return next((each for phase in self.phases for each in phase.steps if each.step.id == step_id), None)

    def phase(self, phase_id: str | None) -> PhaseView:
        """That phase, or the current one if it is not there."""
        return next((each for each in self.phases if each.phase.id == phase_id), self.current)

    def of_kind(self, kind: str) -> tuple[StepView, ...]:
        """The steps of one kind, in the order of the plan."""
        found = [each for phase in self.phases for each in phase.steps if each.step.kind == kind]
        return tuple(sorted(found, key=lambda each: each.placed.position))


def placed_steps(made: Plan) -> tuple[PlacedStep, ...]:
    """The steps of a plan as they are kept once it is accepted."""
    return tuple(
        PlacedStep(each.step_id, each.position, each.lane, each.minutes, each.first_day, each.last_day, each.optional)
        for each in made.steps
    )


def exam_days(
    inputs: Inputs, placed: Sequence[PlacedStep], own: Mapping[str, date | None], exams: Mapping[str, Exam]
) -> dict[str, ExamDay]:
    """The exam of each certification step by the step's id; a course paid by the month has none.

    `own`: the learner's days by certification; where it says nothing, the day in the inputs is taken.
    """
    wanted = {target.certification: target for target in inputs.targets}
    calendar = study_calendar(inputs)
    found = {}
    for step in placed:
        slug = step.step_id.removeprefix(CERTIFICATION)
        exam = exams.get(slug)
        if slug == step.step_id or (exam is not None and exam.monthly_usd is not None):
            continue
        target = wanted.get(slug)
        fixed = own[slug] if own.get(slug) else target.exam_day if target else None
        proposed = calendar.next_study_day(step.last_day + REST)
        state = availability(exam.editions if exam else (), target.language if target else "en", proposed).state
        day = fixed or (proposed if state in ("open", "unknown") else None)
        late = fixed is not None and step.minutes > 0 and step.last_day + REST > fixed
        found[step.step_id] = ExamDay(slug, day, fixed is not None, late)
    return found


def overview(
    catalogue: Catalogue,
    inputs: Inputs,
    placed: Sequence[PlacedStep],
    marks: Mapping[str, Mark],
    ticks: Mapping[str, frozenset[str]],
    exams: Mapping[str, ExamDay],
    logged: Mapping[str, int],
) -> Overview:
    """The plan of these answers by phase; `logged` are minutes of the study log by step id.

    A step that vanished from the catalogue is left out; its mark and ticks stay.
    """
    steps, known = catalogue.by_id(), ratings(inputs)
    views = [
        StepView(
            step=steps[each.step_id],
            placed=each,
            mark=marks.get(each.step_id, Mark()),
            ticked=ticks.get(each.step_id, frozenset()),
            exam=exams.get(each.step_id),
            full=full_minutes(steps[each.step_id], known),
            logged=logged.get(each.step_id, 0),
        )
        for each in placed
        if each.step_id in steps
    ]
    phases: list[PhaseView] = []
    for phase in catalogue.phases:
        own = tuple(each for each in views if each.step.phase == phase.id)
        if own:
            phases.append(PhaseView(len(phases) + 1, phase, own, _status(own, phases)))
    return Overview(tuple(phases))


def _status(steps: Sequence[StepView], before: Sequence[PhaseView]) -> Literal["done", "current", "ahead"]:
    if all(each.settled or each.mark.state == "skipped" for each in steps):
        return "done"
    return "ahead" if any(each.status == "current" for each in before) else "current"
