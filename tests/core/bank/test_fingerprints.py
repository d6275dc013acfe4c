from collections.abc import Callable

import pytest

from tests import bank_factory as factory
from tracker.core.bank import fingerprint, numbers, options_in_file_order

Change = Callable[[factory.Raw], object]


def _numeric(*texts: str) -> factory.Raw:
    raw = factory.single(1)
    for option, text in zip(raw["options"], texts, strict=True):
        option["text"] = text
    return raw


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.update(level="analyse", difficulty="hard", task="1.2", concept="concept-7"),
        lambda raw: raw["options"][0].update(why="Another reason.", misconception="believes that it fits"),
        lambda raw: raw["source"].update(title="Another"),
        lambda raw: raw.update(reserved=True),
    ],
)
def test_reasons_source_and_level_keep_the_fingerprint(change: Change) -> None:
    changed = factory.single(1)
    change(changed)
    assert fingerprint(factory.item(changed)) == fingerprint(factory.item(factory.single(1)))


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.update(stem="Another question?"),
        lambda raw: raw["options"][0].update(text="another option"),
        lambda raw: raw["options"].reverse(),
        lambda raw: [option.update(correct=at == 3) for at, option in enumerate(raw["options"])],
    ],
)
def test_stem_options_and_keys_change_the_fingerprint(change: Change) -> None:
    changed = factory.single(1)
    change(changed)
    assert fingerprint(factory.item(changed)) != fingerprint(factory.item(factory.single(1)))


def test_a_match_changes_the_fingerprint() -> None:
    changed = factory.matching(1)
    changed["pairs"][0]["match"] = "another"
    assert fingerprint(factory.item(changed)) != fingerprint(factory.item(factory.matching(1)))


def test_the_fingerprint_never_moves() -> None:
    # Stored with every answer: a change here would make a new version of each item in each database.
    item = factory.item(_numeric("1", "2", "3", "4") | {"stem": "How many?"})
    assert fingerprint(item) == "a6159bb090ec7b9974b3aef5ceb7777aae700d36669c7474213bd8e0669e8f6f"


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (("1", "2", "10", "20"), (1, 2, 10, 20)),
        (("0.5", "0.75", "1e3", "-2"), (0.5, 0.75, 1000, -2)),
        (("5 %", "10 %", "20%", "40 %"), (5, 10, 20, 40)),
        (("$100", "$1,200", "$10,000.50", "$9"), (100, 1200, 10000.5, 9)),
        (("1 day", "7 days", "30 days", "90 days"), (1, 7, 30, 90)),
        (("1/4", "1/2", "3/4", "7/8"), (0.25, 0.5, 0.75, 0.875)),
    ],
)
def test_options_that_are_all_numbers_keep_their_order(texts: tuple[str, ...], values: tuple[float, ...]) -> None:
    item = factory.item(_numeric(*texts))
    assert numbers(item) == pytest.approx(values)
    assert options_in_file_order(item)


@pytest.mark.parametrize(
    "texts",
    [
        ("1", "2", "3", "none of them"),
        ("1 day", "2 weeks", "3 days", "4 days"),
        ("$1", "€2", "$3", "$4"),
        ("3 x 3", "5 x 5", "7 x 7", "1 x 1"),
        ("1/0", "1/2", "1/3", "1/4"),
        ("P3", "P4", "G5", "G6"),
    ],
)
def test_other_options_are_shuffled(texts: tuple[str, ...]) -> None:
    assert not options_in_file_order(factory.item(_numeric(*texts)))


def test_an_ordering_of_numbers_is_shuffled_because_its_order_is_the_key() -> None:
    raw = factory.ordering(1)
    for option, text in zip(raw["options"], "1234", strict=True):
        option["text"] = text
    assert not options_in_file_order(factory.item(raw))
    assert not options_in_file_order(factory.item(factory.matching(1)))
