import random
from statistics import correlation

import pytest

from tracker.core.statistics import (
    FEWEST_LEARNERS,
    ItemStatistics,
    MarkedAnswer,
    PointBiserial,
    item_statistics,
)


def _learner(first: bool, others: tuple[bool, ...] = (True, False), **changes: bool) -> list[MarkedAnswer]:
    """A learner's first sights: of the item in question, and of others."""
    asked = MarkedAnswer("asked", **{"current": True, "first_sight": True, "correct": first, **changes})
    return [asked, *(MarkedAnswer(f"other-{at}", True, True, right) for at, right in enumerate(others))]


def _asked(*learners: list[MarkedAnswer]) -> ItemStatistics:
    return item_statistics(learners)["asked"]


def test_answers_and_first_sights_are_counted_apart() -> None:
    found = _asked(_learner(True), _learner(False), _learner(True, first_sight=False))
    assert (found.answers, found.first_sights, found.right, found.share_right) == (3, 2, 1, 0.5)


def test_repeats_alone_have_no_share() -> None:
    found = _asked(_learner(True, first_sight=False))
    assert (found.answers, found.share_right) == (1, None)


def test_answers_to_an_earlier_version_count_for_the_learner_but_not_for_the_item() -> None:
    old = MarkedAnswer("asked", False, True, False)
    assert "asked" not in item_statistics([[old]])
    now = MarkedAnswer("now", True, True, True)
    found = item_statistics([[old, now]])["now"]
    assert (found.with_others.pairs, found.with_others.scores) == (1, 0)


def test_the_options_of_first_sights_are_counted() -> None:
    def chose(*options: int, first_sight: bool = True) -> list[MarkedAnswer]:
        return [MarkedAnswer("asked", True, first_sight, False, options)]

    found = _asked(chose(0), chose(2), chose(2, 3), chose(1, first_sight=False))
    assert found.chosen == {0: 1, 2: 2, 3: 1}


def test_the_score_beside_an_item_leaves_it_and_repeats_out() -> None:
    repeat = MarkedAnswer("other-0", True, False, True)
    found = _asked([*_learner(True, (True, False, False)), repeat])
    assert found.with_others.scores == pytest.approx(1 / 3)


def test_a_learner_with_no_other_answer_says_nothing_about_discrimination() -> None:
    found = _asked(_learner(True, ()))
    assert (found.first_sights, found.with_others.pairs) == (1, 0)


def test_discrimination_wants_thirty_learners() -> None:
    learners = [_learner(at % 2 == 0, (at % 2 == 0, at % 3 == 0)) for at in range(FEWEST_LEARNERS)]
    few, enough = _asked(*learners[1:]), _asked(*learners)
    assert (few.enough, few.discrimination) == (False, None)
    assert enough.enough
    assert enough.discrimination is not None and enough.discrimination > 0


@pytest.mark.parametrize("sign", [1, -1])
def test_an_item_that_good_learners_pass_or_miss_is_told_by_the_sign(sign: int) -> None:
    learners = [_learner((at % 2 == 0) == (sign == 1), (at % 2 == 0,) * 4) for at in range(40)]
    assert _asked(*learners).discrimination == pytest.approx(sign)


def test_point_biserial_is_pearsons_correlation() -> None:
    rng = random.Random(3)
    pairs = [(rng.random() < 0.6, rng.random()) for _ in range(200)]
    measured = PointBiserial()
    for answer, score in pairs:
        measured.add(answer, score)
    expected = correlation([float(answer) for answer, _ in pairs], [score for _, score in pairs])
    assert measured.value == pytest.approx(expected)


@pytest.mark.parametrize("pairs", [[], [(True, 0.2), (True, 0.8)], [(False, 0.2)], [(True, 0.1), (False, 0.1)] * 3])
def test_without_variation_there_is_no_correlation(pairs: list[tuple[bool, float]]) -> None:
    measured = PointBiserial()
    for answer, score in pairs:
        measured.add(answer, score)
    assert measured.value is None
