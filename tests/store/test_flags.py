"""Flags on items."""

from sqlalchemy import Engine

from tests.databases import START, on_both_databases
from tests.student import Student
from tracker.store import flags
from tracker.store.engine import writing

pytestmark = on_both_databases


def test_a_flag_is_ones_own_and_can_be_taken_away(database: Engine) -> None:
    mika, noor = Student(database), Student(database, "Noor")
    with writing(database) as session:
        flags.put(session, mika.user_id, "demo-d1-000", START)
        assert flags.of_learner(session, mika.user_id) == {"demo-d1-000"}
        assert flags.of_learner(session, noor.user_id) == set()
        assert flags.is_flagged(session, mika.user_id, "demo-d1-000")
        assert not flags.is_flagged(session, noor.user_id, "demo-d1-000")
        flags.remove(session, mika.user_id, "demo-d1-000")
        assert flags.of_learner(session, mika.user_id) == set()
