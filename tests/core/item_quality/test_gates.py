import pytest

from tests import bank_factory as factory
from tracker.core.item_quality.gates import Gate, Offence, key_texts, none_allowed, option_texts, ratio


@pytest.mark.parametrize(
    ("value", "low", "high", "ok"),
    [
        (None, 0.18, 0.32, True),
        (0.32, 0.18, 0.32, True),
        (0.33, 0.18, 0.32, False),
        (0.17, 0.18, 0.32, False),
        (0.22 - 0.20, None, 0.02, True),
        (2, 3, None, False),
        (3, 3, None, True),
    ],
)
def test_a_gate_holds_between_its_limits(
    value: float | None, low: float | None, high: float | None, ok: bool
) -> None:
    assert Gate("any", value, low, high).ok is ok


def test_the_limit_is_one_figure_or_two() -> None:
    assert Gate("any", 0, high=1).limit == 1
    assert Gate("any", 0, low=0).limit == 0
    assert Gate("any", 0, low=1, high=2).limit == (1, 2)


def test_none_allowed_fails_with_the_first_offence() -> None:
    assert none_allowed("any", []).ok
    assert not none_allowed("any", [Offence("demo-d1-000")]).ok


def test_ratio_of_nothing_is_none() -> None:
    assert ratio(1, 4) == 0.25
    assert ratio(0, 0) is None


def test_the_key_of_an_ordering_is_every_option_and_of_a_matching_every_match() -> None:
    ordering, matching = factory.item(factory.ordering(1)), factory.item(factory.matching(1))
    assert key_texts(ordering) == [option.text for option in ordering.options]
    assert key_texts(matching) == [pair.match for pair in matching.pairs]
    assert len(option_texts(matching)) == 6
    single = factory.item(factory.single(1, rank=2))
    assert key_texts(single) == [single.options[2].text]
