"""The study log's rules: what may be written and what about, and what a stretch of days adds up to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.core.roadmap import Mark, PlacedStep

ACTIVITIES: Mapping[str, str] = {
    "course": "Course or video",
    "reading": "Reading",
    "coding": "Coding and labs",
    "project": "Project work",
    "questions": "Questions elsewhere",
    "other": "Something else",
}
"""What a learner can have done, with the words for it."""
DAY_MINUTES = 24 * 60
LONGEST_NOTE = 10_000
"""Characters of a note."""
EARLIEST = date(2015, 1, 1)


@dataclass(frozen=True)
class Entry:
    """What a learner writes: minutes of an activity on a study day, for a certification, about a step or concept."""

    study_day: date
    minutes: int
    activity: str
    certification: str | None
    step_id: str | None
    concept: str | None
    note: str


@dataclass(frozen=True)
class Problem:
    """Why an entry cannot be kept, at the field that has to change."""

    field: str
    message: str


NOT_OFFERED = Problem("about", "Choose a step of your plan, or a concept of a certification you aim at.")
"""An entry is about something that the learner is not offered."""


def problems(entry: Entry, today: date, minutes_of_day: int) -> list[Problem]:
    """What is wrong with an entry; `minutes_of_day` are those of the day's other entries."""
    found = []
    if entry.study_day > today:
        found.append(Problem("study_day", "This day is still to come. Log it when it is done."))
    if entry.study_day < EARLIEST:
        found.append(Problem("study_day", f"Enter a day from {EARLIEST.year} on."))
    if entry.minutes < 1:
        found.append(Problem("minutes", "Enter at least one minute."))
    elif entry.minutes + minutes_of_day > DAY_MINUTES:
        left = max(0, DAY_MINUTES - minutes_of_day)
        found.append(Problem("minutes", f"A day has 24 hours: {left} minutes of this one are left to log."))
    if entry.activity not in ACTIVITIES:
        found.append(Problem("activity", "Choose one of the activities."))
    if entry.step_id is not None and entry.concept is not None:
        found.append(Problem("about", "Choose a step or a concept, not both."))
    if len(entry.note) > LONGEST_NOTE:
        found.append(Problem("note", f"This note has {len(entry.note):,} characters; {LONGEST_NOTE:,} can be kept."))
    return found


def offered_steps(placed: Sequence[PlacedStep], marks: Mapping[str, Mark]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of a plan's steps for an entry to be about: those still to do, those in progress first, then the others.

    `placed` in the order of the plan, which is kept.
    """
    states = {each.step_id: marks.get(each.step_id, Mark()).state for each in placed}
    doing = [step_id for step_id, state in states.items() if state == "doing"]
    still_open = [step_id for step_id, state in states.items() if state == "open"]
    others = [step_id for step_id, state in states.items() if state not in ("doing", "open")]
    return (*doing, *still_open), tuple(others)


@dataclass(frozen=True)
class Totals:
    """Minutes by week (its Monday) and by month (its first day), newest first."""

    weeks: tuple[tuple[date, int], ...]
    months: tuple[tuple[date, int], ...]


def totals(minutes: Iterable[tuple[date, int]]) -> Totals:
    """Add up (study day, minutes) by week and by month."""
    weeks: dict[date, int] = defaultdict(int)
    months: dict[date, int] = defaultdict(int)
    for day, spent in minutes:
        weeks[day - timedelta(days=day.weekday())] += spent
        months[day.replace(day=1)] += spent
    return Totals(_newest_first(weeks), _newest_first(months))


def _newest_first(sums: dict[date, int]) -> tuple[tuple[date, int], ...]:
    return tuple(sorted(sums.items(), reverse=True))
