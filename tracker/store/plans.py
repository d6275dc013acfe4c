"""The roadmap's versions, and what was marked and ticked on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from tracker.core.roadmap import Edition, Exam, Inputs, Mark, PlacedStep, Target, Vacation
from tracker.core.roadmap.catalogue import Lane
from tracker.core.roadmap.overview import MarkState
from tracker.store import bank
from tracker.store.tables import PartStateRow, PlanStepRow, PlanVersionRow, RoadmapRow, StepStateRow
from tracker.store.upserts import upsert

COURSES = {"dlai-dls": Exam(monthly_usd=0)}
"""Certifications that are a course paid by the month: no exam day. Price unknown here, so it is not counted."""


@dataclass(frozen=True)
class PlanVersion:
    """A plan as it was accepted: the answers behind it, and why it was made. Never changed."""

    version: int
    made_at: datetime
    study_day: date
    reason: str
    based_on: int | None
    inputs: Inputs
    catalogue_revision: int


def inputs_json(inputs: Inputs) -> dict[str, Any]:
    """All answers in values that JSON knows."""
    return {
        "background": inputs.background,
        "level": inputs.level,
        "hours_a_week": inputs.hours_a_week,
        "start": inputs.start.isoformat(),
        "targets": [
            {**asdict(each), "exam_day": each.exam_day.isoformat() if each.exam_day else None}
            for each in inputs.targets
        ],
        "study_days": sorted(inputs.study_days),
        "ratings": dict(inputs.ratings),
        "vacations": [[each.first_day.isoformat(), each.last_day.isoformat()] for each in inputs.vacations],
        "extras": sorted(inputs.extras),
    }


def inputs_of(stored: Mapping[str, Any]) -> Inputs:
    """The answers that `inputs_json` wrote."""
    return Inputs(
        background=stored["background"],
        level=stored["level"],
        hours_a_week=stored["hours_a_week"],
        start=date.fromisoformat(stored["start"]),
        targets=tuple(_target(each) for each in stored["targets"]),
        study_days=frozenset(stored["study_days"]),
        ratings=stored["ratings"],
        vacations=tuple(Vacation(*map(date.fromisoformat, days)) for days in stored["vacations"]),
        extras=frozenset(stored["extras"]),
    )


def _target(stored: Mapping[str, Any]) -> Target:
    day = stored["exam_day"]
    return Target(stored["certification"], date.fromisoformat(day) if day else None, stored["language"])


def exams(session: Session) -> dict[str, Exam]:
    """What the bank knows of each exam, for the planner."""
    found = dict(COURSES)
    for each in bank.certifications(session):
        editions = [Edition(one.code, "en", one.english_from, one.english_until) for one in each.exam_versions]
        found.setdefault(each.slug, Exam(price_usd=each.price_usd, editions=tuple(editions)))
    return found


def current(session: Session, user_id: UUID) -> PlanVersion | None:
    """The version that the learner follows, None before the first one."""
    row = session.scalar(
        select(PlanVersionRow)
        .join(RoadmapRow, RoadmapRow.current_version == PlanVersionRow.version)
        .where(RoadmapRow.user_id == user_id, PlanVersionRow.user_id == user_id)
    )
    if row is None:
        return None
    return PlanVersion(
        version=row.version,
        made_at=row.made_at,
        study_day=row.study_day,
        reason=row.reason,
        based_on=row.based_on,
        inputs=inputs_of(row.inputs),
        catalogue_revision=row.catalogue_revision,
    )


def newest_version(session: Session, user_id: UUID) -> int:
    """The number of the last version made, 0 before the first one."""
    return session.scalar(select(func.max(PlanVersionRow.version)).where(PlanVersionRow.user_id == user_id)) or 0


def add(session: Session, user_id: UUID, plan: PlanVersion, steps: Iterable[PlacedStep]) -> None:
    """Keep a version with its steps, and follow it from now on."""
    stored = {**vars(plan), "inputs": inputs_json(plan.inputs)}
    session.execute(insert(PlanVersionRow).values(user_id=user_id, **stored))
    rows = [{"user_id": user_id, "version": plan.version, "title": None, **asdict(step)} for step in steps]
    if rows:
        session.execute(insert(PlanStepRow), rows)
    revision = session.scalar(select(RoadmapRow.revision).where(RoadmapRow.user_id == user_id)) or 0
    pointer = {"user_id": user_id, "current_version": plan.version, "revision": revision + 1}
    upsert(session, RoadmapRow, [pointer])


def steps(session: Session, user_id: UUID, version: int) -> tuple[PlacedStep, ...]:
    """The steps of a version, in their order."""
    rows = session.scalars(
        select(PlanStepRow)
        .where(PlanStepRow.user_id == user_id, PlanStepRow.version == version)
        .order_by(PlanStepRow.position)
    )
    return tuple(_placed(row) for row in rows)


def _placed(row: PlanStepRow) -> PlacedStep:
    first = row.first_day or row.last_day or date.min
    last = row.last_day or first
    return PlacedStep(row.step_id, row.position, cast(Lane, row.lane), row.minutes, first, last, row.optional)


def current_step(session: Session, user_id: UUID, step_id: str) -> bool:
    """Whether the version that the learner follows holds this step."""
    found = session.scalar(
        select(PlanStepRow.step_id)
        .join(RoadmapRow, RoadmapRow.current_version == PlanStepRow.version)
        .where(RoadmapRow.user_id == user_id, PlanStepRow.user_id == user_id, PlanStepRow.step_id == step_id)
    )
    return found is not None


def marks(session: Session, user_id: UUID) -> dict[str, Mark]:
    """What the learner said of each step, by its id."""
    rows = session.scalars(select(StepStateRow).where(StepStateRow.user_id == user_id))
    return {row.step_id: Mark(cast(MarkState, row.state), row.done_day, row.revision) for row in rows}


def save_marks(session: Session, user_id: UUID, given: Mapping[str, Mark]) -> None:
    rows = [{"user_id": user_id, "step_id": step_id, **asdict(mark)} for step_id, mark in given.items()]
    upsert(session, StepStateRow, rows)


def ticks(session: Session, user_id: UUID) -> dict[str, frozenset[str]]:
    """The ids of the ticked parts of each step."""
    rows = session.execute(
        select(PartStateRow.step_id, PartStateRow.part_id).where(PartStateRow.user_id == user_id)
    ).all()
    return {step_id: frozenset(part for own, part in rows if own == step_id) for step_id, _ in rows}


def ticked_on(session: Session, user_id: UUID, day: date) -> list[tuple[str, str]]:
    """Step and part of each tick made on a study day, in order of id."""
    rows = session.execute(
        select(PartStateRow.step_id, PartStateRow.part_id)
        .where(PartStateRow.user_id == user_id, PartStateRow.ticked_day == day)
        .order_by(PartStateRow.step_id, PartStateRow.part_id)
    )
    return [(step_id, part_id) for step_id, part_id in rows]


def last_day(session: Session, user_id: UUID) -> date | None:
    """The latest day on which a step was done or a part ticked, None without one."""
    done = session.scalar(select(func.max(StepStateRow.done_day)).where(StepStateRow.user_id == user_id))
    ticked = session.scalar(select(func.max(PartStateRow.ticked_day)).where(PartStateRow.user_id == user_id))
    return max((day for day in (done, ticked) if day is not None), default=None)


def tick(session: Session, user_id: UUID, step_id: str, parts: Sequence[str], day: date) -> None:
    """Tick parts of a step; those ticked keep their day."""
    known = ticks(session, user_id).get(step_id, frozenset())
    new = [part for part in parts if part not in known]
    rows = [{"user_id": user_id, "step_id": step_id, "part_id": part, "ticked_day": day} for part in new]
    upsert(session, PartStateRow, rows)


def untick(session: Session, user_id: UUID, step_id: str, parts: Sequence[str]) -> None:
    session.execute(
        delete(PartStateRow).where(
            PartStateRow.user_id == user_id, PartStateRow.step_id == step_id, PartStateRow.part_id.in_(parts)
        )
    )
