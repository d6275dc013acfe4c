"""Readiness, its trend, and the domains and concepts behind it."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.core.confidence import confidence
from tracker.core.drill import Scope
from tracker.core.learning import LearnerState
from tracker.core.mastery import hold
from tracker.core.readiness import DomainEvidence, Missing, Readiness
from tracker.core.reliability import EDGES, Band, Reliability, reliability
from tracker.core.trend import Taken, Trend, silent_days, trend
from tracker.services import bank_facts, drills, progress
from tracker.services.bank_facts import CertificationBank, NoBank
from tracker.store import attempts, bank, cards, history, sittings, targets
from tracker.store.targets import Target
from tracker.web.ahead import MORE_MINUTES, ahead
from tracker.web.request import db, learner, today

bp = Blueprint("progress", __name__, url_prefix="/progress")


@dataclass(frozen=True)
class Gauge:
    """A target with its readiness, or with what is missing before there is one."""

    target: Target
    bank: CertificationBank
    state: LearnerState
    value: Readiness | Missing

    @property
    def ready(self) -> bool:
        return isinstance(self.value, Readiness)

    @property
    def answers(self) -> int:
        """Answers of this certification that stand."""
        return sum(each.first_sights + each.repeats for each in self.value.evidence)


@dataclass(frozen=True)
class ConceptBall:
    """A concept with how well it is held: 0 never asked, 1 fragile, 2 holding, 3 solid."""

    slug: str
    name: str
    level: int


def gauge(target: Target, state: LearnerState, day: date) -> Gauge | None:
    try:
        known = bank_facts.read(db(), learner(), target.certification)
    except NoBank:
        return None
    tallies = attempts.tallies(db(), learner().user_id, known.slug)
    counted = []
    for domain, weight in known.weights.items():
        first, repeat = tallies.get((domain, True), (0, 0)), tallies.get((domain, False), (0, 0))
        counted.append(DomainEvidence(domain, weight, *first, *repeat))
    return Gauge(target, known, state, progress.readiness(known, state, counted, day))


def balls(known: CertificationBank, state: LearnerState, day: date) -> dict[str, list[ConceptBall]]:
    """The concepts of each domain in order of name."""
    names = bank.concept_names(db())
    by_domain: dict[str, list[ConceptBall]] = {domain: [] for domain in known.weights}
    for slug, items in known.open_by_concept().items():
        ball = ConceptBall(slug, names.get(slug, slug), hold(state.cards.get(slug), day))
        by_domain[items[0].facts.domain].append(ball)
    return {domain: sorted(concepts, key=lambda ball: ball.name) for domain, concepts in by_domain.items()}


def line_of(shown: Gauge) -> Trend | None:
    """The readiness line: what was recorded, the last day with answers if it is not yet, and the silence since."""
    user_id, known, state = learner().user_id, shown.bank, shown.state
    records = history.snapshots(db(), user_id, known.slug)
    papers = papers_of(known.slug)
    last = attempts.last_day(db(), user_id, known.slug)
    if last is None or not shown.ready:
        return trend(records, today(), papers=papers)
    if last == today() or not records or records[-1].study_day < last:
        latest = progress.snapshot(db(), user_id, known, state, last)
        records = [record for record in records if record.study_day < last] + ([latest] if latest else [])
    silent = [progress.snapshot(db(), user_id, known, state, day) for day in silent_days(last, today())]
    return trend(records, today(), [each for each in silent if each is not None], papers)


def papers_of(slug: str) -> list[Taken]:
    """The rehearsals of a certification that have a score, oldest first."""
    papers = reversed(sittings.history(db(), learner().user_id, slug))
    return [Taken(each.study_day, each.score["right"], each.score["questions"]) for each in papers if each.score]


def reliability_of_learner() -> Reliability | None:
    """How the predictions before each answer turned out, over all certifications."""
    low, high = (0.0, *EDGES), (*EDGES, 1.0)
    found = attempts.predictions(db(), learner().user_id, EDGES)
    return reliability([Band(low[number], high[number], *counted) for number, counted in found])


def sure_but_wrong(slug: str) -> int:
    """How many questions of a certification wait in that pool."""
    try:
        known = bank_facts.read(db(), learner(), slug)
    except NoBank:
        return 0
    return len(drills.allowed(db(), learner(), known, Scope("pool", "sure-but-wrong")))


@bp.get("/confidence")
def sure() -> str:
    """What was said before the reveal, and what came."""
    user_id = learner().user_id
    first = confidence(attempts.by_confidence(db(), user_id, first_sight=True))
    repeats = confidence(attempts.by_confidence(db(), user_id, first_sight=False))
    mine = [each for each in targets.targets(db(), user_id) if sure_but_wrong(each.certification)]
    return render_template("progress/confidence.html", first=first, repeats=repeats, mine=mine)


@bp.get("/")
def index() -> str | Response:
    mine = targets.targets(db(), learner().user_id)
    if not mine:
        return redirect(url_for("targets.choose"), 303)
    state = cards.state(db(), learner().user_id)
    found = [each for each in (gauge(target, state, today()) for target in mine) if each is not None]
    wanted = request.args.get("cert")
    shown = next((each for each in found if each.bank.slug == wanted), found[0] if found else None)
    coming = ahead(shown.bank, state, today()) if shown is not None and shown.ready else None
    return render_template(
        "progress/index.html",
        ahead=coming,
        hourly={gain.domain: gain for gain in coming.hourly} if coming else {},
        more_minutes=MORE_MINUTES,
        gauges=found,
        bankless=[target for target in mine if target.certification not in {each.bank.slug for each in found}],
        shown=shown,
        reliability=reliability_of_learner(),
        trend=line_of(shown) if shown is not None else None,
        balls=balls(shown.bank, state, today()) if shown else {},
        today=today(),
    )
