"""Reporting a question, taking it back, and being answered."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.databases import START, on_both_databases
from tests.student import Student
from tracker.core.item_report import Said
from tracker.services import item_reports as verbs
from tracker.services.item_reports import BadReport, ChangedMeanwhile, UnknownReport
from tracker.store.attempts import Attempt
from tracker.store.engine import writing
from tracker.store.item_reports import ItemReport
from tracker.store.tables import ItemReportRow

pytestmark = on_both_databases
SAID = Said("unclear", "Which region is meant?")
OTHER = Said("key", "It should be B.")
Done = TypeVar("Done")


@pytest.fixture
def mika(database: Engine) -> Student:
    return Student(database)


@pytest.fixture
def attempt(mika: Student) -> Attempt:
    return mika.answer(mika.start())


def do(student: Student, verb: Callable[..., Done], *values: Any, **named: Any) -> Done:
    with writing(student.engine) as session:
        done = verb(session, student.user_id, *values, **named)
        session.commit()
    return done


def send(student: Student, attempt: Attempt, said: Said = SAID, stood: datetime | None = None) -> ItemReport:
    return do(student, verbs.send, attempt.id, said, stood, now=student.now, rng=student.rng)


def rows(student: Student) -> list[tuple[str, str, bool, str | None]]:
    found = sorted(student.rows(ItemReportRow), key=lambda row: row["id"].int)
    return [(row["reason"], row["note"], row["withdrawn_at"] is None, row["answer"]) for row in found]


def test_a_report_is_about_the_version_that_was_answered(mika: Student, attempt: Attempt) -> None:
    sent = send(mika, attempt)
    assert (sent.item_id, sent.item_version, sent.at, sent.open) == (attempt.item_id, 1, mika.now, True)


def test_sending_the_same_twice_makes_one(mika: Student, attempt: Attempt) -> None:
    first = send(mika, attempt)
    mika.later(minutes=1)
    assert send(mika, attempt) == first
    assert len(rows(mika)) == 1


def test_only_an_own_answer_can_be_reported(mika: Student, attempt: Attempt, database: Engine) -> None:
    noor = Student(database, "Noor", seed=2)
    with pytest.raises(UnknownReport):
        send(noor, attempt)
    assert rows(noor) == rows(mika) == []


def test_a_report_with_a_problem_is_not_kept(mika: Student, attempt: Attempt) -> None:
    with pytest.raises(BadReport) as bad:
        send(mika, attempt, Said("nonsense", "n" * 3_000))
    assert [problem.field for problem in bad.value.problems] == ["reason", "note"]
    assert rows(mika) == []


def test_an_open_report_is_changed_over_what_was_seen(mika: Student, attempt: Attempt) -> None:
    first = send(mika, attempt)
    mika.later(minutes=1)
    send(mika, attempt, OTHER, first.at)
    assert rows(mika) == [(OTHER.reason, OTHER.note, True, None)]


@pytest.mark.parametrize("back", [None, timedelta(minutes=1)])
def test_an_open_report_that_was_not_seen_is_not_overwritten(
    mika: Student, attempt: Attempt, back: timedelta | None
) -> None:
    first = send(mika, attempt)
    with pytest.raises(ChangedMeanwhile) as changed:
        send(mika, attempt, OTHER, first.at - back if back else None)
    assert changed.value.stands == first
    assert rows(mika) == [(SAID.reason, SAID.note, True, None)]


def test_a_report_is_withdrawn_and_brought_back(mika: Student, attempt: Attempt) -> None:
    report = send(mika, attempt)
    for _ in range(2):
        do(mika, verbs.withdraw, report.id, now=mika.now)
        assert rows(mika) == [(SAID.reason, SAID.note, False, None)]
    for _ in range(2):
        do(mika, verbs.restore, report.id)
        assert rows(mika) == [(SAID.reason, SAID.note, True, None)]


def test_a_withdrawn_report_stays_so_when_there_is_a_newer_one(mika: Student, attempt: Attempt) -> None:
    report = send(mika, attempt)
    do(mika, verbs.withdraw, report.id, now=mika.now)
    mika.later(minutes=1)
    newer = send(mika, attempt, OTHER)
    with pytest.raises(ChangedMeanwhile) as changed:
        do(mika, verbs.restore, report.id)
    assert changed.value.stands == newer
    assert [row[2] for row in rows(mika)] == [False, True]


def answer(student: Student, report: ItemReport, text: str = "Thank you.") -> ItemReport:
    return do(student, verbs.answer, report.id, text, now=student.now)


def test_an_answer_closes_a_report_and_can_be_taken_back(mika: Student, attempt: Attempt) -> None:
    report = send(mika, attempt)
    for _ in range(2):
        answer(mika, report)
        assert rows(mika) == [(SAID.reason, SAID.note, True, "Thank you.")]
    with pytest.raises(UnknownReport):
        do(mika, verbs.withdraw, report.id, now=mika.now)
    for _ in range(2):
        do(mika, verbs.reopen, report.id)
        assert rows(mika) == [(SAID.reason, SAID.note, True, None)]


def test_a_second_answer_does_not_replace_the_first(mika: Student, attempt: Attempt) -> None:
    report = send(mika, attempt)
    answer(mika, report)
    with pytest.raises(ChangedMeanwhile):
        answer(mika, report, "Something else.")
    assert rows(mika)[0][3] == "Thank you."


def test_an_answer_needs_words_and_a_report_that_stands(mika: Student, attempt: Attempt) -> None:
    report = send(mika, attempt)
    with pytest.raises(BadReport):
        answer(mika, report, "")
    do(mika, verbs.withdraw, report.id, now=mika.now)
    with pytest.raises(UnknownReport):
        answer(mika, report)
    assert rows(mika)[0][3] is None


def test_an_answer_is_not_taken_back_under_a_newer_report(mika: Student, attempt: Attempt) -> None:
    report = send(mika, attempt)
    answer(mika, report)
    mika.later(minutes=1)
    send(mika, attempt, OTHER)
    with pytest.raises(ChangedMeanwhile):
        do(mika, verbs.reopen, report.id)
    assert [row[3] for row in rows(mika)] == ["Thank you.", None]


@pytest.mark.parametrize(
    "verb",
    [
        lambda session, user_id: verbs.withdraw(session, user_id, uuid4(), now=START),
        lambda session, user_id: verbs.restore(session, user_id, uuid4()),
        lambda session, user_id: verbs.answer(session, user_id, uuid4(), "Thank you.", now=START),
        lambda session, user_id: verbs.reopen(session, user_id, uuid4()),
    ],
)
def test_a_report_that_is_not_there_is_told(mika: Student, verb: Callable[[Session, Any], None]) -> None:
    with pytest.raises(UnknownReport):
        do(mika, verb)
