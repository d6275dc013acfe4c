"""Loading the bank: what is added, kept, versioned and retired, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select

from tests import bank_factory as factory
from tests.databases import START, on_both_databases
from tests.student import SECOND_SLUG, load, retire, two_certifications, void
from tracker.core.ability import PRIOR_DIFFICULTY
from tracker.core.bank import Bank, fingerprint, parse_bank
from tracker.store import bank
from tracker.store.engine import reading, writing
from tracker.store.tables import (
    BankChangeRow,
    Base,
    CertificationRow,
    ConceptRow,
    ExamVersionRow,
    ItemEstimateRow,
    ItemRow,
    ItemVersionRow,
)

pytestmark = on_both_databases

LATER = START + timedelta(days=3)
TABLES = (CertificationRow, ExamVersionRow, ConceptRow, ItemRow, ItemVersionRow, ItemEstimateRow, BankChangeRow)
FIRST = "demo-d1-000"


def rows(engine: Engine, table: type[Base], **equal: Any) -> list[dict[str, Any]]:
    with reading(engine) as session:
        found = session.execute(select(*table.__table__.columns).filter_by(**equal)).mappings()
        return sorted((dict(row) for row in found), key=str)


def row(engine: Engine, table: type[Base], **equal: Any) -> dict[str, Any]:
    [found] = rows(engine, table, **equal)
    return found


def everything(engine: Engine) -> list[list[dict[str, Any]]]:
    return [rows(engine, table) for table in TABLES]


def changed(number: int = 0, **changes: Any) -> Bank:
    """The good bank with one item changed."""
    raws = factory.good_items()
    raws[number] |= changes
    return factory.bank(raws)


def without(*numbers: int) -> Bank:
    return factory.bank(raw for at, raw in enumerate(factory.good_items()) if at not in numbers)


def new_stem() -> Bank:
    return changed(stem=f"{factory.words(9_000, 20)}. Which of them fits now?")


def operate(engine: Engine, act: Callable[..., None], *arguments: Any) -> None:
    with writing(engine) as session:
        act(session, *arguments)
        session.commit()


def test_a_first_load_writes_every_part(database: Engine) -> None:
    parsed = factory.bank()
    [certification] = parsed.certifications
    with reading(database) as session:
        assert bank.certification(session, factory.SLUG) == certification
        assert [bank.concept(session, concept.slug) for concept in parsed.concepts] == list(parsed.concepts)
        for item in parsed.items:
            stored = bank.stored_item(session, item.id, 1)
            assert stored == bank.StoredItem(item, 1, False, None)
        assert bank.changes(session, factory.SLUG) == [(START, "load", {"added": 24, "facts": 1})]
    estimates = {each["item_id"]: (each["b_mean"], each["b_var"]) for each in rows(database, ItemEstimateRow)}
    priors = {item.id: PRIOR_DIFFICULTY[item.difficulty] for item in parsed.items}
    assert estimates == {item_id: (prior.mean, prior.variance) for item_id, prior in priors.items()}
    version = row(database, ExamVersionRow)
    assert (version["code"], version["blueprint"]) == ("DEM-C01", {"D1": 0.5, "D2": 0.5})


def test_a_second_load_changes_nothing(database: Engine) -> None:
    before = everything(database)
    loaded = load(database, factory.bank(), LATER)
    assert loaded.nothing
    assert everything(database) == before


def test_a_new_item_is_added_in_every_calibration(database: Engine) -> None:
    operate(
        database,
        lambda session: session.execute(
            insert(ItemEstimateRow).values(calibration=4, item_id=FIRST, b_mean=0.3, b_var=0.1, discrimination=1.0)
        ),
    )
    raws = [*factory.good_items(), factory.single(24, difficulty="hard")]
    loaded = load(database, factory.bank(raws), LATER)
    assert loaded.by_certification == {factory.SLUG: {"added": 1}}
    hard = PRIOR_DIFFICULTY["hard"]
    added = rows(database, ItemEstimateRow, item_id="demo-d1-024")
    assert {each["calibration"]: (each["b_mean"], each["b_var"]) for each in added} == {
        0: (hard.mean, hard.variance),
        4: (hard.mean, hard.variance),
    }
    assert row(database, ItemEstimateRow, item_id=FIRST, calibration=4)["b_mean"] == 0.3


def other_key() -> Bank:
    raws = factory.good_items()
    options = raws[0]["options"]
    options[0]["correct"], options[3]["correct"] = options[3]["correct"], options[0]["correct"]
    for option in options:
        option["correct"] = option is options[2]
    return factory.bank(raws)


def other_option() -> Bank:
    raws = factory.good_items()
    raws[0]["options"][1]["text"] = factory.words(9_100, 5)
    return factory.bank(raws)


@pytest.mark.parametrize("spoil", [new_stem, other_key, other_option])
def test_another_question_is_a_new_version_and_the_earlier_one_stays(
    database: Engine, spoil: Callable[[], Bank]
) -> None:
    before = row(database, ItemVersionRow, item_id=FIRST)
    parsed = spoil()
    loaded = load(database, parsed, LATER)
    assert loaded.by_certification == {factory.SLUG: {"new versions": 1}}
    first, second = rows(database, ItemVersionRow, item_id=FIRST)
    first, second = sorted((first, second), key=lambda each: int(each["version"]))
    assert first == before
    assert (second["version"], second["loaded_at"], second["void"]) == (2, LATER, False)
    assert second["fingerprint"] == fingerprint(parsed.items[0]) != first["fingerprint"]
    assert row(database, ItemRow, id=FIRST)["version"] == 2
    with reading(database) as session:
        now, then = bank.stored_item(session, FIRST, 2), bank.stored_item(session, FIRST, 1)
        assert now is not None
        assert then is not None
        assert now.item == parsed.items[0]
        assert then.item == factory.bank().items[0]
        assert bank.changes(session, factory.SLUG)[-1] == (LATER, "load", {"new versions": 1})
    assert load(database, parsed, LATER).nothing


def new_reason() -> Bank:
    raws = factory.good_items()
    raws[0]["options"][2]["why"] = factory.words(9_200, 12)
    return factory.bank(raws)


@pytest.mark.parametrize(
    "update",
    [
        new_reason,
        lambda: changed(source={"title": "Another guide", "url": factory.SOURCE_URL}),
        lambda: changed(level="analyse"),
        lambda: changed(difficulty="hard"),
        lambda: changed(concept="concept-7"),
        lambda: changed(reserved=True),
    ],
)
def test_all_else_is_updated_in_place(database: Engine, update: Callable[[], Bank]) -> None:
    parsed = update()
    before = rows(database, ItemEstimateRow)
    loaded = load(database, parsed, LATER)
    assert loaded.by_certification == {factory.SLUG: {"updated": 1}}
    with reading(database) as session:
        assert bank.stored_item(session, FIRST, 1) == bank.StoredItem(parsed.items[0], 1, False, None)
        assert bank.stored_item(session, FIRST, 2) is None
    item = row(database, ItemRow, id=FIRST)
    for name in ("level", "difficulty", "concept", "reserved", "task", "domain"):
        assert item[name] == getattr(parsed.items[0], name)
    # answers were folded with these: only `milepost calibrate` moves them
    assert rows(database, ItemEstimateRow) == before
    assert load(database, parsed, LATER).nothing


def test_what_left_the_files_is_retired_and_never_deleted(database: Engine) -> None:
    loaded = load(database, without(0, 5), LATER)
    assert loaded.by_certification == {factory.SLUG: {"retired": 2}}
    retired = [each for each in rows(database, ItemRow) if each["retired_on"]]
    assert [(each["id"], each["retired_on"]) for each in retired] == [
        (FIRST, LATER.date()),
        ("demo-d1-005", LATER.date()),
    ]
    assert len(rows(database, ItemVersionRow)) == 24
    assert load(database, without(0, 5), LATER + timedelta(days=1)).nothing
    with reading(database) as session:
        assert bank.open_item_counts(session) == {factory.SLUG: 22}


def test_what_comes_back_to_the_files_is_asked_again(database: Engine) -> None:
    load(database, without(0), LATER)
    loaded = load(database, factory.bank(), LATER + timedelta(days=1))
    assert loaded.by_certification == {factory.SLUG: {"returned": 1}}
    item = row(database, ItemRow, id=FIRST)
    assert (item["retired_on"], item["retired_by"], item["version"]) == (None, None, 1)
    assert load(database, factory.bank(), LATER).nothing


@pytest.mark.parametrize("update", [factory.bank, new_reason, lambda: without(0)])
def test_what_the_operator_decided_stays(database: Engine, update: Callable[[], Bank]) -> None:
    operate(database, retire, [FIRST])
    operate(database, void, FIRST, 1)
    load(database, update(), LATER)
    load(database, factory.bank(), LATER)
    item = row(database, ItemRow, id=FIRST)
    assert (item["retired_on"], item["retired_by"]) == (START.date(), "operator")
    assert row(database, ItemVersionRow, item_id=FIRST)["void"] is True


def test_another_question_under_a_retired_id_is_asked_again(database: Engine) -> None:
    operate(database, retire, [FIRST])
    operate(database, void, FIRST, 1)
    load(database, new_stem(), LATER)
    assert row(database, ItemRow, id=FIRST)["retired_on"] is None
    assert [each["void"] for each in rows(database, ItemVersionRow, item_id=FIRST)] in ([True, False], [False, True])
    assert row(database, ItemVersionRow, item_id=FIRST, version=1)["void"] is True


def test_a_removed_certification_keeps_its_rows_and_asks_nothing(database: Engine) -> None:
    load(database, two_certifications(), LATER)
    loaded = load(database, factory.bank(), LATER + timedelta(days=1))
    assert loaded.by_certification == {SECOND_SLUG: {"retired": 24}}
    assert loaded.total("retired") == 24
    assert {each["retired_on"] for each in rows(database, ItemRow, certification=SECOND_SLUG)} == {date(2026, 11, 24)}
    assert all(each["retired_on"] is None for each in rows(database, ItemRow, certification=factory.SLUG))
    with reading(database) as session:
        assert bank.open_item_counts(session) == {factory.SLUG: 24}
        assert bank.certification(session, SECOND_SLUG) is not None
        assert bank.changes(session, SECOND_SLUG)[-1][2] == {"retired": 24}


def test_changed_facts_of_a_certification_and_a_concept(database: Engine) -> None:
    documents = factory.documents()
    documents[factory.CERTIFICATION] = factory.certification(price_usd=150)
    documents["concepts.yaml"][3] = factory.concept(3, name="Another name", needs=[])
    loaded = load(database, parse_bank(documents), LATER)
    assert loaded.by_certification == {factory.SLUG: {"facts": 1}}
    with reading(database) as session:
        certification, concept = bank.certification(session, factory.SLUG), bank.concept(session, "concept-3")
        assert certification is not None
        assert certification.price_usd == 150
        assert concept is not None
        assert concept.name == bank.concept_names(session)["concept-3"] == "Another name"
    assert row(database, ConceptRow, slug="concept-3")["needs"] == []
    assert load(database, parse_bank(documents), LATER).nothing


def test_two_thousand_items_load_and_load_again(database: Engine) -> None:
    more = (factory.single(number, number % 4) for number in range(24, 2_000))
    parsed = factory.bank([*factory.good_items(), *more])
    loaded = load(database, parsed, LATER)
    assert loaded.by_certification == {factory.SLUG: {"added": 1_976}}
    assert len(rows(database, ItemRow)) == 2_000
    assert load(database, parsed, LATER).nothing
    load(database, factory.bank(), LATER)
    with reading(database) as session:
        assert bank.open_item_counts(session) == {factory.SLUG: 24}
