"""Exam days: which edition of an exam is open when, and where a certification's preparation leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tracker.core.roadmap.catalogue import CERTIFICATION
from tracker.core.roadmap.inputs import Target
from tracker.core.roadmap.planning import Share
from tracker.core.roadmap.selection import SelectedStep
from tracker.core.roadmap.study_week import StudyCalendar

REST = timedelta(days=3)
"""From the last day of preparation to the exam. Ours."""
REHEARSAL_PERCENT = 15
"""The last part of a preparation, for rehearsal papers. Ours."""

Openness = Literal["open", "wait", "retired", "other language", "unknown"]


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of an exam in one language, with the first and last day it can be sat (None: no end known)."""

    code: str
    language: str = "en"
    first_day: date | None = None
    last_day: date | None = None

    def is_open(self, day: date) -> bool:
        """Whether it can be sat on that day."""
        return (self.first_day is None or self.first_day <= day) and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """Whether its last day is before that day."""
        return self.last_day is not None and self.last_day < day


@dataclass(frozen=True, slots=True)
class Exam:
    """What a plan has to know of a certification's exam. Money in whole US dollars; editions oldest first.

    A course paid by the month (`monthly_usd`) has no exam day.
    """

    price_usd: int | None = None
    monthly_usd: int | None = None
    editions: tuple[Edition, ...] = ()


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether an exam can be sat on a day.

    open: `code` is the edition. wait: none is, but `code` opens on `opens` (a beta may exist before).
    retired: the language's last edition has ended, `code` is the successor in another language, if any.
    other language: none in this language. unknown: nothing is known of the editions.
    """

    state: Openness
    code: str | None = None
    opens: date | None = None


@dataclass(frozen=True, slots=True)
class ExamPlacement:
    """A certification's exam in a plan.

    `exam_day`: the learner's own (`fixed`), else the one proposed, None if no edition is open for it.
    `late`: the preparation ends less than three days before the learner's own day, even though the
    certification was moved to the front.
    """

    certification: str
    step_id: str
    prepared_on: date
    rehearse_from: date
    exam_day: date | None
    fixed: bool
    late: bool
    availability: Availability


def availability(editions: Sequence[Edition], language: str, day: date) -> Availability:
    """Which edition in that language can be sat on `day`, or what to say instead."""
    if not editions:
        return Availability("unknown")
    spoken = [edition for edition in editions if edition.language == language]
    if not spoken:
        return Availability("other language")
    if running := [edition for edition in spoken if edition.is_open(day)]:
        return Availability("open", running[-1].code)
    if coming := [edition for edition in spoken if not edition.is_over(day)]:
        following = min(coming, key=lambda edition: edition.first_day or day)
        return Availability("wait", following.code, following.first_day)
    successors = [edition.code for edition in editions if not edition.is_over(day)]
    return Availability("retired", successors[0] if successors else None)


def is_late(target: Target, prepared_on: date) -> bool:
    """Whether a preparation that ends on that day comes too late for the target's own exam day."""
    return target.exam_day is not None and prepared_on + REST > target.exam_day


def place_exam(
    target: Target, exam: Exam | None, step: SelectedStep, shares: Sequence[Share], calendar: StudyCalendar
) -> ExamPlacement | None:
    """The exam of a certification whose preparation is these shares, in order; None for a course without one."""
    if exam is not None and exam.monthly_usd is not None:
        return None
    prepared_on = shares[-1].day
    day = target.exam_day or calendar.next_study_day(prepared_on + REST)
    found = availability(exam.editions if exam else (), target.language, day)
    proposable = found.state in ("open", "unknown")
    return ExamPlacement(
        certification=target.certification,
        step_id=step.id,
        prepared_on=prepared_on,
        rehearse_from=_rehearsals(step, shares),
        exam_day=day if target.exam_day or proposable else None,
        fixed=target.exam_day is not None,
        late=is_late(target, prepared_on),
        availability=found,
    )


def fees(
    shares: Mapping[str, Sequence[Share]], exams: Mapping[str, Exam], sat: Mapping[str, date]
) -> dict[date, int]:
    """Dollars by the first day of the month they fall due in.

    Exam prices on the exam day (`sat`, by step id), else where the preparation ends; a course's price in
    every month its planned work touches. `shares` by step id.
    """
    due: dict[date, int] = {}
    for step_id, worked in shares.items():
        exam = exams.get(step_id.removeprefix(CERTIFICATION)) if step_id.startswith(CERTIFICATION) else None
        if exam is None:
            continue
        paid = sat.get(step_id, worked[-1].day).replace(day=1)
        for month in {share.day.replace(day=1) for share in worked} if exam.monthly_usd else ():
            due[month] = due.get(month, 0) + (exam.monthly_usd or 0)
        if exam.price_usd:
            due[paid] = due.get(paid, 0) + exam.price_usd
    return due


def _rehearsals(step: SelectedStep, shares: Sequence[Share]) -> date:
    """The day on which the last 15 % of the preparation's minutes begin."""
    rest = step.minutes * REHEARSAL_PERCENT / 100
    for share in reversed(shares):
        rest -= share.minutes
        if rest <= 0:
            return share.day
    return shares[0].day
