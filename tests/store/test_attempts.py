"""Questions asked of the attempts."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from tests import bank_factory as factory
from tests.databases import START, on_both_databases
from tests.student import Student, load, retire, void
from tracker.core.identifiers import uuid7
from tracker.store import attempts
from tracker.store.attempts import Attempt
from tracker.store.engine import reading, writing

pytestmark = on_both_databases

DAY = date(2026, 11, 20)
RUN = UUID(int=1)


@pytest.fixture
def mika(database: Engine) -> Student:
    return Student(database)


def add(student: Student, minute: int, item: int = 0, **changes: Any) -> Attempt:
    """An attempt in the given minute."""
    at = START + timedelta(minutes=minute)
    parsed = factory.bank().items[item]
    value = Attempt(
        **{
            "id": uuid7(at, student.rng),
            "run_id": RUN,
            "sitting_id": None,
            "item_id": parsed.id,
            "item_version": 1,
            "certification": parsed.certification,
            "domain": parsed.domain,
            "concept": parsed.concept,
            "mode": "review",
            "shuffle_seed": 2**31 - 1,
            "response": [0],
            "correct": True,
            "confidence": "sure",
            "seconds": 20,
            "predicted": 0.123456789012345,
            "first_sight": True,
            "answered_at": at,
            "study_day": DAY,
            **changes,
        }
    )
    with writing(student.engine) as session:
        attempts.add(session, student.user_id, value)
        session.commit()
    return value


def retract(student: Student, attempt: Attempt) -> None:
    with writing(student.engine) as session:
        attempts.retract(session, student.user_id, attempt.id, START)
        session.commit()


def ask(student: Student, question: Any, *arguments: Any) -> Any:
    with reading(student.engine) as session:
        return question(session, student.user_id, *arguments)


def test_an_attempt_comes_back_as_it_went_in(mika: Student) -> None:
    plain, paper = (
        add(mika, 0),
        add(mika, 1, run_id=None, sitting_id=UUID(int=9), confidence=None, response=[2, 0, 1]),
    )
    for value in (plain, paper):
        assert ask(mika, attempts.attempt, value.id) == value
    assert ask(mika, attempts.attempt, UUID(int=5)) is None


def test_an_id_is_used_once(mika: Student) -> None:
    value = add(mika, 0)
    with pytest.raises(IntegrityError):
        add(mika, 1, id=value.id)


def test_another_learner_may_have_the_same_id_and_sees_nothing(database: Engine, mika: Student) -> None:
    noor = Student(database, "Noor")
    value = add(mika, 0)
    assert ask(noor, attempts.attempt, value.id) is None
    assert ask(noor, attempts.latest) is None
    assert ask(noor, attempts.last_seen, factory.SLUG) == {}
    assert not ask(noor, attempts.was_seen, value.item_id)
    assert ask(noor, attempts.answered_on, DAY) == 0
    assert add(noor, 0, id=value.id).id == value.id


def test_the_latest_is_by_instant_and_counts_retracted_ones(mika: Student) -> None:
    add(mika, 5, id=UUID(int=2**127))
    last = add(mika, 6, id=UUID(int=1))
    retract(mika, last)
    assert ask(mika, attempts.latest) == last
    assert ask(mika, attempts.retracted, last.id)


def test_a_retracted_attempt_stands_nowhere_but_stays_seen(mika: Student) -> None:
    kept, gone = add(mika, 0, item=0), add(mika, 1, item=3)
    retract(mika, gone)
    assert not ask(mika, attempts.retracted, kept.id)
    assert ask(mika, attempts.of_run, RUN) == [kept]
    assert ask(mika, attempts.count_of_run, RUN) == 1
    assert ask(mika, attempts.of_concept, gone.concept) == []
    assert list(ask_fold(mika)) == [kept]
    assert ask(mika, attempts.answered_on, DAY) == 1
    assert ask(mika, attempts.tallies, factory.SLUG) == {("D1", True): (1, 1)}
    assert ask(mika, attempts.was_seen, gone.item_id)
    assert ask(mika, attempts.last_seen, factory.SLUG).keys() == {kept.item_id, gone.item_id}


def test_an_answer_to_a_void_version_leaves_the_fold_and_the_tallies(mika: Student) -> None:
    kept, gone = add(mika, 0, item=0), add(mika, 1, item=3)
    with writing(mika.engine) as session:
        void(session, gone.item_id, 1)
        session.commit()
    assert list(ask_fold(mika)) == [kept]
    assert ask(mika, attempts.tallies, factory.SLUG) == {("D1", True): (1, 1)}
    assert ask(mika, attempts.of_run, RUN) == [kept, gone]


def ask_fold(student: Student) -> list[Attempt]:
    with reading(student.engine) as session:
        return list(attempts.to_fold(session, student.user_id))


def test_the_fold_is_oldest_first_and_leaves_void_versions_out(mika: Student) -> None:
    third, first, second = add(mika, 9), add(mika, 2, item=1), add(mika, 5, item=2)
    newer = add(mika, 10, item=1, item_version=2)
    assert ask_fold(mika) == [first, second, third, newer]
    with writing(mika.engine) as session:
        void(session, first.item_id, 1)
        session.commit()
    assert ask_fold(mika) == [second, third, newer]


def test_a_run_has_its_own_attempts_in_order(mika: Student) -> None:
    one, _, two = add(mika, 0), add(mika, 1, run_id=UUID(int=2)), add(mika, 2)
    assert ask(mika, attempts.of_run, RUN) == [one, two]
    assert ask(mika, attempts.count_of_run, UUID(int=3)) == 0


def test_the_newest_of_a_concept(mika: Student) -> None:
    one, two, three = (add(mika, minute) for minute in range(3))
    add(mika, 3, item=3)
    assert ask(mika, attempts.of_concept, one.concept) == [three, two, one]
    assert ask(mika, attempts.of_concept, one.concept, 2) == [three, two]


def test_recent_is_newest_first_within_a_certification(mika: Student) -> None:
    for minute, item in enumerate((0, 12, 3)):
        add(mika, minute, item)
    add(mika, 5, certification="aws-more")
    found = ask(mika, attempts.recent, factory.SLUG, 2)
    assert found == [("concept-1", "D1"), ("concept-4", "D2")]


def test_last_seen_is_the_last_day_of_items_in_use(mika: Student) -> None:
    add(mika, 0, study_day=date(2026, 11, 1))
    seen = add(mika, 1, study_day=date(2026, 11, 19), item_version=2)
    gone = add(mika, 2, item=4)
    with writing(mika.engine) as session:
        retire(session, [gone.item_id])
        session.commit()
    assert ask(mika, attempts.last_seen, factory.SLUG) == {seen.item_id: date(2026, 11, 19)}
    assert ask(mika, attempts.last_seen, "aws-more") == {}


def test_tallies_part_first_sights_from_repeats(mika: Student) -> None:
    add(mika, 0)
    add(mika, 1, correct=False)
    add(mika, 2, first_sight=False)
    add(mika, 3, item=12, correct=False)
    add(mika, 4, certification="aws-more")
    assert ask(mika, attempts.tallies, factory.SLUG) == {
        ("D1", True): (2, 1),
        ("D1", False): (1, 1),
        ("D2", True): (1, 0),
    }


@pytest.mark.parametrize(
    "instant",
    [
        # the extremes of a study day: UTC+14 from its first moment, UTC-12 with a day that starts at 23:59
        datetime(2026, 11, 19, 10, 0, tzinfo=UTC),
        datetime(2026, 11, 22, 11, 58, 59, tzinfo=UTC),
    ],
)
def test_a_study_day_is_counted_wherever_it_lies(mika: Student, instant: datetime) -> None:
    add(mika, 0, answered_at=instant)
    add(mika, 1, study_day=date(2026, 11, 21))
    assert ask(mika, attempts.answered_on, DAY) == 1


def test_the_last_day_is_that_of_the_newest_answer_that_stands(mika: Student) -> None:
    assert ask(mika, attempts.last_day, factory.SLUG) is None
    add(mika, 0)
    add(mika, 3 * 24 * 60, item=3, study_day=DAY + timedelta(days=3))
    add(mika, 5 * 24 * 60, certification="aws-more", study_day=DAY + timedelta(days=5))
    late = add(mika, 6 * 24 * 60, study_day=DAY + timedelta(days=6))
    assert ask(mika, attempts.last_day, factory.SLUG) == date(2026, 11, 26)
    with writing(mika.engine) as session:
        attempts.retract(session, mika.user_id, late.id, START + timedelta(days=7))
        session.commit()
    assert ask(mika, attempts.last_day, factory.SLUG) == date(2026, 11, 23)


def test_predictions_are_counted_by_band_without_what_does_not_count(mika: Student, database: Engine) -> None:
    load(database, factory.bank())
    for minute, (chance, correct) in enumerate(((0.1, False), (0.5, True), (0.55, False), (0.95, True))):
        add(mika, minute, predicted=chance, correct=correct)
    undone = add(mika, 9, predicted=0.2)
    add(mika, 10, item=5, predicted=0.2)
    with writing(database) as session:
        attempts.retract(session, mika.user_id, undone.id, START)
        void(session, factory.bank().items[5].id, 1)
        session.commit()
    found = ask(mika, attempts.predictions, (0.5, 0.9))
    assert [(number, counts[:2]) for number, counts in found] == [(0, (1, 0)), (1, (2, 1)), (2, (1, 1))]
    assert [counts[2] for _, counts in found] == pytest.approx([0.1, 1.05, 0.95])


def test_confidence_is_counted_apart_for_first_sights_and_repeats(mika: Student) -> None:
    for minute, (said, correct, first) in enumerate(
        (
            ("sure", True, True),
            ("sure", False, True),
            ("guess", True, True),
            ("sure", True, False),
            (None, True, True),
        )
    ):
        add(mika, minute, confidence=said, correct=correct, first_sight=first)
    with reading(mika.engine) as session:
        assert attempts.by_confidence(session, mika.user_id, first_sight=True) == {"sure": (2, 1), "guess": (1, 1)}
        assert attempts.by_confidence(session, mika.user_id, first_sight=False) == {"sure": (1, 1)}
