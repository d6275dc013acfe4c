"""What the operator decided about items, as the database keeps it."""

from datetime import date

from sqlalchemy import Engine

from tests import bank_factory as factory
from tests.databases import START, on_both_databases
from tracker.store import bank, item_decisions
from tracker.store.engine import reading, writing
from tracker.store.item_decisions import Standing

pytestmark = on_both_databases
DAY = date(2026, 11, 21)
FIRST, SECOND, THIRD = (raw["id"] for raw in factory.good_items()[:3])


def test_an_item_nobody_decided_about_stands_as_it_was_loaded(database: Engine) -> None:
    with reading(database) as session:
        assert item_decisions.standing(session, FIRST) == Standing(FIRST, factory.SLUG, 1, None, None, None, ())
        assert item_decisions.standing(session, "nobody") is None
        assert item_decisions.decided(session, "load") == []


def test_each_decision_is_listed_but_not_the_loaders(database: Engine) -> None:
    with writing(database) as session:
        item_decisions.change_item(session, FIRST, review_since=DAY)
        item_decisions.change_item(session, SECOND, retired_on=DAY, retired_by="load")
        item_decisions.set_void(session, THIRD, 1, True)
        item_decisions.change_item(session, THIRD, retired_on=DAY, retired_by="void")
        session.commit()
    with reading(database) as session:
        found = item_decisions.decided(session, "load")
        stored = bank.stored_item(session, FIRST, 1)
    assert [(each.item_id, each.review_since, each.retired_by, each.void) for each in found] == [
        (FIRST, DAY, None, ()),
        (THIRD, None, "void", (1,)),
    ]
    assert stored is not None and stored.review_since == DAY


def test_a_version_is_known_or_not(database: Engine) -> None:
    with reading(database) as session:
        assert item_decisions.has_version(session, FIRST, 1)
        assert not item_decisions.has_version(session, FIRST, 2)
        assert not item_decisions.has_version(session, "nobody", 1)


def test_an_event_of_the_bank_is_recorded(database: Engine) -> None:
    with writing(database) as session:
        item_decisions.note_change(session, factory.SLUG, "void", {"item": FIRST}, START)
        session.commit()
    with reading(database) as session:
        assert bank.changes(session, factory.SLUG)[-1] == (START, "void", {"item": FIRST})
