"""The form of an entry."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from tracker.core.study_log import ACTIVITIES, NOT_OFFERED, Entry, Problem
from tracker.store import bank
from tracker.store.study_log import Logged
from tracker.web.request import db, today
from tracker.web.study_log.about import Subjects, ids_of, value_of


class EntryForm(FlaskForm):  # type: ignore[misc]
    study_day = DateField("Day", [InputRequired("Enter the day, as in 2026-11-23.")])
    minutes = IntegerField("Minutes", [InputRequired("Enter the minutes as a whole number.")])
    activity = SelectField("Activity", choices=dict(ACTIVITIES))
    certification = SelectField("For which certification?", default="")
    # the stubs do not know this argument yet
    about = SelectField("About", default="", invalid_choice_message=NOT_OFFERED.message)  # type: ignore[call-arg]
    note = TextAreaField("Note", description="Markdown works: **bold**, lists, links.", render_kw={"rows": 3})
    revision = IntegerField(default=0, widget=HiddenInput())


def certification_names() -> dict[str, str]:
    return {each.slug: each.open_version(today()).code for each in bank.certifications(db())}


def new_form(offered: Subjects, kept: Entry | None = None, **values: Any) -> EntryForm:
    """The form as sent, or with these values; `kept` is the entry that it changes."""
    form = EntryForm(**values)
    form.certification.choices = {"": "None in particular", **certification_names()}
    form.about.choices = offered.choices(kept)
    return form


def filled(offered: Subjects, logged: Logged) -> EntryForm:
    entry = logged.entry
    values = {
        "study_day": entry.study_day,
        "minutes": entry.minutes,
        "activity": entry.activity,
        "certification": entry.certification or "",
        "about": value_of(entry),
        "note": entry.note,
        "revision": logged.revision,
    }
    return new_form(offered, entry, formdata=None, **values)


def entry_of(form: EntryForm) -> Entry:
    step_id, concept = ids_of(form.about.data)
    return Entry(
        study_day=form.study_day.data or date.min,
        minutes=form.minutes.data or 0,
        activity=form.activity.data,
        certification=form.certification.data or None,
        step_id=step_id,
        concept=concept,
        note=(form.note.data or "").replace("\x00", ""),
    )


def with_problems(form: EntryForm, found: list[Problem]) -> EntryForm:
    for problem in found:
        form[problem.field].errors = [problem.message]
    return form
