from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests import bank_factory as factory
from tracker.core.bank import Certification, Item

KINDS = [factory.single(1), factory.multiple(2), factory.ordering(3), factory.matching(4)]
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=50).filter(
    str.strip
)


@pytest.mark.parametrize("raw", KINDS, ids=lambda raw: raw["kind"])
def test_an_item_survives_its_stored_json(raw: factory.Raw) -> None:
    raw["source"]["checked"] = date(2026, 11, 23)
    raw |= {"reserved": True, "removed_in": "DEM-C02"}
    item = Item.model_validate(raw | {"certification": factory.SLUG, "domain": "D1"})
    stored = item.model_dump(mode="json")
    assert stored["source"]["checked"] == "2026-11-23"
    assert Item.model_validate(stored) == item


@given(stem=TEXT, option=TEXT)
def test_any_printable_text_survives(stem: str, option: str) -> None:
    raw = factory.single(1, stem=stem, certification=factory.SLUG, domain="D1")
    raw["options"][0]["text"] = option
    item = Item.model_validate(raw)
    assert Item.model_validate(item.model_dump(mode="json")) == item
    assert item.stem == stem.strip()


def test_a_certification_survives_its_stored_json() -> None:
    certification = Certification.model_validate(factory.certification())
    assert Certification.model_validate(certification.model_dump(mode="json")) == certification


def test_values_are_frozen() -> None:
    item = factory.item(factory.single(1))
    with pytest.raises(ValidationError, match="frozen"):
        item.stem = "another"


def test_keys_and_distractors_divide_the_options() -> None:
    item = factory.item(factory.multiple(1, keys=(1, 3)))
    assert item.keys == (item.options[1], item.options[3])
    assert set(item.keys) | set(item.distractors) == set(item.options)


def test_an_ordering_has_neither_keys_nor_distractors() -> None:
    item = factory.item(factory.ordering(1))
    assert item.keys == item.distractors == ()


@pytest.mark.parametrize(
    ("until", "is_open"), [(None, True), ("2026-11-23", True), ("2026-11-24", True), ("2026-11-22", False)]
)
def test_a_version_is_open_to_its_last_day(until: str | None, is_open: bool) -> None:
    raw = factory.certification(exam_versions=[factory.version(english_until=until)])
    assert Certification.model_validate(raw).exam_versions[0].is_open(date(2026, 11, 23)) is is_open


@pytest.mark.parametrize(
    ("changes", "offered"),
    [
        ({}, [True, True, True]),
        ({"added_in": "C2"}, [False, True, True]),
        ({"removed_in": "C2"}, [True, False, False]),
        ({"added_in": "C2", "removed_in": "C3"}, [False, True, False]),
    ],
)
def test_items_belong_to_the_versions_between_added_and_removed(changes: factory.Raw, offered: list[bool]) -> None:
    versions = [factory.version(code=code) for code in ("C1", "C2", "C3")]
    certification = Certification.model_validate(factory.certification(exam_versions=versions))
    item = Item.model_validate(factory.single(1, certification=factory.SLUG, domain="D1", **changes))
    assert [certification.offers(item, version) for version in certification.exam_versions] == offered


def test_the_open_version_is_the_first_that_has_not_ended() -> None:
    certification = Certification.model_validate(factory.certification())
    [only] = certification.exam_versions
    ended = only.model_copy(update={"code": "OLD", "english_until": date(2026, 9, 28)})
    both = certification.model_copy(update={"exam_versions": (ended, only)})
    assert both.open_version(date(2026, 9, 28)).code == "OLD"
    assert both.open_version(date(2026, 9, 29)).code == only.code
    over = certification.model_copy(update={"exam_versions": (ended,)})
    assert over.open_version(date(2027, 1, 1)).code == "OLD"
