"""The plan by calendar month, and its milestones: views, which decide nothing."""

from collections.abc import Iterator, Mapping, Sequence
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
    shares: Mapping[str, Sequence[Share]],
    reached: Sequence[Milestone],
    placed: Sequence[ExamPlacement],
    exams: Mapping[str, Exam],
) -> tuple[Month, ...]:
    """Every month from the first study day to the last share, milestone or exam day, none left out.

    `shares` are those of the weeks by step id.
    """
    worked = _worked(weeks)
    if not worked:
        return ()
    sat = {exam.step_id: exam.exam_day for exam in placed if exam.exam_day}
    due = fees(shares, exams, sat)
    last = max([*worked, *(each.day for each in reached), *sat.values()])
    return tuple(
        Month(
            first_day=month,
            minutes=sum(worked[month].values()) if month in worked else 0,
            steps=tuple(worked[month].items()) if month in worked else (),
            milestones=tuple(each for each in reached if _month(each.day) == month),
            exams=tuple(each for each in placed if _month(each.exam_day or each.prepared_on) == month),
            fees_usd=due.get(month, 0),
        )
        for month in _every_month(min(worked), last)
    )


def _worked(weeks: Sequence[Week]) -> dict[date, dict[str, int]]:
    """Minutes by month (its first day) and step, both in the order in which they begin."""
    worked: dict[date, dict[str, int]] = {}
    month, following = date.min, date.min
    for share in (share for week in weeks for share in week.shares):
        if share.day >= following:
            month, following = _month(share.day), _following(share.day)
            worked[month] = {}
        minutes = worked[month]
        minutes[share.step_id] = minutes.get(share.step_id, 0) + share.minutes
    return worked


def _every_month(first: date, last: date) -> Iterator[date]:
    month = first
    while month <= last:
        yield month
        month = _following(month)


def _month(day: date) -> date:
    return day.replace(day=1)


def _following(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
