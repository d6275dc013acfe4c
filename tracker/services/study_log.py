"""Writing the study log: add, edit, delete, and take the deletion back."""

import random
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tracker.core.identifiers import uuid7
from tracker.core.study_log import NOT_OFFERED, Entry, Problem, problems
from tracker.store import bank, plans, study_log, targets
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
    _check(session, user_id, entry, None, today)
    entry_id = uuid7(now, rng)
    study_log.add(session, user_id, entry_id, entry, now)
    return entry_id


def edit(session: Session, user_id: UUID, entry_id: UUID, entry: Entry, revision: int, *, today: date) -> None:
    """Change an entry that still stands at `revision`. Raises UnknownEntry, ChangedMeanwhile, BadEntry."""
    known = _own(session, user_id, entry_id)
    if known.revision != revision:
        raise ChangedMeanwhile(known)
    _check(session, user_id, entry, known, today)
    study_log.change(session, user_id, entry_id, **vars(entry))


def delete(session: Session, user_id: UUID, entry_id: UUID, *, now: datetime) -> None:
    """Take an entry out of the log; `restore` brings it back. Raises UnknownEntry."""
    _own(session, user_id, entry_id)
    study_log.change(session, user_id, entry_id, deleted_at=now)


def restore(session: Session, user_id: UUID, entry_id: UUID, *, today: date) -> None:
    """Bring a deleted entry back. Raises UnknownEntry, BadEntry when its day is full meanwhile."""
    known = _own(session, user_id, entry_id)
    _check(session, user_id, known.entry, known, today)
    study_log.change(session, user_id, entry_id, deleted_at=None)


def _own(session: Session, user_id: UUID, entry_id: UUID) -> Logged:
    known = study_log.entry(session, user_id, entry_id)
    if known is None:
        raise UnknownEntry
    return known


def _check(session: Session, user_id: UUID, entry: Entry, known: Logged | None, today: date) -> None:
    """Raise BadEntry if the entry cannot be kept; `known` is the one that it takes the place of."""
    minutes = study_log.minutes_of_day(session, user_id, entry.study_day, but=known.id if known else None)
    found = problems(entry, today, minutes)
    kept = (known.entry.step_id, known.entry.concept) if known else (None, None)
    if (entry.step_id, entry.concept) != kept and not _offered(session, user_id, entry):
        found.append(NOT_OFFERED)
    if found:
        raise BadEntry(found)


def _offered(session: Session, user_id: UUID, entry: Entry) -> bool:
    """Whether the step is one of the learner's plan, and the concept one of the certifications aimed at."""
    if entry.step_id is not None and not plans.current_step(session, user_id, entry.step_id):
        return False
    if entry.concept is None:
        return True
    aimed = [target.certification for target in targets.targets(session, user_id)]
    return entry.concept in bank.concept_names(session, asked_in=aimed)
