"""Drills and pools."""

import pytest

from tracker.core.drill import POOLS, BadScope, Latest, Place, Scope, narrowed, pool_of, within
from tracker.core.queue import Candidate, ItemView

ITEMS = {
    "a": Place("D1", "1.1", "drift"),
    "b": Place("D1", "1.2", "drift"),
    "c": Place("D2", "2.1", "metrics"),
    "d": Place("D2", "2.1", "drift"),
}
LATEST = {"a": Latest(False, "sure"), "b": Latest(True, "guess"), "c": Latest(False, None)}


@pytest.mark.parametrize("text", ["domain:D1", "task:1.2", "concept:drift-kinds", "pool:sure-but-wrong"])
def test_a_scope_is_read_as_it_is_written(text: str) -> None:
    assert str(Scope.parse(text)) == text


@pytest.mark.parametrize("text", ["", "domain", "domain:", "exam:D1", "pool:easy", ":D1", "pool:"])
def test_what_cannot_be_practised_is_no_scope(text: str) -> None:
    with pytest.raises(BadScope):
        Scope.parse(text)


@pytest.mark.parametrize(
    ("latest", "flagged", "pools"),
    [
        (None, False, {"unseen"}),
        (None, True, {"unseen", "flagged"}),
        (Latest(False, "think"), False, {"missed"}),
        (Latest(False, "sure"), False, {"missed", "sure-but-wrong"}),
        (Latest(False, None), False, {"missed"}),
        (Latest(True, "guess"), False, {"guessed"}),
        (Latest(True, "sure"), True, {"flagged"}),
    ],
)
def test_the_pools_of_an_item(latest: Latest | None, flagged: bool, pools: set[str]) -> None:
    assert pool_of(latest, flagged) == pools <= set(POOLS)


@pytest.mark.parametrize(
    ("scope", "ids"),
    [
        ("domain:D1", "ab"),
        ("task:2.1", "cd"),
        ("concept:drift", "abd"),
        ("domain:D9", ""),
        ("pool:missed", "ac"),
        ("pool:sure-but-wrong", "a"),
        ("pool:guessed", "b"),
        ("pool:unseen", "d"),
        ("pool:flagged", "c"),
    ],
)
def test_the_items_within_a_scope(scope: str, ids: str) -> None:
    assert within(Scope.parse(scope), ITEMS, LATEST, {"c"}) == set(ids)


def test_candidates_keep_their_allowed_items_and_go_without_any() -> None:
    drift = Candidate("drift", "D1", (ItemView("a"), ItemView("b")), last_visit=3)
    metrics = Candidate("metrics", "D2", (ItemView("c"),))
    [kept] = narrowed([drift, metrics], {"b"})
    assert (kept.concept, kept.items, kept.last_visit) == ("drift", (ItemView("b"),), 3)
    assert narrowed([drift, metrics], set()) == []
