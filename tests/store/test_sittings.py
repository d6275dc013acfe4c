"""Questions asked of the sittings."""

from datetime import timedelta

from sqlalchemy import Engine

from tests import bank_factory as factory
from tests.databases import on_both_databases
from tests.services.test_exams import Candidate
from tracker.store import sittings
from tracker.store.engine import reading

pytestmark = on_both_databases


def test_papers_come_newest_first_and_only_ones_own(database: Engine) -> None:
    mika, noor = Candidate(database), Candidate(database, "Noor", seed=2)
    first = mika.hand_in(mika.begin())
    with reading(database) as session:
        assert sittings.open_papers(session, mika.user_id) == []
        assert sittings.history(session, mika.user_id, factory.SLUG) == [first]
        assert sittings.history(session, mika.user_id, "aws-more") == []
        assert sittings.history(session, noor.user_id, factory.SLUG) == []
        assert sittings.paper(session, noor.user_id, first.id) is None
        assert sittings.responses(session, noor.user_id, first.id) == []
    open_paper = noor.begin()
    with reading(database) as session:
        assert sittings.open_papers(session, noor.user_id) == [open_paper]


def test_the_items_of_a_paper_all_or_one(database: Engine) -> None:
    mika = Candidate(database)
    paper = mika.begin()
    responses = mika.responses(paper)
    with reading(database) as session:
        items = sittings.items(session, mika.user_id, paper.id)
        [(position, one)] = sittings.items(session, mika.user_id, paper.id, 7).items()
        at = sittings.position_of(session, mika.user_id, paper.id, responses[4].attempt_id)
    assert {place: stored.item.id for place, stored in items.items()} == {r.position: r.item_id for r in responses}
    assert (position, one) == (7, items[7])
    assert at == 5


def test_items_that_were_looked_at_on_a_paper_are_seen_on_its_day(database: Engine) -> None:
    mika = Candidate(database)
    paper = mika.begin()
    mika.save(paper, 3, (), seconds=12)
    mika.save(paper, 5, (1,), seconds=30)
    with reading(database) as session:
        seen = sittings.seen_items(session, mika.user_id, factory.SLUG)
        assert sittings.seen_items(session, mika.user_id, "aws-more") == {}
        assert sittings.left_by_everybody(session, mika.now + timedelta(minutes=89)) == []
    assert set(seen) == {each.item_id for each in mika.responses(paper) if each.position in (3, 5)}
    assert set(seen.values()) == {paper.study_day}
