"""The learner's roadmap: what is done, in progress and still to do."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.core.roadmap import Mark, Overview, Road, exam_days, overview, road
from tracker.core.roadmap.overview import STATES
from tracker.services import roadmap as verbs
from tracker.store import bank, plans, study_log, targets
from tracker.store.catalogue_file import shipped_catalogue
from tracker.store.plans import PlanVersion
from tracker.web.onboarding import codes
from tracker.web.planner import query_of
from tracker.web.request import db, learner, today

bp = Blueprint("roadmap", __name__, url_prefix="/roadmap")

WORDS = {
    "open": "still to do",
    "doing": "in progress",
    "done": "done",
    "skipped": "skipped",
    "known": "known already",
}
KINDS = {"certification": "Certification", "project": "Project", "kaggle": "Kaggle", "job": "Job search"}


@dataclass(frozen=True)
class News:
    """What has just happened to a step, and what Undo would set back; `stale`: nothing happened, and why."""

    step_id: str
    was: Mark | None = None
    before: tuple[str, ...] | None = None
    stale: Mark | None = None


@dataclass(frozen=True)
class Shown:
    """A plan with where the learner stands on it."""

    version: PlanVersion
    overview: Overview
    road: Road | None


def shown(version: PlanVersion) -> Shown:
    user_id, catalogue = learner().user_id, shipped_catalogue()
    known = catalogue.by_id()
    placed = [each for each in plans.steps(db(), user_id, version.version) if each.step_id in known]
    own = {target.certification: target.exam_day for target in targets.targets(db(), user_id)}
    days = exam_days(version.inputs, placed, own, plans.exams(db()))
    marks = plans.marks(db(), user_id)
    ticks, logged = plans.ticks(db(), user_id), study_log.minutes_by_step(db(), user_id)
    whole = overview(catalogue, version.inputs, placed, marks, ticks, days, logged)
    settled = frozenset(each.step.id for phase in whole.phases for each in phase.steps if each.settled)
    exams = [(each.certification, each.day) for each in days.values()]
    return Shown(version, whole, road(catalogue, placed, exams, settled, today()))


def a_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def asked_news() -> News | None:
    """The news in the address; what makes no sense there is left out."""
    step_id = request.args.get("step")
    if step_id is None:
        return None
    if request.args.get("did") == "ticks":
        return News(step_id, before=tuple(request.args.getlist("before")))
    state = next((each for each in STATES if each == request.args.get("was")), None)
    return News(step_id, was=Mark(state, a_day(request.args.get("on"))) if state else None)


def page(news: News | None, status: int = 200) -> tuple[str, int]:
    version = plans.current(db(), learner().user_id)
    if version is None:
        return render_template("roadmap/empty.html"), status
    found = shown(version)
    changed = found.overview.step(news.step_id) if news else None
    wanted = changed.step.phase if changed else request.args.get("phase")
    body = render_template(
        "roadmap/index.html",
        shown=found,
        overview=found.overview,
        open_phase=found.overview.phase(wanted),
        news=news if changed else None,
        changed=changed,
        codes=codes(),
        words=WORDS,
        kinds=KINDS,
        query=query_of(version.inputs),
        replan={**query_of(version.inputs), "start": today().isoformat()},
        banked={each.slug for each in bank.certifications(db())},
        today=today(),
    )
    return body, status


def back(step_id: str, **happened: Any) -> Response:
    """To the page that the form was on: today's, or the step on the roadmap with the news."""
    if request.form.get("from") == "today":
        return redirect(url_for("today.index"), 303)
    return redirect(url_for("roadmap.index", step=step_id, **happened, _anchor=f"step-{step_id}"), 303)


def sent_revision() -> int:
    """The revision that the form was shown with; one that is no number fits nothing."""
    return request.form.get("revision", -1, type=int)


@bp.get("/")
def index() -> tuple[str, int]:
    return page(asked_news())


@bp.post("/steps/<step_id>/mark")
def mark(step_id: str) -> Response | tuple[str, int]:
    state, revision = request.form.get("state", ""), sent_revision()
    try:
        was = verbs.mark(db(), learner().user_id, step_id, state, revision, today=today())
    except verbs.UnknownStep:
        abort(404)
    except verbs.UnknownState:
        abort(400)
    except verbs.ChangedMeanwhile as changed:
        return page(News(step_id, stale=changed.stands), 409)
    db().commit()
    return back(step_id, was=was.state, on=was.done_day) if was.state != state else back(step_id)


@bp.post("/steps/<step_id>/undo")
def undo(step_id: str) -> Response | tuple[str, int]:
    state = next((each for each in STATES if each == request.form.get("state")), None)
    if state is None:
        abort(400)
    earlier = Mark(state, a_day(request.form.get("on")), sent_revision())
    try:
        verbs.undo(db(), learner().user_id, step_id, earlier, today=today())
    except verbs.UnknownStep:
        abort(404)
    except verbs.ChangedMeanwhile as changed:
        return page(News(step_id, stale=changed.stands), 409)
    db().commit()
    return back(step_id)


@bp.post("/steps/<step_id>/tick")
def tick(step_id: str) -> Response:
    ticked, known = set(request.form.getlist("part")), set(request.form.getlist("shown"))
    try:
        before = verbs.tick_parts(db(), learner().user_id, step_id, ticked, known, today=today())
    except verbs.UnknownStep:
        abort(404)
    db().commit()
    if request.form.get("undo"):
        return back(step_id)
    return back(step_id, did="ticks", before=sorted(before))
