"""A warm-up: a few concepts held best, to begin again after a break."""

from collections.abc import Sequence
from datetime import date, timedelta

from tracker.core.learning import LearnerState
from tracker.core.memory import retrievability
from tracker.core.queue.choice import REST_DAYS
from tracker.core.queue.values import Candidate

WARM_UP_LENGTH = 4
"""Questions of a warm-up: about five minutes."""


def warm_up(candidates: Sequence[Candidate], state: LearnerState, today: date) -> list[Candidate]:
    """The candidate held best among those known, with a question to ask, and not asked on this study day.

    It stands alone in the list.

    Best held is likeliest to be recalled today; the more stable one of two alike. Where nothing of that kind
    is left, the candidates as they are.
    """
    rested = today - timedelta(days=REST_DAYS)
    held = [
        (retrievability(memory, today), memory.stability, candidate)
        for candidate in candidates
        if (memory := state.cards.get(candidate.concept)) is not None
        and memory.reviewed_on < today
        and candidate.rested_since <= rested
    ]
    if not held:
        return list(candidates)
    best = max(held, key=lambda each: (each[0], each[1], each[2].concept))
    return [best[2]]
