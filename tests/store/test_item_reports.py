"""Reports of questions as the database keeps them."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from tests.databases import START, on_both_databases
from tests.student import Student
from tracker.store import item_reports
from tracker.store.engine import reading, writing
from tracker.store.item_reports import ItemReport

pytestmark = on_both_databases


@pytest.fixture
def mika(database: Engine) -> Student:
    return Student(database)


@pytest.fixture
def noor(database: Engine) -> Student:
    return Student(database, "Noor", seed=2)


def made(number: int, item_id: str = "demo-d1-000", minute: int = 0) -> ItemReport:
    return ItemReport(UUID(int=number), item_id, 1, "unclear", "", START + timedelta(minutes=minute))


def add(student: Student, *values: ItemReport) -> None:
    with writing(student.engine) as session:
        for value in values:
            item_reports.add(session, student.user_id, value)
        session.commit()


def change(student: Student, number: int, minute: int, **texts: str) -> None:
    at = START + timedelta(minutes=minute)
    values = {"answer": texts["answer"], "answered_at": at} if texts else {"withdrawn_at": at}
    with writing(student.engine) as session:
        item_reports.change(session, student.user_id, UUID(int=number), **values)
        session.commit()


def test_what_was_reported_comes_back(mika: Student, noor: Student) -> None:
    value = replace(made(1), note="Which one?\nBoth?")
    add(mika, value)
    with reading(mika.engine) as session:
        assert item_reports.report(session, mika.user_id, value.id) == value
        assert item_reports.open_report(session, mika.user_id, value.item_id) == value
        assert item_reports.report(session, noor.user_id, value.id) is None
        assert item_reports.open_report(session, noor.user_id, value.item_id) is None


def test_a_learner_has_one_open_report_of_an_item(mika: Student, noor: Student) -> None:
    add(mika, made(1))
    add(noor, made(2))
    add(mika, made(3, "demo-d1-001"))
    with pytest.raises(IntegrityError):
        add(mika, made(4))
    change(mika, 1, 5)
    add(mika, made(4))
    change(mika, 4, 6, answer="Thank you.")
    add(mika, made(5))


def test_the_latest_report_of_an_item_may_be_answered_but_not_withdrawn(mika: Student) -> None:
    def latest() -> int | None:
        with reading(mika.engine) as session:
            found = item_reports.latest(session, mika.user_id, "demo-d1-000")
        return found.id.int if found else None

    assert latest() is None
    add(mika, made(1))
    change(mika, 1, 1, answer="Thank you.")
    assert latest() == 1
    add(mika, made(2, minute=2))
    assert latest() == 2
    change(mika, 2, 3)
    assert latest() == 1


def test_a_learners_reports_are_listed_newest_first_up_to_a_limit(mika: Student, noor: Student) -> None:
    add(mika, *(made(number, f"item-{number}", number) for number in range(1, 5)))
    add(noor, made(9))
    change(mika, 3, 9)
    with reading(mika.engine) as session:
        assert [each.id.int for each in item_reports.of_learner(session, mika.user_id, 2)] == [4, 2]


def test_everybodys_open_and_answered_reports_are_apart(mika: Student, noor: Student) -> None:
    add(mika, made(1, "a", 1), made(2, "b", 2), made(3, "c", 3))
    add(noor, made(4, "a", 4), made(5, "b", 5))
    change(mika, 1, 20, answer="Thank you.")
    change(noor, 4, 10, answer="It is so on purpose.")
    change(mika, 2, 9)
    with reading(mika.engine) as session:
        waiting = item_reports.open_of_everybody(session, 10)
        answered = item_reports.answered_of_everybody(session, 10)
        assert item_reports.open_count_of_everybody(session) == 2
        assert len(item_reports.open_of_everybody(session, 1)) == 1
        assert len(item_reports.answered_of_everybody(session, 1)) == 1
    assert [(user_id, each.id.int) for user_id, each in waiting] == [(noor.user_id, 5), (mika.user_id, 3)]
    assert [(user_id, each.id.int) for user_id, each in answered] == [(mika.user_id, 1), (noor.user_id, 4)]
    assert [each.open for _, each in (*waiting, *answered)] == [True, True, False, False]
