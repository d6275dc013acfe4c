"""Steps into weeks, and weeks into study days.

The rule of a week, which the worked figures of the tests pin down:

- Each lane works through its steps in their order and passes over those whose needs are not met. A need in
  the same lane is met the moment it is done; one in the other lane only if it was done when the week began.
- The side lane may take 25 % of the week, 10 % in a week that begins with a certification at the head of
  the main lane. Such weeks are the block of that certification.
- The main lane takes what is left, also of the side lane's part; what it cannot use goes back to the side
  lane. So a week is full as long as anything is ready.
- Nothing is remembered but the minutes left of each step, so a plan made in the middle of the way goes on
  as the first one would have. A step already begun may therefore be passed by an earlier one that became
  ready.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tracker.core.roadmap.catalogue import Lane
from tracker.core.roadmap.selection import SelectedStep
from tracker.core.roadmap.study_week import StudyCalendar, monday_of

SIDE_PERCENT = 25
SIDE_PERCENT_IN_BLOCK = 10
_WEEK = timedelta(days=7)
_Chunk = tuple[str, int]


class Share(NamedTuple):
    """Minutes of one step on one study day. A tuple, because a long plan has thousands."""

    day: date
    step_id: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Week:
    """A calendar week of the plan, counted from 1. `budget` in minutes; `block`: the certification step whose
    block it belongs to; shares by day, the main lane's first."""

    number: int
    monday: date
    budget: int
    block: str | None
    shares: tuple[Share, ...]


def fill(steps: Sequence[SelectedStep], calendar: StudyCalendar, first_day: date) -> tuple[Week, ...]:
    """The weeks from the first study day on or after `first_day` until every step's minutes are placed.

    Steps come in order, each after its needs. Weeks wholly off are there too, without shares.
    """
    start = calendar.next_study_day(first_day)
    monday = monday_of(start)
    work = _Work(steps)
    weeks: list[Week] = []
    while work.left:
        days = calendar.days(monday, start)
        budget = calendar.budget(len(days))
        block, main, side = work.take(budget)
        shares = tuple(_by_day(days, budget, main, side))
        weeks.append(Week(len(weeks) + 1, monday, budget, block if budget else None, shares))
        monday += _WEEK
    return tuple(weeks)


class _Work:
    """Minutes left by step, taken week by week."""

    def __init__(self, steps: Sequence[SelectedStep]) -> None:
        open_ = [step for step in steps if step.minutes]
        self.left = {step.id: step.minutes for step in open_}
        self._lanes: dict[Lane, list[SelectedStep]] = {
            lane: [step for step in open_ if step.lane == lane] for lane in ("main", "side")
        }
        self._lane_of: dict[str, Lane] = {step.id: step.lane for step in open_}
        self._waiting: set[str] = set(self.left)

    def take(self, budget: int) -> tuple[str | None, list[_Chunk], list[_Chunk]]:
        """One week's work: the certification whose block it is, the chunks of the main and of the side lane."""
        # what the other lane still had to do when the week began
        self._waiting = set(self.left)
        head = self._head("main")
        block = head.id if head and head.kind == "certification" else None
        percent = SIDE_PERCENT_IN_BLOCK if block else SIDE_PERCENT
        side = self._run("side", budget * percent // 100)
        main = self._run("main", budget - _total(side))
        side += self._run("side", budget - _total(side) - _total(main))
        return block, main, side

    def _run(self, lane: Lane, minutes: int) -> list[_Chunk]:
        chunks: list[_Chunk] = []
        while minutes and (step := self._head(lane)):
            taken = min(minutes, self.left[step.id])
            minutes -= taken
            chunks.append((step.id, taken))
            self.left[step.id] -= taken
            if not self.left[step.id]:
                del self.left[step.id]
                self._lanes[lane].remove(step)
        return chunks

    def _head(self, lane: Lane) -> SelectedStep | None:
        return next((step for step in self._lanes[lane] if all(self._met(need, lane) for need in step.needs)), None)

    def _met(self, need: str, lane: Lane) -> bool:
        return need not in (self.left if self._lane_of.get(need) == lane else self._waiting)


def _total(chunks: Sequence[_Chunk]) -> int:
    return sum(minutes for _, minutes in chunks)


def _by_day(days: Sequence[date], budget: int, main: Sequence[_Chunk], side: Sequence[_Chunk]) -> list[Share]:
    """Both lanes side by side: each study day has an equal part of the budget, split as the week is.

    What does not fill the week lies on its first days. Minutes are whole and no day gets more than its part.
    """
    of_main, total = _total(main), _total(main) + _total(side)
    main_left, side_left = list(reversed(main)), list(reversed(side))
    main_before = before = 0
    shares: list[Share] = []
    for at, day in enumerate(days, 1):
        until = min(budget * at // len(days), total)
        main_until = until * of_main // total if total else 0
        _cut(day, main_left, main_until - main_before, shares)
        _cut(day, side_left, until - before - (main_until - main_before), shares)
        main_before, before = main_until, until
    return shares


def _cut(day: date, chunks: list[_Chunk], minutes: int, shares: list[Share]) -> None:
    """Moves minutes of the last of the chunks, which come in reverse, to that day's shares."""
    while minutes:
        step_id, available = chunks.pop()
        taken = min(minutes, available)
        shares.append(Share(day, step_id, taken))
        minutes -= taken
        if taken < available:
            chunks.append((step_id, available - taken))
