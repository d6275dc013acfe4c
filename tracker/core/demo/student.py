"""How the demo learner answers: better from week to week, not alike in all domains, rusty after days away.

The figures are ours and only have to look like a person's; nothing outside the demo learner rests on them.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.core.ability import PRIOR_DIFFICULTY, guess_floor, sigmoid
from tracker.core.bank import Item
from tracker.core.question import guess_options, right_response

AT_FIRST = -0.6
"""Logits of the first day, on an item of difficulty 0 in a middling domain."""
GAIN_A_DAY = 0.035
RUST_A_DAY = 0.06
"""Logits lost for each day since the last practice."""
MET_BEFORE = 0.8
"""Logits gained on an item answered before."""
STRENGTH = 0.6
"""Logits by which a domain is stronger or weaker than the middle, at the most."""
SELF_KNOWLEDGE = 0.08
"""Standard deviation of the chance that the learner feels, around the true one."""
SURE, THINK = 0.8, 0.5
"""The chances felt from which the learner says so."""


@dataclass(frozen=True)
class Student:
    """Logits by domain that the demo learner has beyond what the day gives."""

    strengths: Mapping[str, float]

    def chance(self, item: Item, day: int, days_away: int, met_before: bool) -> float:
        """How likely the answer is right, 0..1: on the day counted from 0, `days_away` after the last practice."""
        logit = AT_FIRST + GAIN_A_DAY * day - RUST_A_DAY * days_away + MET_BEFORE * met_before
        logit += self.strengths.get(item.domain, 0.0) - PRIOR_DIFFICULTY[item.difficulty].mean
        floor = guess_floor(guess_options(item))
        return floor + (1 - floor) * sigmoid(logit)


def new_student(domains: Iterable[str], rng: random.Random) -> Student:
    """A student with strengths drawn for each domain."""
    return Student({domain: rng.uniform(-STRENGTH, STRENGTH) for domain in sorted(domains)})


def confidence(chance: float, rng: random.Random) -> str:
    """What the student says before the reveal: about true, since it follows the chance."""
    felt = rng.gauss(chance, SELF_KNOWLEDGE)
    return "sure" if felt >= SURE else "think" if felt >= THINK else "guess"


def response(item: Item, shuffle_seed: int, right: bool, rng: random.Random) -> tuple[int, ...]:
    """A right or a wrong response, in displayed positions; a wrong one errs in a single place or two."""
    key = right_response(item, shuffle_seed)
    if right:
        return key
    at = rng.randrange(len(key))
    if item.kind in ("single", "multiple"):
        others = [position for position in range(len(item.options)) if position not in key]
        return (*key[:at], rng.choice(others), *key[at + 1 :])
    swapped = list(key)
    swapped[at], swapped[at - 1] = key[at - 1], key[at]
    return tuple(swapped)
