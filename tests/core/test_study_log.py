"""The study log's rules, with figures."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tracker.core.roadmap import Mark, PlacedStep
from tracker.core.study_log import DAY_MINUTES, LONGEST_NOTE, Entry, offered_steps, problems, totals

TODAY = date(2026, 11, 23)
ENTRY = Entry(TODAY, 25, "course", None, None, None, "")


def fields(entry: Entry, minutes_of_day: int = 0) -> list[str]:
    return [problem.field for problem in problems(entry, TODAY, minutes_of_day)]


def test_an_ordinary_entry_has_no_problem() -> None:
    assert fields(ENTRY) == []
    assert fields(replace(ENTRY, step_id="sklearn")) == fields(replace(ENTRY, concept="overfitting")) == []


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (replace(ENTRY, study_day=TODAY + timedelta(days=1)), "study_day"),
        (replace(ENTRY, study_day=date(1990, 1, 1)), "study_day"),
        (replace(ENTRY, minutes=0), "minutes"),
        (replace(ENTRY, minutes=-5), "minutes"),
        (replace(ENTRY, minutes=DAY_MINUTES + 1), "minutes"),
        (replace(ENTRY, activity="sleeping"), "activity"),
        (replace(ENTRY, step_id="sklearn", concept="overfitting"), "about"),
        (replace(ENTRY, note="x" * (LONGEST_NOTE + 1)), "note"),
    ],
)
def test_a_problem_is_told_at_its_field(entry: Entry, field: str) -> None:
    assert fields(entry) == [field]


def test_a_day_holds_24_hours_with_what_is_logged_already() -> None:
    assert fields(replace(ENTRY, minutes=40), DAY_MINUTES - 40) == []
    found = problems(replace(ENTRY, minutes=41), TODAY, DAY_MINUTES - 40)
    assert [problem.message for problem in found] == ["A day has 24 hours: 40 minutes of this one are left to log."]


def test_every_problem_is_told_at_once() -> None:
    assert fields(replace(ENTRY, minutes=0, activity="x", note="x" * 20_000)) == ["minutes", "activity", "note"]


def test_steps_in_progress_are_offered_first_and_those_with_nothing_to_do_apart() -> None:
    placed = [PlacedStep(each, at, "main", 60, TODAY, TODAY, False) for at, each in enumerate("abcdefg", 1)]
    marks = {
        "a": Mark("done", TODAY, 1),
        "c": Mark("skipped"),
        "d": Mark("doing"),
        "e": Mark("known"),
        "f": Mark("open", None, 2),
        "g": Mark("doing"),
        "not-in-the-plan": Mark("doing"),
    }
    assert offered_steps(placed, marks) == (("d", "g", "b", "f"), ("a", "c", "e"))
    assert offered_steps([], marks) == ((), ())


def test_totals_by_week_and_month_newest_first() -> None:
    sums = totals(
        [(date(2026, 11, 23), 30), (date(2026, 11, 29), 15), (date(2026, 11, 30), 60), (date(2026, 12, 1), 5)]
    )
    assert sums.weeks == ((date(2026, 11, 30), 65), (date(2026, 11, 23), 45))
    assert sums.months == ((date(2026, 12, 1), 5), (date(2026, 11, 1), 105))
