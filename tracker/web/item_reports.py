"""Reporting a question after its answer, and what became of one's reports."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField, TextAreaField

from tracker.core.item_report import LONGEST_NOTE, REASONS, Said
from tracker.services import item_reports as verbs
from tracker.services.item_reports import BadReport, ChangedMeanwhile, UnknownReport
from tracker.store import attempts, bank, item_reports, sittings
from tracker.store.attempts import Attempt
from tracker.store.bank import StoredItem
from tracker.store.item_reports import ItemReport
from tracker.web.request import db, learner, now, own_path, rng

bp = Blueprint("item_reports", __name__, url_prefix="/reports")

LISTED = 10
"""Reports in the settings."""


class ReportForm(FlaskForm):  # type: ignore[misc]
    # the core checks the reason
    reason = RadioField(choices=dict(REASONS), validate_choice=False)
    note = TextAreaField(
        "What exactly?",
        description=f"A sentence helps: which option, and where it can be read. Up to {LONGEST_NOTE:,} characters.",
        render_kw={"rows": 5},
    )
    stood = HiddenField()


@dataclass(frozen=True)
class Told:
    """What the learner reported of one item: the report that stands, or the one just withdrawn."""

    report: ItemReport | None
    withdrawn: UUID | None


def told(item_id: str) -> Told:
    return Told(item_reports.latest(db(), learner().user_id, item_id), just_withdrawn())


def just_withdrawn() -> UUID | None:
    """The report in the address, to be brought back by Undo."""
    try:
        return UUID(request.args.get("withdrawn", ""))
    except ValueError:
        return None


def own_reports() -> list[tuple[ItemReport, StoredItem | None]]:
    """The learner's newest reports with their questions."""
    found = item_reports.of_learner(db(), learner().user_id, LISTED)
    return [(each, bank.stored_item(db(), each.item_id, each.item_version)) for each in found]


def plain(text: str | None) -> str:
    """Typed text as it is kept: one kind of line break, nothing around it."""
    return (text or "").replace("\x00", "").replace("\r\n", "\n").strip()


def asked(attempt_id: UUID) -> tuple[Attempt, StoredItem]:
    attempt = attempts.attempt(db(), learner().user_id, attempt_id)
    stored = bank.stored_item(db(), attempt.item_id, attempt.item_version) if attempt else None
    if attempt is None or stored is None:
        abort(404)
    return attempt, stored


def answers_page(attempt: Attempt) -> str:
    """The address of the page with the answer's reasons."""
    if attempt.sitting_id is None:
        return url_for("practice.feedback", run_id=attempt.run_id, attempt_id=attempt.id)
    position = sittings.position_of(db(), learner().user_id, attempt.sitting_id, attempt.id)
    return url_for("exams.review", sitting_id=attempt.sitting_id, position=position)


def page(form: ReportForm, attempt_id: UUID, status: int = 200, changed: bool = False) -> tuple[str, int]:
    attempt, stored = asked(attempt_id)
    body = render_template(
        "item_reports/form.html",
        form=form,
        item=stored.item,
        stands=item_reports.open_report(db(), learner().user_id, attempt.item_id),
        changed=changed,
        reasons=REASONS,
        back=answers_page(attempt),
    )
    return body, status


@bp.get("/answers/<uuid:attempt_id>")
def show(attempt_id: UUID) -> tuple[str, int]:
    attempt, _ = asked(attempt_id)
    stands = item_reports.open_report(db(), learner().user_id, attempt.item_id)
    if stands is None:
        return page(ReportForm(formdata=None), attempt_id)
    stood = stands.at.isoformat()
    return page(ReportForm(formdata=None, reason=stands.reason, note=stands.note, stood=stood), attempt_id)


@bp.post("/answers/<uuid:attempt_id>")
def send(attempt_id: UUID) -> Response | tuple[str, int]:
    form = ReportForm()
    said = Said(form.reason.data or "", plain(form.note.data))
    try:
        verbs.send(db(), learner().user_id, attempt_id, said, instant(form.stood.data), now=now(), rng=rng())
    except UnknownReport:
        abort(404)
    except BadReport as bad:
        for problem in bad.problems:
            form[problem.field].errors = [problem.message]
        return page(form, attempt_id, 422)
    except ChangedMeanwhile as changed:
        form.stood.raw_data = [changed.stands.at.isoformat()]
        form.stood.data = changed.stands.at.isoformat()
        return page(form, attempt_id, 409, changed=True)
    db().commit()
    flash("Thank you, your report is sent.", "good")
    return redirect(answers_page(asked(attempt_id)[0]), 303)


def instant(text: str | None) -> datetime | None:
    """The instant that the form was made over."""
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None


@bp.post("/<uuid:report_id>/withdraw")
def withdraw(report_id: UUID) -> Response:
    try:
        verbs.withdraw(db(), learner().user_id, report_id, now=now())
    except UnknownReport:
        abort(404)
    db().commit()
    return redirect(f"{page_of_form()}?withdrawn={report_id}", 303)


@bp.post("/<uuid:report_id>/restore")
def restore(report_id: UUID) -> Response:
    try:
        verbs.restore(db(), learner().user_id, report_id)
    except UnknownReport:
        abort(404)
    except ChangedMeanwhile:
        flash("There is a newer report of yours on this question. That one stands.", "warn")
        return redirect(page_of_form(), 303)
    db().commit()
    flash("Your report is back.", "good")
    return redirect(page_of_form(), 303)


def page_of_form() -> str:
    """The page that the sent form was on."""
    return urlsplit(own_path(request.form.get("back")) or url_for("settings.index")).path
