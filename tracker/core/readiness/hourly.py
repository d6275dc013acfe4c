"""Most per hour: where the next hour of questions raises the expected score most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.learning import ItemFacts, LearnerState
from tracker.core.readiness.practised import concepts_of, practised
from tracker.core.readiness.score import expected_score

USUAL_SECONDS = 75.0
"""Seconds a question takes with its explanation where nothing is known of the learner's pace. Ours."""


@dataclass(frozen=True)
class HourlyGain:
    """What an hour of questions in one domain is expected to add.

    gain: to the expected score of the whole paper, 0..1 (0.02 is two points of a hundred); share and share_after:
    of right answers in the domain, now and then; questions: how many the hour holds.
    """

    domain: str
    gain: float
    share: float
    share_after: float
    questions: float


def most_per_hour(
    state: LearnerState,
    certification: str,
    weights: Mapping[str, float],
    items: Sequence[ItemFacts],
    *,
    today: date,
    exam_day: date | None,
    seconds: Mapping[str, float] | None = None,
    minutes: float = 60.0,
) -> tuple[HourlyGain, ...]:
    """The domains that can be practised, the one with the largest gain first.

    weights: share of the exam by domain, of any sum; items: those that may be asked (a domain without any is left
    out); seconds: what a question takes, by domain (USUAL_SECONDS without); minutes: how long the hour is. The
    questions go evenly over the domain's concepts; what a question does is the model's own expectation: what it
    teaches and what will still be recalled on `exam_day` (without one to come: today). The expected score is the
    mean of the paper's distribution.

    Raises ValueError if no domain has weight, a weight is negative, or a question takes no time.
    """
    total = sum(weights.values())
    if total <= 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("the blueprint's weights must be positive")
    day = exam_day if exam_day is not None and exam_day > today else today
    found = []
    for domain, weight in weights.items():
        concepts = concepts_of(items, certification, domain)
        pace = (seconds or {}).get(domain, USUAL_SECONDS)
        if pace <= 0:
            raise ValueError("a question takes some time")
        if not concepts:
            continue
        questions = 60 * minutes / pace
        each = dict.fromkeys(concepts, questions / len(concepts))
        after = practised(state, concepts, each, first_day=today, last_day=today, exam_day=day)
        shares = [_share(known, certification, domain, items, day) for known in (state, after)]
        gain = weight / total * (shares[1] - shares[0])
        found.append(HourlyGain(domain, gain, shares[0], shares[1], questions))
    return tuple(sorted(found, key=lambda each: (-each.gain, each.domain)))


def _share(state: LearnerState, certification: str, domain: str, items: Sequence[ItemFacts], day: date) -> float:
    """The expected share of right answers in a domain: a paper of nothing else has the same mean."""
    score = expected_score(state, certification, {domain: 1.0}, items, questions=10, line=0.5, day=day)
    return score.domains[domain]
