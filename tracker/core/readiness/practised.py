"""What practice to come is expected to do: the state that further questions on given concepts would leave."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tracker.core.ability import practice_gain
from tracker.core.learning import RECALL_WEIGHT, USUAL_RECALL, ItemFacts, LearnerState, predicted
from tracker.core.memory import Rating, retrievability, review

MOST_REVIEWS = 8
"""Reviews of one concept that are followed one by one; what further ones add to recall is too little to see."""


def concepts_of(items: Sequence[ItemFacts], certification: str, domain: str) -> dict[str, list[ItemFacts]]:
    """The items of a certification's domain by concept."""
    found: dict[str, list[ItemFacts]] = {}
    for item in items:
        if item.certification == certification and item.domain == domain and item.concept:
            found.setdefault(item.concept, []).append(item)
    return found


def practised(
    state: LearnerState,
    concepts: Mapping[str, Sequence[ItemFacts]],
    questions: Mapping[str, float],
    *,
    first_day: date,
    last_day: date,
    exam_day: date,
) -> LearnerState:
    """The state that so many `questions` on each concept are expected to leave, as it counts on `exam_day`.

    The questions are spread evenly from `first_day` to `last_day`. Each teaches as in the fold; recall on exam day
    is that after the reviews, right as often as predicted. A fraction of a question does that fraction of one.
    Answers that are not given yet move no belief otherwise: they are as likely to please as to disappoint. All of
    it lands on the concepts' means; cards stay as they are.
    """
    abilities = dict(state.abilities)
    for concept, count in questions.items():
        if count > 0:
            name = f"concept/{concept}"
            belief = state.belief(name, exam_day)
            gain = practice_gain(belief.answers, count)
            gain += (
                min(1.0, count)
                * RECALL_WEIGHT
                * _recall_gain(state, concepts[concept][0], count, first_day, last_day, exam_day)
            )
            abilities[name] = replace(belief, mean=belief.mean + gain)
    return replace(state, abilities=abilities)


def _recall_gain(
    state: LearnerState, item: ItemFacts, count: float, first_day: date, last_day: date, exam_day: date
) -> float:
    """By how much recall on exam day rises, 0..1; an explanation read makes nobody forget, so never below 0."""
    held = state.cards.get(item.concept)
    before = USUAL_RECALL if held is None else retrievability(held, exam_day)
    chance = predicted(state, item, True, first_day)
    reviews = max(1, min(MOST_REVIEWS, round(count)))
    step = (last_day - first_day).days / reviews
    memory = held
    after = before
    for number in range(reviews):
        day = first_day + timedelta(days=int(step * (number + 0.5)))
        after = sum(
            share * retrievability(review(memory, rating, day), exam_day)
            for share, rating in ((chance, Rating.GOOD), (1 - chance, Rating.AGAIN))
        )
        memory = review(memory, Rating.GOOD, day)
    return max(0.0, after - before)
