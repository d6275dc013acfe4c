"""What everybody's answers say about the items, from the attempts to the figures."""

import pytest
from sqlalchemy import Engine

from tests import bank_factory as factory
from tests.databases import on_both_databases
from tests.student import Student, load, retire
from tracker.core.bank import Item
from tracker.core.statistics import ItemStatistics
from tracker.services import item_statistics
from tracker.store import bank
from tracker.store.engine import reading, writing

pytestmark = on_both_databases


@pytest.fixture
def mika(database: Engine) -> Student:
    return Student(database)


def measured(engine: Engine) -> dict[str, tuple[Item, ItemStatistics]]:
    with reading(engine) as session:
        return {item.id: (item, found) for item, found in item_statistics.of_certification(session, factory.SLUG)}


def test_every_item_in_use_is_there_by_id_answered_or_not(database: Engine) -> None:
    found = measured(database)
    assert list(found) == sorted(raw["id"] for raw in factory.good_items())
    assert {statistics.answers for _, statistics in found.values()} == {0}


def test_answers_of_all_learners_are_counted_with_the_options_they_chose(database: Engine, mika: Student) -> None:
    noor = Student(database, "Noor", seed=9)
    for student in (mika, noor):
        run = student.start()
        for number in range(6):
            student.later(minutes=1)
            student.answer(run, right=number % 2 == 0)
    found = measured(database)
    assert sum(statistics.answers for _, statistics in found.values()) == 12
    assert sum(statistics.right for _, statistics in found.values()) == 6
    for item, statistics in found.values():
        if item.kind == "single":
            keys = sum(statistics.chosen[at] for at, option in enumerate(item.options) if option.correct)
            assert keys == statistics.right
            assert statistics.chosen.total() == statistics.first_sights


def test_a_new_version_begins_anew_and_a_retired_item_is_left_out(database: Engine, mika: Student) -> None:
    run = mika.start()
    changed, gone = mika.answer(run).item_id, mika.answer(run).item_id
    raws = factory.good_items()
    for raw in raws:
        if raw["id"] == changed:
            raw["stem"] = f"{factory.words(9_000, 20)}. {raw['stem'].rpartition('. ')[2]}"
    load(database, factory.bank(raws))
    with writing(database) as session:
        retire(session, [gone])
        session.commit()
    found = measured(database)
    assert found[changed][1].answers == 0
    assert gone not in found


def test_an_answer_taken_back_does_not_count(database: Engine, mika: Student) -> None:
    run = mika.start()
    mika.undo(mika.answer(run))
    assert sum(statistics.answers for _, statistics in measured(database).values()) == 0


def test_each_version_has_figures_of_its_own(database: Engine, mika: Student) -> None:
    noor = Student(database, "Noor", seed=9)
    raws = factory.good_items()
    with writing(database) as session:
        retire(session, [raw["id"] for raw in raws[1:]])
        session.commit()
    first = mika.answer(mika.start(), right=False)
    raws[0]["stem"] = f"{factory.words(9_000, 20)}. {raws[0]['stem'].rpartition('. ')[2]}"
    load(database, factory.bank(raws))
    noor.answer(noor.start())
    with reading(database) as session:
        versions = [bank.stored_item(session, first.item_id, version) for version in (1, 2)]
        old, new = item_statistics.of_versions(session, [each for each in versions if each])
    assert (old.first_sights, old.right, old.chosen.total()) == (1, 0, 1)
    assert (new.first_sights, new.right, new.answers) == (1, 1, 1)
