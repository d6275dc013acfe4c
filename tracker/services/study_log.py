"""Writing the study log: add, edit, delete, and take the deletion back."""

import random
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tracker.core.identifiers import uuid7
from tracker.core.study_log import Entry, Problem, problems
from tracker.store import study_log
from tracker.store.study_log import Logged


class BadEntry(ValueError):
    """An entry that cannot be kept; carries its problems by field."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in found))
        self.problems = found


class UnknownEntry(LookupError):
    """The learner has no such entry."""


class ChangedMeanwhile(Exception):
    """Another tab saved the entry after this form was shown; carries the entry as it stands."""

    def __init__(self, stands: Logged) -> None:
        super().__init__("changed meanwhile")
        self.stands = stands


def add(session: Session, user_id: UUID, entry: Entry, *, today: date, now: datetime, rng: random.Random) -> UUID:
    """Write a new entry; its id. Raises BadEntry."""
    _check(entry, today, study_log.minutes_of_day(session, user_id, entry.study_day))
    entry_id = uuid7(now, rng)
    study_log.add(session, user_id, entry_id, entry, now)
    return entry_id


def edit(session: Session, user_id: UUID, entry_id: UUID, entry: Entry, revision: int, *, today: date) -> None:
    """Change an entry that still stands at `revision`. Raises UnknownEntry, ChangedMeanwhile, BadEntry."""
    known = _own(session, user_id, entry_id)
    if known.revision != revision:
        raise ChangedMeanwhile(known)
    _check(entry, today, study_log.minutes_of_day(session, user_id, entry.study_day, but=entry_id))
    study_log.change(session, user_id, entry_id, **vars(entry))


def delete(session: Session, user_id: UUID, entry_id: UUID, *, now: datetime) -> None:
    """Take an entry out of the log; `restore` brings it back. Raises UnknownEntry."""
    _own(session, user_id, entry_id)
    study_log.change(session, user_id, entry_id, deleted_at=now)


def restore(session: Session, user_id: UUID, entry_id: UUID, *, today: date) -> None:
    """Bring a deleted entry back. Raises UnknownEntry, BadEntry when its day is full meanwhile."""
    known = _own(session, user_id, entry_id)
    _check(known.entry, today, study_log.minutes_of_day(session, user_id, known.entry.study_day, but=entry_id))
    study_log.change(session, user_id, entry_id, deleted_at=None)


def _own(session: Session, user_id: UUID, entry_id: UUID) -> Logged:
    known = study_log.entry(session, user_id, entry_id)
    if known is None:
        raise UnknownEntry
    return known


def _check(entry: Entry, today: date, minutes_of_day: int) -> None:
    found = problems(entry, today, minutes_of_day)
    if found:
        raise BadEntry(found)
