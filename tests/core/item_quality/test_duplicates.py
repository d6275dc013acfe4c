import random
from itertools import combinations

import pytest

from tests import bank_factory as factory
from tracker.core.bank import Item
from tracker.core.item_quality import duplicates
from tracker.core.item_quality.duplicates import near_duplicates


def _item(name: str, stem: str) -> Item:
    raw = factory.single(1, id=name, stem=stem, options=[], certification=factory.SLUG, domain="D1")
    return Item.model_validate(raw)


def test_the_good_bank_has_none() -> None:
    assert near_duplicates(factory.bank().items) == ()


def test_nothing_and_one_item_have_none() -> None:
    assert near_duplicates(()) == ()
    assert near_duplicates((_item("a", "Which?"),)) == ()


def test_the_same_phrases_are_found_across_certifications() -> None:
    items = [_item("aws-1", factory.words(1, 30)), _item("gcp-1", factory.words(1, 26) + " and others")]
    [pair] = near_duplicates([*items, _item("aws-2", factory.words(9, 30))])
    assert (pair.first, pair.second, pair.by) == ("aws-1", "gcp-1", "phrases")


def test_the_same_words_in_another_order_are_found() -> None:
    words = factory.words(1, 30).split()
    items = [_item("a", " ".join(words)), _item("b", " ".join(reversed(words)))]
    others = [_item(f"c{at}", factory.words(at, 30)) for at in range(5, 9)]
    [pair] = near_duplicates([*items, *others])
    assert (pair.first, pair.second, pair.by) == ("a", "b", "words")
    assert pair.alike == pytest.approx(1)


@pytest.mark.parametrize("seed", range(5))
def test_no_pair_over_a_limit_is_missed(seed: int) -> None:
    """The short cut over rare words and phrases against every pair compared."""
    rng = random.Random(seed)
    vocabulary = factory.words(1, 60).split()
    base = [" ".join(rng.choices(vocabulary, k=30)) for _ in range(6)]
    items = [_item(f"i{at:02}", _varied(rng, base[at % 6], vocabulary)) for at in range(40)]
    found = {(pair.first, pair.second) for pair in near_duplicates(items)}
    assert found == _by_every_pair(items)
    assert found


def _varied(rng: random.Random, stem: str, vocabulary: list[str]) -> str:
    return " ".join(rng.choice(vocabulary) if rng.random() < 0.12 else word for word in stem.split())


def _by_every_pair(items: list[Item]) -> set[tuple[str, str]]:
    words = {item.id: item.stem.split() for item in items}
    rarity = duplicates._rarity(set(each) for each in words.values())
    weights = {name: duplicates._weights(each, rarity, len(words)) for name, each in words.items()}
    shingles = {name: duplicates._shingles(each) for name, each in words.items()}
    over = set()
    for one, other in combinations(sorted(words), 2):
        cosine = sum(weight * weights[other].get(word, 0) for word, weight in weights[one].items())
        jaccard = len(shingles[one] & shingles[other]) / len(shingles[one] | shingles[other])
        if cosine >= duplicates.COSINE_LIMIT or jaccard >= duplicates.JACCARD_LIMIT:
            over.add((one, other))
    return over
