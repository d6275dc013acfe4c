"""Where a learner stands: what is kept in the process is what the rows say, whoever wrote them."""

import random
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, update

from tests import bank_factory as factory
from tests.databases import on_both_databases
from tests.student import SECOND_SLUG, Student, load, retire, two_certifications, void
from tracker.core import queue
from tracker.core.practice import SECOND_ROUND
from tracker.services import bank_facts, practice, standings
from tracker.services.standings import Standing
from tracker.store import attempts, cards
from tracker.store.engine import make_engine, reading, writing
from tracker.store.tables import AbilityRow

pytestmark = on_both_databases


@pytest.fixture
def mika(database: Engine) -> Student:
    return Student(database)


def stood(student: Student, slug: str = factory.SLUG) -> tuple[Standing, Standing]:
    """The standing as this process gives it, and as the rows give it."""
    with reading(student.engine) as session:
        known = bank_facts.read(session, student.learner, slug)
        kept = standings.current(session, student.learner, known, attempts.stamp(session, student.user_id))
        read = standings.read(session, student.learner, known, cards.state(session, student.user_id))
    return kept, read


def same(kept: Standing, read: Standing) -> bool:
    """Equal to the queue: visits further back than it looks are as good as none."""
    limit = queue.recent_needed(len(read.candidates))
    for concept, candidate in kept.candidates.items():
        other = read.candidates[concept]
        gone = candidate.last_visit is not None and kept.visits - candidate.last_visit >= limit
        if candidate.items != other.items or (candidate.last_visit != other.last_visit and not gone):
            return False
    state = kept.state.cards == read.state.cards and kept.state.abilities == read.state.abilities
    return state and (kept.visits, kept.recent_domains) == (read.visits, read.recent_domains)


@pytest.fixture
def statements(database: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, sql: str, *_rest: object) -> None:
        seen.append(sql)

    event.listen(database, "before_cursor_execute", note)
    yield seen
    event.remove(database, "before_cursor_execute", note)


@pytest.mark.parametrize("seed", range(3))
def test_the_kept_standing_is_that_of_the_rows(database: Engine, seed: int) -> None:
    """A random walk of answers, undos and pauses in two certifications over the same concepts."""
    load(database, two_certifications())
    walk, mika = random.Random(seed), Student(database, seed=seed)
    mika.change(cap=1_000)
    last = None
    for _ in range(60):
        mika.later(hours=walk.choice([0.01, 0.1, 3, 30]))
        try:
            run = mika.start(walk.choice([factory.SLUG, SECOND_SLUG]), mode=SECOND_ROUND)
        except practice.NothingToAsk:
            mika.later(days=1)
            continue
        if last is not None and walk.random() < 0.15:
            mika.undo(last)
            last = None
        else:
            last = mika.answer(run, right=walk.random() < 0.6)
        assert same(*stood(mika))
        assert same(*stood(mika, SECOND_SLUG))


def test_a_warm_answer_reads_neither_bank_nor_cards_nor_history(mika: Student, statements: list[str]) -> None:
    run = mika.start()
    mika.answer(run)
    issued = mika.question(run)
    positions = mika.positions(issued, right=True)
    statements.clear()
    mika.send(run.id, issued.id, positions)
    reads = [sql for sql in statements if sql.startswith("SELECT")]
    assert not [sql for sql in reads if "FROM card" in sql or "FROM item " in sql or "FROM certification" in sql]
    assert not [sql for sql in reads if "FROM ability" in sql or "max(attempt" in sql]


def test_the_number_of_statements_does_not_grow(mika: Student, statements: list[str]) -> None:
    counts = []
    for _ in range(2):
        run = mika.start(over_cap=True)
        for _ in range(6):
            mika.later(minutes=1)
            issued = mika.question(run)
            positions = mika.positions(issued, right=True)
            statements.clear()
            mika.send(run.id, issued.id, positions)
            counts.append(len(statements))
    assert max(counts[1:]) <= 16


def test_an_answer_in_another_process_is_seen(mika: Student, database_url: str) -> None:
    run = mika.start()
    mika.answer(run)
    stood(mika)
    elsewhere = make_engine(database_url)
    mika.engine, here = elsewhere, mika.engine
    mika.later(minutes=1)
    mika.answer(run)
    mika.engine = here
    elsewhere.dispose()
    kept, read = stood(mika)
    assert same(kept, read)
    assert kept.visits == 2


def test_an_answer_that_was_rolled_back_leaves_nothing(mika: Student) -> None:
    run = mika.start()
    mika.answer(run)
    mika.later(minutes=1)
    issued = mika.question(run)
    for right in (True, False):
        given = practice.Given(mika.positions(issued, right), "think", 30)
        with writing(mika.engine) as session:
            practice.answer(session, mika.learner, run.id, issued.id, given, now=mika.now, rng=random.Random(1))
            session.rollback()
        kept, read = stood(mika)
        assert same(kept, read)
        assert kept.visits == 1
    # the same question, answered the other way in the end
    mika.send(run.id, issued.id, mika.positions(issued, right=True))
    assert same(*stood(mika))


def test_a_rebuild_is_seen(mika: Student) -> None:
    run = mika.start()
    mika.answer(run)
    stood(mika)
    with writing(mika.engine) as session:
        # as a rebuild with other parameters would leave it
        session.execute(update(AbilityRow).where(AbilityRow.user_id == mika.user_id).values(mean=0.125))
        session.commit()
    kept, read = stood(mika)
    assert same(kept, read)
    assert kept.state.abilities["all"].mean == 0.125


def test_a_changed_bank_is_seen(mika: Student, database: Engine) -> None:
    run = mika.start()
    mika.answer(run)
    _, before = stood(mika)
    gone = mika.question(run).item_id
    with writing(database) as session:
        retire(session, [gone])
        session.commit()
    kept, read = stood(mika)
    assert same(kept, read)
    assert sum(len(each.items) for each in kept.candidates.values()) == (
        sum(len(each.items) for each in before.candidates.values()) - 1
    )
    # the question was issued before: its answer counts, and the next one is chosen from what is open
    mika.later(minutes=1)
    assert mika.answer(run).first_sight
    assert same(*stood(mika))


def test_an_answer_to_a_void_version_moves_nothing_but_is_seen(mika: Student, database: Engine) -> None:
    run = mika.start()
    issued = mika.question(run)
    with writing(database) as session:
        void(session, issued.item_id, issued.item_version)
        session.commit()
    mika.answer(run)
    kept, read = stood(mika)
    assert same(kept, read)
    assert kept.state.cards == {}
    mika.later(minutes=1)
    mika.answer(run)
    assert same(*stood(mika))


def test_two_learners_do_not_share(mika: Student, database: Engine) -> None:
    mika.answer(mika.start())
    noor = Student(database, name="Noor")
    noor.now = mika.now + timedelta(minutes=1)
    noor.start()
    assert stood(noor)[0].visits == 0
    assert stood(mika)[0].visits == 1
