"""The demo learner: sixty days of a made-up but plausible life of study, told as plain values."""

from tracker.core.demo.diary import DIARY, DiaryPage
from tracker.core.demo.schedule import ANSWERS_A_DAY, BREAK, DAYS, EXAM_IN, SEED, evening, inputs, practice_days
from tracker.core.demo.student import Student, confidence, new_student, response

__all__ = [
    "ANSWERS_A_DAY",
    "BREAK",
    "DAYS",
    "DIARY",
    "EXAM_IN",
    "SEED",
    "DiaryPage",
    "Student",
    "confidence",
    "evening",
    "inputs",
    "new_student",
    "practice_days",
    "response",
]
