"""Practice runs and the questions issued in them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Uuid, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from tracker.store.attempt_conditions import RETRACTED
from tracker.store.tables import AttemptRow, Base, IssuedRow, PracticeRunRow


@dataclass(frozen=True)
class Run:
    """A practice run; `length` in questions."""

    id: UUID
    certification: str
    mode: str
    length: int
    seed: int
    started_at: datetime
    study_day: date
    ended_at: datetime | None
    scope: str | None = None


@dataclass(frozen=True)
class Issued:
    """A question chosen for a run; its id becomes the attempt's."""

    id: UUID
    run_id: UUID
    item_id: str
    item_version: int
    shuffle_seed: int
    reason: dict[str, Any]
    issued_at: datetime


_INSERT_ISSUED = insert(Base.metadata.tables["issued"])
_RUN = tuple(getattr(PracticeRunRow, name) for name in Run.__dataclass_fields__)
_USER: BindParameter[UUID] = bindparam("user", type_=Uuid())
_ANSWERED = select(AttemptRow.id).where(AttemptRow.user_id == _USER, AttemptRow.id == IssuedRow.id).exists()
_DONE = (
    select(func.count())
    .select_from(AttemptRow)
    .where(AttemptRow.user_id == _USER, AttemptRow.run_id == bindparam("run"), ~RETRACTED)
    .scalar_subquery()
)
# made once: building the statement would cost more than running it
_QUESTION = (
    select(*_RUN, *(getattr(IssuedRow, name) for name in Issued.__dataclass_fields__), _ANSWERED, _DONE)
    .join(IssuedRow, (IssuedRow.user_id == PracticeRunRow.user_id) & (IssuedRow.run_id == PracticeRunRow.id))
    .where(
        PracticeRunRow.user_id == _USER,
        PracticeRunRow.id == bindparam("run"),
        IssuedRow.id == bindparam("issued"),
    )
)


def _run(row: PracticeRunRow) -> Run:
    return Run(
        row.id,
        row.certification,
        row.mode,
        row.length,
        row.seed,
        row.started_at,
        row.study_day,
        row.ended_at,
        row.scope,
    )


def _issued(row: IssuedRow) -> Issued:
    return Issued(
        row.id,
        row.run_id,
        row.item_id,
        row.item_version,
        row.shuffle_seed,
        row.reason,
        row.issued_at,
    )


def run(session: Session, user_id: UUID, run_id: UUID) -> Run | None:
    row = session.scalar(select(PracticeRunRow).where(PracticeRunRow.user_id == user_id, PracticeRunRow.id == run_id))
    return _run(row) if row else None


def open_run(session: Session, user_id: UUID, certification: str, mode: str) -> Run | None:
    row = session.scalar(
        select(PracticeRunRow).where(
            PracticeRunRow.user_id == user_id,
            PracticeRunRow.certification == certification,
            PracticeRunRow.mode == mode,
            PracticeRunRow.ended_at.is_(None),
        )
    )
    return _run(row) if row else None


def open_runs(session: Session, user_id: UUID, mode: str) -> list[Run]:
    """The open runs of a mode, at most one for each certification."""
    rows = session.scalars(
        select(PracticeRunRow).where(
            PracticeRunRow.user_id == user_id, PracticeRunRow.mode == mode, PracticeRunRow.ended_at.is_(None)
        )
    )
    return [_run(row) for row in rows]


def left_open(session: Session, user_id: UUID, day: date) -> list[str]:
    """The certifications of open runs with an answer of the study day `day`, by name."""
    runs = session.execute(
        select(PracticeRunRow.certification, PracticeRunRow.id).where(
            PracticeRunRow.user_id == user_id, PracticeRunRow.ended_at.is_(None)
        )
    )
    return sorted({slug for slug, run_id in runs.all() if _last_day(session, user_id, run_id) == day})


def _last_day(session: Session, user_id: UUID, run_id: UUID) -> date | None:
    """The study day of the run's newest answer that stands."""
    # the id comes from the index alone: asked for the day at once, SQLite walks through all the learner's attempts
    newest = (
        select(AttemptRow.id)
        .where(AttemptRow.user_id == user_id, AttemptRow.run_id == run_id, ~RETRACTED)
        .order_by(AttemptRow.id.desc())
        .limit(1)
    )
    return session.scalar(
        select(AttemptRow.study_day).where(AttemptRow.user_id == user_id, AttemptRow.id == newest.scalar_subquery())
    )


def add_run(session: Session, user_id: UUID, value: Run) -> None:
    session.execute(insert(PracticeRunRow).values(user_id=user_id, **vars(value)))


def end_run(session: Session, user_id: UUID, run_id: UUID, at: datetime) -> None:
    session.execute(
        update(PracticeRunRow)
        .where(
            PracticeRunRow.user_id == user_id,
            PracticeRunRow.id == run_id,
            PracticeRunRow.ended_at.is_(None),
        )
        .values(ended_at=at)
    )


def reopen_run(session: Session, user_id: UUID, run_id: UUID) -> None:
    session.execute(
        update(PracticeRunRow)
        .where(PracticeRunRow.user_id == user_id, PracticeRunRow.id == run_id)
        .values(ended_at=None)
    )


def add_issued(session: Session, user_id: UUID, value: Issued) -> None:
    session.execute(_INSERT_ISSUED, {"user_id": user_id, **vars(value)})


def issued(session: Session, user_id: UUID, run_id: UUID, issued_id: UUID) -> Issued | None:
    row = session.scalar(
        select(IssuedRow).where(IssuedRow.user_id == user_id, IssuedRow.run_id == run_id, IssuedRow.id == issued_id)
    )
    return _issued(row) if row else None


@dataclass(frozen=True)
class Question:
    """A question with its run; whether it has an answer, and how many answers of the run stand."""

    run: Run
    issued: Issued
    answered: bool
    done: int


def question(session: Session, user_id: UUID, run_id: UUID, issued_id: UUID) -> Question | None:
    """A question issued in a run, with what an answer to it has to know, in one statement."""
    row = session.execute(_QUESTION, {"user": user_id, "run": run_id, "issued": issued_id}).first()
    if row is None:
        return None
    runs = len(_RUN)
    return Question(Run(*row[:runs]), Issued(*row[runs:-2]), row[-2], row[-1])


def pending(session: Session, user_id: UUID, run_id: UUID) -> Issued | None:
    """The newest question of the run that has no answer."""
    answered = select(AttemptRow.id).where(AttemptRow.user_id == user_id, AttemptRow.id == IssuedRow.id)
    row = session.scalar(
        select(IssuedRow)
        .where(IssuedRow.user_id == user_id, IssuedRow.run_id == run_id, ~answered.exists())
        .order_by(IssuedRow.id.desc())
        .limit(1)
    )
    return _issued(row) if row else None


def last_touched(session: Session, user_id: UUID, run_id: UUID) -> datetime | None:
    """The instant of the run's newest question: nobody has touched it since."""
    return session.scalar(
        select(func.max(IssuedRow.issued_at)).where(IssuedRow.user_id == user_id, IssuedRow.run_id == run_id)
    )
