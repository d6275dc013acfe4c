import pytest

from tests import bank_factory as factory
from tracker.core.bank import Item, UnknownDomain, blank_item
from tracker.core.bank.values import DERIVED


def test_a_blank_item_can_be_read_in_its_file() -> None:
    raws = factory.good_items()
    blank = blank_item(factory.bank(), factory.SLUG, "D2")
    read = factory.bank([*raws, blank])
    assert len(read.items) == len(raws) + 1
    assert read.items[-1].domain == "D2"


def test_it_has_every_field_of_a_single_answer_item() -> None:
    blank = blank_item(factory.bank(), factory.SLUG, "D1")
    assert list(blank) == [field for field in Item.model_fields if field not in (*DERIVED, "pairs")]
    assert [option["correct"] for option in blank["options"]] == [True, False, False, False]


def test_its_id_follows_the_highest_of_the_domain() -> None:
    assert blank_item(factory.bank(), factory.SLUG, "D2")["id"] == "demo-d2-024"
    gap = [raw for raw in factory.good_items() if raw["id"] != "demo-d2-020"]
    assert blank_item(factory.bank(gap), factory.SLUG, "D2")["id"] == "demo-d2-024"


def test_the_first_item_of_a_domain_gets_an_id_after_its_certification() -> None:
    only_first = [raw for raw in factory.good_items() if "-d1-" in raw["id"]]
    assert blank_item(factory.bank(only_first), factory.SLUG, "D2")["id"] == "demo-d2-001"


def test_a_domain_is_found_in_small_letters() -> None:
    assert blank_item(factory.bank(), factory.SLUG, "d2")["id"] == "demo-d2-024"


def test_its_task_and_concept_are_those_with_the_fewest_items() -> None:
    raws = [raw for raw in factory.good_items() if raw["id"] != "demo-d1-010"]
    blank = blank_item(factory.bank(raws), factory.SLUG, "D1")
    assert (blank["task"], blank["concept"]) == ("1.2", "concept-3")


def test_reserved_items_do_not_count_for_a_concept() -> None:
    raws = factory.good_items()
    raws[4]["reserved"] = True
    assert blank_item(factory.bank(raws), factory.SLUG, "D1")["concept"] == "concept-1"


@pytest.mark.parametrize(
    ("slug", "domain", "message"),
    [
        ("aws-demo", "D9", 'aws-demo has no domain "D9"; it has D1, D2'),
        ("aws-none", "D1", 'no certification "aws-none"; there are aws-demo'),
    ],
)
def test_an_unknown_place_is_refused_with_those_there_are(slug: str, domain: str, message: str) -> None:
    with pytest.raises(UnknownDomain, match=message):
        blank_item(factory.bank(), slug, domain)
