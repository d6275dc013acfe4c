"""Memory of a concept: will the learner still recall it on a given day? (FSRS-6, the package `fsrs`)"""

import math
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum

import fsrs

SAME_DAY_WEIGHT = 0.25
"""Share of FSRS's own change (of log stability, of difficulty) that a repeat on the same study day is
worth. Ours: FSRS-6 is worse than a constant there."""
FINAL_PASS = timedelta(days=7)
"""How long before the exam a concept may have its final pass. Ours: one item may rest that long."""
LEECH_LAPSES = 4
"""Lapses from which a concept is a leech: more of the same does not help. Ours, half of what Anki takes."""

# no steps, no fuzz: otherwise the package counts minutes and reads the clock and the global generator
_SCHEDULER = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
_DECAY = -_SCHEDULER.parameters[20]
_FACTOR = 0.9 ** (1 / _DECAY) - 1
_REPAIRED = _SCHEDULER.parameters[fsrs.Rating.Good - 1]
_NOON = time(12, tzinfo=UTC)


class Rating(IntEnum):
    """How well an answer went, in the four grades of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


_GRADES = {rating: fsrs.Rating(rating) for rating in Rating}


@dataclass(frozen=True)
class Memory:
    """What is remembered of one concept. It exists only once the concept was answered.

    stability: days until the chance of recall has fallen to 90 %; difficulty: FSRS, 1..10; reviewed_on:
    study day of the latest answer; reviews: all answers; lapses: wrong answers on a later day than the
    answer before.
    """

    stability: float
    difficulty: float
    reviewed_on: date
    reviews: int
    lapses: int

    @property
    def is_leech(self) -> bool:
        """Whether the concept was forgotten so often that its explanation helps more than another try."""
        return self.lapses >= LEECH_LAPSES


def rate(correct: bool, confidence: str | None, memory: Memory | None) -> Rating:
    """The rating of an answer: `confidence` is "guess", "think", "sure" or None (not asked).

    Easy needs an earlier success: see `_succeeded`.
    """
    if not correct:
        return Rating.AGAIN
    if confidence == "guess":
        return Rating.HARD
    if confidence == "sure" and memory is not None and _succeeded(memory):
        return Rating.EASY
    return Rating.GOOD


def review(memory: Memory | None, rating: Rating, day: date) -> Memory:
    """The memory after an answer rated `rating` on the study day `day`.

    The first answer and answers on a later day follow FSRS-6 with its published default parameters. A
    repeat on the same study day (or a day before it) counts lightly, see `_same_day`.
    """
    if memory is None:
        stability, difficulty = _fsrs(None, rating, day)
        return Memory(stability, difficulty, day, reviews=1, lapses=0)
    if day <= memory.reviewed_on:
        return _same_day(memory, rating)
    stability, difficulty = _fsrs(memory, rating, day)
    lapses = memory.lapses + (rating is Rating.AGAIN)
    return Memory(stability, difficulty, day, memory.reviews + 1, lapses)


def retrievability(memory: Memory, day: date) -> float:
    """The chance of recall on `day`, 0..1; 1 on the day of review."""
    elapsed = days_since(memory, day)
    return 1.0 if elapsed <= 0 else recall_after(memory, elapsed)


def days_since(memory: Memory, day: date) -> int:
    """Study days from the latest answer to `day`."""
    return day.toordinal() - memory.reviewed_on.toordinal()


def recall_after(memory: Memory, days: float) -> float:
    """The chance of recall that many days after the latest answer: FSRS-6's forgetting curve
    (1 + F t / S)^-w20."""
    return float((1 + _FACTOR * days / memory.stability) ** _DECAY)


def next_review(memory: Memory, desired_retention: float, today: date, exam_day: date | None) -> date:
    """The day on which recall falls to `desired_retention` (0..1), rounded to whole days, at least one day
    on.

    Before an exam that is still to come every concept gets a final pass: one that would only be due on the
    exam day or later is due a week before it, unless it was answered since. May lie in the past: then it is
    overdue.

    Raises ValueError if `desired_retention` is not between 0 and 1.
    """
    if not 0 < desired_retention < 1:
        raise ValueError("desired retention lies between 0 and 1")
    days = memory.stability * stabilities_until(desired_retention)
    # date.max is the end of the calendar, not of a long memory
    last = date.max.toordinal() - memory.reviewed_on.toordinal()
    due = memory.reviewed_on + timedelta(days=min(max(1, round(days)), last))
    if exam_day is None or exam_day <= today or due < exam_day:
        return due
    final_pass = exam_day - FINAL_PASS
    return final_pass if memory.reviewed_on < final_pass else due


def stabilities_until(retention: float) -> float:
    """Days, in units of the stability, until recall has fallen to `retention` (0..1 exclusive): 1 for 0.9."""
    return float((retention ** (1 / _DECAY) - 1) / _FACTOR)


def _succeeded(memory: Memory) -> bool:
    # wrong answers alone start at the stability of a first Again and only lower it
    return memory.stability > _SCHEDULER.parameters[fsrs.Rating.Again - 1]


def _same_day(memory: Memory, rating: Rating) -> Memory:
    """A repeat on the same day moves the memory a quarter of FSRS's way.

    Right answers may repair a failed concept up to a first Good, never lengthen it further: a day of
    cramming one concept must not push it past the exam. A failure is not another lapse: nothing was
    forgotten since.
    """
    stability, difficulty = _fsrs(memory, rating, memory.reviewed_on)
    log_step = math.log(stability / memory.stability)
    moved = memory.stability * math.exp(SAME_DAY_WEIGHT * log_step)
    if moved > memory.stability:
        moved = max(memory.stability, min(moved, _REPAIRED))
    return replace(
        memory,
        stability=moved,
        difficulty=memory.difficulty + SAME_DAY_WEIGHT * (difficulty - memory.difficulty),
        reviews=memory.reviews + 1,
    )


def _fsrs(memory: Memory | None, rating: Rating, day: date) -> tuple[float, float]:
    # study days go in as noon UTC: the package counts whole 24 hours
    now = datetime.combine(day, _NOON)
    if memory is None:
        card = fsrs.Card(card_id=0, due=now)
    else:
        last = datetime.combine(memory.reviewed_on, _NOON)
        card = fsrs.Card(
            card_id=0,
            state=fsrs.State.Review,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=last,
            last_review=last,
        )
    after, _ = _SCHEDULER.review_card(card, _GRADES[rating], review_datetime=now)
    if after.stability is None or after.difficulty is None:  # pragma: no cover
        raise ValueError("fsrs left a reviewed card without a memory")
    return after.stability, after.difficulty
