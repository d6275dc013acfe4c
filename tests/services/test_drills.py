"""Runs about a part of the bank, and about pools."""

import pytest
from sqlalchemy import Engine

from tests import bank_factory as factory
from tests.databases import on_both_databases
from tests.student import Student
from tracker.core.drill import Scope
from tracker.core.practice import DIAGNOSTIC, DIAGNOSTIC_LENGTH, DRILL
from tracker.services import bank_facts, drills, standings
from tracker.services.practice import NothingToAsk
from tracker.store.engine import reading, writing
from tracker.store.runs import Run

pytestmark = on_both_databases


@pytest.fixture
def mika(database: Engine) -> Student:
    student = Student(database)
    student.change(cap=1_000)
    return student


def drill(student: Student, scope: str) -> Run:
    return student.start(mode=DRILL, scope=Scope.parse(scope))


def asked(student: Student, run: Run, right: bool = True, confidence: str = "think") -> list[str]:
    """Answer the whole run; the items it asked."""
    found = []
    while student.run(run).ended_at is None:
        student.later(minutes=1)
        found.append(student.answer(run, right=right, confidence=confidence).item_id)
    return found


def counts(student: Student) -> drills.Counts:
    with reading(student.engine) as session:
        known = bank_facts.read(session, student.learner, factory.SLUG)
        return drills.counts(session, student.learner, known)


@pytest.mark.parametrize(
    ("scope", "belongs", "length"),
    [
        ("domain:D2", lambda raw: raw["task"].startswith("2."), 12),
        ("task:1.2", lambda raw: raw["task"] == "1.2", 6),
        ("concept:concept-3", lambda raw: raw["concept"] == "concept-3", 3),
    ],
)
def test_a_drill_asks_its_part_and_nothing_else(mika: Student, scope: str, belongs: object, length: int) -> None:
    run = drill(mika, scope)
    assert (run.mode, run.scope, run.length) == (DRILL, scope, length)
    found = asked(mika, run)
    assert set(found) == {raw["id"] for raw in factory.good_items() if belongs(raw)}  # type: ignore[operator]
    assert len(found) == length


def test_the_same_drill_goes_on_and_another_one_ends_it(mika: Student) -> None:
    run = drill(mika, "domain:D1")
    assert drill(mika, "domain:D1") == run
    other = drill(mika, "domain:D2")
    assert other.id != run.id
    assert mika.run(run).ended_at is not None
    # Smart Review beside it is a run of its own
    assert mika.start().mode != DRILL
    assert mika.run(other).ended_at is None


def test_a_drill_asks_again_on_another_day_but_not_on_the_same(mika: Student) -> None:
    asked(mika, drill(mika, "concept:concept-0"))
    with pytest.raises(NothingToAsk):
        drill(mika, "concept:concept-0")
    mika.later(days=1)
    assert len(asked(mika, drill(mika, "concept:concept-0"))) == 3


def test_what_was_missed_can_be_taken_up_the_same_day_each_once_a_run(mika: Student) -> None:
    missed = asked(mika, drill(mika, "concept:concept-1"), right=False, confidence="sure")
    found = counts(mika)
    assert (found["pool:missed"], found["pool:sure-but-wrong"], found["pool:unseen"]) == (3, 3, 21)
    run = drill(mika, "pool:sure-but-wrong")
    assert sorted(asked(mika, run, right=False)) == sorted(missed)
    found = counts(mika)
    assert (found["pool:missed"], found["pool:sure-but-wrong"]) == (3, 0)
    asked(mika, drill(mika, "pool:missed"))
    assert counts(mika)["pool:missed"] == 0


def test_an_answer_taken_back_is_in_no_pool(mika: Student) -> None:
    run = drill(mika, "concept:concept-2")
    mika.later(minutes=1)
    mika.undo(mika.answer(run, right=False))
    assert counts(mika)["pool:missed"] == 0
    assert counts(mika)["pool:unseen"] == 24


def test_flags_and_guesses_are_pools(mika: Student, database: Engine) -> None:
    guessed = asked(mika, drill(mika, "concept:concept-4"), confidence="guess")
    with writing(database) as session:
        assert drills.turn_flag(session, mika.learner, "demo-d1-000", now=mika.now)
        assert drills.turn_flag(session, mika.learner, "demo-d1-001", now=mika.now)
        assert not drills.turn_flag(session, mika.learner, "demo-d1-001", now=mika.now)
        session.commit()
    found = counts(mika)
    assert (found["pool:guessed"], found["pool:flagged"]) == (3, 1)
    assert sorted(asked(mika, drill(mika, "pool:guessed"))) == sorted(guessed)
    assert asked(mika, drill(mika, "pool:flagged")) == ["demo-d1-000"]


def test_an_empty_pool_has_nothing_to_ask(mika: Student) -> None:
    with pytest.raises(NothingToAsk):
        drill(mika, "pool:missed")


def test_the_parts_hold_what_the_bank_holds(mika: Student) -> None:
    found = counts(mika)
    assert (found["domain:D1"], found["task:2.2"], found["concept:concept-7"]) == (12, 6, 3)


def test_a_diagnostic_asks_twenty_unseen_items_spread_like_the_exam(mika: Student) -> None:
    run = mika.start(mode=DIAGNOSTIC)
    assert run.length == DIAGNOSTIC_LENGTH == 20
    found = asked(mika, run)
    assert len(found) == len(set(found)) == 20
    assert sum("-d1-" in item_id for item_id in found) == 10
    belief = mika.state().abilities["all"]
    assert (belief.answers, belief.first_sights) == (20, 20)


def test_a_diagnostic_keeps_its_questions_while_other_answers_come_between(mika: Student) -> None:
    run = mika.start(mode=DIAGNOSTIC)
    with reading(mika.engine) as session:
        known = bank_facts.read(session, mika.learner, factory.SLUG)
        standing = standings.read(session, mika.learner, known, mika.state())
        planned = drills.diagnostic(session, mika.learner, run, known, standing)
    first = mika.answer(run).item_id
    with reading(mika.engine) as session:
        standing = standings.read(session, mika.learner, known, mika.state())
        assert drills.diagnostic(session, mika.learner, run, known, standing) == planned - {first}


def test_a_diagnostic_with_little_left_unseen_is_shorter(mika: Student) -> None:
    asked(mika, drill(mika, "domain:D1"))
    run = mika.start(mode=DIAGNOSTIC)
    assert len(asked(mika, run)) == 12
