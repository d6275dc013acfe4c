import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core import next_answer
from tracker.core.ability import PRIOR_DIFFICULTY, Belief
from tracker.core.learning import (
    Answer,
    ItemFacts,
    LearnerState,
    fold,
    loadings,
    predicted,
    recall_offset,
    touched,
)
from tracker.core.memory import Memory, Rating, review

DAY = date(2026, 3, 1)
ITEM = ItemFacts("aws-mla-1", "aws-mla", "d1", "overfitting", PRIOR_DIFFICULTY["medium"], 4)
SIBLING = ItemFacts("aws-aif-7", "aws-aif", "d2", "overfitting", PRIOR_DIFFICULTY["easy"], 4)
OTHER = ItemFacts("aws-mla-2", "aws-mla", "d3", "drift", PRIOR_DIFFICULTY["hard"], 5)
BANK = [ITEM, SIBLING, OTHER]

histories = st.lists(
    st.tuples(
        st.sampled_from(BANK),
        st.booleans(),
        st.sampled_from([None, "guess", "think", "sure"]),
        st.booleans(),
        st.integers(0, 30),
    ),
    max_size=30,
)


def answer(item: ItemFacts, correct: bool, day: date = DAY, first_sight: bool = True) -> Answer:
    return Answer(item.id, correct, "think", first_sight, day)


def replay(history: list[tuple[ItemFacts, bool, str | None, bool, int]]) -> tuple[LearnerState, date]:
    state, day = LearnerState(), DAY
    for item, correct, confidence, first_sight, gap in history:
        day += timedelta(days=gap)
        state = fold(state, Answer(item.id, correct, confidence, first_sight, day), item)
    return state, day


def test_touched_names_the_rows() -> None:
    assert touched(ITEM) == ("overfitting", ("all", "aws-mla/d1", "concept/overfitting"))


def test_first_answer_makes_a_card_and_three_abilities() -> None:
    state = fold(LearnerState(), answer(ITEM, True), ITEM)
    assert state.cards == {"overfitting": review(None, Rating.GOOD, DAY)}
    assert list(state.abilities) == ["all", "aws-mla/d1", "concept/overfitting"]
    assert state.abilities["all"].first_sight_right == 1


def test_an_answer_touches_its_rows_only() -> None:
    before, _ = replay([(item, True, "think", True, 1) for item in BANK])
    after = fold(before, answer(OTHER, False, DAY + timedelta(days=9)), OTHER)
    concept, components = touched(OTHER)
    assert set(after.cards) == {"overfitting", "drift"}
    assert len(after.abilities) == 6
    assert {name for name in after.cards if after.cards[name] != before.cards[name]} == {concept}
    changed = {name for name in after.abilities if after.abilities[name] != before.abilities[name]}
    assert changed == set(components)


@given(history=histories)
def test_the_touched_rows_are_all_that_a_fold_needs(
    history: list[tuple[ItemFacts, bool, str | None, bool, int]],
) -> None:
    state, day = replay(history)
    concept, components = touched(ITEM)
    part = LearnerState(
        {name: card for name, card in state.cards.items() if name == concept},
        {name: belief for name, belief in state.abilities.items() if name in components},
    )
    whole, loaded = (fold(known, answer(ITEM, True, day), ITEM) for known in (state, part))
    assert loaded.cards[concept] == whole.cards[concept]
    assert all(loaded.abilities[name] == whole.abilities[name] for name in components)
    assert predicted(part, ITEM, True, day) == predicted(state, ITEM, True, day)


def test_the_state_before_is_left_alone() -> None:
    before = LearnerState()
    fold(before, answer(ITEM, True), ITEM)
    assert before == LearnerState({}, {})


def test_an_answer_belongs_to_its_item() -> None:
    with pytest.raises(ValueError, match="aws-mla-1"):
        fold(LearnerState(), answer(ITEM, True), OTHER)


def test_what_one_certification_taught_counts_for_another() -> None:
    taught = fold(LearnerState(), answer(SIBLING, True), SIBLING)
    assert predicted(taught, ITEM, True, DAY) > predicted(LearnerState(), ITEM, True, DAY)
    # the other certification's domain stays unknown
    assert "aws-mla/d1" not in taught.abilities


def test_prediction_by_hand() -> None:
    state = LearnerState({"overfitting": Memory(10.0, 5.0, DAY, 2, 0)}, {"all": Belief(0.5, 0.2, DAY, 9, 9, 6)})
    unseen, seen = (predicted(state, ITEM, first_sight, DAY) for first_sight in (True, False))
    # mean 0.5 + 0.2 + 1.5 * (1 - 0.85) = 0.925; variance: general 0.2, domain 0.2 and its form 0.33, concept 0.4,
    # item 0.4, in all 1.53; floor 1/4:
    # 0.25 + 0.75 * sigmoid(0.925 / sqrt(1 + pi / 8 * 1.53)) = 0.25 + 0.75 * sigmoid(0.7311)
    assert unseen == pytest.approx(0.7563, abs=1e-4)
    assert seen > unseen


def test_forgetting_lowers_the_prediction_and_time_alone_does_not_for_the_unknown() -> None:
    known = fold(LearnerState(), answer(ITEM, True), ITEM)
    chances = [predicted(known, ITEM, True, DAY + timedelta(days=days)) for days in (0, 3, 30, 300)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] - chances[-1] > 0.05
    unknown = [predicted(LearnerState(), ITEM, True, DAY + timedelta(days=days)) for days in (0, 300)]
    assert unknown[0] == unknown[1]


def test_memory_matters_more_for_an_item_seen_before() -> None:
    memory = Memory(5.0, 5.0, DAY, 2, 0)
    later = DAY + timedelta(days=60)
    unseen = recall_offset(memory, True, DAY) - recall_offset(memory, True, later)
    seen = recall_offset(memory, False, DAY) - recall_offset(memory, False, later)
    assert seen > unseen > 0


def test_failing_what_was_forgotten_is_held_less_against_ability() -> None:
    beliefs = {"all": Belief(1.0, 0.3, DAY, 50, 50, 40)}
    later = DAY + timedelta(days=90)
    fresh = LearnerState({"overfitting": Memory(1000.0, 5.0, DAY, 3, 0)}, beliefs)
    faded = LearnerState({"overfitting": Memory(0.3, 5.0, DAY, 3, 0)}, beliefs)
    loss = [fold(state, answer(ITEM, False, later), ITEM).abilities["all"].mean for state in (fresh, faded)]
    assert loss[0] < loss[1] < 1.0


@given(history=histories)
def test_right_answers_never_lower_their_domain(
    history: list[tuple[ItemFacts, bool, str | None, bool, int]],
) -> None:
    state, day = replay(history)
    before = state.belief("aws-mla/d1", day)
    for first_sight in (True, False):
        after = fold(state, answer(ITEM, True, day, first_sight), ITEM).belief("aws-mla/d1", day)
        assert after.mean >= before.mean
        assert 0 < after.variance <= before.variance


def test_an_item_may_draw_on_several_domains_and_on_no_concept() -> None:
    both = replace(ITEM, concept="", more_domains=("d2",))
    state = fold(LearnerState(), answer(both, True), both)
    assert touched(both) == ("", ("all", "aws-mla/d1", "aws-mla/d2"))
    assert loadings(both) == (1.0, 0.5, 0.5)
    assert state.cards == {}
    assert state.abilities["aws-mla/d1"] == state.abilities["aws-mla/d2"]
    assert predicted(state, both, True, DAY) > predicted(LearnerState(), both, True, DAY)


def test_weights_of_the_first_stage_change_nothing_and_others_do() -> None:
    state, _ = replay([(ITEM, True, "think", True, 0), (ITEM, False, "think", True, 0)])
    for first_sight in (True, False):
        plain = predicted(state, ITEM, first_sight, DAY)
        assert predicted(state, ITEM, first_sight, DAY, next_answer.FIRST_STAGE) == pytest.approx(plain)
    eager = (0.5, *next_answer.FIRST_STAGE[1:])
    assert predicted(state, ITEM, True, DAY, eager) > predicted(state, ITEM, True, DAY)


@given(history=histories, first_sight=st.booleans())
def test_predictions_are_probabilities_and_folds_repeatable(
    history: list[tuple[ItemFacts, bool, str | None, bool, int]], first_sight: bool
) -> None:
    state, day = replay(history)
    assert replay(history) == (state, day)
    assert 0 < predicted(state, ITEM, first_sight, day + timedelta(days=5)) < 1


def test_ten_thousand_answers_in_one_day() -> None:
    rng, state = random.Random(5), LearnerState()
    for _ in range(10_000):
        item = rng.choice(BANK)
        state = fold(state, answer(item, rng.random() < 0.5, DAY, first_sight=False), item)
    assert state.abilities["all"].answers == 10_000
    assert 0 < predicted(state, ITEM, True, DAY) < 1


def test_learning_the_key_by_heart_does_not_look_like_ability() -> None:
    state = fold(LearnerState(), answer(ITEM, True), ITEM)
    by_heart = state
    for days in range(1, 31):
        by_heart = fold(by_heart, answer(ITEM, True, DAY + timedelta(days=days), first_sight=False), ITEM)
    fresh = state
    for number in range(30):
        item = ItemFacts(f"n{number}", "aws-mla", "d1", f"c{number}", PRIOR_DIFFICULTY["medium"], 4)
        fresh = fold(fresh, answer(item, True, DAY + timedelta(days=number + 1)), item)
    assert by_heart.abilities["all"].mean < fresh.abilities["all"].mean / 3
