"""The plan as one line: its phases end to end, with the exams and today on it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.roadmap.catalogue import Catalogue
from tracker.core.roadmap.overview import PlacedStep
from tracker.core.roadmap.plan import PlannedStep


@dataclass(frozen=True, slots=True)
class Segment:
    """A phase on the line; places are shares of the whole length, `done` a share of its own steps."""

    phase: str
    start: float
    end: float
    done: float


@dataclass(frozen=True, slots=True)
class Road:
    """The line from its first to its last day. `marks`: place and certification of each exam; `now`: today;
    `months`: place of each first of a month, and whether a quarter begins with it."""

    first_day: date
    last_day: date
    segments: tuple[Segment, ...]
    marks: tuple[tuple[float, str], ...]
    months: tuple[tuple[float, bool], ...]
    now: float | None


def road(
    catalogue: Catalogue,
    steps: Sequence[PlannedStep] | Sequence[PlacedStep],
    exams: Iterable[tuple[str, date | None]],
    settled: frozenset[str],
    today: date,
) -> Road | None:
    """The line of a plan; None if it has no length.

    A phase ends where its last step of the main lane does, and the next one begins there; a phase that lies
    beside the others (all of it in the side lane) has no place on it. `settled` are ids of steps done.
    """
    known = catalogue.by_id()
    main = [step for step in steps if step.lane == "main" and step.step_id in known]
    if not main:
        return None
    days = [(slug, day) for slug, day in exams if day is not None]
    first = min(step.first_day for step in main)
    last = max([*(step.last_day for step in steps), *(day for _, day in days)])
    length = (last - first).days
    if length <= 0:
        return None
    segments: list[Segment] = []
    ends = {phase.id: [step for step in main if known[step.step_id].phase == phase.id] for phase in catalogue.phases}
    placed = sorted((max(step.last_day for step in own), phase) for phase, own in ends.items() if own)
    for day, phase in placed:
        start = segments[-1].end if segments else 0.0
        done = sum(step.step_id in settled for step in ends[phase]) / len(ends[phase])
        segments.append(Segment(phase, start, max(start, (day - first).days / length), done))
    marks = sorted(((day - first).days / length, slug) for slug, day in days if day >= first)
    now = (today - first).days / length
    months = [((day - first).days / length, day.month % 3 == 1) for day in _firsts(first, last)]
    return Road(first, last, tuple(segments), tuple(marks), tuple(months), now if 0 <= now <= 1 else None)


def _firsts(first: date, last: date) -> Iterator[date]:
    """The first days of months from `first` to `last`."""
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            yield day
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
