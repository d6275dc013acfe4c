"""A certification's bank for one learner: the version aimed at decides items, weights and exam day."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, insert

from tests import bank_factory as factory
from tests.databases import START
from tests.student import Student, load, retire
from tracker.core.ability import PRIOR_DIFFICULTY, ItemDifficulty
from tracker.core.bank import Certification, parse_bank
from tracker.services import bank as bank_verbs
from tracker.services import bank_facts, targets
from tracker.services.bank_facts import CertificationBank, NoBank
from tracker.store import learners
from tracker.store.engine import make_engine, reading, writing
from tracker.store.tables import ItemEstimateRow

ITEMS = [
    factory.single(0),
    factory.single(1, reserved=True),
    factory.single(2, added_in="DEM-C02"),
    factory.single(12, removed_in="DEM-C02"),
]


@pytest.fixture
def mika(database: Engine) -> Student:
    return Student(database)


def domains(*weights: int) -> list[dict[str, Any]]:
    shape = factory.version()["domains"]
    return [domain | {"weight": weight} for domain, weight in zip(shape, weights, strict=True)]


def two_versions(engine: Engine) -> None:
    """C01, open until the end of the year with 50 : 50, and C02 after it with 30 : 69 of 99."""
    documents = factory.documents(ITEMS)
    documents[factory.CERTIFICATION] = factory.certification(
        exam_versions=[
            factory.version(english_until=date(2026, 12, 31)),
            factory.version(code="DEM-C02", weights_total=99, domains=domains(30, 69), questions=85),
        ]
    )
    load(engine, parse_bank(documents))


def read(student: Student, slug: str = factory.SLUG) -> CertificationBank:
    with reading(student.engine) as session:
        return bank_facts.read(session, student.learner, slug)


def aim(student: Student, exam_day: date | None) -> None:
    with writing(student.engine) as session:
        targets.choose(session, student.user_id, factory.SLUG, exam_day=exam_day, revision=0, today=START.date())
        session.commit()


@pytest.mark.parametrize(
    ("exam_day", "code", "items", "weights"),
    [
        (date(2026, 12, 31), "DEM-C01", {"demo-d1-000", "demo-d1-001", "demo-d2-012"}, {"D1": 0.5, "D2": 0.5}),
        (date(2027, 1, 1), "DEM-C02", {"demo-d1-000", "demo-d1-001", "demo-d1-002"}, {"D1": 30 / 99, "D2": 69 / 99}),
    ],
)
def test_the_target_decides_the_version(
    mika: Student, exam_day: date, code: str, items: set[str], weights: dict[str, float]
) -> None:
    two_versions(mika.engine)
    aim(mika, exam_day)
    known = read(mika)
    assert known.version.code == code
    assert known.exam_day == exam_day
    assert set(known.items) == items
    assert known.weights == pytest.approx(weights)
    assert sum(known.weights.values()) == pytest.approx(1)
    assert known.slug == factory.SLUG


def test_without_a_target_the_newest_version_counts_and_no_day(mika: Student) -> None:
    two_versions(mika.engine)
    known = read(mika)
    assert (known.version.code, known.exam_day) == ("DEM-C02", None)


def test_reserved_items_are_known_but_not_open(mika: Student) -> None:
    two_versions(mika.engine)
    open_items = [item.facts.id for items in read(mika).open_by_concept().values() for item in items]
    assert open_items == ["demo-d1-000", "demo-d1-002"]


def test_open_items_are_grouped_by_concept(mika: Student) -> None:
    grouped = read(mika).open_by_concept()
    assert len(grouped) == 8
    assert all(item.facts.concept == concept for concept, items in grouped.items() for item in items)
    assert {len(items) for items in grouped.values()} == {3}


def test_the_learners_calibration_gives_the_difficulties(mika: Student) -> None:
    with writing(mika.engine) as session:
        for item in factory.bank().items:
            session.execute(
                insert(ItemEstimateRow).values(
                    calibration=1, item_id=item.id, b_mean=0.5, b_var=0.1, discrimination=1.0
                )
            )
        session.commit()
    assert read(mika).items["demo-d1-000"].facts.difficulty == PRIOR_DIFFICULTY["easy"]
    with writing(mika.engine) as session:
        learners.change(session, mika.user_id, calibration=1)
        session.commit()
    assert {item.facts.difficulty for item in read(mika).items.values()} == {ItemDifficulty(0.5, 0.1)}


def test_the_options_a_guess_has(mika: Student) -> None:
    options = {item.facts.id: item.facts.options for item in read(mika).items.values()}
    assert options["demo-d1-000"] == 4
    assert options["demo-d1-005"] == 10


def test_an_unknown_slug_has_no_bank(mika: Student) -> None:
    with pytest.raises(NoBank):
        read(mika, "gcp-pmle")


def test_a_certification_without_open_items_has_no_bank(mika: Student) -> None:
    with writing(mika.engine) as session:
        retire(session, [item.id for item in factory.bank().items])
        session.commit()
    with pytest.raises(NoBank):
        read(mika)
    with reading(mika.engine) as session:
        empty = bank_facts.read_even_empty(session, mika.learner, factory.SLUG)
    assert empty.items == {}
    assert empty.weights == {"D1": 0.5, "D2": 0.5}


def test_items_belong_to_a_version_as_the_core_says(mika: Student) -> None:
    """The rule is written twice, once for values of the files and once for rows."""
    two_versions(mika.engine)
    parsed = {item.id: item for item in factory.bank(ITEMS[:2]).items}
    assert parsed
    for exam_day in (None, date(2026, 12, 1)):
        if exam_day:
            aim(mika, exam_day)
        known = read(mika)
        certification: Certification = known.certification
        for raw in ITEMS:
            item = parsed["demo-d1-000"].model_copy(
                update={"added_in": raw.get("added_in"), "removed_in": raw.get("removed_in")}
            )
            assert certification.offers(item, known.version) == (raw["id"] in known.items)


def test_a_load_is_seen_at_once_and_before_it_the_bank_is_kept(mika: Student) -> None:
    one = read(mika)
    assert read(mika).offered is one.offered
    load(mika.engine, factory.bank(factory.good_items()[:12]))
    other = read(mika)
    assert other.offered is not one.offered
    assert len(other.items) == 12


def test_a_load_that_is_rolled_back_is_not_seen(mika: Student) -> None:
    before = read(mika)
    with writing(mika.engine) as session:
        bank_verbs.load(session, factory.bank(factory.good_items()[:12]), now=START)
        assert len(bank_facts.read(session, mika.learner, factory.SLUG).items) == 12
        session.rollback()
    assert read(mika).items == before.items


def test_a_load_by_another_process_is_seen(mika: Student, database_url: str) -> None:
    read(mika)
    elsewhere = make_engine(database_url)
    load(elsewhere, factory.bank(factory.good_items()[:12]))
    elsewhere.dispose()
    assert len(read(mika).items) == 12
