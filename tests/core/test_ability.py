import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.core import ability
from tracker.core.ability import (
    PRIOR_DIFFICULTY,
    Belief,
    ItemDifficulty,
    Law,
    drift,
    law_of,
    practice_gain,
    predict,
    prior,
)

DAY = date(2026, 3, 1)
MEDIUM = PRIOR_DIFFICULTY["medium"]
COMPONENTS = ("all", "aws-mla/d1", "concept/overfitting")
STILL = Law(0.4, 0.0, 0.0, 0.0)
"""No walk and no form: what is told of one answer can be checked by hand."""

beliefs = st.builds(
    Belief,
    mean=st.floats(-8, 8),
    variance=st.floats(1e-6, 4),
    updated_on=st.just(DAY),
    answers=st.integers(0, 5000),
    first_sights=st.integers(0, 100),
    first_sight_right=st.integers(0, 100),
)
sums = st.lists(beliefs, min_size=1, max_size=3)
items = st.builds(ItemDifficulty, mean=st.floats(-5, 5), variance=st.floats(0, 2))
options = st.integers(0, 120)
confidences = st.sampled_from([None, "guess", "think", "sure"])


def update(known: list[Belief], *answer: Any, law: Law = STILL) -> tuple[Belief, ...]:
    """One answer, all components under equal laws; only the last is of the most specific kind."""
    return ability.update(known, [replace(law) for _ in known], *answer)


def lasting() -> list[Belief]:
    """The priors without their forms."""
    return [replace(belief, form_variance=0.0) for belief in priors()]


def priors() -> list[Belief]:
    return [prior(component, DAY) for component in COMPONENTS]


def posterior(mean: float, variance: float, floor: float, correct: bool) -> tuple[float, float]:
    """Mean and variance of a normal logit after one answer, by brute integration."""
    step, total, first, second = 0.01, 0.0, 0.0, 0.0
    for index in range(-1200, 1201):
        x = mean + index * step
        right = floor + (1 - floor) / (1 + math.exp(-x))
        mass = math.exp(-((x - mean) ** 2) / (2 * variance)) * (right if correct else 1 - right)
        total, first, second = total + mass, first + mass * x, second + mass * x * x
    return first / total, second / total - (first / total) ** 2


def test_prior_chances_of_the_authored_difficulties() -> None:
    chances = [predict(priors(), PRIOR_DIFFICULTY[level], 4) for level in ("easy", "medium", "hard")]
    assert [round(chance, 2) for chance in chances] == [0.78, 0.65, 0.52]


def test_prior_by_kind_of_component() -> None:
    variances = [belief.variance for belief in priors()]
    assert variances == [ability.PRIOR_VARIANCE[kind] for kind in ("all", "domain", "concept")]
    assert [belief.answers for belief in priors()] == [0, 0, 0]


def test_predict_by_hand() -> None:
    one = [Belief(1.0, 0.5, DAY, 3, 3, 2)]
    # (1.0 + 0.5 - 0.2) / sqrt(1 + pi / 8 * (0.5 + 0.3)) = 1.134...
    flat = 1.3 / math.sqrt(1 + math.pi / 8 * 0.8)
    plain = 1 / (1 + math.exp(-flat))
    item = ItemDifficulty(0.2, 0.3)
    assert predict(one, item, 0, 0.5) == pytest.approx(plain)
    assert predict(one, item, 5, 0.5) == pytest.approx(0.2 + 0.8 * plain)


@pytest.mark.parametrize("correct", [True, False])
@pytest.mark.parametrize("choices", [0, 4])
@pytest.mark.parametrize("mean", [-2.0, 0.0, 2.0])
def test_one_step_is_close_to_the_exact_posterior(correct: bool, choices: int, mean: float) -> None:
    # one component and an item known exactly, so that the sum is the component
    variance = 0.8
    item = ItemDifficulty(0.0, 0.0)
    before = Belief(mean, variance, DAY, 10**9, 0, 0)
    (after,) = update([before], item, correct, True, None, DAY, choices)
    exact_mean, exact_variance = posterior(mean, variance, ability.guess_floor(choices), correct)
    assert after.mean == pytest.approx(exact_mean, abs=0.03)
    # the expected information stands in for the observed one
    assert after.variance == pytest.approx(exact_variance, abs=0.15)


def test_the_step_is_shared_by_variance() -> None:
    before = [Belief(0.0, variance, DAY, 10**9, 0, 0) for variance in (0.6, 0.3)]
    after = update(before, MEDIUM, True, True, None, DAY)
    assert after[0].mean == pytest.approx(2 * after[1].mean, rel=1e-6)


def test_counts() -> None:
    (belief,) = update([lasting()[0]], MEDIUM, True, True, None, DAY)
    (belief,) = update([belief], MEDIUM, True, False, None, DAY)
    (belief,) = update([belief], MEDIUM, False, True, None, DAY)
    assert (belief.answers, belief.first_sights, belief.first_sight_right) == (3, 2, 1)


@pytest.mark.parametrize("correct", [True, False])
def test_a_repeat_tells_much_less_than_a_first_sight(correct: bool) -> None:
    first = update(lasting(), MEDIUM, correct, True, None, DAY, 4)[0]
    repeat = update(lasting(), MEDIUM, correct, False, None, DAY, 4)[0]
    assert abs(repeat.mean) < abs(first.mean) / 3
    assert first.variance < repeat.variance < prior("all", DAY).variance


def test_a_right_guess_tells_less() -> None:
    known = update(lasting(), MEDIUM, True, True, "think", DAY, 4)[0].mean
    guessed = update(lasting(), MEDIUM, True, True, "guess", DAY, 4)[0].mean
    assert 0 < guessed < known


def test_the_guessing_floor_discounts_luck_and_nothing_else() -> None:
    hopeless = [Belief(-3.0, 0.5, DAY, 50, 50, 10)]
    gain = [update(hopeless, MEDIUM, True, True, None, DAY, choices)[0].mean + 3 for choices in (0, 4)]
    assert gain[1] < gain[0] / 4
    loss = [update(hopeless, MEDIUM, False, True, None, DAY, choices)[0].mean for choices in (0, 4)]
    assert loss[0] == loss[1]


def test_a_blind_guesser_is_found_out() -> None:
    belief = lasting()[0]
    for index in range(200):
        (belief,) = update([belief], MEDIUM, index % 4 == 0, True, None, DAY, 4)
    assert predict([prior("all", DAY)], MEDIUM, 4) > 0.6
    assert predict([belief], MEDIUM, 4) < 0.37


def test_practice_leaves_a_gain_on_the_most_specific_component() -> None:
    laws = [law_of(component) for component in COMPONENTS]
    right, wrong = (
        ability.update(lasting(), laws, MEDIUM, correct, True, None, DAY)[-1].mean for correct in (True, False)
    )
    general = ability.update(lasting(), laws, MEDIUM, False, True, None, DAY)[0]
    share = ability.PRIOR_VARIANCE["concept"] / ability.PRIOR_VARIANCE["all"]
    assert wrong == pytest.approx(general.mean * share + ability.PRACTICE_GAIN)
    assert right > wrong
    practised = update([Belief(0.0, 0.4, DAY, 9, 0, 0)], MEDIUM, False, True, None, DAY)[0].mean
    fresh = update([Belief(0.0, 0.4, DAY, 0, 0, 0)], MEDIUM, False, True, None, DAY)[0].mean
    # the tenth answer teaches a tenth of what the first does
    assert fresh - practised == pytest.approx(0.9 * ability.PRACTICE_GAIN)


def test_drift_widens_by_the_day_up_to_a_bound() -> None:
    belief = Belief(0.7, 0.2, DAY, 5, 5, 3)
    assert drift(belief, DAY + timedelta(days=10), STILL).variance == pytest.approx(0.2 + 10 * ability.DRIFT_PER_DAY)
    assert drift(belief, DAY + timedelta(days=10), STILL).mean == 0.7
    assert drift(belief, DAY + timedelta(days=100_000), STILL).variance == ability.MAX_VARIANCE
    assert drift(belief, DAY - timedelta(days=3), STILL) == belief
    assert ability.variance_on(belief, DAY - timedelta(days=3)) == 0.2


def test_form_is_slept_away() -> None:
    law = ability.LAWS["domain"]
    formed = Belief(0.7, 0.2, DAY, 5, 5, 3, form=0.8, form_variance=0.1, run=4)
    assert drift(formed, DAY, law) == formed
    rested = drift(formed, DAY + timedelta(days=1), law)
    assert (rested.mean, rested.form, rested.form_variance, rested.run) == (0.7, 0.0, law.form_variance, 4)


def test_form_follows_the_last_answers_and_passes_with_the_next_ones() -> None:
    law = Law(0.4, 0.0, 0.3, 0.8)
    belief = Belief(0.0, 0.4, DAY, 10**9, 0, 0, form_variance=0.3)
    known = ItemDifficulty(0.0, 0.0)
    (after,) = update([belief], known, True, True, None, DAY, law=law)
    # the step is shared by variance, and a fifth of the form has passed by the next answer
    assert after.form == pytest.approx(0.8 * 0.75 * after.mean)
    for correct in (False, True) * 20:
        (after,) = update([after], known, correct, True, None, DAY, law=law)
    assert abs(after.form) < 0.3
    assert 0.1 < after.form_variance < 0.3


def test_a_repeat_tells_of_form_as_much_as_any_answer() -> None:
    law = ability.LAWS["domain"]
    belief = prior("aws-mla/d1", DAY)
    first, repeat = (update([belief], MEDIUM, True, sight, None, DAY, law=law)[0] for sight in (True, False))
    assert repeat.form == first.form > 0
    assert repeat.variance > first.variance


def test_runs_count_answers_of_a_kind_in_a_row() -> None:
    belief, runs = lasting()[0], []
    for correct in (True, True, False, False, False, True):
        (belief,) = update([belief], MEDIUM, correct, True, None, DAY)
        runs.append(belief.run)
    assert runs == [1, 2, -1, -2, -3, 1]


def test_the_walk_keeps_a_long_known_ability_moving() -> None:
    law, belief = ability.LAWS["all"], prior("all", DAY)
    for number in range(3000):
        (belief,) = update([belief], MEDIUM, number % 2 == 0, True, None, DAY, law=law)
    settled = belief.variance
    for _ in range(60):
        (belief,) = update([belief], MEDIUM, True, True, None, DAY, law=law)
    assert settled > 5 * law.walk
    assert belief.mean > 0.5


def test_of_several_domains_each_takes_its_share() -> None:
    two = [Belief(0.0, 0.4, DAY, 10**9, 0, 0)] * 2
    laws = [STILL] * 2
    halves = ability.update(two, laws, MEDIUM, True, True, None, DAY, 0, 0.0, (0.5, 0.5))
    (whole,) = update(two[:1], MEDIUM, True, True, None, DAY)
    assert halves[0] == halves[1]
    assert 0 < halves[0].mean < whole.mean
    assert predict(two, MEDIUM, 0, 0.0, (0.5, 0.5)) > predict(two[:1], MEDIUM)


def test_a_sharper_item_tells_more_and_a_dull_one_less() -> None:
    able = [Belief(1.0, 0.3, DAY, 10**9, 0, 0)]
    dull, plain, sharp = (ItemDifficulty(0.0, 0.0, slope) for slope in (0.5, 1.0, 2.0))
    assert predict(able, dull) < predict(able, plain) < predict(able, sharp)
    after = [update(able, item, False, True, None, DAY)[0].mean for item in (dull, plain, sharp)]
    assert after == sorted(after, reverse=True)
    # 2.0 * 1.0 - 0, variance 4 * 0.3
    assert predict(able, sharp) == pytest.approx(1 / (1 + math.exp(-2 / math.sqrt(1 + math.pi / 8 * 1.2))))


@pytest.mark.parametrize(("answers", "further"), [(0, 1), (0, 5), (3, 2), (10, 30), (100, 1)])
def test_practice_to_come_is_the_sum_of_its_answers(answers: int, further: int) -> None:
    exact = sum(ability.PRACTICE_GAIN / (answers + number + 1) for number in range(further))
    assert practice_gain(answers, further) == pytest.approx(exact, rel=0.03)
    assert practice_gain(answers, 0) == 0


@given(known=sums, item=items, choices=options, offset=st.floats(-5, 5))
def test_chances_lie_between_guessing_and_certainty(
    known: list[Belief], item: ItemDifficulty, choices: int, offset: float
) -> None:
    chance = predict(known, item, choices, offset)
    assert 0 < chance < 1
    assert chance >= ability.guess_floor(choices)


@given(
    known=sums,
    item=items,
    correct=st.booleans(),
    first=st.booleans(),
    confidence=confidences,
    choices=options,
    offset=st.floats(-5, 5),
)
def test_answers_move_means_their_way_and_make_surer(
    known: list[Belief],
    item: ItemDifficulty,
    correct: bool,
    first: bool,
    confidence: str | None,
    choices: int,
    offset: float,
) -> None:
    after = update(known, item, correct, first, confidence, DAY, choices, offset)
    for was, now in zip(known, after, strict=True):
        assert 0 < now.variance <= was.variance
        if correct:
            assert now.mean >= was.mean
    for was, now in zip(known[:-1], after[:-1], strict=True):
        if not correct:
            assert now.mean <= was.mean


@given(known=sums, item=items, choices=options)
def test_abler_means_likelier_and_harder_means_less_likely(
    known: list[Belief], item: ItemDifficulty, choices: int
) -> None:
    assume(abs(sum(belief.mean for belief in known) - item.mean) < 8)
    harder = ItemDifficulty(item.mean + 0.5, item.variance)
    assert predict(known, harder, choices) < predict(known, item, choices) < predict(known, item, choices, 0.5)


@pytest.mark.parametrize("extreme", [-1e6, 1e6])
def test_extremes_stay_finite(extreme: float) -> None:
    belief = Belief(extreme, 1.0, DAY, 1, 1, 1, extreme, 0.3, 9)
    for correct in (True, False):
        (after,) = update([belief], MEDIUM, correct, True, None, DAY, 4)
        assert math.isfinite(after.mean)
        assert after.variance > 0
    assert 0 < predict([belief], MEDIUM) < 1
