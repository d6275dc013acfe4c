"""The fold: what one answer does to what is known of a learner, and what to expect of the next one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.core import ability, next_answer
from tracker.core.ability import Belief, ItemDifficulty
from tracker.core.memory import Memory, rate, retrievability, review

RECALL_WEIGHT = 1.5
"""Logits between a concept certainly recalled and one certainly forgotten, on an unseen item. Ours."""
REPEAT_RECALL_WEIGHT = 3.0
"""The same for an item seen before: there the answer itself may be recalled."""
USUAL_RECALL = 0.85
"""Recall at which memory says nothing beyond ability: about its mean when the queue comes back. Ours."""
REPEAT_HEAD_START = 0.7
"""Logits by which an item seen before is easier than its sibling: part of the answer is recognised. Ours."""


@dataclass(frozen=True)
class ItemFacts:
    """What the learning core knows of an item.

    concept: "" where nothing is known of one; options: the answers a blind guess chooses from; more_domains:
    further domains that the item draws on as much as on `domain`.
    """

    id: str
    certification: str
    domain: str
    concept: str
    difficulty: ItemDifficulty
    options: int
    more_domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """One marked answer. `confidence` is "guess", "think", "sure", or None (papers do not ask)."""

    item_id: str
    correct: bool
    confidence: str | None
    first_sight: bool
    study_day: date


@dataclass(frozen=True)
class LearnerState:
    """Everything derived from a learner's answers: memories by concept, beliefs by component.

    A part of it is enough wherever only one item is concerned: see `touched`.
    """

    cards: Mapping[str, Memory] = field(default_factory=dict)
    abilities: Mapping[str, Belief] = field(default_factory=dict)

    def belief(self, component: str, day: date) -> Belief:
        """The belief of `component` as of `day`, its prior if nothing was answered yet."""
        held = self.abilities.get(component)
        if held is None:
            return ability.prior(component, day)
        return held if day <= held.updated_on else ability.drift(held, day, ability.law_of(component))


def touched(item: ItemFacts) -> tuple[str, tuple[str, ...]]:
    """The concept whose card, and the components whose beliefs, an answer on `item` moves, and no others.

    Components run from general to specific: all, <certification>/<domain>, concept/<slug>.
    """
    domains = tuple(f"{item.certification}/{domain}" for domain in (item.domain, *item.more_domains))
    return item.concept, ("all", *domains, *((f"concept/{item.concept}",) if item.concept else ()))


def loadings(item: ItemFacts) -> tuple[float, ...]:
    """How much each component of `touched` counts in the sum: of several domains the mean is taken."""
    domains = 1 + len(item.more_domains)
    return (1.0, *[1 / domains] * domains, *((1.0,) if item.concept else ()))


def fold(state: LearnerState, answer: Answer, item: ItemFacts) -> LearnerState:
    """The state after one answer: the only rule by which cards and abilities change.

    Raises ValueError if the answer is for another item.
    """
    if answer.item_id != item.id:
        raise ValueError(f"an answer to {answer.item_id} cannot be folded with {item.id}")
    concept, components = touched(item)
    day = answer.study_day
    memory = state.cards.get(concept)
    # what memory explains is not held against ability: both see the answer through the same prediction
    beliefs = ability.update(
        [state.belief(component, day) for component in components],
        [ability.law_of(component) for component in components],
        item.difficulty,
        answer.correct,
        answer.first_sight,
        answer.confidence,
        day,
        item.options,
        recall_offset(memory, answer.first_sight, day),
        loadings(item),
    )
    cards = state.cards
    if concept:
        cards = {**cards, concept: review(memory, rate(answer.correct, answer.confidence, memory), day)}
    return LearnerState(
        cards=cards,
        abilities={**state.abilities, **dict(zip(components, beliefs, strict=True))},
    )


def predicted(
    state: LearnerState,
    item: ItemFacts,
    first_sight: bool,
    day: date,
    weights: next_answer.Weights | None = None,
) -> float:
    """The chance of a right answer to `item` on `day`, 0..1 exclusive, before it is given.

    weights: the second stage of the learner's calibration, where it has one.
    """
    if weights is not None:
        floor = ability.guess_floor(item.options)
        return next_answer.chance(weights, features(state, item, first_sight, day), floor)
    concept, components = touched(item)
    beliefs = [state.belief(component, day) for component in components]
    offset = recall_offset(state.cards.get(concept), first_sight, day)
    return ability.predict(beliefs, item.difficulty, item.options, offset, loadings(item))


def features(state: LearnerState, item: ItemFacts, first_sight: bool, day: date) -> tuple[float, ...]:
    """What the second stage sees before an answer, see `next_answer.features`."""
    concept, components = touched(item)
    beliefs = [state.belief(component, day) for component in components]
    offset = recall_offset(state.cards.get(concept), first_sight, day)
    domains = 1 + len(item.more_domains)
    return next_answer.features(beliefs, domains, item.difficulty, offset, loadings(item), first_sight)


def recall_offset(memory: Memory | None, first_sight: bool, day: date) -> float:
    """Logits that memory of the concept adds to ability on `day`; 0 without a memory."""
    if memory is None:
        return 0.0
    recall = retrievability(memory, day) - USUAL_RECALL
    return RECALL_WEIGHT * recall if first_sight else REPEAT_HEAD_START + REPEAT_RECALL_WEIGHT * recall
