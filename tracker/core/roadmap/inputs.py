"""What a learner says of themselves before a plan is made, and what of it cannot be planned with."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, get_args

from tracker.core.roadmap.catalogue import CERTIFICATION, Catalogue, Skill

Background = Literal["switcher", "developer", "data"]
Level = Literal["starting", "course", "built"]

FEWEST_HOURS, MOST_HOURS = 1, 60
"""Hours a week that a plan can be made for."""
MOST_VACATIONS = 20
LONGEST_AHEAD = timedelta(days=366)
"""How far away a start may be, and how long a vacation."""
FURTHEST_EXAM = timedelta(days=5 * 365)
_LANGUAGE = re.compile(r"[a-z]{2}(-[a-z]{2,4})?")
_SKILLS: tuple[Skill, ...] = get_args(Skill)
_RATINGS: dict[str, tuple[int, ...]] = {
    "switcher": (1, 0, 0, 0, 0, 0),
    "developer": (3, 1, 0, 2, 1, 2),
    "data": (2, 2, 1, 3, 0, 0),
}
_AT_LEAST: dict[str, dict[str, int]] = {
    "starting": {},
    "course": {"maths": 1, "ml": 1},
    "built": {"maths": 1, "ml": 2},
}


@dataclass(frozen=True, slots=True)
class Target:
    """A certification aimed at, by its slug ("aws-mla"). `language` is the exam's ("en", "ja", "zh-hans")."""

    certification: str
    exam_day: date | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Vacation:
    """Days without study, both ends included."""

    first_day: date
    last_day: date


@dataclass(frozen=True)
class Inputs:
    """A learner's answers. `study_days` are weekdays, Monday 0 to Sunday 6; `ratings` override the defaults.

    `extras` are ids of optional steps the learner wants in the plan. Anything may stand in it until
    `bad_inputs` was asked.
    """

    background: Background
    level: Level
    hours_a_week: float
    start: date
    targets: tuple[Target, ...] = ()
    study_days: frozenset[int] = frozenset(range(7))
    ratings: Mapping[str, int] = field(default_factory=dict)
    vacations: tuple[Vacation, ...] = ()
    extras: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BadInput:
    """An answer no plan can be made with: the field of Inputs ("targets[0].exam_day") and what is wrong."""

    field: str
    message: str


class BadInputs(Exception):
    """No plan can be made. `problems` holds every fault found."""

    def __init__(self, problems: tuple[BadInput, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"{problem.field}: {problem.message}" for problem in problems))


def ratings(inputs: Inputs) -> dict[str, int]:
    """What the learner knows of each skill, 0 (nothing) to 3: own ratings before those of background and level."""
    usual: dict[str, int] = dict(zip(_SKILLS, _RATINGS[inputs.background], strict=True))
    raised = {skill: max(usual[skill], least) for skill, least in _AT_LEAST[inputs.level].items()}
    return {**usual, **raised, **inputs.ratings}


def default_targets(background: Background, google_cloud: bool = False) -> tuple[Target, ...]:
    """The certifications to propose. Switchers begin with the vocabulary; others go for the associate exam."""
    if background == "switcher":
        return Target("aws-aif"), Target("aws-mla")
    return (Target("gcp-pmle" if google_cloud else "aws-mla"),)


def second_target(background: Background) -> str | None:
    """The certification to offer once a learner is ready for a job; switchers have two from the start."""
    return {"switcher": None, "developer": "aws-aip", "data": "databricks-mla"}[background]


def bad_inputs(
    inputs: Inputs, catalogue: Catalogue, today: date, done: frozenset[str] = frozenset()
) -> tuple[BadInput, ...]:
    """Every answer that no plan can be made with, in the order of the fields; empty if all is well.

    `done` are the ids of steps already done or skipped: their exam may lie in the past.
    """
    faults = (_learner(inputs), _week(inputs, today), _vacations(inputs), _targets(inputs, catalogue, today, done))
    found = [BadInput(field, message) for each in (*faults, _extras(inputs, catalogue)) for field, message in each]
    return tuple(found)


def _learner(inputs: Inputs) -> Iterator[tuple[str, str]]:
    if inputs.background not in _RATINGS:
        yield "background", f'unknown background "{inputs.background}"'
    if inputs.level not in _AT_LEAST:
        yield "level", f'unknown level "{inputs.level}"'
    for skill, rating in inputs.ratings.items():
        if skill not in _SKILLS:
            yield f"ratings[{skill}]", "unknown skill"
        elif rating not in (0, 1, 2, 3):
            yield f"ratings[{skill}]", "is a number from 0 to 3"


def _week(inputs: Inputs, today: date) -> Iterator[tuple[str, str]]:
    # a comparison that NaN fails too
    if not FEWEST_HOURS <= inputs.hours_a_week <= MOST_HOURS:
        yield "hours_a_week", f"is between {FEWEST_HOURS} and {MOST_HOURS} hours"
    if inputs.start - today > LONGEST_AHEAD:
        yield "start", "is more than a year ahead"
    if not inputs.study_days:
        yield "study_days", "needs at least one study day"
    elif not inputs.study_days <= set(range(7)):
        yield "study_days", "holds something that is no weekday (0 is Monday, 6 is Sunday)"


def _vacations(inputs: Inputs) -> Iterator[tuple[str, str]]:
    if len(inputs.vacations) > MOST_VACATIONS:
        yield "vacations", f"are more than {MOST_VACATIONS}"
    for at, vacation in enumerate(inputs.vacations):
        if vacation.last_day < vacation.first_day:
            yield f"vacations[{at}]", "ends before it begins"
        elif vacation.last_day - vacation.first_day >= LONGEST_AHEAD:
            yield f"vacations[{at}]", "is longer than a year"


def _targets(inputs: Inputs, catalogue: Catalogue, today: date, done: frozenset[str]) -> Iterator[tuple[str, str]]:
    known = {step.certification for step in catalogue.steps}
    seen: set[str] = set()
    for at, target in enumerate(inputs.targets):
        where = f"targets[{at}]"
        if target.certification not in known:
            yield f"{where}.certification", f'unknown certification "{target.certification}"'
        elif target.certification in seen:
            yield f"{where}.certification", f'"{target.certification}" is chosen twice'
        seen.add(target.certification)
        if not _LANGUAGE.fullmatch(target.language):
            yield f"{where}.language", f'"{target.language[:20]}" is no language code'
        if target.exam_day is None or CERTIFICATION + target.certification in done:
            continue
        if target.exam_day < today:
            yield f"{where}.exam_day", "has passed"
        elif target.exam_day - today > FURTHEST_EXAM:
            yield f"{where}.exam_day", "is more than five years ahead"


def _extras(inputs: Inputs, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    steps = catalogue.by_id()
    for extra in sorted(inputs.extras):
        if extra not in steps:
            yield "extras", f'unknown step "{extra}"'
