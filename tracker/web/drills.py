"""Choosing what to practise: a domain, a task, a concept, or a pool; and flags on questions."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tracker.core.bank import Certification
from tracker.core.drill import POOLS, Scope
from tracker.core.practice import (
    DIAGNOSTIC,
    DIAGNOSTIC_LENGTH,
    DRILL,
    RUN_LENGTH,
    SECOND_ROUND,
    WARM_UP,
    is_idle,
    minutes_left,
)
from tracker.core.queue import exhausted_domains
from tracker.services import bank_facts, drills, standings
from tracker.services.bank_facts import NoBank
from tracker.store import attempts, bank, runs
from tracker.store.runs import Run
from tracker.web.request import db, learner, now

bp = Blueprint("drills", __name__, url_prefix="/drills")

POOL_WORDS = {
    "sure-but-wrong": ("Sure but wrong", "You were sure and it was not right: the quickest to turn round."),
    "missed": ("Missed", "Not right when you last answered."),
    "guessed": ("Guessed", "Right, but you said it was a guess."),
    "flagged": ("Flagged", "You put a flag on them."),
    "unseen": ("Unseen", "You have never met them."),
}


@dataclass(frozen=True)
class Part:
    """Something that can be practised by itself: its scope, its name, what it holds, and how long a run takes."""

    scope: Scope
    name: str
    items: int
    why: str = ""

    @property
    def questions(self) -> int:
        """Questions of a run about it."""
        return min(RUN_LENGTH, self.items)

    @property
    def minutes(self) -> int:
        return minutes_left(self.questions)


@bp.get("/<slug>")
def choose(slug: str) -> str:
    try:
        known = bank_facts.read(db(), learner(), slug)
    except NoBank:
        abort(404)
    counts = drills.counts(db(), learner(), known)
    domains = [
        (
            part_of(Scope("domain", domain.id), f"{domain.id} {domain.name}", counts),
            [part_of(Scope("task", task.id), f"{task.id} {task.name}", counts) for task in domain.tasks],
        )
        for domain in known.version.domains
    ]
    pools = [
        Part(Scope("pool", pool), POOL_WORDS[pool][0], counts[f"pool:{pool}"], POOL_WORDS[pool][1]) for pool in POOLS
    ]
    standing = standings.current(db(), learner(), known, attempts.stamp(db(), learner().user_id))
    met = {each.domain: each.until for each in exhausted_domains(list(standing.candidates.values()))}
    unseen = counts["pool:unseen"]
    begin = unseen == sum(1 for item in known.items.values() if not item.reserved) >= DIAGNOSTIC_LENGTH
    return render_template(
        "drills/choose.html",
        known=known,
        domains=domains,
        pools=pools,
        met=met,
        diagnostic=DIAGNOSTIC_LENGTH if begin else 0,
        minutes=minutes_left(DIAGNOSTIC_LENGTH),
    )


def part_of(scope: Scope, name: str, counts: drills.Counts) -> Part:
    return Part(scope, name, counts.get(str(scope), 0))


def about(run: Run, certification: Certification | None) -> str:
    """What a run is about, in words."""
    if run.scope is None:
        words = {WARM_UP: "Warm-up", SECOND_ROUND: "Second round", DIAGNOSTIC: "Diagnostic"}
        return words.get(run.mode, "Smart Review")
    scope = Scope.parse(run.scope)
    if scope.kind == "pool":
        return f"{POOL_WORDS[scope.name][0]} questions"
    if scope.kind == "concept":
        found = bank.concept(db(), scope.name)
        return f"Drill: {found.name if found else scope.name}"
    names: dict[str, str] = {}
    for version in certification.exam_versions if certification else ():
        for domain in version.domains:
            names |= {domain.id: domain.name} if scope.kind == "domain" else {t.id: t.name for t in domain.tasks}
    return f"Drill: {scope.name} {names.get(scope.name, '')}".strip()


@bp.post("/flags/<uuid:run_id>/<uuid:issued_id>")
def flag(run_id: UUID, issued_id: UUID) -> Response:
    """Flag the question, or take its flag away, and go back to where it is shown."""
    found = runs.question(db(), learner().user_id, run_id, issued_id)
    if found is None:
        abort(404)
    drills.turn_flag(db(), learner(), found.issued.item_id, now=now())
    db().commit()
    if found.answered:
        return redirect(url_for("practice.feedback", run_id=run_id, attempt_id=issued_id), 303)
    return redirect(url_for("practice.show", run_id=run_id), 303)


def open_drills() -> list[tuple[Run, str]]:
    """Drills and diagnostics that go on, with what each is about."""
    return [
        (run, about(run, bank.certification(db(), run.certification)))
        for mode in (DRILL, DIAGNOSTIC)
        for run in runs.open_runs(db(), learner().user_id, mode)
        if not is_idle(runs.last_touched(db(), learner().user_id, run.id) or run.started_at, now())
    ]
