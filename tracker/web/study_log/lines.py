"""The lines of the log: what the list is narrowed to, and the cells of its export."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request

from tracker.core.study_log import ACTIVITIES, Entry
from tracker.store import study_log
from tracker.store.study_log import Logged, Practised
from tracker.web.request import db, learner


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; None means everything. `whole`: also the days that do not fit a page."""

    month: date | None
    activity: str | None
    certification: str | None
    whole: bool

    @property
    def last(self) -> date | None:
        if self.month is None:
            return None
        following = self.month.replace(year=self.month.year + self.month.month // 12, month=self.month.month % 12 + 1)
        return date.fromordinal(following.toordinal() - 1)


def asked_filter() -> Filter:
    """The filter in the address; parts that make no sense are left out."""
    try:
        month = date.fromisoformat(request.args.get("month", "") + "-01")
    except ValueError:
        month = None
    activity = request.args.get("activity")
    activity = activity if activity in ACTIVITIES else None
    return Filter(month, activity, request.args.get("cert") or None, request.args.get("whole") == "1")


def lines(chosen: Filter) -> tuple[list[Logged], list[Practised]]:
    user_id = learner().user_id
    logged = study_log.entries(
        db(),
        user_id,
        first=chosen.month,
        last=chosen.last,
        activity=chosen.activity,
        certification=chosen.certification,
    )
    if chosen.activity is not None:
        return logged, []
    practised = study_log.practised(
        db(), user_id, first=chosen.month, last=chosen.last, certification=chosen.certification
    )
    return logged, practised


def by_day(logged: Sequence[Logged], practised: Sequence[Practised]) -> list[tuple[date, list[Any], list[Any]]]:
    """Each study day, newest first, with its entries and its practice."""
    days = sorted({each.entry.study_day for each in logged} | {each.study_day for each in practised}, reverse=True)
    return [
        (
            day,
            [each for each in logged if each.entry.study_day == day],
            [each for each in practised if each.study_day == day],
        )
        for day in days
    ]


def as_csv(logged: Sequence[Logged], practised: Sequence[Practised]) -> str:
    """The lines as a table, oldest first."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["day", "minutes", "activity", "certification", "step", "concept", "note"])
    rows = [(each.entry.study_day, entry_cells(each.entry)) for each in logged]
    rows += [(each.study_day, practice_cells(each)) for each in practised]
    for day, cells in sorted(rows, key=lambda row: row[0]):
        writer.writerow([day.isoformat(), *(neutral(cell) for cell in cells)])
    return out.getvalue()


def entry_cells(entry: Entry) -> list[str]:
    tied = [entry.certification or "", entry.step_id or "", entry.concept or ""]
    return [str(entry.minutes), entry.activity, *tied, entry.note]


def practice_cells(each: Practised) -> list[str]:
    return [str(each.minutes), "practice", each.certification, "", "", f"{each.right} of {each.answers} right"]


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.lstrip()[:1] in ("=", "+", "-", "@") or cell[:1] in ("\t", "\r") else cell
