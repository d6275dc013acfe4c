"""Which attempts a condition holds for."""

from uuid import UUID

from sqlalchemy import ColumnElement, Engine, select

from tests.databases import on_both_databases
from tests.student import Student, void
from tracker.store.attempt_conditions import RETRACTED, TO_A_VOID_VERSION
from tracker.store.engine import reading, writing
from tracker.store.tables import AttemptRow

pytestmark = on_both_databases


def holding(engine: Engine, condition: ColumnElement[bool]) -> set[UUID]:
    with reading(engine) as session:
        return set(session.scalars(select(AttemptRow.id).where(condition)))


def test_only_the_attempt_taken_back_is_retracted(database: Engine) -> None:
    mika, noor = Student(database), Student(database, "Noor", seed=2)
    run = mika.start()
    kept = mika.answer(run)
    mika.later(minutes=1)
    gone = mika.answer(run)
    others = noor.answer(noor.start())
    mika.undo(gone)
    assert holding(database, RETRACTED) == {gone.id}
    assert holding(database, ~RETRACTED) == {kept.id, others.id}


def test_the_attempts_on_a_void_version_are_told_whoever_made_them(database: Engine) -> None:
    mika = Student(database)
    run = mika.start()
    wrong_key = mika.answer(run)
    mika.later(minutes=1)
    sound = mika.answer(run)
    with writing(database) as session:
        void(session, wrong_key.item_id, 2)
        session.commit()
    assert holding(database, TO_A_VOID_VERSION) == set()
    with writing(database) as session:
        void(session, wrong_key.item_id, 1)
        session.commit()
    assert holding(database, TO_A_VOID_VERSION) == {wrong_key.id}
    assert holding(database, ~TO_A_VOID_VERSION) == {sound.id}
