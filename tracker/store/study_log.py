"""Entries of the study log, and the practice that stands beside them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from tracker.core.roadmap import CERTIFICATION
from tracker.core.study_log import Entry
from tracker.store.attempt_conditions import RETRACTED
from tracker.store.tables import AttemptRow, StudyLogRow


@dataclass(frozen=True)
class Logged:
    """An entry as stored; `revision` grows with each edit."""

    id: UUID
    entry: Entry
    written_at: datetime
    deleted_at: datetime | None
    revision: int


@dataclass(frozen=True)
class Practised:
    """A study day's practice on one certification, read from the attempts."""

    study_day: date
    certification: str
    answers: int
    right: int
    seconds: int

    @property
    def minutes(self) -> int:
        """Whole minutes, at least one: it did happen."""
        return max(1, round(self.seconds / 60))


def _logged(row: StudyLogRow) -> Logged:
    entry = Entry(row.study_day, row.minutes, row.activity, row.certification, row.step_id, row.concept, row.note)
    return Logged(row.id, entry, row.written_at, row.deleted_at, row.revision)


def add(session: Session, user_id: UUID, entry_id: UUID, entry: Entry, at: datetime) -> None:
    session.execute(
        insert(StudyLogRow).values(
            user_id=user_id, id=entry_id, written_at=at, deleted_at=None, revision=1, **vars(entry)
        )
    )


def change(session: Session, user_id: UUID, entry_id: UUID, **values: Any) -> None:
    session.execute(
        update(StudyLogRow)
        .where(StudyLogRow.user_id == user_id, StudyLogRow.id == entry_id)
        .values(**values, revision=StudyLogRow.revision + 1)
    )


def entry(session: Session, user_id: UUID, entry_id: UUID) -> Logged | None:
    row = session.scalar(select(StudyLogRow).where(StudyLogRow.user_id == user_id, StudyLogRow.id == entry_id))
    return _logged(row) if row else None


def entries(
    session: Session,
    user_id: UUID,
    *,
    first: date | None = None,
    last: date | None = None,
    activity: str | None = None,
    certification: str | None = None,
) -> list[Logged]:
    """The entries that were not deleted, newest day first; days inclusive, other filters by equality."""
    query = select(StudyLogRow).where(StudyLogRow.user_id == user_id, StudyLogRow.deleted_at.is_(None))
    if first is not None:
        query = query.where(StudyLogRow.study_day >= first)
    if last is not None:
        query = query.where(StudyLogRow.study_day <= last)
    if activity is not None:
        query = query.where(StudyLogRow.activity == activity)
    if certification is not None:
        query = query.where(StudyLogRow.certification == certification)
    rows = session.scalars(query.order_by(StudyLogRow.study_day.desc(), StudyLogRow.id.desc()))
    return [_logged(row) for row in rows]


def minutes_of_day(session: Session, user_id: UUID, day: date, *, but: UUID | None = None) -> int:
    """Minutes logged on a study day, leaving out the entry `but`."""
    query = select(func.coalesce(func.sum(StudyLogRow.minutes), 0)).where(
        StudyLogRow.user_id == user_id, StudyLogRow.study_day == day, StudyLogRow.deleted_at.is_(None)
    )
    if but is not None:
        query = query.where(StudyLogRow.id != but)
    return session.scalar(query) or 0


def minutes_by_day(session: Session, user_id: UUID, first: date) -> dict[date, int]:
    """Minutes by study day from `first` on, of entries and of practice together."""
    rows = session.execute(
        select(StudyLogRow.study_day, func.sum(StudyLogRow.minutes))
        .where(StudyLogRow.user_id == user_id, StudyLogRow.deleted_at.is_(None), StudyLogRow.study_day >= first)
        .group_by(StudyLogRow.study_day)
    )
    found: dict[date, int] = {row[0]: row[1] for row in rows}
    for each in practised(session, user_id, first=first):
        found[each.study_day] = found.get(each.study_day, 0) + each.minutes
    return found


def last_day(session: Session, user_id: UUID) -> date | None:
    """The latest day with an entry, None without one."""
    return session.scalar(
        select(func.max(StudyLogRow.study_day)).where(
            StudyLogRow.user_id == user_id, StudyLogRow.deleted_at.is_(None)
        )
    )


def minutes_by_step(session: Session, user_id: UUID) -> dict[str, int]:
    """Minutes spent on each step of the roadmap.

    A certification's step has, beside its own entries, those for the certification that name no step, and
    its practice: reviews are part of its hours.
    """
    rows = session.execute(
        select(StudyLogRow.step_id, StudyLogRow.certification, func.sum(StudyLogRow.minutes))
        .where(StudyLogRow.user_id == user_id, StudyLogRow.deleted_at.is_(None))
        .group_by(StudyLogRow.step_id, StudyLogRow.certification)
    )
    found: dict[str, int] = defaultdict(int)
    for step_id, certification, minutes in rows:
        if step_id is not None:
            found[step_id] += minutes
        elif certification is not None:
            found[CERTIFICATION + certification] += minutes
    for certification, seconds in _seconds_practised(session, user_id):
        found[CERTIFICATION + certification] += round(seconds / 60)
    return dict(found)


def _seconds_practised(session: Session, user_id: UUID) -> list[tuple[str, int]]:
    rows = session.execute(
        select(AttemptRow.certification, func.sum(AttemptRow.seconds))
        .where(AttemptRow.user_id == user_id, ~RETRACTED)
        .group_by(AttemptRow.certification)
    )
    return [(certification, seconds) for certification, seconds in rows]


def practised(
    session: Session,
    user_id: UUID,
    *,
    first: date | None = None,
    last: date | None = None,
    certification: str | None = None,
) -> list[Practised]:
    """Practice by study day and certification, newest first, of the attempts that stand."""
    query = (
        select(
            AttemptRow.study_day,
            AttemptRow.certification,
            func.count(),
            func.count().filter(AttemptRow.correct.is_(True)),
            func.sum(AttemptRow.seconds),
        )
        .where(AttemptRow.user_id == user_id, ~RETRACTED)
        .group_by(AttemptRow.study_day, AttemptRow.certification)
        .order_by(AttemptRow.study_day.desc(), AttemptRow.certification)
    )
    if first is not None:
        # no study day begins earlier than this, and the index is on the instant
        noon = datetime(first.year, first.month, first.day, 12, tzinfo=UTC)
        query = query.where(AttemptRow.answered_at >= noon - timedelta(days=2), AttemptRow.study_day >= first)
    if last is not None:
        query = query.where(AttemptRow.study_day <= last)
    if certification is not None:
        query = query.where(AttemptRow.certification == certification)
    return [Practised(*row) for row in session.execute(query)]
