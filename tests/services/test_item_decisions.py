"""What the operator decides about a question, what it does to the learners, and its Undo."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from tests import bank_factory as factory
from tests.databases import on_both_databases
from tests.student import Student, load
from tracker.services import folding
from tracker.services import item_decisions as verbs
from tracker.services.item_decisions import OPERATOR, VOID, UnknownItem
from tracker.store import bank, item_answers, item_decisions
from tracker.store.engine import reading, writing
from tracker.store.item_decisions import Standing

pytestmark = on_both_databases


@pytest.fixture
def mika(database: Engine) -> Student:
    return Student(database)


def do(engine: Engine, verb: Callable[..., None], *values: Any, **named: Any) -> None:
    with writing(engine) as session:
        verb(session, *values, **named)
        session.commit()


def standing(engine: Engine, item_id: str) -> Standing:
    with reading(engine) as session:
        found = item_decisions.standing(session, item_id)
    assert found is not None
    return found


def asked(student: Student) -> set[str]:
    with reading(student.engine) as session:
        return {each.facts.id for each in bank.current_items(session, 0, factory.SLUG)}


def events(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [kind for _, kind, _ in bank.changes(session, factory.SLUG)][1:]


ITEM = factory.good_items()[0]["id"]


def test_a_review_begins_once_and_ends(mika: Student) -> None:
    do(mika.engine, verbs.begin_review, ITEM, now=mika.now)
    since = mika.now.date()
    mika.later(days=3)
    do(mika.engine, verbs.begin_review, ITEM, now=mika.now)
    assert standing(mika.engine, ITEM).review_since == since
    do(mika.engine, verbs.end_review, ITEM)
    assert standing(mika.engine, ITEM).review_since is None
    assert ITEM in asked(mika)


def test_a_retired_question_is_asked_no_more_until_it_is_brought_back(mika: Student) -> None:
    for _ in range(2):
        do(mika.engine, verbs.retire, ITEM, now=mika.now)
        assert ITEM not in asked(mika)
    for _ in range(2):
        do(mika.engine, verbs.bring_back, ITEM, now=mika.now)
        assert ITEM in asked(mika)
    assert events(mika.engine) == ["retired", "brought back"]


def test_answers_to_a_retired_question_still_count(mika: Student) -> None:
    attempt = mika.answer(mika.start())
    before = mika.state()
    do(mika.engine, verbs.retire, attempt.item_id, now=mika.now)
    assert mika.rebuilt() == before == mika.state()


def test_answers_to_a_void_version_leave_the_fold_and_return(mika: Student, database: Engine) -> None:
    run = mika.start()
    attempts = [mika.answer(run, right=number != 1) for number in range(3)]
    before = mika.state()
    wrong = attempts[1]
    do(database, verbs.void, wrong.item_id, 1, now=mika.now)
    with reading(database) as session:
        affected = item_answers.learners_of(session, wrong.item_id, 1)
    assert affected == [mika.user_id]
    do(database, lambda session: folding.rebuild(session, mika.user_id))
    assert mika.state() == mika.rebuilt() != before
    assert mika.state().abilities["all"].answers == 2
    do(database, verbs.unvoid, wrong.item_id, 1, now=mika.now)
    do(database, lambda session: folding.rebuild(session, mika.user_id))
    assert folding.distance(mika.state(), before) < 1e-9
    assert events(database) == ["void", "no longer void"]


def test_a_void_version_is_asked_no_more_until_it_counts_again(mika: Student) -> None:
    for _ in range(2):
        do(mika.engine, verbs.void, ITEM, 1, now=mika.now)
        assert (ITEM in asked(mika), standing(mika.engine, ITEM).retired_by) == (False, VOID)
    for _ in range(2):
        do(mika.engine, verbs.unvoid, ITEM, 1, now=mika.now)
        assert (ITEM in asked(mika), standing(mika.engine, ITEM).void) == (True, ())


def test_what_was_retired_before_stays_retired_when_the_version_counts_again(mika: Student) -> None:
    do(mika.engine, verbs.retire, ITEM, now=mika.now)
    do(mika.engine, verbs.void, ITEM, 1, now=mika.now)
    do(mika.engine, verbs.unvoid, ITEM, 1, now=mika.now)
    assert standing(mika.engine, ITEM).retired_by == OPERATOR
    assert ITEM not in asked(mika)


def test_a_question_with_a_wrong_key_is_not_brought_back_to_be_asked(mika: Student) -> None:
    do(mika.engine, verbs.retire, ITEM, now=mika.now)
    do(mika.engine, verbs.void, ITEM, 1, now=mika.now)
    do(mika.engine, verbs.bring_back, ITEM, now=mika.now)
    assert ITEM not in asked(mika)
    do(mika.engine, verbs.unvoid, ITEM, 1, now=mika.now)
    assert ITEM in asked(mika)


def repaired(item_id: str) -> list[factory.Raw]:
    raws = factory.good_items()
    for raw in raws:
        if raw["id"] == item_id:
            raw["stem"] = f"{factory.words(9_000, 20)}. {raw['stem'].rpartition('. ')[2]}"
    return raws


def test_loading_keeps_the_decisions_until_the_question_itself_changes(mika: Student) -> None:
    do(mika.engine, verbs.begin_review, ITEM, now=mika.now)
    do(mika.engine, verbs.void, ITEM, 1, now=mika.now)
    raws = factory.good_items()
    raws[0]["options"][0]["why"] = "A reason that says the same in other and somewhat plainer words."
    assert load(mika.engine, factory.bank(raws), mika.now).by_certification == {factory.SLUG: {"updated": 1}}
    kept = standing(mika.engine, ITEM)
    assert (kept.version, kept.void, kept.retired_by, kept.review_since) == (1, (1,), VOID, mika.now.date())
    load(mika.engine, factory.bank(repaired(ITEM)), mika.now)
    anew = standing(mika.engine, ITEM)
    assert (anew.version, anew.void, anew.retired_by, anew.review_since) == (2, (1,), None, None)
    assert ITEM in asked(mika)


def test_an_old_version_is_void_without_touching_the_present_one(mika: Student) -> None:
    load(mika.engine, factory.bank(repaired(ITEM)), mika.now)
    do(mika.engine, verbs.void, ITEM, 1, now=mika.now)
    assert standing(mika.engine, ITEM).void == (1,)
    assert ITEM in asked(mika)


@pytest.mark.parametrize(
    "decide",
    [
        lambda session, now: verbs.begin_review(session, "nobody", now=now),
        lambda session, now: verbs.end_review(session, "nobody"),
        lambda session, now: verbs.retire(session, "nobody", now=now),
        lambda session, now: verbs.bring_back(session, "nobody", now=now),
        lambda session, now: verbs.void(session, "nobody", 1, now=now),
        lambda session, now: verbs.void(session, ITEM, 2, now=now),
        lambda session, now: verbs.unvoid(session, ITEM, 2, now=now),
    ],
)
def test_what_is_not_there_is_told(mika: Student, decide: Callable[..., None]) -> None:
    with pytest.raises(UnknownItem):
        do(mika.engine, decide, mika.now)
    assert events(mika.engine) == []
