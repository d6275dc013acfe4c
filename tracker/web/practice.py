"""Smart Review: the question, the feedback, the summary."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tracker.core.drill import BadScope, Scope
from tracker.core.item_report import REASONS
from tracker.core.memory import next_review
from tracker.core.practice import (
    DRILL,
    MODES,
    RUN_LENGTH,
    SECOND_ROUND,
    SMART_REVIEW,
    Marked,
    changes,
    minutes_left,
    seconds_spent,
)
from tracker.core.question import BadResponse, letters, right_response, shown_order, wanted
from tracker.core.queue import Exhausted, Reason
from tracker.services import bank_facts, practice
from tracker.services.practice import Given
from tracker.store import attempts, bank, cards, flags, runs, targets
from tracker.store.attempts import Attempt
from tracker.store.runs import Issued, Run
from tracker.web.choices import partial_positions, sent_positions
from tracker.web.drills import about, open_drills
from tracker.web.exams.sittings import open_papers
from tracker.web.filters import clock_time
from tracker.web.item_reports import told
from tracker.web.request import db, learner, now, rng, today
from tracker.web.shown import shown_at, signed

bp = Blueprint("practice", __name__, url_prefix="/practice")

DESIRED_RETENTION = 0.9


@bp.get("/")
def index() -> str | Response:
    mine = targets.targets(db(), learner().user_id)
    if not mine:
        return redirect(url_for("targets.choose"), 303)
    counts = bank.open_item_counts(db())
    open_runs = {run.certification: run for run in runs.open_runs(db(), learner().user_id, SMART_REVIEW)}
    rows = [
        {
            "target": target,
            "certification": bank.certification(db(), target.certification),
            "items": counts.get(target.certification, 0),
            "run": open_runs.get(target.certification),
            "minutes": minutes_left(questions_left(open_runs.get(target.certification))),
        }
        for target in mine
    ]
    return render_template(
        "practice/index.html",
        rows=rows,
        done=attempts.answered_on(db(), learner().user_id, today()),
        cap=learner().settings["cap"],
        drills=open_drills(),
        papers=open_papers(),
        now=now(),
    )


def questions_left(run: Run | None) -> int:
    """Questions of an open run that are still to be answered, or those of a whole one."""
    if run is None:
        return RUN_LENGTH
    return max(1, run.length - attempts.count_of_run(db(), learner().user_id, run.id))


@bp.post("/start/<slug>")
def start(slug: str) -> Response | str:
    mode = next((mode for mode in MODES if mode == request.form.get("mode")), SMART_REVIEW)
    questions = request.form.get("questions", RUN_LENGTH, type=int)
    over_cap = request.form.get("over_cap") == "1"
    try:
        run = practice.start(
            db(),
            learner(),
            slug,
            mode=mode,
            scope=Scope.parse(request.form.get("scope", "")) if mode == DRILL else None,
            questions=questions,
            over_cap=over_cap,
            now=now(),
            rng=rng(),
        )
    except (bank_facts.NoBank, BadScope):
        abort(404)
    except practice.CapReached:
        starts = clock_time(learner().day_starts)
        flash(f"You have reached your limit for today. The next study day begins at {starts}.", "good")
        return redirect(url_for("practice.index"), 303)
    except practice.NothingToAsk as nothing:
        return nothing_left(slug, nothing.exhausted, offer_again=mode not in (SECOND_ROUND, DRILL))
    db().commit()
    return redirect(url_for("practice.show", run_id=run.id), 303)


def nothing_left(slug: str, exhausted: Exhausted, *, offer_again: bool) -> str:
    certification = bank.certification(db(), slug)
    offered = offer_again and exhausted.items > 0
    return render_template(
        "practice/nothing.html", certification=certification, exhausted=exhausted, offer_again=offered
    )


def own_run(run_id: UUID) -> Run:
    run = runs.run(db(), learner().user_id, run_id)
    if run is None:
        abort(404)
    return run


@bp.get("/<uuid:run_id>")
def show(run_id: UUID) -> str | Response:
    run = own_run(run_id)
    issued = runs.pending(db(), learner().user_id, run_id)
    if run.ended_at is not None or issued is None:
        return redirect(url_for("practice.summary", run_id=run_id), 303)
    # a choice kept over a sign-in belongs to its question, not to the one after it
    kept = request.args if request.args.get("question") == str(issued.id) else MultiDict[str, str]()
    return question_page(run, issued, chosen=partial_positions(kept), confidence=kept.get("confidence"))


def question_page(
    run: Run,
    issued: Issued,
    *,
    chosen: tuple[int | None, ...],
    confidence: str | None,
    problems: dict[str, str] | None = None,
) -> str:
    stored = bank.stored_item(db(), issued.item_id, issued.item_version)
    if stored is None:
        abort(404)
    done = len(attempts.of_run(db(), learner().user_id, run.id))
    certification = bank.certification(db(), run.certification)
    return render_template(
        "practice/question.html",
        run=run,
        about=about(run, certification),
        flagged=flags.is_flagged(db(), learner().user_id, issued.item_id),
        issued=issued,
        item=stored.item,
        lines=shown_order(stored.item, issued.shuffle_seed),
        wanted=wanted(stored.item),
        reason=Reason.from_json(issued.reason),
        certification=certification,
        domains=domain_names(run.certification),
        done=done,
        minutes=minutes_left(run.length - done),
        chosen=chosen,
        confidence=confidence,
        problems=problems or {},
        shown_at=signed(issued.id.hex, now()),
    )


def domain_names(slug: str) -> dict[str, str]:
    certification = bank.certification(db(), slug)
    if certification is None:
        return {}
    return {domain.id: domain.name for version in certification.exam_versions for domain in version.domains}


@bp.post("/<uuid:run_id>/questions/<uuid:issued_id>")
def answer(run_id: UUID, issued_id: UUID) -> Response | tuple[str, int]:
    given = Given(
        positions=sent_positions(request.form),
        confidence=request.form.get("confidence"),
        seconds=seconds_spent(shown_at(issued_id.hex, request.form.get("shown_at", "")), now()),
    )
    try:
        practice.answer(db(), learner(), run_id, issued_id, given, now=now(), rng=rng())
    except practice.UnknownQuestion:
        abort(404)
    except practice.AnsweredDifferently:
        flash("This was answered in another tab before. The first answer counts; here it is.", "warn")
        return feedback(run_id, issued_id), 409
    except BadResponse as problem:
        return sent_again(run_id, issued_id, {"choice": str(problem)})
    except practice.NoConfidence:
        return sent_again(run_id, issued_id, {"confidence": "Say how sure you are first: it is part of the answer."})
    db().commit()
    return redirect(url_for("practice.feedback", run_id=run_id, attempt_id=issued_id), 303)


def sent_again(run_id: UUID, issued_id: UUID, problems: dict[str, str]) -> tuple[str, int]:
    """The same question with what was chosen, and the message at the field."""
    issued = runs.issued(db(), learner().user_id, run_id, issued_id)
    if issued is None:
        abort(404)
    chosen, confidence = partial_positions(request.form), request.form.get("confidence")
    return question_page(own_run(run_id), issued, chosen=chosen, confidence=confidence, problems=problems), 422


@bp.get("/<uuid:run_id>/answers/<uuid:attempt_id>")
def feedback(run_id: UUID, attempt_id: UUID) -> str:
    run = own_run(run_id)
    attempt = attempts.attempt(db(), learner().user_id, attempt_id)
    if attempt is None or attempt.run_id != run_id:
        abort(404)
    stored = bank.stored_item(db(), attempt.item_id, attempt.item_version)
    concept = bank.concept(db(), attempt.concept)
    if stored is None or concept is None:
        abort(404)
    return render_template(
        "practice/feedback.html",
        run=run,
        about=about(run, bank.certification(db(), run.certification)),
        flagged=flags.is_flagged(db(), learner().user_id, attempt.item_id),
        attempt=attempt,
        item=stored.item,
        stored=stored,
        here=url_for("practice.feedback", run_id=run_id, attempt_id=attempt_id),
        told=told(attempt.item_id),
        reasons=REASONS,
        lines=shown_order(stored.item, attempt.shuffle_seed),
        right=right_response(stored.item, attempt.shuffle_seed),
        letters=letters,
        concept=concept,
        comes_back=comes_back(attempt),
        certification=bank.certification(db(), run.certification),
        done=len(attempts.of_run(db(), learner().user_id, run_id)),
        retracted=attempts.retracted(db(), learner().user_id, attempt_id),
        undoable=is_latest(attempt),
    )


def comes_back(attempt: Attempt) -> Any:
    """The study day on which the concept of this attempt comes back, or None without a card."""
    card = cards.card(db(), learner().user_id, attempt.concept)
    target = targets.target(db(), learner().user_id, attempt.certification)
    if card is None:
        return None
    exam_day = target.exam_day if target and target.exam_day and target.exam_day >= today() else None
    return next_review(card, DESIRED_RETENTION, today(), exam_day)


def is_latest(attempt: Attempt) -> bool:
    latest = attempts.latest(db(), learner().user_id)
    return latest is not None and latest.id == attempt.id


@bp.post("/<uuid:run_id>/answers/<uuid:attempt_id>/undo")
def undo(run_id: UUID, attempt_id: UUID) -> Response:
    try:
        practice.undo(db(), learner(), run_id, attempt_id, now=now(), rng=rng())
    except practice.UnknownQuestion:
        abort(404)
    except practice.TooLateToUndo:
        flash("Only the last answer can be undone.", "warn")
        return redirect(url_for("practice.show", run_id=run_id), 303)
    db().commit()
    flash("Undone: the answer no longer counts. The question stays seen.", "good")
    return redirect(url_for("practice.show", run_id=run_id), 303)


@bp.post("/<uuid:run_id>/stop")
def stop(run_id: UUID) -> Response:
    try:
        practice.stop(db(), learner(), run_id, now=now())
    except practice.UnknownQuestion:
        abort(404)
    db().commit()
    return redirect(url_for("practice.summary", run_id=run_id), 303)


@bp.get("/<uuid:run_id>/summary")
def summary(run_id: UUID) -> str:
    run = own_run(run_id)
    answered = attempts.of_run(db(), learner().user_id, run_id)
    names = bank.concept_names(db())
    due: dict[Any, list[str]] = {}
    for attempt in {attempt.concept: attempt for attempt in answered}.values():
        due.setdefault(comes_back(attempt), []).append(names.get(attempt.concept, attempt.concept))
    return render_template(
        "practice/summary.html",
        run=run,
        answered=answered,
        right=sum(attempt.correct for attempt in answered),
        minutes=round(sum(attempt.seconds for attempt in answered) / 60),
        changes=changes(Marked(a.domain, a.correct, a.predicted) for a in answered),
        domains=domain_names(run.certification),
        due=sorted((when, concepts) for when, concepts in due.items() if when is not None),
        certification=bank.certification(db(), run.certification),
    )
