"""Forecast: the score to expect on exam day if practice goes on at some pace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.core.learning import ItemFacts, LearnerState, predicted
from tracker.core.readiness.hourly import USUAL_SECONDS
from tracker.core.readiness.practised import concepts_of, practised
from tracker.core.readiness.score import Score, expected_score


@dataclass(frozen=True)
class Forecast:
    """What so many minutes a day until the exam are expected to lead to.

    score: on exam day, as wide as what is known today; questions: how many the minutes hold; days: study days left,
    today among them.
    """

    minutes_a_day: float
    days: int
    questions: float
    score: Score


def forecast(
    state: LearnerState,
    certification: str,
    weights: Mapping[str, float],
    items: Sequence[ItemFacts],
    *,
    questions: int,
    line: float,
    today: date,
    exam_day: date | None,
    minutes_a_day: float,
    seconds: float = USUAL_SECONDS,
) -> Forecast | None:
    """The forecast for a pace; None without an exam to come.

    weights, items, questions and line as for `estimate`; minutes_a_day: on each day from today to the eve of the
    exam; seconds: what a question takes with its explanation. Questions go to concepts in proportion to their share
    of the exam and to what they are expected to lose there, as in Smart Review, and do what `practised` says: what
    they will tell of the learner is not known yet, so the range is no narrower than today's.

    Raises ValueError as `expected_score` does, or if a question takes no time or minutes are negative.
    """
    if minutes_a_day < 0 or seconds <= 0:
        raise ValueError("minutes are not negative, and a question takes some time")
    if exam_day is None or exam_day <= today:
        return None
    days = (exam_day - today).days
    asked = 60 * minutes_a_day * days / seconds
    concepts: dict[str, Sequence[ItemFacts]] = {}
    needs: dict[str, float] = {}
    for domain, weight in weights.items():
        for concept, group in (here := concepts_of(items, certification, domain)).items():
            concepts[concept] = group
            loss = 1 - predicted(state, group[0], True, exam_day)
            needs[concept] = needs.get(concept, 0.0) + weight / len(here) * loss
    total = sum(needs.values())
    after = state
    if total > 0:
        each = {concept: asked * need / total for concept, need in needs.items()}
        eve = exam_day - timedelta(days=1)
        after = practised(state, concepts, each, first_day=today, last_day=eve, exam_day=exam_day)
    score = expected_score(after, certification, weights, items, questions=questions, line=line, day=exam_day)
    return Forecast(minutes_a_day, days, asked, score)
