"""Today: what to do in the next half hour and why, the next exam, the week, the trend, the place on the road."""

from flask import Blueprint, render_template, request

from tracker.core.streak import LONGEST
from tracker.core.study_log import ACTIVITIES
from tracker.core.today import (
    Row,
    Scene,
    first_rows,
    minutes_of,
    mood,
    more_row,
    next_review,
    next_step,
    rows_within,
    usual_rows,
    warm_up_row,
)
from tracker.store import bank
from tracker.web.ahead import MORE_MINUTES, ahead
from tracker.web.exams.sittings import open_papers
from tracker.web.filters import clock_time, lower_first
from tracker.web.onboarding import codes
from tracker.web.planner import query_of
from tracker.web.progress import line_of
from tracker.web.request import db, learner, now, today
from tracker.web.roadmap import Shown
from tracker.web.today.desk import calendar, desk, last_active, next_exam, this_week

bp = Blueprint("today", __name__, url_prefix="/today")

SHORTEST_WISH, LONGEST_WISH = 5, 180
"""Minutes that somebody may say they have."""
WISHES = (5, 15, 30)


def asked_minutes() -> int | None:
    """The minutes that the learner says they have; None if they say nothing sensible."""
    minutes = request.args.get("minutes", type=int)
    return minutes if minutes is not None and SHORTEST_WISH <= minutes <= LONGEST_WISH else None


def kind_and_rows(scene: Scene, minutes_left: int) -> tuple[str, tuple[Row, ...]]:
    """What kind of day it is (`short`: the learner has only so many minutes), and its rows."""
    minutes = asked_minutes()
    if minutes is not None:
        return "short", rows_within(scene, minutes)
    rows = usual_rows(scene, minutes_left)
    kind = mood(last_active(), rows, today())
    if kind == "new":
        return kind, first_rows(scene)
    if kind == "back" and request.args.get("as") != "usual":
        warm_up = warm_up_row(scene)
        return kind, (warm_up,) if warm_up else rows[:1]
    return ("usual" if rows else "clear"), rows


def first_month(shown: Shown | None) -> str:
    """What the plan begins with, in a sentence."""
    if shown is None:
        return ""
    views = [view for phase in shown.overview.phases for view in phase.steps if view.left]
    first = sorted(views, key=lambda view: view.placed.first_day)[:2]
    return f"It begins with: {', '.join(lower_first(view.step.title) for view in first)}."


@bp.get("/")
def index() -> str:
    it = desk()
    days = calendar(it.shown)
    planned = days.minutes_a_day if days.is_study_day(today()) else 0
    kind, rows = kind_and_rows(it.scene, planned - it.done.minutes)
    exam = next_exam(it.aimed, it.gauges, it.overview)
    gauge = exam.gauge if exam else None
    coming = ahead(gauge.bank, gauge.state, today()) if gauge is not None and gauge.ready else None
    return render_template(
        "today/index.html",
        kind=kind,
        papers=open_papers(),
        now=now(),
        rows=rows,
        left=minutes_of(rows),
        planned=planned,
        minutes=asked_minutes(),
        wishes=WISHES,
        more=more_row(it.scene),
        capped=it.scene.cap_left <= 0,
        day_starts=clock_time(learner().day_starts),
        next_day=next_review(it.scene),
        all_asked=not any(review.outlook.askable for review in it.scene.reviews),
        reviews=it.scene.reviews,
        gauges=it.gauges,
        done=it.done,
        week=this_week(days),
        longest=LONGEST,
        exam=exam,
        ahead=coming,
        more_minutes=MORE_MINUTES,
        trend=line_of(gauge) if gauge is not None else None,
        shown=it.shown,
        overview=it.overview,
        following=next_step(it.overview, "main") if it.overview else None,
        month=first_month(it.shown),
        query={**query_of(it.shown.version.inputs), "start": today().isoformat()} if it.shown else {},
        codes={**codes(), **{each.certification: each.exam_code for each in it.aimed}},
        activities=ACTIVITIES,
        concepts=bank.concept_names(db()),
        name=learner().name,
        today=today(),
        deleted=request.args.get("deleted"),
    )
