"""The readiness line over time: points from snapshots on a day axis, how far it has come, and silence since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Protocol

from tracker.core.readiness import Cause

QUIET_DAYS = 4
"""Silent days that are marked as a break."""
NOTABLE_DIP = 0.01
"""A fall from one record to the next that is explained: a point of a hundred."""
MOST_DIPS, MOST_CAUSES, MOST_PAPERS = 3, 2, 3
"""Dips of a line, causes of a dip, and papers, that are told."""
MOST_SILENT = 6
"""Silent days up to today that are drawn."""


class DayRecord(Protocol):
    """What the line needs of a snapshot; shares of a paper, 0..1."""

    @property
    def study_day(self) -> date: ...
    @property
    def low(self) -> float: ...
    @property
    def mid(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def answers(self) -> int: ...
    @property
    def causes(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Break:
    """Silent days between two snapshots, both ends excluded."""

    first: date
    last: date
    days: int


@dataclass(frozen=True)
class Dip:
    """A day on which the line had fallen by `change` (negative, share of a paper) since the record before, and
    what brought it down, the largest part first."""

    day: date
    change: float
    causes: tuple[Cause, ...]

    @property
    def first(self) -> date:
        """Its day: where its mark stands."""
        return self.day


@dataclass(frozen=True)
class Taken:
    """A paper handed in on `day`: right answers of so many questions."""

    day: date
    right: int
    questions: int

    @property
    def first(self) -> date:
        """Its day: where its mark stands."""
        return self.day


@dataclass(frozen=True)
class Trend:
    """A readiness line, from `first` to `last`.

    records: what was recorded on days with activity; silent: what is expected on days without any since, by decay.
    """

    records: Sequence[DayRecord]
    silent: Sequence[DayRecord]
    first: date
    last: date
    change: float
    breaks: tuple[Break, ...]
    dips: tuple[Dip, ...]
    papers: tuple[Taken, ...] = ()

    @property
    def now(self) -> DayRecord:
        """The latest point."""
        return (self.silent or self.records)[-1]

    @property
    def events(self) -> tuple[Break | Dip | Taken, ...]:
        """Breaks, dips and papers, earliest first."""
        return tuple(sorted((*self.breaks, *self.dips, *self.papers), key=lambda each: each.first))

    def place(self, day: date) -> float:
        """Where a day lies on the axis, 0..1."""
        return (day - self.first).days / max(1, (self.last - self.first).days)


def trend(
    records: Sequence[DayRecord],
    today: date,
    silent: Sequence[DayRecord] = (),
    papers: Sequence[Taken] = (),
) -> Trend | None:
    """The line through `records` and on through `silent`, both oldest first; None while there is nothing to draw.

    papers: the rehearsals, of which the latest that lie on the line are marked.
    """
    if not records:
        return None
    first = min(records[0].study_day, today - timedelta(days=1))
    last = max(records[-1].study_day, today)
    latest = (silent or records)[-1]
    dips = _dips([*records, *silent[-1:]])
    on_it = tuple(paper for paper in papers if first <= paper.day <= last)[-MOST_PAPERS:]
    change = latest.mid - records[0].mid
    return Trend(tuple(records), tuple(silent), first, last, change, _breaks(records), dips, on_it)


def silent_days(last_activity: date, today: date) -> tuple[date, ...]:
    """Days after the last one with activity up to today, evenly spread, at most MOST_SILENT of them."""
    days = (today - last_activity).days
    count = min(days, MOST_SILENT)
    return tuple(last_activity + timedelta(days=round(days * step / count)) for step in range(1, count + 1))


def _dips(records: Sequence[DayRecord]) -> tuple[Dip, ...]:
    """The latest notable falls whose reasons were kept."""
    found = []
    for earlier, later in pairwise(records):
        change = later.mid - earlier.mid
        causes = [Cause.from_json(kept) for kept in later.causes.get("dip", ())]
        down = tuple(cause for cause in causes if cause.points < 0)[:MOST_CAUSES]
        if change <= -NOTABLE_DIP and down:
            found.append(Dip(later.study_day, change, down))
    return tuple(found[-MOST_DIPS:])


def _breaks(records: Sequence[DayRecord]) -> tuple[Break, ...]:
    found = []
    for earlier, later in pairwise(records):
        silent = (later.study_day - earlier.study_day).days - 1
        if silent >= QUIET_DAYS:
            one = timedelta(days=1)
            found.append(Break(earlier.study_day + one, later.study_day - one, silent))
    return tuple(found)
