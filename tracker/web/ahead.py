"""What lies ahead of a certification: where the next hour gains most, and what the pace leads to by exam day."""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.core.learning import LearnerState
from tracker.core.readiness import Forecast, HourlyGain, forecast, most_per_hour
from tracker.core.readiness.hourly import USUAL_SECONDS
from tracker.services.bank_facts import CertificationBank
from tracker.store import study_log
from tracker.web.request import db, learner

PACE_DAYS = 28
"""Days back from today that the pace is the mean of, or as many as there were since the first practice in them."""
MORE_MINUTES = 20
"""Minutes a day that the second forecast adds."""
ENOUGH_ANSWERS = 20
"""Answers from which the learner's own time for a question counts."""


@dataclass(frozen=True)
class Ahead:
    """hourly: the domain with most to gain first; pace: minutes of questions a day of late; keep and more: the
    forecasts at that pace and with `MORE_MINUTES` more, None without an exam to come."""

    hourly: tuple[HourlyGain, ...]
    pace: float
    keep: Forecast | None
    more: Forecast | None


def ahead(bank: CertificationBank, state: LearnerState, today: date) -> Ahead:
    """What lies ahead of a certification for which there is an estimate."""
    exam_day = bank.exam_day
    first = today - timedelta(days=PACE_DAYS - 1)
    practised = study_log.practised(db(), learner().user_id, first=first, last=today, certification=bank.slug)
    answers, seconds = sum(each.answers for each in practised), sum(each.seconds for each in practised)
    own = seconds / answers if answers >= ENOUGH_ANSWERS else 0
    a_question = max(own, USUAL_SECONDS / 2) if own else USUAL_SECONDS
    began = min((each.study_day for each in practised), default=today)
    pace = answers * a_question / 60 / ((today - began).days + 1)
    items = [item.facts for item in bank.items.values() if not item.reserved]
    hourly = most_per_hour(
        state,
        bank.slug,
        bank.weights,
        items,
        today=today,
        exam_day=exam_day,
        seconds=dict.fromkeys(bank.weights, a_question),
    )

    def told(minutes: float) -> Forecast | None:
        return forecast(
            state,
            bank.slug,
            bank.weights,
            items,
            questions=bank.version.questions,
            line=bank.version.pass_line,
            today=today,
            exam_day=exam_day,
            minutes_a_day=minutes,
            seconds=a_question,
        )

    return Ahead(hourly, pace, told(pace), told(pace + MORE_MINUTES))
