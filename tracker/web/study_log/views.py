"""The pages of the study log: the list, a new entry, an edit, a deletion and its undo, the export."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.core.study_log import ACTIVITIES, totals
from tracker.services import study_log as verbs
from tracker.store import study_log
from tracker.store.study_log import Logged
from tracker.web.request import db, learner, now, rng, today
from tracker.web.study_log.about import Subjects, subjects
from tracker.web.study_log.forms import EntryForm, certification_names, entry_of, filled, new_form, with_problems
from tracker.web.study_log.lines import as_csv, asked_filter, by_day, lines

bp = Blueprint("study_log", __name__, url_prefix="/study-log")

DAYS_SHOWN = 14
"""Days with study on the page before it asks whether to go on."""


def page(form: EntryForm, offered: Subjects, status: int = 200) -> tuple[str, int]:
    chosen = asked_filter()
    logged, practised = lines(chosen)
    days = by_day(logged, practised)
    shown = days if chosen.whole else days[:DAYS_SHOWN]
    minutes = [(each.entry.study_day, each.entry.minutes) for each in logged]
    minutes += [(each.study_day, each.minutes) for each in practised]
    body = render_template(
        "study_log/index.html",
        form=form,
        days=shown,
        earlier=len(days) - len(shown),
        totals=totals(minutes),
        chosen=chosen,
        activities=ACTIVITIES,
        certifications=certification_names(),
        subjects=offered,
        deleted=request.args.get("deleted"),
    )
    return body, status


@bp.get("/")
def index() -> tuple[str, int]:
    offered, about = subjects(), request.args.get("about", "")
    return page(new_form(offered, formdata=None, study_day=today(), minutes=25, about=about), offered)


@bp.post("/")
def add() -> AnyResponse | tuple[str, int]:
    offered = subjects()
    form = new_form(offered)
    if not form.validate():
        return page(form, offered, 422)
    try:
        verbs.add(db(), learner().user_id, entry_of(form), today=today(), now=now(), rng=rng())
    except verbs.BadEntry as bad:
        return page(with_problems(form, bad.problems), offered, 422)
    db().commit()
    flash("Logged.", "good")
    return redirect(url_for("study_log.index"), 303)


def own(entry_id: UUID) -> Logged:
    logged = study_log.entry(db(), learner().user_id, entry_id)
    if logged is None:
        abort(404)
    return logged


def edit_page(form: EntryForm, offered: Subjects, status: int = 200, stands: Logged | None = None) -> tuple[str, int]:
    body = render_template(
        "study_log/edit.html",
        form=form,
        stands=stands,
        activities=ACTIVITIES,
        certifications=certification_names(),
        subjects=offered,
    )
    return body, status


@bp.get("/<uuid:entry_id>")
def show(entry_id: UUID) -> tuple[str, int]:
    logged, offered = own(entry_id), subjects()
    return edit_page(filled(offered, logged), offered)


@bp.post("/<uuid:entry_id>")
def edit(entry_id: UUID) -> AnyResponse | tuple[str, int]:
    logged, offered = own(entry_id), subjects()
    form = new_form(offered, logged.entry)
    if not form.validate():
        return edit_page(form, offered, 422)
    try:
        verbs.edit(db(), learner().user_id, entry_id, entry_of(form), form.revision.data or 0, today=today())
    except verbs.BadEntry as bad:
        return edit_page(with_problems(form, bad.problems), offered, 422)
    except verbs.ChangedMeanwhile as changed:
        form.revision.raw_data = [str(changed.stands.revision)]
        return edit_page(form, offered, 409, changed.stands)
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
    headers = {"Content-Disposition": "attachment; filename=study-log.csv"}
    return Response(as_csv(*lines(asked_filter())), mimetype="text/csv", headers=headers)
