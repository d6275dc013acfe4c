import math
import random
from collections import Counter
from functools import partial
from statistics import correlation, fmean

import pytest

from tests.core.readiness.examples import DAY
from tracker.core.ability import PRACTICE_GAIN, PRIOR_DIFFICULTY, ItemDifficulty
from tracker.core.calibration import LEARNERS, Calibration, History, Learners, calibrate, steps
from tracker.core.learning import Answer, ItemFacts, LearnerState, fold, predicted
from tracker.core.next_answer import FIRST_STAGE

ITEMS = [
    ItemFacts(f"{domain}{number}", "mla", domain, "", PRIOR_DIFFICULTY["medium"], 0)
    for domain in ("d1", "d2", "d3")
    for number in range(12)
]


def truth(seed: int = 1) -> dict[str, ItemDifficulty]:
    """What the items are really like: d3 is hard for everybody."""
    rng = random.Random(seed)
    return {
        item.id: ItemDifficulty(rng.gauss(1.5 * (item.domain == "d3"), 1.0), 0.0, rng.choice((0.6, 1.0, 1.5)))
        for item in ITEMS
    }


def gained(answers: int) -> float:
    """What practice has taught, as the model takes it to."""
    return sum(PRACTICE_GAIN / (number + 1) for number in range(answers))


def history(real: dict[str, ItemDifficulty], seed: int, answers: int = 36, moody: float = 0.0) -> History:
    """One learner who answers every item once, in an order of their own; `moody`: the last answer sways the next."""
    rng = random.Random(seed)
    ability, mood, given = rng.gauss(0, 1), 0.0, []
    practised: Counter[str] = Counter()
    for item in rng.sample(ITEMS, answers):
        logit = real[item.id].discrimination * (ability + mood + gained(practised[item.domain])) - real[item.id].mean
        practised[item.domain] += 1
        correct = rng.random() < 1 / (1 + math.exp(-logit))
        mood = moody if correct else -moody
        given.append((Answer(item.id, correct, None, True, DAY), item))
    return given


def group(size: int, seed: int = 1, moody: float = 0.0) -> Learners:
    real = truth()
    return [partial(history, real, 1000 * seed + number, moody=moody) for number in range(size)]


@pytest.fixture(scope="module")
def found() -> Calibration:
    return calibrate(ITEMS, group(240))


def test_difficulties_and_discriminations_are_recovered(found: Calibration) -> None:
    real = truth()
    names = [item.id for item in ITEMS]
    assert correlation([found.items[name].mean for name in names], [real[name].mean for name in names]) > 0.92
    gap = fmean(found.items[name].mean - real[name].mean for name in names)
    assert abs(gap) < 0.35
    sharp = [found.items[name].discrimination for name in names if real[name].discrimination == 1.5]
    dull = [found.items[name].discrimination for name in names if real[name].discrimination == 0.6]
    assert fmean(sharp) > fmean(dull) + 0.3
    assert found.answers == 240 * 36


def test_variances_say_how_far_off_the_estimates_are(found: Calibration) -> None:
    few = calibrate(ITEMS, group(24))
    assert all(found.items[name].variance < few.items[name].variance < 0.8 for name in found.items)
    assert all(0.005 < estimate.variance < 0.15 for estimate in found.items.values())


def test_calibrated_items_predict_others_better(found: Calibration) -> None:
    def loss(known: dict[str, ItemFacts]) -> float:
        losses = []
        for load in group(60, seed=2):
            state = LearnerState()
            for answer, item in load():
                chance = predicted(state, known[item.id], True, DAY)
                losses.append(-math.log(chance if answer.correct else 1 - chance))
                state = fold(state, answer, known[item.id])
        return fmean(losses)

    before = {item.id: item for item in ITEMS}
    after = {item.id: ItemFacts(item.id, "mla", item.domain, "", found.items[item.id], 0) for item in ITEMS}
    assert loss(after) < loss(before) - 0.05


def test_an_item_nobody_answered_goes_with_its_domain(found: Calibration) -> None:
    unseen = [
        ItemFacts("new", "mla", domain, "", PRIOR_DIFFICULTY[level], 0)
        for domain, level in (("d1", "medium"), ("d3", "medium"), ("d3", "hard"), ("d9", "medium"))
    ]
    estimates = [calibrate([*ITEMS, item], group(40)).items["new"] for item in unseen]
    easy_domain, hard_domain, authored_hard, strange = estimates
    assert hard_domain.mean > easy_domain.mean + 0.2
    assert authored_hard.mean == pytest.approx(hard_domain.mean + 1.0, abs=0.05)
    assert min(estimate.variance for estimate in estimates) > 0.3
    assert strange.variance > hard_domain.variance
    assert {estimate.discrimination for estimate in estimates} == {1.0}


@pytest.mark.parametrize("learners", [0, 1, LEARNERS - 1])
def test_too_few_learners_leave_the_priors(learners: int) -> None:
    found = calibrate(ITEMS, group(learners))
    assert found == Calibration({item.id: item.difficulty for item in ITEMS}, None, 0)


def test_few_answers_move_little() -> None:
    real = truth()
    few = calibrate(ITEMS, [partial(history, real, number, answers=1) for number in range(LEARNERS)])
    assert max(abs(estimate.mean + 0.2) for estimate in few.items.values()) < 0.6
    assert few.weights is None


def test_no_answers_at_all_leave_the_priors() -> None:
    none = calibrate(ITEMS, [list] * LEARNERS)
    for estimate in none.items.values():
        assert (estimate.mean, estimate.discrimination) == (-0.2, 1.0)
        assert estimate.variance == pytest.approx(0.4)


def test_the_same_answers_give_the_same_figures() -> None:
    assert calibrate(ITEMS, group(20)) == calibrate(ITEMS, group(20))


def test_the_second_stage_stays_near_the_first_where_ability_says_nearly_all(found: Calibration) -> None:
    assert found.weights is not None
    assert found.weights[1] == pytest.approx(1.0, abs=0.25)
    assert found.weights[4] == 0, "nobody saw an item twice"
    assert max(abs(weight) for weight in found.weights[5:]) < 0.5
    assert calibrate(ITEMS, group(60)).weights is None, "half of 60 learners give fewer than 2,000 answers"


def test_the_second_stage_learns_what_ability_does_not_know() -> None:
    moody = calibrate(ITEMS, group(240, moody=1.0))
    assert moody.weights is not None
    plain, swayed = [], []
    for load in group(40, seed=3, moody=1.0):
        state = LearnerState()
        for answer, item in load():
            known = ItemFacts(item.id, "mla", item.domain, "", moody.items[item.id], 0)
            for weights, losses in ((None, plain), (moody.weights, swayed)):
                chance = predicted(state, known, True, DAY, weights)
                losses.append(-math.log(chance if answer.correct else 1 - chance))
            state = fold(state, answer, known)
    assert fmean(swayed) < fmean(plain) - 0.005
    assert moody.weights != FIRST_STAGE


def test_answers_to_unknown_items_are_passed_over() -> None:
    strange = ItemFacts("gone", "mla", "d1", "", PRIOR_DIFFICULTY["medium"], 0)

    def with_a_stranger(load: partial[History]) -> History:
        return [(Answer("gone", True, None, True, DAY), strange), *load()]

    plain = calibrate(ITEMS, group(20))
    assert calibrate(ITEMS, [partial(with_a_stranger, load) for load in group(20)]) == plain


def test_progress_is_told_of_every_learner_of_every_pass() -> None:
    told: list[int] = []
    calibrate(ITEMS, group(140), told.append)
    assert sum(told) == steps(140)


def test_an_item_that_everybody_gets_right_stays_finite() -> None:
    def always(number: int) -> History:
        return [(Answer(item.id, item.domain != "d3", None, True, DAY), item) for item in ITEMS]

    found = calibrate(ITEMS, [partial(always, number) for number in range(30)])
    assert max(abs(estimate.mean) for estimate in found.items.values()) < 10
    assert all(0.2 <= estimate.discrimination <= 3 for estimate in found.items.values())
    assert found.items["d30"].mean > found.items["d10"].mean
