"""The certifications a learner aims at."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import DateField, IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from tracker.core.bank import Certification, ExamVersion
from tracker.services import targets as verbs
from tracker.services.accounts import StaleForm
from tracker.store import bank, targets
from tracker.store.targets import Target
from tracker.web.request import db, learner, today

bp = Blueprint("targets", __name__, url_prefix="/certifications")


class TargetForm(FlaskForm):  # type: ignore[misc]
    exam_day = DateField("Exam day, if you have one", [Optional()])
    revision = IntegerField(default=0, widget=HiddenInput())


@dataclass(frozen=True)
class Choice:
    """A certification with what the learner decided about it."""

    certification: Certification
    version: ExamVersion
    items: int
    target: Target | None
    form: TargetForm


def choices(failed: dict[str, TargetForm]) -> list[Choice]:
    counts = bank.open_item_counts(db())
    mine = {target.certification: target for target in targets.targets(db(), learner().user_id)}
    found = []
    for certification in bank.certifications(db()):
        target = mine.get(certification.slug)
        code = target.exam_code if target else certification.open_version(today()).code
        version = bank.exam_version(certification, code)
        form = failed.get(certification.slug) or TargetForm(
            formdata=None,
            exam_day=target.exam_day if target else None,
            revision=target.revision if target else 0,
        )
        form.exam_day.id = f"day-{certification.slug}"
        found.append(Choice(certification, version, counts.get(certification.slug, 0), target, form))
    return found


def page(status: int = 200, failed: dict[str, TargetForm] | None = None) -> tuple[str, int]:
    return render_template("targets/choose.html", choices=choices(failed or {}), today=today()), status


def revision_of(slug: str) -> str:
    """The revision that a form shown now goes out with."""
    target = targets.target(db(), learner().user_id, slug)
    return str(target.revision if target else 0)


@bp.get("/")
def choose() -> tuple[str, int]:
    return page()


@bp.post("/<slug>")
def save(slug: str) -> Response | tuple[str, int]:
    form = TargetForm()
    if not form.validate():
        if form.revision.errors:
            form.revision.errors = ["This page was too old. Save again."]
            form.revision.raw_data = [revision_of(slug)]
        return page(422, {slug: form})
    try:
        verbs.choose(
            db(),
            learner().user_id,
            slug,
            exam_day=form.exam_day.data,
            revision=form.revision.data or 0,
            today=today(),
        )
    except verbs.UnknownCertification:
        abort(404)
    except verbs.ExamDayPast:
        form.exam_day.errors = ["This day is over. Enter the day of an exam still to come, or leave it empty."]
        return page(422, {slug: form})
    except verbs.ExamDayFar:
        form.exam_day.errors = ["This day is more than five years away. Check the year, or leave it empty."]
        return page(422, {slug: form})
    except StaleForm:
        theirs = targets.target(db(), learner().user_id, slug)
        other = theirs.exam_day.isoformat() if theirs and theirs.exam_day else "no date"
        form.exam_day.errors = [f"Another tab changed this to {other}. Save again to keep yours."]
        form.revision.raw_data = [revision_of(slug)]
        return page(409, {slug: form})
    db().commit()
    flash("Saved. Smart Review now works towards it.", "good")
    return redirect(url_for("today.index"), 303)


@bp.post("/<slug>/drop")
def drop(slug: str) -> Response:
    try:
        verbs.drop(db(), learner().user_id, slug)
    except verbs.UnknownCertification:
        abort(404)
    db().commit()
    flash("No longer a target. Your answers are kept; choose it again at any time.", "good")
    return redirect(url_for("targets.choose"), 303)
