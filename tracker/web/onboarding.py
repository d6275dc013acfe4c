"""From a few answers to a plan, month by month, before anything is kept."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tracker.core.roadmap import (
    Catalogue,
    Inputs,
    Overview,
    Plan,
    Progress,
    Road,
    overview,
    placed_steps,
    road,
)
from tracker.core.roadmap import plan as make_plan
from tracker.services import roadmap as verbs
from tracker.store import bank, learners, plans
from tracker.store.catalogue_file import shipped_catalogue
from tracker.web import planner
from tracker.web.planner import PlannerForm
from tracker.web.request import db, learner, now, today, today_of_visit

bp = Blueprint("onboarding", __name__)

KEEP = "keep"
"""In the address of a plan: it is to be kept as soon as its visitor has an account."""


@dataclass(frozen=True)
class Preview:
    """A plan that is not kept yet, with what its page shows."""

    inputs: Inputs
    plan: Plan
    catalogue: Catalogue
    overview: Overview
    road: Road | None

    @property
    def known(self) -> list[str]:
        """The titles of the steps that nothing is left of."""
        titles = self.catalogue.by_id()
        return [titles[step.step_id].title for step in self.plan.steps if step.known]

    @property
    def projects(self) -> int:
        return sum(each.placed.minutes > 0 for each in self.overview.of_kind("project"))

    @property
    def fees_usd(self) -> int:
        return sum(month.fees_usd for month in self.plan.months)


def progress() -> Progress:
    """What the learner did so far; nothing of a visitor."""
    return verbs.progress_of(db(), learner().user_id) if current_user.is_authenticated else Progress()


def preview(inputs: Inputs, done: Progress) -> Preview:
    catalogue = shipped_catalogue()
    made = make_plan(catalogue, inputs, done, today_of_visit(), plans.exams(db()))
    exams = [(exam.certification, exam.exam_day) for exam in made.exams]
    return Preview(
        inputs=inputs,
        plan=made,
        catalogue=catalogue,
        overview=overview(catalogue, inputs, placed_steps(made), {}, {}, {}, done.logged_minutes),
        road=road(catalogue, made.steps, exams, done.done, today_of_visit()),
    )


def codes() -> dict[str, str]:
    """A short name for every certification of the catalogue."""
    known = {each.slug: each.open_version(today_of_visit()).code for each in bank.certifications(db())}
    return planner.code_names(known)


def page(form: PlannerForm, shown: Preview | None, status: int = 200) -> tuple[str, int]:
    body = render_template(
        "onboarding/plan.html",
        form=form,
        preview=shown,
        answers=planner.query_of(shown.inputs) if shown else {},
        codes=codes(),
        backgrounds=planner.BACKGROUNDS,
        levels=planner.LEVELS,
        weekdays=planner.WEEKDAYS,
        certifications=planner.certifications(),
        asked=bank.open_item_counts(db()),
        skills=planner.SKILLS,
        rated=any(form[f"rating-{skill}"].data for skill in planner.SKILLS),
    )
    return body, status


def usual_form() -> PlannerForm:
    """The form to begin with: the answers behind the learner's plan, if there is one."""
    before = plans.current(db(), learner().user_id) if current_user.is_authenticated else None
    return planner.new_form(MultiDict(planner.query_of(before.inputs)) if before else None)


@bp.get("/plan")
def plan() -> tuple[str, int]:
    form = planner.asked_form()
    if form is None:
        return page(usual_form(), None)
    done = progress()
    inputs = planner.read(form, today_of_visit(), done.done | done.skipped)
    return page(form, preview(inputs, done)) if inputs else page(form, None, 422)


@bp.post("/plan/accept")
def accept() -> Response | tuple[str, int]:
    form = planner.asked_form() or usual_form()
    return kept(form) or page(form, None, 422)


def kept(form: PlannerForm) -> Response | None:
    """Keep the plan of these answers and go to it; None if something stands at the form's fields."""
    done = progress()
    inputs = planner.read(form, today(), done.done | done.skipped)
    if inputs is None:
        return None
    verbs.accept(db(), learner().user_id, inputs, today=today(), now=now())
    db().commit()
    flash("Your plan is kept. Tick what you finish; everything can be undone.", "good")
    return redirect(url_for("roadmap.index"), 303)


def plan_waiting(address: str | None) -> Response | None:
    """Keep the plan that a visitor wanted to keep before signing in at `address`; None if it is none of that.

    Whoever has a plan sees the preview first: an address must not replace it.
    """
    path, _, query = (address or "").partition("?")
    answers = MultiDict(parse_qsl(query))
    if path != url_for("onboarding.plan") or KEEP not in answers:
        return None
    learners.lock(db(), learner().user_id)
    if plans.current(db(), learner().user_id) is not None:
        return None
    return kept(planner.new_form(answers))
