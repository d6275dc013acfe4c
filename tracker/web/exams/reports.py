"""The report of a paper, and each of its questions with the reasons."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WebResponse

from tracker.core import exam
from tracker.core.exam import Marked, Pacing, Report
from tracker.core.item_report import REASONS
from tracker.core.question import letters, right_response, shown_order
from tracker.core.readiness import Readiness
from tracker.services import bank_facts, progress
from tracker.services.bank_facts import CertificationBank
from tracker.services.exam_closing import marked
from tracker.store import attempts, bank, cards, sittings
from tracker.store.bank import StoredItem
from tracker.store.sittings import Paper, Response
from tracker.web.exams.blueprint import bp
from tracker.web.exams.sittings import own_paper
from tracker.web.item_reports import told
from tracker.web.request import db, learner, now, today

SHOWS = {
    "wrong": "Wrong",
    "unanswered": "Unanswered",
    "flagged": "Flagged",
    "slow": "Slow",
    "changed": "Changed",
    "all": "All",
}
"""What the list of questions may be narrowed to."""


@dataclass(frozen=True)
class Read:
    """A closed paper read whole: questions with marks, the score, the pacing."""

    paper: Paper
    known: CertificationBank
    responses: list[Response]
    items: dict[int, StoredItem]
    marked: list[Marked]
    report: Report
    pacing: Pacing

    def shown(self, show: str) -> list[Marked]:
        """The questions that a filter shows."""
        slow = set(self.pacing.slow)
        tests: dict[str, Callable[[Marked], bool]] = {
            "wrong": lambda each: not each.correct and each.answered,
            "unanswered": lambda each: not each.answered,
            "flagged": lambda each: each.flagged,
            "slow": lambda each: each.position in slow,
            "changed": lambda each: each.changed is not None,
        }
        return [each for each in self.marked if show not in tests or tests[show](each)]


def read(paper: Paper) -> Read:
    """The paper from its rows: the same before and after somebody closes it."""
    known = bank_facts.read_even_empty(db(), learner(), paper.certification)
    responses = sittings.responses(db(), learner().user_id, paper.id)
    items = sittings.items(db(), learner().user_id, paper.id)
    questions = marked(responses, items)
    allowed = None if paper.deadline_at is None else (paper.deadline_at - paper.started_at).total_seconds()
    return Read(
        paper,
        known,
        responses,
        items,
        questions,
        exam.report(questions, known.weights, known.version.pass_line),
        exam.pacing(questions, allowed),
    )


def still_open(paper: Paper) -> WebResponse | None:
    """Where to go while the paper can still be answered."""
    if paper.sitting.takes_answers(now()):
        return redirect(url_for("exams.show", sitting_id=paper.id, position=1), 303)
    return None


def before_it(papers: Sequence[Paper], paper: Paper) -> Paper | None:
    """The paper before this one that has a score."""
    return next((each for each in papers if each.id < paper.id and each.score), None)


@bp.get("/<uuid:sitting_id>/report")
def report(sitting_id: UUID) -> str | WebResponse:
    paper = own_paper(sitting_id)
    if (open_page := still_open(paper)) is not None:
        return open_page
    it = read(paper)
    state = cards.state(db(), learner().user_id)
    value = progress.readiness(it.known, state, progress.evidence(it.known, state), today())
    show = request.args.get("show", "")
    counts = {name: len(it.shown(name)) for name in SHOWS}
    shown = show if show in SHOWS else next(name for name in SHOWS if counts[name] or name == "all")
    return render_template(
        "exams/report.html",
        it=it,
        paper=paper,
        report=it.report,
        pacing=it.pacing,
        readiness=value if isinstance(value, Readiness) else None,
        range=exam.one_paper(it.report.right, it.report.questions),
        before=before_it(sittings.history(db(), learner().user_id, paper.certification), paper),
        shows=SHOWS,
        show=shown,
        counts=counts,
        questions=it.shown(shown),
        names=bank.concept_names(db()),
        tasks={task.id: task.name for domain in it.known.version.domains for task in domain.tasks},
        minutes=minutes_used(paper),
        days_left=days_left(it.known.exam_day),
    )


def minutes_used(paper: Paper) -> int:
    """Minutes from the start to the end of the paper."""
    ends = paper.closed_at or paper.deadline_at or now()
    return round((ends - paper.started_at).total_seconds() / 60)


def days_left(exam_day: date | None) -> int | None:
    """Days until the exam, None without one to come."""
    return (exam_day - today()).days if exam_day is not None and exam_day >= today() else None


@bp.get("/<uuid:sitting_id>/report/<int:position>")
def review(sitting_id: UUID, position: int) -> str | WebResponse:
    paper = own_paper(sitting_id)
    if (open_page := still_open(paper)) is not None:
        return open_page
    it = read(paper)
    if not 1 <= position <= len(it.responses):
        abort(404)
    response, stored = it.responses[position - 1], it.items[position]
    concept = bank.concept(db(), stored.item.concept)
    if concept is None:
        abort(404)
    return render_template(
        "exams/review.html",
        paper=paper,
        certification=it.known.certification,
        response=response,
        mark=it.marked[position - 1],
        stored=stored,
        item=stored.item,
        lines=shown_order(stored.item, response.shuffle_seed),
        right=right_response(stored.item, response.shuffle_seed),
        mine=response.answer,
        letters=letters,
        concept=concept,
        attempt=attempts.attempt(db(), learner().user_id, response.attempt_id),
        here=url_for("exams.review", sitting_id=sitting_id, position=position),
        told=told(stored.item.id),
        reasons=REASONS,
        total=len(it.responses),
    )
