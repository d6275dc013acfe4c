import pytest

from benchmarks.worlds import UnknownWorld, generated, shipped


def test_a_generated_bank_has_its_size_and_is_the_same_for_the_same_seed() -> None:
    world = generated("108x36x4", seed=3)
    assert (len(world.facts), len(world.open_items), len(world.weights)) == (108, 36, 4)
    assert sum(world.weights.values()) == pytest.approx(1)
    assert {len(items) for items in world.open_items.values()} == {3}
    assert world == generated("108x36x4", seed=3)
    assert world != generated("108x36x4", seed=4)


def test_learner_models_get_plain_rows() -> None:
    world = generated("12x6x2", seed=1)
    assert set(world.concepts[0]) == {"slug", "domain", "needs"}
    assert set(world.items[0]) == {"id", "concept", "domain", "level", "difficulty", "options", "reserved"}
    slugs = {row["slug"] for row in world.concepts}
    assert all(set(row["needs"]) < slugs for row in world.concepts)


@pytest.mark.parametrize("size", ["", "12", "12x6", "axbxc", "12x6x7", "4x6x2", "12x6x0", "12x6x2x1", "-12x6x2"])
def test_a_size_that_makes_no_sense_is_refused(size: str) -> None:
    with pytest.raises(UnknownWorld):
        generated(size, seed=1)


def test_a_shipped_certification_keeps_its_reserve_out_of_reach() -> None:
    world = shipped("aws-aif")
    reserved = {row["id"] for row in world.items if row["reserved"]}
    assert reserved
    assert not reserved & {item.id for item in world.facts}
    assert len(world.facts) + len(reserved) == len(world.items)


def test_an_unknown_certification_is_refused() -> None:
    with pytest.raises(UnknownWorld, match="aws-aif"):
        shipped("nobody")
