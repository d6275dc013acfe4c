"""Reporting a question, taking the report back, and the operator's answer to it."""

import random
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tracker.core.identifiers import uuid7
from tracker.core.item_report import Problem, Said, problems, problems_of_answer
from tracker.store import attempts, item_reports, learners
from tracker.store.item_reports import ItemReport


class UnknownReport(LookupError):
    """The learner has no such report, or no such answer to report a question from."""


class BadReport(ValueError):
    """A report or an answer that cannot be kept; carries its problems by field."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in found))
        self.problems = found


class ChangedMeanwhile(Exception):
    """What the form was made over is not what stands; carries the report as it stands."""

    def __init__(self, stands: ItemReport) -> None:
        super().__init__("changed meanwhile")
        self.stands = stands


def send(
    session: Session,
    user_id: UUID,
    attempt_id: UUID,
    said: Said,
    stood: datetime | None,
    *,
    now: datetime,
    rng: random.Random,
) -> ItemReport:
    """Report the question of an own answer; while a report of it is open, this changes that one.

    `stood`: the instant of the open report that the form showed, None without one. Sending the same again changes
    nothing. Raises UnknownReport, BadReport, ChangedMeanwhile.
    """
    attempt = attempts.attempt(session, user_id, attempt_id)
    if attempt is None:
        raise UnknownReport
    found = problems(said)
    if found:
        raise BadReport(found)
    stands = item_reports.open_report(session, user_id, attempt.item_id)
    if stands is None:
        made = ItemReport(uuid7(now, rng), attempt.item_id, attempt.item_version, said.reason, said.note, now)
        item_reports.add(session, user_id, made)
        return made
    if Said(stands.reason, stands.note) != said:
        if stands.at != stood:
            raise ChangedMeanwhile(stands)
        item_reports.change(session, user_id, stands.id, item_version=attempt.item_version, at=now, **vars(said))
    return stands


def withdraw(session: Session, user_id: UUID, report_id: UUID, *, now: datetime) -> ItemReport:
    """Take back a report that waits for an answer; `restore` brings it back. Raises UnknownReport."""
    report = _own(session, user_id, report_id)
    if report.answered_at is not None:
        raise UnknownReport
    if report.withdrawn_at is None:
        item_reports.change(session, user_id, report_id, withdrawn_at=now)
    return report


def restore(session: Session, user_id: UUID, report_id: UUID) -> ItemReport:
    """Bring a withdrawn report back. Raises UnknownReport, ChangedMeanwhile when there is a newer one."""
    report = _own(session, user_id, report_id)
    if report.withdrawn_at is not None:
        _only_one(session, user_id, report)
        item_reports.change(session, user_id, report_id, withdrawn_at=None)
    return report


def answer(session: Session, user_id: UUID, report_id: UUID, text: str, *, now: datetime) -> ItemReport:
    """The operator's answer to a learner's report, which is thereby closed.

    Raises UnknownReport (also when it was withdrawn), BadReport, ChangedMeanwhile when it has another answer.
    """
    learners.lock(session, user_id)
    report = _own(session, user_id, report_id)
    if report.withdrawn_at is not None:
        raise UnknownReport
    found = problems_of_answer(text)
    if found:
        raise BadReport(found)
    if report.answer not in (None, text):
        raise ChangedMeanwhile(report)
    if report.answer is None:
        item_reports.change(session, user_id, report_id, answer=text, answered_at=now)
    return report


def reopen(session: Session, user_id: UUID, report_id: UUID) -> ItemReport:
    """Take the operator's answer back. Raises UnknownReport, ChangedMeanwhile when the learner sent a newer one."""
    learners.lock(session, user_id)
    report = _own(session, user_id, report_id)
    if report.answered_at is not None:
        _only_one(session, user_id, report)
        item_reports.change(session, user_id, report_id, answer=None, answered_at=None)
    return report


def _own(session: Session, user_id: UUID, report_id: UUID) -> ItemReport:
    report = item_reports.report(session, user_id, report_id)
    if report is None:
        raise UnknownReport
    return report


def _only_one(session: Session, user_id: UUID, report: ItemReport) -> None:
    stands = item_reports.open_report(session, user_id, report.item_id)
    if stands is not None:
        raise ChangedMeanwhile(stands)
