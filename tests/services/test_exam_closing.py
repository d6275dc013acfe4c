"""The marks of a paper's questions, before and after it is closed."""

from sqlalchemy import Engine

from tests.databases import on_both_databases
from tests.services.test_exams import Candidate
from tracker.services.exam_closing import marked
from tracker.store import sittings
from tracker.store.engine import reading

pytestmark = on_both_databases


def test_marks_are_the_same_before_and_after_closing(database: Engine) -> None:
    mika = Candidate(database)
    paper = mika.begin()
    mika.solve(paper, wrong=5, leave=2)
    mika.flag(paper, 7)
    with reading(database) as session:
        items = sittings.items(session, mika.user_id, paper.id)
    before = marked(mika.responses(paper), items)
    mika.hand_in(paper)
    assert marked(mika.responses(paper), items) == before
    assert [each.correct for each in before] == [False] * 5 + [True] * 17 + [False] * 2
    assert [each.answered for each in before] == [True] * 22 + [False] * 2
    assert [each.position for each in before if each.flagged] == [7]
    assert all(each.answered_at is not None for each in before[:22]) and before[-1].answered_at is None
    assert {each.task for each in before} == {"1.1", "1.2", "2.1", "2.2"}
