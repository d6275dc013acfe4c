"""Choosing and issuing the next question."""

from sqlalchemy import Engine

from tests.bank_factory import SLUG
from tests.cast import Person
from tracker.core.practice import SMART_REVIEW
from tracker.core.queue import Reason
from tracker.services import bank_facts, questions, standings
from tracker.store import cards, learners, runs
from tracker.store.engine import reading, writing


def test_the_same_state_and_run_choose_the_same_question(mika: Person, engine: Engine) -> None:
    mika.aim()
    address = mika.start()
    mika.answer(address)
    with reading(engine) as session:
        learner = learners.learner(session, mika.user_id)
        assert learner is not None
        [run] = runs.open_runs(session, mika.user_id, SMART_REVIEW)
        known, state = bank_facts.read(session, learner, SLUG), cards.state(session, mika.user_id)
        standing = standings.read(session, learner, known, state)
        offered = list(standing.candidates.values())
        chosen = [questions.choose(run, known, standing, run.study_day, offered) for _ in range(3)]
    assert chosen[0] == chosen[1] == chosen[2]


def test_an_issued_question_keeps_its_reason(mika: Person, engine: Engine) -> None:
    mika.aim()
    mika.start()
    with writing(engine) as session:
        [run] = runs.open_runs(session, mika.user_id, SMART_REVIEW)
        issued = runs.pending(session, mika.user_id, run.id)
    assert issued is not None
    assert Reason.from_json(issued.reason).kind == "new"
