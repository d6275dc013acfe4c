"""What Smart Review has for a study day, counted without choosing anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.core.learning import LearnerState
from tracker.core.memory import Memory, next_review, retrievability
from tracker.core.queue.choice import REST_DAYS
from tracker.core.queue.values import Candidate

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Concepts of one certification on a study day.

    askable: with a question to ask and a reason to ask it today; of these, due: about to fade, and fresh:
    never asked; known: asked before today, with a question to ask; next_day: when the first of the others
    comes back, None if none will; items and seen: open questions, and those met so far.
    """

    askable: int
    due: int
    fresh: int
    known: int
    next_day: date | None
    items: int
    seen: int

    @property
    def all_seen(self) -> bool:
        """Whether every open question was met, and there is one."""
        return 0 < self.items == self.seen


def outlook(
    candidates: Sequence[Candidate],
    state: LearnerState,
    *,
    exam_day: date | None,
    today: date,
    desired_retention: float = 0.9,
    rest_days: int = REST_DAYS,
) -> Outlook:
    """The outlook of all open concepts of a run. An exam that is not to come counts as none."""
    exam_day = exam_day if exam_day is not None and exam_day > today else None
    askable = due = fresh = known = 0
    later: list[date] = []
    for candidate in candidates:
        memory = state.cards.get(candidate.concept)
        free = _free_from(candidate, today, rest_days)
        if memory is None:
            back = free
        else:
            back = next_review(memory, desired_retention, today, exam_day)
            asked = memory.reviewed_on >= today
            known += not asked and free <= today
            wanted = exam_day is not None or retrievability(memory, today) <= desired_retention
            back = max(back, free, today + _DAY) if asked or not wanted else free
        if back > today:
            later.append(back)
            continue
        askable += 1
        fresh += memory is None
        due += memory is not None and _is_due(memory, desired_retention, today, exam_day)
    views = [view for candidate in candidates for view in candidate.items]
    seen = sum(view.last_seen_on is not None for view in views)
    return Outlook(askable, due, fresh, known, min(later, default=None), len(views), seen)


def _is_due(memory: Memory, desired_retention: float, today: date, exam_day: date | None) -> bool:
    return next_review(memory, desired_retention, today, exam_day) <= today


def _free_from(candidate: Candidate, today: date, rest_days: int) -> date:
    """The first day on which one of its items may be asked: today while one is unseen or rested."""
    days = [view.last_seen_on for view in candidate.items]
    seen = [day for day in days if day is not None]
    if len(seen) < len(days):
        return today
    return max(today, min(seen) + timedelta(days=rest_days)) if seen else date.max
