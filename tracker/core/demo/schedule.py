"""When the demo learner studies, and with what plan in mind. Days count from the first one, which is 0."""

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.core.roadmap import Inputs, Target, Vacation

SEED = 8
"""Of the one life that is shown: its line rises plainly, and its confidence is mostly right. Others are paler."""
DAYS = 60
"""Days from the first one to today, on which the demo learner has not studied yet."""
BREAK = range(29, 38)
"""Days without any study: a holiday that was known beforehand."""
ANSWERS_A_DAY = 8
EXAM_IN = timedelta(days=42)
"""From today to the exam."""
STEPS = (1, 2, 2, 3, 3)
"""Days from one practice to the next, drawn with equal chances: a little more than three a week."""
EVENING = time(19, 0)
STUDY_DAYS = frozenset({0, 1, 2, 3, 5, 6})
"""All days but Friday."""
OWN_RATINGS = {"maths": 0, "data": 3, "mlops": 3}
"""A developer who keeps services and databases running, and whose mathematics has rusted."""


def practice_days(rng: random.Random) -> tuple[int, ...]:
    """The days with practice, ascending: regular from the first day to yesterday, none in the break."""
    return (*_stretch(0, BREAK.start - 1, rng), *_stretch(BREAK.stop, DAYS - 1, rng))


def _stretch(first: int, last: int, rng: random.Random) -> list[int]:
    days = [first]
    while days[-1] < last:
        days.append(min(last, days[-1] + rng.choice(STEPS)))
    return days


def evening(day: date, timezone: str) -> datetime:
    """The instant (UTC) at which an evening of study begins in `timezone` (an IANA name)."""
    return datetime.combine(day, EVENING, ZoneInfo(timezone)).astimezone(UTC)


def inputs(first_day: date, certification: str, next_certification: str) -> Inputs:
    """What the demo learner answers on the first day; the exam lies `EXAM_IN` after the last."""
    exam_day = first_day + timedelta(days=DAYS) + EXAM_IN
    away = Vacation(first_day + timedelta(days=BREAK.start), first_day + timedelta(days=BREAK.stop - 1))
    return Inputs(
        background="developer",
        level="built",
        hours_a_week=9,
        start=first_day,
        study_days=STUDY_DAYS,
        targets=(Target(certification, exam_day), Target(next_certification)),
        ratings=OWN_RATINGS,
        vacations=(away,),
    )
