"""Choosing what to be certified in."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from tracker.core.roadmap import FURTHEST_EXAM
from tracker.services.accounts import StaleForm
from tracker.store import bank, targets
from tracker.store.targets import Target


class UnknownCertification(LookupError):
    """There is no certification with this slug."""


class ExamDayPast(ValueError):
    """An exam cannot be planned for a day that is over."""


class ExamDayFar(ValueError):
    """Nobody plans an exam this many years ahead; the year is mistyped."""


def choose(
    session: Session, user_id: UUID, slug: str, *, exam_day: date | None, revision: int, today: date
) -> Target:
    """Aim at a certification, in its exam version that is open today; again: move its date.

    Raises UnknownCertification, ExamDayPast, ExamDayFar, StaleForm.
    """
    certification = bank.certification(session, slug)
    if certification is None:
        raise UnknownCertification(slug)
    if exam_day is not None and exam_day < today:
        raise ExamDayPast
    if exam_day is not None and exam_day - today > FURTHEST_EXAM:
        raise ExamDayFar
    known = targets.target(session, user_id, slug)
    if known is not None and known.state != "dropped" and known.revision != revision:
        raise StaleForm
    version = certification.open_version(exam_day or today)
    chosen = Target(
        certification=slug,
        exam_code=version.code,
        language="en",
        exam_day=exam_day,
        extra_time=known.extra_time if known else 1.0,
        state="planned",
        revision=known.revision + 1 if known else 1,
    )
    targets.save(session, user_id, chosen)
    return chosen


def renew(session: Session, user_id: UUID, *, today: date) -> None:
    """Aim at the successor where an exam version has ended and no day was set for it."""
    for known in targets.targets(session, user_id):
        certification = bank.certification(session, known.certification)
        if certification is None or known.exam_day is not None:
            continue
        version = certification.open_version(today)
        if not bank.exam_version(certification, known.exam_code).is_open(today) and version.is_open(today):
            targets.save(session, user_id, replace(known, exam_code=version.code, revision=known.revision + 1))


def drop(session: Session, user_id: UUID, slug: str) -> None:
    """Stop aiming at a certification; its answers and cards stay. Raises UnknownCertification."""
    known = targets.target(session, user_id, slug)
    if known is None:
        raise UnknownCertification(slug)
    targets.save(session, user_id, replace(known, state="dropped", revision=known.revision + 1))
