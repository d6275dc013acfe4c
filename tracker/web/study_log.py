"""The study log: what was done when, by hand and by practice."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import DateField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from tracker.core.study_log import ACTIVITIES, Entry, totals
from tracker.services import study_log as verbs
from tracker.store import bank, study_log
from tracker.store.study_log import Logged, Practised
from tracker.web.request import db, learner, now, rng, today

bp = Blueprint("study_log", __name__, url_prefix="/study-log")

LARGEST_FORM = 4 * 1024 * 1024
"""Bytes: a note that is far too long must come back with its message, not vanish."""


class EntryForm(FlaskForm):  # type: ignore[misc]
    study_day = DateField("Day", [InputRequired("Enter the day, as in 2026-11-23.")])
    minutes = IntegerField("Minutes", [InputRequired("Enter the minutes as a whole number.")])
    activity = SelectField("Activity", choices=dict(ACTIVITIES))
    certification = SelectField("For which certification?", default="")
    note = TextAreaField("Note", description="Markdown works: **bold**, lists, links.", render_kw={"rows": 3})
    revision = IntegerField(default=0, widget=HiddenInput())


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; None means everything."""

    month: date | None
    activity: str | None
    certification: str | None

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
    return Filter(month, activity if activity in ACTIVITIES else None, request.args.get("cert") or None)


def certification_names() -> dict[str, str]:
    return {each.slug: each.exam_versions[0].code for each in bank.certifications(db())}


def new_form(**values: Any) -> EntryForm:
    form = EntryForm(**values)
    form.certification.choices = {"": "None in particular", **certification_names()}
    return form


def filled(logged: Logged) -> EntryForm:
    entry = logged.entry
    values = {
        "study_day": entry.study_day,
        "minutes": entry.minutes,
        "activity": entry.activity,
        "certification": entry.certification or "",
        "note": entry.note,
        "revision": logged.revision,
    }
    return new_form(formdata=None, **values)


def sent_form() -> EntryForm:
    """The form as sent, however long its note."""
    return new_form()


def entry_of(form: EntryForm, before: Entry | None = None) -> Entry:
    return Entry(
        study_day=form.study_day.data or date.min,
        minutes=form.minutes.data or 0,
        activity=form.activity.data,
        certification=form.certification.data or None,
        step_id=before.step_id if before else None,
        concept=before.concept if before else None,
        note=(form.note.data or "").replace("\x00", ""),
    )


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


def page(form: EntryForm, status: int = 200) -> tuple[str, int]:
    chosen = asked_filter()
    logged, practised = lines(chosen)
    minutes = [(each.entry.study_day, each.entry.minutes) for each in logged]
    minutes += [(each.study_day, each.minutes) for each in practised]
    body = render_template(
        "study_log/index.html",
        form=form,
        days=by_day(logged, practised),
        totals=totals(minutes),
        chosen=chosen,
        activities=ACTIVITIES,
        certifications=certification_names(),
        deleted=request.args.get("deleted"),
    )
    return body, status


@bp.get("/")
def index() -> tuple[str, int]:
    return page(new_form(formdata=None, study_day=today(), minutes=25))


@bp.before_request
def allow_long_notes() -> None:
    request.max_content_length = LARGEST_FORM
    request.max_form_memory_size = LARGEST_FORM


def with_problems(form: EntryForm, bad: verbs.BadEntry) -> EntryForm:
    for problem in bad.problems:
        form[problem.field].errors = [problem.message]
    return form


@bp.post("/")
def add() -> AnyResponse | tuple[str, int]:
    form = sent_form()
    if not form.validate():
        return page(form, 422)
    try:
        verbs.add(db(), learner().user_id, entry_of(form), today=today(), now=now(), rng=rng())
    except verbs.BadEntry as bad:
        return page(with_problems(form, bad), 422)
    db().commit()
    flash("Logged.", "good")
    return redirect(url_for("study_log.index"), 303)


def own(entry_id: UUID) -> Logged:
    logged = study_log.entry(db(), learner().user_id, entry_id)
    if logged is None:
        abort(404)
    return logged


def edit_page(logged: Logged, form: EntryForm, status: int = 200, stands: Logged | None = None) -> tuple[str, int]:
    return render_template(
        "study_log/edit.html", logged=logged, form=form, stands=stands, activities=ACTIVITIES
    ), status


@bp.get("/<uuid:entry_id>")
def show(entry_id: UUID) -> tuple[str, int]:
    logged = own(entry_id)
    return edit_page(logged, filled(logged))


@bp.post("/<uuid:entry_id>")
def edit(entry_id: UUID) -> AnyResponse | tuple[str, int]:
    form, logged = sent_form(), own(entry_id)
    if not form.validate():
        return edit_page(logged, form, 422)
    entry = entry_of(form, logged.entry)
    try:
        verbs.edit(db(), learner().user_id, entry_id, entry, form.revision.data or 0, today=today())
    except verbs.BadEntry as bad:
        return edit_page(logged, with_problems(form, bad), 422)
    except verbs.ChangedMeanwhile as changed:
        form.revision.raw_data = [str(changed.stands.revision)]
        return edit_page(logged, form, 409, changed.stands)
    db().commit()
    flash("Saved.", "good")
    return redirect(url_for("study_log.index"), 303)


@bp.post("/<uuid:entry_id>/delete")
def delete(entry_id: UUID) -> AnyResponse:
    try:
        verbs.delete(db(), learner().user_id, entry_id, now=now())
    except verbs.UnknownEntry:
        abort(404)
    db().commit()
    return redirect(url_for(page_of_form(), deleted=entry_id), 303)


@bp.post("/<uuid:entry_id>/restore")
def restore(entry_id: UUID) -> AnyResponse:
    try:
        verbs.restore(db(), learner().user_id, entry_id, today=today())
    except verbs.UnknownEntry:
        abort(404)
    except verbs.BadEntry as bad:
        flash(f"It could not be brought back: {bad}", "warn")
        return redirect(url_for(page_of_form()), 303)
    db().commit()
    flash("It is back in the log.", "good")
    return redirect(url_for(page_of_form()), 303)


def page_of_form() -> str:
    """The page that the sent form was on."""
    return "today.index" if request.form.get("from") == "today" else "study_log.index"


@bp.get("/export.csv")
def export() -> Response:
    logged, practised = lines(asked_filter())
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["day", "minutes", "activity", "certification", "step", "concept", "note"])
    rows = [(each.entry.study_day, entry_cells(each.entry)) for each in logged]
    rows += [(each.study_day, practice_cells(each)) for each in practised]
    for day, cells in sorted(rows, key=lambda row: row[0]):
        writer.writerow([day.isoformat(), *(neutral(cell) for cell in cells)])
    headers = {"Content-Disposition": "attachment; filename=study-log.csv"}
    return Response(out.getvalue(), mimetype="text/csv", headers=headers)


def entry_cells(entry: Entry) -> list[str]:
    tied = [entry.certification or "", entry.step_id or "", entry.concept or ""]
    return [str(entry.minutes), entry.activity, *tied, entry.note]


def practice_cells(each: Practised) -> list[str]:
    return [str(each.minutes), "practice", each.certification, "", "", f"{each.right} of {each.answers} right"]


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.lstrip()[:1] in ("=", "+", "-", "@") or cell[:1] in ("\t", "\r") else cell
