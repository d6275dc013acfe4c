"""What the operator does about reported questions. For everybody else these pages do not exist."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.core.accounts import OPERATOR
from tracker.core.item_report import REASONS
from tracker.core.statistics import ItemStatistics
from tracker.services import folding, item_decisions, item_reports, item_statistics
from tracker.services.bank import LOADER
from tracker.services.item_decisions import UnknownItem
from tracker.services.item_reports import BadReport, ChangedMeanwhile, UnknownReport
from tracker.store import bank, item_answers
from tracker.store import item_decisions as decisions
from tracker.store import item_reports as reports
from tracker.store.bank import StoredItem
from tracker.store.engine import reading, writing
from tracker.store.item_decisions import Standing
from tracker.store.item_reports import ItemReport
from tracker.web.item_reports import plain
from tracker.web.request import db, engine, learner, now
from tracker.web.security import log_event

bp = Blueprint("operator", __name__, url_prefix="/operator")

OPEN_SHOWN, ANSWERED_SHOWN = 20, 20
"""Reports on the page: the figures of each open one are read from everybody's answers."""
REBUILT_AT_ONCE = 200
"""Learners brought up to date while the operator waits; `milepost rebuild` does the others."""


@dataclass(frozen=True)
class Case:
    """A reported version of an item with everything that helps to judge it."""

    stored: StoredItem
    standing: Standing
    statistics: ItemStatistics
    reports: Sequence[tuple[UUID, ItemReport]]


@dataclass(frozen=True)
class Refused:
    """An answer that could not be kept: whose report, what was typed, and why."""

    report_id: UUID
    text: str
    message: str


@bp.before_request
def operators_only() -> None:
    if learner().role != OPERATOR:
        abort(404)


def cases(found: Sequence[tuple[UUID, ItemReport]]) -> list[Case]:
    """The reports by the version they are about, in the order of the newest of each."""
    by_version: dict[tuple[str, int], list[tuple[UUID, ItemReport]]] = {}
    for user_id, report in found:
        by_version.setdefault((report.item_id, report.item_version), []).append((user_id, report))
    versions = [(item_id, version, own) for (item_id, version), own in by_version.items()]
    known = [
        (bank.stored_item(db(), item_id, version), decisions.standing(db(), item_id), own)
        for item_id, version, own in versions
    ]
    whole = [(stored, standing, own) for stored, standing, own in known if stored and standing]
    measured = item_statistics.of_versions(db(), [stored for stored, _, _ in whole])
    return [
        Case(stored, standing, figures, own) for (stored, standing, own), figures in zip(whole, measured, strict=True)
    ]


def page(refused: Refused | None = None, status: int = 200) -> tuple[str, int]:
    found = cases(reports.open_of_everybody(db(), OPEN_SHOWN))
    body = render_template(
        "operator/reports.html",
        cases=found,
        waiting=reports.open_count_of_everybody(db()),
        shown=sum(len(case.reports) for case in found),
        answered=reports.answered_of_everybody(db(), ANSWERED_SHOWN),
        decided=decisions.decided(db(), LOADER),
        reasons=REASONS,
        refused=refused,
    )
    return body, status


@bp.get("/reports")
def index() -> tuple[str, int]:
    return page()


@bp.post("/reports/<uuid:user_id>/<uuid:report_id>/answer")
def answer(user_id: UUID, report_id: UUID) -> Response | tuple[str, int]:
    text = plain(request.form.get("answer"))
    try:
        item_reports.answer(db(), user_id, report_id, text, now=now())
    except UnknownReport:
        abort(404)
    except BadReport as bad:
        return page(Refused(report_id, text, bad.problems[0].message), 422)
    except ChangedMeanwhile:
        flash("Somebody answered this report before. The first answer stands; you can take it back below.", "warn")
        return redirect(url_for("operator.index"), 303)
    db().commit()
    log_event("report_answered", learner().user_id)
    return done("Answered. The learner sees it with the question and in the settings.")


@bp.post("/reports/<uuid:user_id>/<uuid:report_id>/reopen")
def reopen(user_id: UUID, report_id: UUID) -> Response:
    try:
        item_reports.reopen(db(), user_id, report_id)
    except UnknownReport:
        abort(404)
    except ChangedMeanwhile:
        flash("The learner has sent a newer report of this question, so this answer stays.", "warn")
        return redirect(url_for("operator.index"), 303)
    db().commit()
    log_event("report_reopened", learner().user_id)
    return done("The answer is taken back. The report waits again.")


def done(words: str) -> Response:
    flash(words, "good")
    return redirect(url_for("operator.index"), 303)


ITEM_DECISIONS: dict[str, tuple[Callable[[Session, str], None], str]] = {
    "review": (lambda s, i: item_decisions.begin_review(s, i, now=now()), "Everybody sees that it is under review."),
    "end-review": (item_decisions.end_review, "It is under review no longer."),
    "retire": (lambda s, i: item_decisions.retire(s, i, now=now()), "It is asked no more. Its answers stay."),
    "bring-back": (lambda s, i: item_decisions.bring_back(s, i, now=now()), "It can be asked again."),
}
"""By the value of the pressed button: what to do, and what to say then."""


@bp.post("/items/<item_id>/decide")
def decide(item_id: str) -> Response:
    decision = request.form.get("decision", "")
    if decision not in ITEM_DECISIONS:
        abort(400)
    verb, words = ITEM_DECISIONS[decision]
    try:
        verb(db(), item_id)
    except UnknownItem:
        abort(404)
    db().commit()
    log_event(f"item_{decision}", learner().user_id)
    return done(f"{item_id}: {words}")


@bp.post("/items/<item_id>/versions/<int(max=100000):version>/decide")
def decide_version(item_id: str, version: int) -> Response:
    decision = request.form.get("decision", "")
    verb = {"void": item_decisions.void, "unvoid": item_decisions.unvoid}.get(decision)
    if verb is None:
        abort(400)
    try:
        verb(db(), item_id, version, now=now())
    except UnknownItem:
        abort(404)
    db().commit()
    log_event(f"version_{decision}", learner().user_id)
    counts = "count no more" if decision == "void" else "count again"
    return done(f"Answers to version {version} of {item_id} {counts}. {brought_up_to_date(item_id, version)}")


def brought_up_to_date(item_id: str, version: int) -> str:
    """Rebuild the learners who answered a version, each in a transaction of its own; what to say of it."""
    with reading(engine()) as session:
        affected = item_answers.learners_of(session, item_id, version)
    for user_id in affected[:REBUILT_AT_ONCE]:
        with writing(engine()) as session:
            folding.rebuild(session, user_id)
            session.commit()
    if len(affected) > REBUILT_AT_ONCE:
        left = len(affected) - REBUILT_AT_ONCE
        return f"{left} learners are not up to date yet: run `milepost rebuild`."
    return f"Learners brought up to date: {len(affected)}."
