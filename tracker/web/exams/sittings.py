"""Starting a paper, its questions, and handing it in."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WebResponse

from tracker.core import exam
from tracker.core.practice import seconds_spent
from tracker.core.question import BadResponse, shown_order, wanted
from tracker.services import bank_facts, exams
from tracker.services.bank_facts import CertificationBank, NoBank
from tracker.store import bank, learners, sittings, targets
from tracker.store.sittings import Paper, Response
from tracker.web.choices import partial_positions
from tracker.web.exams.blueprint import bp
from tracker.web.request import db, learner, now, rng
from tracker.web.shown import shown_at, signed

TIMES = (
    (1.0, "Exam time"),
    (1.25, "A quarter more"),
    (1.5, "Half as much again"),
    (2.0, "Double time"),
    (exam.UNTIMED, "No time limit"),
)


@dataclass(frozen=True)
class Offer:
    """A certification that can be rehearsed: its bank, its open paper, earlier papers, and unseen questions."""

    bank: CertificationBank
    running: Paper | None
    history: list[Paper]
    unseen: int
    reserve: int

    @property
    def times(self) -> list[tuple[float, str]]:
        """What may be chosen for the time."""
        return [] if self.bank.version.minutes is None else list(TIMES)


def offer(slug: str) -> Offer | None:
    """What can be rehearsed of a certification; None without a bank."""
    try:
        known = bank_facts.read(db(), learner(), slug)
    except NoBank:
        return None
    papers = sittings.history(db(), learner().user_id, slug)
    running = next((paper for paper in papers if paper.sitting.takes_answers(now())), None)
    seen = exams.paper_seen(db(), learner().user_id, slug)
    unseen = [item for item_id, item in known.items.items() if item_id not in seen]
    reserve = sum(item.reserved for item in unseen)
    return Offer(known, running, [paper for paper in papers if paper != running], len(unseen) - reserve, reserve)


def open_papers() -> list[Paper]:
    """Papers whose clock runs."""
    papers = sittings.open_papers(db(), learner().user_id)
    return [paper for paper in papers if paper.sitting.takes_answers(now())]


@bp.get("/")
def index() -> str | WebResponse:
    mine = targets.targets(db(), learner().user_id)
    if not mine:
        return redirect(url_for("targets.choose"), 303)
    offers = [found for target in mine if (found := offer(target.certification)) is not None]
    extra = {target.certification: target.extra_time for target in mine}
    return render_template(
        "exams/index.html", offers=offers, extra=extra, now=now(), codes={each.certification: each for each in mine}
    )


@bp.post("/start/<slug>")
def start(slug: str) -> WebResponse:
    times = {str(factor): factor for factor, _ in TIMES}
    extra_time = times.get(request.form.get("extra_time", ""), 1.0)
    kind = exams.FINAL if request.form.get("kind") == exams.FINAL else exams.REHEARSAL
    try:
        paper = exams.start(db(), learner(), slug, kind=kind, extra_time=extra_time, now=now(), rng=rng())
    except NoBank:
        abort(404)
    except exams.NothingForAPaper:
        # an earlier paper whose time was over is closed all the same
        db().commit()
        flash("All questions there are were on your last paper. Practise first, then rehearse again.", "warn")
        return redirect(url_for("exams.index"), 303)
    db().commit()
    return redirect(url_for("exams.show", sitting_id=paper.id, position=1), 303)


def own_paper(sitting_id: UUID) -> Paper:
    paper = sittings.paper(db(), learner().user_id, sitting_id)
    if paper is None:
        abort(404)
    return paper


def at_the_report(sitting_id: UUID) -> WebResponse:
    return redirect(url_for("exams.report", sitting_id=sitting_id), 303)


@bp.get("/<uuid:sitting_id>/<int:position>")
def show(sitting_id: UUID, position: int) -> str | WebResponse:
    paper = own_paper(sitting_id)
    if not paper.sitting.takes_answers(now()):
        return at_the_report(sitting_id)
    return question_page(paper, position)


def question_page(
    paper: Paper, position: int, problem: str = "", chosen: tuple[int | None, ...] | None = None
) -> str:
    responses = sittings.responses(db(), learner().user_id, paper.id)
    response = next((each for each in responses if each.position == position), None)
    if response is None:
        abort(404)
    item = sittings.items(db(), learner().user_id, paper.id, position)[position].item
    left = paper.sitting.left(now())
    certification = bank.certification(db(), paper.certification)
    cells = [(each.position, bool(each.answer), each.flagged) for each in responses]
    answered = sum(done for _, done, _ in cells)
    return render_template(
        "exams/question.html",
        paper=paper,
        certification=certification,
        response=response,
        item=item,
        lines=shown_order(item, response.shuffle_seed),
        wanted=wanted(item),
        chosen=response.answer if chosen is None else chosen,
        problem=problem,
        cells=cells,
        total=len(cells),
        answered=answered,
        flagged=sum(flag for *_, flag in cells),
        left=left,
        saved=response.trail[-1].at if response.trail else None,
        pace=exam.pace(answered, len(cells) - answered, now() - paper.started_at, left),
        timer=bool(learner().settings.get("timer", True)),
        shown_at=signed(mark_of(paper.id, position), now()),
    )


def mark_of(sitting_id: UUID, position: int) -> str:
    """What the signature on a shown question names."""
    return f"{sitting_id.hex}/{position}"


@bp.post("/<uuid:sitting_id>/<int:position>")
def save(sitting_id: UUID, position: int) -> Any:
    shown = shown_at(mark_of(sitting_id, position), request.form.get("shown_at", ""))
    given = exams.Saved(partial_positions(request.form), seconds_spent(shown, now()))
    try:
        saved = exams.save(db(), learner(), sitting_id, position, given, now=now())
        if request.form.get("go") == "flag":
            saved = exams.turn_flag(db(), learner(), sitting_id, position, now=now())
    except exams.UnknownPaper:
        abort(404)
    except exam.SittingClosed:
        db().commit()
        return too_late(sitting_id)
    except BadResponse as problem:
        return not_saved(sitting_id, position, str(problem))
    db().commit()
    if wants_json():
        return jsonify(shown_at=signed(mark_of(sitting_id, position), now()), answered=bool(saved.answer))
    return redirect(following(sitting_id, position), 303)


def wants_json() -> bool:
    """Whether script saves, which stays on the page."""
    return request.headers.get("X-Milepost-Save") == "1"


def too_late(sitting_id: UUID) -> Any:
    if wants_json():
        return jsonify(report=url_for("exams.report", sitting_id=sitting_id)), 409
    flash("The paper is closed. What was saved before its end counts.", "warn")
    return at_the_report(sitting_id)


def not_saved(sitting_id: UUID, position: int, problem: str) -> Any:
    if wants_json():
        return jsonify(problem=problem), 422
    paper = own_paper(sitting_id)
    return question_page(paper, position, problem, partial_positions(request.form)), 422


def following(sitting_id: UUID, position: int) -> str:
    """Where the pressed button leads."""
    go = request.form.get("go", "next")
    last = len(sittings.responses(db(), learner().user_id, sitting_id))
    if go == "hand-in" or (go == "next" and position >= last):
        return url_for("exams.hand_in_page", sitting_id=sitting_id)
    steps = {"back": -1, "next": 1}
    asked = int(go) if go.isdecimal() and len(go) <= 3 else position + steps.get(go, 0)
    return url_for("exams.show", sitting_id=sitting_id, position=min(max(1, asked), last))


@bp.post("/<uuid:sitting_id>/timer")
def timer(sitting_id: UUID) -> WebResponse:
    """Show or hide the time left."""
    own_paper(sitting_id)
    settings = learner().settings
    changed = {**settings, "timer": not settings.get("timer", True)}
    learners.change(db(), learner().user_id, settings=changed)
    db().commit()
    position = request.form.get("position", 1, type=int)
    return redirect(url_for("exams.show", sitting_id=sitting_id, position=max(1, position)), 303)


@bp.get("/<uuid:sitting_id>/hand-in")
def hand_in_page(sitting_id: UUID) -> str | WebResponse:
    paper = own_paper(sitting_id)
    if not paper.sitting.takes_answers(now()):
        return at_the_report(sitting_id)
    responses = sittings.responses(db(), learner().user_id, sitting_id)
    items = sittings.items(db(), learner().user_id, sitting_id)

    def begun(each: Response) -> bool:
        return bool(each.answer) and not exam.is_complete(items[each.position].item, each.answer)

    return render_template(
        "exams/hand_in.html",
        paper=paper,
        certification=bank.certification(db(), paper.certification),
        total=len(responses),
        unanswered=[each.position for each in responses if not each.answer],
        begun=[each.position for each in responses if begun(each)],
        flagged=[each.position for each in responses if each.flagged],
        left=paper.sitting.left(now()),
        minute=timedelta(minutes=1),
    )


@bp.post("/<uuid:sitting_id>/hand-in")
def hand_in(sitting_id: UUID) -> WebResponse:
    try:
        exams.hand_in(db(), learner(), sitting_id, now=now())
    except exams.UnknownPaper:
        abort(404)
    db().commit()
    return at_the_report(sitting_id)
