"""Attempts, append-only, and the questions asked of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, case, func, insert, select
from sqlalchemy.orm import Session

from tracker.core.drill import Latest
from tracker.store.attempt_conditions import RETRACTED, TO_A_VOID_VERSION
from tracker.store.tables import AbilityRow, AttemptRow, Base, ItemRow, RetractionRow


@dataclass(frozen=True)
class Attempt:
    """One marked answer. `predicted` is the chance of a right answer computed before it, 0..1."""

    id: UUID
    run_id: UUID | None
    sitting_id: UUID | None
    item_id: str
    item_version: int
    certification: str
    domain: str
    concept: str
    mode: str
    shuffle_seed: int
    response: list[Any]
    correct: bool
    confidence: str | None
    seconds: int
    predicted: float
    first_sight: bool
    answered_at: datetime
    study_day: date


FIELDS = tuple(Attempt.__dataclass_fields__)
COLUMNS = tuple(getattr(AttemptRow, name) for name in FIELDS)
_INSERT = insert(Base.metadata.tables["attempt"])
_RETRACTED = select(func.count()).where(RetractionRow.user_id == bindparam("user")).scalar_subquery()
_STAMP = (
    select(
        AttemptRow.answered_at,
        AttemptRow.study_day,
        AttemptRow.id,
        _RETRACTED,
        AbilityRow.answers,
        AbilityRow.mean,
        AbilityRow.variance,
    )
    .outerjoin(AbilityRow, (AbilityRow.user_id == AttemptRow.user_id) & (AbilityRow.component == "all"))
    .where(AttemptRow.user_id == bindparam("user"))
    .order_by(AttemptRow.answered_at.desc(), AttemptRow.id.desc())
    .limit(1)
)


def add(session: Session, user_id: UUID, value: Attempt) -> None:
    # the table, not its class: the ORM's own insert costs more than the row
    session.execute(_INSERT, {"user_id": user_id, **vars(value)})


def attempt(session: Session, user_id: UUID, attempt_id: UUID) -> Attempt | None:
    row = session.execute(select(*COLUMNS).where(AttemptRow.user_id == user_id, AttemptRow.id == attempt_id)).first()
    return Attempt(*row) if row else None


def latest(session: Session, user_id: UUID) -> Attempt | None:
    """The attempt answered last, retracted or not."""
    row = session.execute(
        select(*COLUMNS)
        .where(AttemptRow.user_id == user_id)
        .order_by(AttemptRow.answered_at.desc(), AttemptRow.id.desc())
        .limit(1)
    ).first()
    return Attempt(*row) if row else None


def last_day(session: Session, user_id: UUID, certification: str) -> date | None:
    """The study day of the certification's newest attempt that was not retracted."""
    return session.scalar(
        select(AttemptRow.study_day)
        .where(AttemptRow.user_id == user_id, AttemptRow.certification == certification, ~RETRACTED)
        .order_by(AttemptRow.id.desc())
        .limit(1)
    )


class Stamp(NamedTuple):
    """What differs after each answer, undo or rebuild: the latest answer and its study day, how many are retracted,
    and the general ability, which every answer moves (None without one)."""

    answered_at: datetime
    study_day: date
    latest: UUID
    retracted: int
    answers: int | None
    mean: float | None
    variance: float | None


def stamp(session: Session, user_id: UUID) -> Stamp | None:
    """The stamp of all that is derived from a learner's answers; None before the first one."""
    row = session.execute(_STAMP, {"user": user_id}).first()
    return Stamp(*row) if row else None


def retract(session: Session, user_id: UUID, attempt_id: UUID, at: datetime) -> None:
    session.execute(insert(RetractionRow).values(user_id=user_id, attempt_id=attempt_id, at=at))


def retracted(session: Session, user_id: UUID, attempt_id: UUID) -> bool:
    found = session.scalar(
        select(RetractionRow.at).where(RetractionRow.user_id == user_id, RetractionRow.attempt_id == attempt_id)
    )
    return found is not None


def of_run(session: Session, user_id: UUID, run_id: UUID) -> list[Attempt]:
    """The run's attempts that were not retracted, in order."""
    # ids from the index alone: asked for rows at once, SQLite walks through all the learner's attempts
    ids = select(AttemptRow.id).where(AttemptRow.user_id == user_id, AttemptRow.run_id == run_id, ~RETRACTED)
    rows = session.execute(
        select(*COLUMNS).where(AttemptRow.user_id == user_id, AttemptRow.id.in_(ids)).order_by(AttemptRow.id)
    )
    return [Attempt(*row) for row in rows]


def count_of_run(session: Session, user_id: UUID, run_id: UUID) -> int:
    """How many of the run's attempts were not retracted."""
    found = session.scalar(
        select(func.count())
        .select_from(AttemptRow)
        .where(AttemptRow.user_id == user_id, AttemptRow.run_id == run_id, ~RETRACTED)
    )
    return found or 0


def of_concept(session: Session, user_id: UUID, concept: str, limit: int = 20) -> list[Attempt]:
    """The newest attempts on a concept that were not retracted."""
    rows = session.execute(
        select(*COLUMNS)
        .where(AttemptRow.user_id == user_id, AttemptRow.concept == concept, ~RETRACTED)
        .order_by(AttemptRow.id.desc())
        .limit(limit)
    )
    return [Attempt(*row) for row in rows]


def latest_by_item(session: Session, user_id: UUID, certification: str) -> dict[str, Latest]:
    """The latest attempt at each item of a certification among those that count, by item id."""
    newest = (
        select(func.max(AttemptRow.answered_at), AttemptRow.item_id)
        .where(
            AttemptRow.user_id == user_id,
            AttemptRow.certification == certification,
            ~RETRACTED,
            ~TO_A_VOID_VERSION,
        )
        .group_by(AttemptRow.item_id)
        .subquery()
    )
    rows = session.execute(
        select(AttemptRow.item_id, AttemptRow.correct, AttemptRow.confidence)
        .join(newest, (newest.c.item_id == AttemptRow.item_id) & (newest.c[0] == AttemptRow.answered_at))
        .where(AttemptRow.user_id == user_id, ~RETRACTED)
    )
    return {item_id: Latest(correct, confidence) for item_id, correct, confidence in rows}


def was_seen(session: Session, user_id: UUID, item_id: str) -> bool:
    """Whether the learner ever answered the item, whatever its version, retracted or not."""
    found = session.scalar(
        select(AttemptRow.id).where(AttemptRow.user_id == user_id, AttemptRow.item_id == item_id).limit(1)
    )
    return found is not None


def last_seen(session: Session, user_id: UUID, certification: str) -> dict[str, date]:
    """The last study day of each item seen, by item id: one index probe an item, however long the history."""
    last = (
        select(func.max(AttemptRow.study_day))
        .where(AttemptRow.user_id == user_id, AttemptRow.item_id == ItemRow.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(ItemRow.id, last).where(ItemRow.certification == certification, ItemRow.retired_on.is_(None))
    )
    return {item_id: day for item_id, day in rows if day is not None}


def recent(session: Session, user_id: UUID, certification: str, limit: int) -> Sequence[tuple[str, str]]:
    """Concept and domain of the newest attempts on a certification, newest first."""
    rows = session.execute(
        select(AttemptRow.concept, AttemptRow.domain)
        .where(AttemptRow.user_id == user_id, AttemptRow.certification == certification)
        .order_by(AttemptRow.id.desc())
        .limit(limit)
    )
    return [(concept, domain) for concept, domain in rows]


def answered_on(session: Session, user_id: UUID, day: date) -> int:
    """How many attempts of one study day stand."""
    # no study day reaches further from its date's midnight UTC than this
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    around = AttemptRow.answered_at.between(noon - timedelta(days=2), noon + timedelta(days=3))
    return (
        session.scalar(
            select(func.count())
            .select_from(AttemptRow)
            .where(AttemptRow.user_id == user_id, around, AttemptRow.study_day == day, ~RETRACTED)
        )
        or 0
    )


def to_fold(session: Session, user_id: UUID) -> Iterator[Attempt]:
    """Every attempt that counts, oldest first: not retracted, and its item version not void."""
    rows = session.execute(
        select(*COLUMNS)
        .where(AttemptRow.user_id == user_id, ~RETRACTED, ~TO_A_VOID_VERSION)
        .order_by(AttemptRow.answered_at, AttemptRow.id)
    )
    return (Attempt(*row) for row in rows)


def tallies(session: Session, user_id: UUID, certification: str) -> dict[tuple[str, bool], tuple[int, int]]:
    """Answers and right ones, by (domain, first sight), of the attempts that count."""
    rows = session.execute(
        select(
            AttemptRow.domain,
            AttemptRow.first_sight,
            func.count(),
            func.count().filter(AttemptRow.correct.is_(True)),
        )
        .where(
            AttemptRow.user_id == user_id,
            AttemptRow.certification == certification,
            ~RETRACTED,
            ~TO_A_VOID_VERSION,
        )
        .group_by(AttemptRow.domain, AttemptRow.first_sight)
    )
    return {(domain, first): (answers, right) for domain, first, answers, right in rows}


def by_confidence(session: Session, user_id: UUID, *, first_sight: bool) -> dict[str, tuple[int, int]]:
    """Answers and right ones, of first sights or of repeats, by what the learner said of them."""
    rows = session.execute(
        select(AttemptRow.confidence, func.count(), func.count().filter(AttemptRow.correct.is_(True)))
        .where(
            AttemptRow.user_id == user_id,
            AttemptRow.first_sight.is_(first_sight),
            AttemptRow.confidence.is_not(None),
            ~RETRACTED,
            ~TO_A_VOID_VERSION,
        )
        .group_by(AttemptRow.confidence)
    )
    return {said: (answers, right) for said, answers, right in rows if said is not None}


def predictions(session: Session, user_id: UUID, edges: Sequence[float]) -> list[tuple[int, tuple[int, int, float]]]:
    """Attempts that count, by the band of their predicted chance between `edges`, lowest first: the band's number,
    and its answers, right ones, and sum of the chances. Empty bands are left out."""
    band = case(*((AttemptRow.predicted < edge, number) for number, edge in enumerate(edges)), else_=len(edges))
    rows = session.execute(
        select(
            band,
            func.count(),
            func.count().filter(AttemptRow.correct.is_(True)),
            func.sum(AttemptRow.predicted),
        )
        .where(AttemptRow.user_id == user_id, ~RETRACTED, ~TO_A_VOID_VERSION)
        .group_by(band)
        .order_by(band)
    )
    return [(number, (answers, right, expected)) for number, answers, right, expected in rows]
