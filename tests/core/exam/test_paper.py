"""Papers by the blueprint."""

import random
from collections import Counter
from collections.abc import Collection
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.exam import PaperItem, assemble, shares

DAY = date(2026, 11, 20)


def bank(*, domains: int = 4, concepts: int = 6, each: int = 4, reserved: int = 1) -> list[PaperItem]:
    """Items of each concept of each domain, the first ones reserved."""
    return [
        PaperItem(f"d{domain}-c{concept}-{number}", f"D{domain}", f"c{domain}-{concept}", number < reserved)
        for domain in range(domains)
        for concept in range(concepts)
        for number in range(each)
    ]


def paper(
    items: list[PaperItem],
    questions: int,
    *,
    previous: Collection[str] = (),
    final: bool = False,
    seed: int = 1,
    weights: dict[str, float] | None = None,
) -> list[PaperItem]:
    weights = weights or dict.fromkeys(sorted({item.domain for item in items}), 1.0)
    return assemble(items, weights, questions, previous=previous, final=final, rng=random.Random(seed))


def test_the_largest_remainder_as_in_the_exam_of_65_questions() -> None:
    weights = {"D1": 28, "D2": 26, "D3": 22, "D4": 24}
    # 18.2, 16.9, 14.3, 15.6: the two largest remainders get the two questions that are left
    assert shares(weights, 65, dict.fromkeys(weights, 99)) == {"D1": 18, "D2": 17, "D3": 14, "D4": 16}


def test_what_a_domain_cannot_fill_goes_to_the_others() -> None:
    assert shares({"A": 1, "B": 1, "C": 2}, 8, {"A": 1, "B": 9, "C": 9}) == {"A": 1, "B": 2, "C": 5}
    assert shares({"A": 1, "B": 1}, 9, {"A": 2, "B": 3}) == {"A": 2, "B": 3}
    assert shares({"A": 1, "B": 0}, 5, {"A": 2, "B": 9}) == {"A": 2, "B": 0}


@given(
    st.lists(st.tuples(st.integers(1, 50), st.integers(0, 40)), min_size=1, max_size=7),
    st.integers(0, 90),
)
def test_shares_never_ask_for_what_is_not_there_and_leave_nothing_undone(
    parts: list[tuple[int, int]], questions: int
) -> None:
    weights = {f"D{at}": float(weight) for at, (weight, _) in enumerate(parts)}
    available = {f"D{at}": count for at, (_, count) in enumerate(parts)}
    found = shares(weights, questions, available)
    assert all(0 <= found[domain] <= available[domain] for domain in weights)
    assert sum(found.values()) == min(questions, sum(available.values()))
    if all(count >= questions for count in available.values()):
        total = sum(weights.values())
        assert all(abs(found[domain] - questions * weights[domain] / total) < 1 for domain in weights)


def test_a_paper_follows_the_blueprint_and_leaves_the_reserve_alone() -> None:
    found = paper(bank(), 40, weights={"D0": 40, "D1": 30, "D2": 20, "D3": 10})
    assert Counter(item.domain for item in found) == {"D0": 16, "D1": 12, "D2": 8, "D3": 4}
    assert not any(item.reserved for item in found)
    assert len({item.id for item in found}) == 40


def test_every_concept_of_a_domain_comes_before_one_comes_twice() -> None:
    found = paper(bank(), 28)
    counts = Counter(item.concept for item in found)
    assert len(counts) == 24 and max(counts.values()) == 2


def test_unseen_items_come_before_seen_ones_and_those_seen_longest_ago_next() -> None:
    items = [
        PaperItem(item.id, item.domain, item.concept, False, DAY.replace(day=1 + at % 19) if at % 2 else None)
        for at, item in enumerate(bank(domains=1, reserved=0))
    ]
    found = paper(items, 16)
    assert {item.id for item in found} >= {item.id for item in items if item.last_seen_on is None}
    seen = sorted(item.last_seen_on for item in items if item.last_seen_on)
    assert sorted(item.last_seen_on for item in found if item.last_seen_on) == seen[:4]


def test_only_the_final_rehearsal_asks_the_reserve_and_there_it_comes_first() -> None:
    found = paper(bank(), 40, final=True)
    assert {item.id for item in found if item.reserved} == {item.id for item in bank() if item.reserved}


@given(st.integers(1, 90), st.integers(0, 1000))
def test_two_papers_in_a_row_share_at_most_half(questions: int, seed: int) -> None:
    first = paper(bank(), questions, seed=seed)
    before = {item.id for item in first}
    second = paper(bank(), questions, previous=before, seed=seed + 1)
    assert 2 * sum(item.id in before for item in second) <= len(second)
    assert len(second) == len({item.id for item in second}) <= questions


def test_where_nothing_is_new_there_is_no_paper() -> None:
    items = bank(domains=1, concepts=2, reserved=0)
    assert paper(items, 10, previous={item.id for item in items}) == []


def test_the_same_seed_gives_the_same_paper_whatever_the_order_of_the_bank() -> None:
    items = bank()
    again = list(reversed(items))
    assert paper(items, 30, seed=7) == paper(again, 30, seed=7)
    assert paper(items, 30, seed=7) != paper(items, 30, seed=8)


@pytest.mark.parametrize("questions", [0, 1])
def test_a_tiny_paper(questions: int) -> None:
    assert len(paper(bank(), questions)) == questions
    assert paper([], questions, weights={"D0": 1}) == []
