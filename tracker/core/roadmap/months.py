"""The plan by calendar month, and its milestones: views, which decide nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tracker.core.roadmap.exams import Exam, ExamPlacement, fees
from tracker.core.roadmap.planning import Share, Week
from tracker.core.roadmap.selection import SelectedStep

JOB_READY = "job-ready"

MilestoneKind = Literal["phase", "certification", "project", "job-ready"]


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something reached: the day on which all steps of a phase, or one certification or project, are done.

    `id` is the phase's or step's; job-ready (all required steps) is reached on the Sunday of its week.
    """

    kind: MilestoneKind
    id: str
    day: date


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month by its first day: minutes in all and by step, in the order in which they begin.

    `fees_usd` falls due in it: exam prices, and courses paid by the month.
    """

    first_day: date
    minutes: int
    steps: tuple[tuple[str, int], ...]
    milestones: tuple[Milestone, ...]
    exams: tuple[ExamPlacement, ...]
    fees_usd: int


def milestones(
    steps: Sequence[SelectedStep], shares: Mapping[str, Sequence[Share]], job_ready: date | None
) -> tuple[Milestone, ...]:
    """What is still to be reached, by day; a phase, certification or project with nothing left has none."""
    phases: dict[str, date] = {}
    found: list[Milestone] = []
    for step in steps:
        if step.id not in shares:
            continue
        last = shares[step.id][-1].day
        phases[step.phase] = max(phases.get(step.phase, last), last)
        if step.kind == "certification" or step.kind == "project":
            found.append(Milestone(step.kind, step.id, last))
    found += [Milestone("phase", phase, day) for phase, day in phases.items()]
    if job_ready:
        found.append(Milestone("job-ready", JOB_READY, job_ready))
    return tuple(sorted(found, key=lambda each: each.day))


def months(
    weeks: Sequence[Week],
    reached: Sequence[Milestone],
    placed: Sequence[ExamPlacement],
    exams: Mapping[str, Exam],
) -> tuple[Month, ...]:
    """Every month from the first study day to the last share, milestone or exam day, none left out."""
    shares = [share for week in weeks for share in week.shares]
    if not shares:
        return ()
    worked: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    by_step: dict[str, list[Share]] = defaultdict(list)
    for share in shares:
        worked[share.day.replace(day=1)][share.step_id] += share.minutes
        by_step[share.step_id].append(share)
    sat = {exam.step_id: exam.exam_day for exam in placed if exam.exam_day}
    due = fees(by_step, exams, sat)
    last = max([shares[-1].day, *(each.day for each in reached), *sat.values()])
    return tuple(
        Month(
            first_day=month,
            minutes=sum(worked[month].values()),
            steps=tuple(worked[month].items()),
            milestones=tuple(each for each in reached if each.day.replace(day=1) == month),
            exams=tuple(each for each in placed if _month_of(each) == month),
            fees_usd=due.get(month, 0),
        )
        for month in _every_month(shares[0].day, last)
    )


def _month_of(exam: ExamPlacement) -> date:
    """The month of the exam, or of the end of its preparation while no day can be proposed."""
    return (exam.exam_day or exam.prepared_on).replace(day=1)


def _every_month(first: date, last: date) -> Iterable[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
