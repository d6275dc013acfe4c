"""The bank as the database holds it."""

from sqlalchemy import Engine, insert

from tests import bank_factory as factory
from tests.databases import on_both_databases
from tests.student import SECOND_SLUG, load, retire, two_certifications, void
from tracker.core.ability import PRIOR_DIFFICULTY, ItemDifficulty
from tracker.core.learning import ItemFacts
from tracker.core.question import guess_options
from tracker.store import bank
from tracker.store.bank import StoredItem
from tracker.store.engine import reading, writing
from tracker.store.tables import ItemEstimateRow

ITEM = "demo-d1-000"


def facts_of(number: int) -> ItemFacts:
    item = factory.bank().items[number]
    difficulty = PRIOR_DIFFICULTY[item.difficulty]
    return ItemFacts(item.id, item.certification, item.domain, item.concept, difficulty, guess_options(item))


@on_both_databases
def test_an_item_in_the_version_that_was_asked(database: Engine) -> None:
    raws = factory.good_items()
    raws[0] = factory.multiple(0, concept="concept-7")
    changed = factory.bank(raws)
    load(database, changed)
    with writing(database) as session:
        void(session, ITEM, 1)
        session.commit()
    with reading(database) as session:
        old, new = bank.asked(session, 0, ITEM, 1), bank.asked(session, 0, ITEM, 2)
        assert old == (StoredItem(factory.bank().items[0], 1, True, None), facts_of(0))
        assert new is not None
        stored, facts = new
        assert stored == StoredItem(changed.items[0], 2, False, None) == bank.stored_item(session, ITEM, 2)
        assert (facts.concept, facts.options, facts.difficulty) == ("concept-7", 10, facts_of(0).difficulty)
        for missing in ((0, ITEM, 3), (0, "no-such-item", 1), (1, ITEM, 1)):
            assert bank.asked(session, *missing) is None
        everything = bank.all_facts(session, 0)
    assert everything.keys() == {*((item.id, 1) for item in changed.items), (ITEM, 2)}
    assert (everything[ITEM, 1].options, everything[ITEM, 2].options) == (4, 10)
    assert everything["demo-d1-001", 1] == facts_of(1)


@on_both_databases
def test_current_items_are_those_in_use_in_order(database: Engine) -> None:
    load(database, two_certifications())
    with writing(database) as session:
        retire(session, [ITEM])
        session.execute(
            insert(ItemEstimateRow).values(
                calibration=3, item_id="demo-d1-001", b_mean=0.5, b_var=0.25, discrimination=1.5
            )
        )
        session.commit()
    with reading(database) as session:
        current = bank.current_items(session, 0, factory.SLUG)
        calibrated = bank.current_items(session, 3, factory.SLUG)
        other = bank.current_items(session, 0, SECOND_SLUG)
        assert bank.open_item_counts(session) == {factory.SLUG: 23, SECOND_SLUG: 24}
    ids = [item.facts.id for item in current]
    assert ids == sorted(ids)
    assert len(ids) == 23
    assert ITEM not in ids
    assert current[0] == bank.CurrentItem(facts_of(1), 1, False, None, None, "1.1")
    assert [item.facts.difficulty for item in calibrated] == [ItemDifficulty(0.5, 0.25, 1.5)]
    assert {item.facts.certification for item in other} == {SECOND_SLUG}


@on_both_databases
def test_certifications_stand_in_learning_order(database: Engine) -> None:
    documents = two_certifications()
    load(database, documents)
    with reading(database) as session:
        assert bank.certifications(session) == sorted(documents.certifications, key=lambda each: each.position)
        assert bank.certification(session, "gcp-pmle") is None
        assert bank.concept(session, "no-such-concept") is None
        assert len(bank.concept_names(session)) == 8


@on_both_databases
def test_concepts_of_certifications_are_those_that_their_items_ask(database: Engine) -> None:
    load(database, two_certifications())
    with writing(database) as session:
        retire(session, ["demo-d1-000", "demo-d1-001", "demo-d1-002"])
        session.commit()
    with reading(database) as session:
        first, second = (bank.concept_names(session, asked_in=[slug]) for slug in (factory.SLUG, SECOND_SLUG))
        assert bank.concept_names(session, asked_in=[]) == {}
        every = bank.concept_names(session)
        assert list(every.values()) == sorted(every.values())
    # all three items of the first concept are retired in the first certification, none in the second
    assert first == {slug: name for slug, name in every.items() if slug != "concept-0"}
    assert second == every


def test_an_exam_version_that_is_gone_becomes_the_last_one() -> None:
    certification = factory.bank().certifications[0]
    assert bank.exam_version(certification, "DEM-C01").code == "DEM-C01"
    assert bank.exam_version(certification, "gone") is certification.exam_versions[-1]


@on_both_databases
def test_items_in_use_come_in_their_current_version_by_id(database: Engine) -> None:
    raws = factory.good_items()
    raws[1]["stem"] = "Another stem altogether. Which of them fits?"
    load(database, factory.bank(raws))
    with writing(database) as session:
        retire(session, ["demo-d1-000"])
        session.commit()
    with reading(database) as session:
        found = bank.items_in_use(session, factory.SLUG)
        assert bank.items_in_use(session, "aws-none") == []
    assert [stored.item.id for stored in found] == sorted(raw["id"] for raw in raws[1:])
    assert {stored.item.id: stored.version for stored in found if stored.version > 1} == {"demo-d1-001": 2}
    assert found[0].item.stem == raws[1]["stem"]
