from typing import Any

import pytest

from tests import bank_factory as factory
from tracker.core.bank import json_schema
from tracker.core.bank.values import Certification, Concept, Item, Option


def _definition(name: str) -> Any:
    return json_schema()["$defs"][name]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("Item", factory.single(1, reserved=True)),
        ("Item", factory.matching(1)),
        ("Concept", factory.concept(1)),
        ("Certification", factory.certification()),
    ],
)
def test_a_file_of_the_bank_keeps_to_its_schema(name: str, raw: factory.Raw) -> None:
    schema = _definition(name)
    assert set(schema["required"]) <= set(raw) <= set(schema["properties"])


@pytest.mark.parametrize("model", [Certification, Concept, Option])
def test_the_fields_are_those_of_the_types(model: Any) -> None:
    schema = _definition(model.__name__)
    assert list(schema["properties"]) == list(model.model_fields)
    assert schema["additionalProperties"] is False


def test_what_follows_from_the_file_may_not_stand_in_an_item() -> None:
    schema = _definition("Item")
    assert set(Item.model_fields) - set(schema["properties"]) == {"certification", "domain"}
    assert not {"certification", "domain"} & set(schema["required"])
    assert schema["additionalProperties"] is False


def test_a_word_of_a_fixed_list_is_offered() -> None:
    assert _definition("Item")["properties"]["kind"]["enum"] == ["single", "multiple", "ordering", "matching"]


def _chosen(document: object) -> str:
    """The type that the schema holds a document, or the first entry of a list, to."""
    schema = json_schema()
    if isinstance(document, dict):
        assert schema["if"] == {"type": "object"}
        reference = schema["then"]["$ref"]
    else:
        assert isinstance(document, list)
        entries = schema["else"]["items"]
        has = all(field in document[0] for field in entries["if"]["required"])
        reference = entries["then" if has else "else"]["$ref"]
    return str(reference).removeprefix("#/$defs/")


def test_each_kind_of_file_is_told_by_its_shape() -> None:
    documents = factory.documents()
    assert _chosen(documents[factory.CERTIFICATION]) == "Certification"
    assert _chosen(documents["concepts.yaml"]) == "Concept"
    assert _chosen(documents[factory.FIRST]) == "Item"
