from collections import Counter
from datetime import timedelta

import pytest

from benchmarks.policies import NEW_PER_DAY, RIVALS, DueAndNew, LowestRecall, RoundRobin, WeakDomain
from benchmarks.simulation import FIRST_DAY
from benchmarks.worlds import generated
from tracker.core.learning import ItemFacts

WORLD = generated("60x12x3", seed=1)


@pytest.mark.parametrize("name", RIVALS)
def test_a_rival_always_has_a_question_and_the_same_seed_asks_the_same(name: str) -> None:
    asked: list[list[str]] = []
    for _ in range(2):
        policy, mine = RIVALS[name](WORLD, 7), []
        for number in range(150):
            day = FIRST_DAY + timedelta(days=number // 50)
            item = policy.choose(day)
            assert item is not None
            policy.record(item, number % 3 > 0, day)
            mine.append(item.id)
        asked.append(mine)
    assert asked[0] == asked[1]


def test_round_robin_asks_each_concept_once_a_lap_and_unseen_items_first() -> None:
    policy = RoundRobin(WORLD, 1)
    seen: list[ItemFacts] = []
    for _ in range(60):
        item = policy.choose(FIRST_DAY)
        assert item is not None
        policy.record(item, True, FIRST_DAY)
        seen.append(item)
    assert all(len({item.concept for item in seen[lap : lap + 12]}) == 12 for lap in (0, 12, 48))
    assert len({item.id for item in seen}) == 60


def test_the_weak_domain_is_asked_more() -> None:
    policy, asked = WeakDomain(WORLD, 1), Counter[str]()
    for _ in range(600):
        item = policy.choose(FIRST_DAY)
        assert item is not None
        policy.record(item, item.domain != "D2", FIRST_DAY)
        asked[item.domain] += 1
    assert asked["D2"] > 3 * asked["D1"]


@pytest.mark.parametrize(("by_concept", "cards"), [(False, 60), (True, 12)])
def test_lowest_recall_meets_all_cards_and_then_the_failed_one(by_concept: bool, cards: int) -> None:
    policy = LowestRecall(WORLD, 1, by_concept=by_concept)
    for number in range(cards):
        item = policy.choose(FIRST_DAY)
        assert item is not None
        policy.record(item, number != 4, FIRST_DAY)
        if number == 4:
            failed = item
    assert len(policy.cards) == cards
    item = policy.choose(FIRST_DAY + timedelta(days=1))
    assert item is not None
    assert (item.concept if by_concept else item.id) == (failed.concept if by_concept else failed.id)


def test_due_cards_are_mixed_with_new_ones_up_to_the_daily_limit() -> None:
    policy = DueAndNew(WORLD, 1, by_concept=False)
    for _ in range(NEW_PER_DAY):
        item = policy.choose(FIRST_DAY)
        assert item is not None
        policy.record(item, False, FIRST_DAY)
    day = FIRST_DAY + timedelta(days=3)
    kinds = []
    for _ in range(2 * NEW_PER_DAY):
        item = policy.choose(day)
        assert item is not None
        kinds.append(item.id in policy.cards)
        policy.record(item, True, day)
    assert kinds.count(False) == NEW_PER_DAY
    # mixed: both kinds among the first ten
    assert 0 < sum(kinds[:10]) < 10
