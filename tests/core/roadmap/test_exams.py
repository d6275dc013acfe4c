from datetime import date, timedelta

import pytest

from tests.core.roadmap.examples import START, TODAY, learner
from tracker.core.roadmap import (
    Availability,
    Edition,
    Exam,
    ExamPlacement,
    Plan,
    Progress,
    Target,
    Vacation,
    availability,
    plan,
)
from tracker.core.roadmap.exams import fees, is_late
from tracker.core.roadmap.planning import Share
from tracker.store.catalogue_file import shipped_catalogue

OPENS = date(2027, 1, 14)
EDITIONS = (
    Edition("MLA-C01", "en", None, date(2026, 9, 28)),
    Edition("MLA-C01", "ja", None, date(2027, 1, 13)),
    Edition("MLA-C02", "en", OPENS, None),
)
MLA = Exam(price_usd=150, editions=EDITIONS)
AIF = Exam(price_usd=100, editions=(Edition("AIF-C01"),))
DLS = Exam(monthly_usd=49)
FAST = {"hours": 60, "ratings": dict.fromkeys(("python", "maths", "ml", "data", "mlops"), 3)}
"""So much time and knowledge that the first exam is prepared for in December."""


def planned(*targets: Target, exams: dict[str, Exam] | None = None, **changes: object) -> Plan:
    known = {"aws-aif": AIF, "aws-mla": MLA, "dlai-dls": DLS} if exams is None else exams
    inputs = learner(**{"targets": targets, **changes})
    return plan(shipped_catalogue(), inputs, Progress(), TODAY, known)


def only(made: Plan) -> ExamPlacement:
    [exam] = made.exams
    return exam


@pytest.mark.parametrize(
    ("day", "language", "expected"),
    [
        (date(2026, 9, 28), "en", Availability("open", "MLA-C01")),
        (date(2026, 9, 29), "en", Availability("wait", "MLA-C02", OPENS)),
        (date(2027, 1, 13), "en", Availability("wait", "MLA-C02", OPENS)),
        (OPENS, "en", Availability("open", "MLA-C02")),
        (date(2027, 1, 13), "ja", Availability("open", "MLA-C01")),
        (OPENS, "ja", Availability("retired", "MLA-C02")),
        (OPENS, "fr", Availability("other language")),
    ],
)
def test_the_edition_follows_day_and_language(day: date, language: str, expected: Availability) -> None:
    assert availability(EDITIONS, language, day) == expected


def test_without_editions_or_a_successor_it_says_so() -> None:
    assert availability((), "en", OPENS) == Availability("unknown")
    assert availability(EDITIONS[:1], "en", OPENS) == Availability("retired", None)


def test_of_two_open_editions_the_newer_counts() -> None:
    both = (Edition("X-1", "en", None, OPENS), Edition("X-2", "en", OPENS))
    assert availability(both, "en", OPENS).code == "X-2"


@pytest.mark.parametrize(("days", "late"), [(2, True), (3, False), (4, False)])
def test_a_preparation_ends_three_days_before_the_exam(days: int, late: bool) -> None:
    assert is_late(Target("aws-mla", START + timedelta(days)), START) is late
    assert not is_late(Target("aws-mla"), START)


def test_the_proposed_day_is_the_first_study_day_three_days_after_the_block() -> None:
    exam = only(planned(Target("aws-mla")))
    assert exam.prepared_on == date(2027, 8, 13)
    assert exam.exam_day == date(2027, 8, 16)
    assert (exam.fixed, exam.late, exam.availability.code) == (False, False, "MLA-C02")
    away = Vacation(exam.exam_day, exam.exam_day + timedelta(days=7))
    assert only(planned(Target("aws-mla"), vacations=(away,))).exam_day == date(2027, 8, 24)
    wednesday = planned(Target("aws-mla"), hours=9)
    assert (only(wednesday).prepared_on, only(wednesday).exam_day) == (date(2027, 7, 14), date(2027, 7, 19))


def test_between_two_editions_no_day_is_proposed() -> None:
    exam = only(planned(Target("aws-mla"), **FAST))
    assert exam.prepared_on < OPENS - timedelta(days=3)
    assert exam.exam_day is None
    assert exam.availability == Availability("wait", "MLA-C02", OPENS)


def test_a_day_of_ones_own_stays_whatever_is_said_of_it() -> None:
    exam = only(planned(Target("aws-mla", OPENS - timedelta(days=1)), **FAST))
    assert (exam.exam_day, exam.fixed) == (OPENS - timedelta(days=1), True)
    assert exam.availability.state == "wait"
    assert only(planned(Target("aws-mla", date(2028, 1, 14), "ja"))).availability == Availability(
        "retired", "MLA-C02"
    )


def test_without_facts_a_day_is_proposed() -> None:
    exam = only(planned(Target("aws-mla"), exams={}))
    assert exam.exam_day == date(2027, 8, 16)
    assert exam.availability == Availability("unknown")


def test_the_last_minutes_are_for_rehearsals() -> None:
    made = planned(Target("aws-mla"))
    exam = only(made)
    worked = [share for week in made.weeks for share in week.shares if share.step_id == exam.step_id]
    rehearsals = sum(share.minutes for share in worked if share.day >= exam.rehearse_from)
    later = sum(share.minutes for share in worked if share.day > exam.rehearse_from)
    assert later < 0.15 * 56 * 60 <= rehearsals


def test_a_course_has_no_exam_and_costs_every_month_it_touches() -> None:
    made = planned(Target("dlai-dls"))
    assert made.exams == ()
    step = made.step("cert-dlai-dls")
    touched = [month.first_day for month in made.months if month.fees_usd == 49]
    assert touched[0] == step.first_day.replace(day=1)
    assert touched[-1] == step.last_day.replace(day=1)
    assert sum(month.fees_usd for month in made.months) == 49 * len(touched)


def test_fees_fall_due_on_the_exam_day_or_where_the_preparation_ends() -> None:
    shares = {"cert-aws-mla": [Share(START, "cert-aws-mla", 60)], "sql": [Share(START, "sql", 60)]}
    assert fees(shares, {"aws-mla": MLA}, {}) == {date(2026, 11, 1): 150}
    assert fees(shares, {"aws-mla": MLA}, {"cert-aws-mla": OPENS}) == {date(2027, 1, 1): 150}
    assert fees(shares, {}, {}) == {}
