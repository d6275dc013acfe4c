"""Closing a paper: every question marked, the answered ones folded into what is known, the score kept."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.core import exam
from tracker.core.days import study_day
from tracker.core.learning import fold, predicted, touched
from tracker.core.practice import LONGEST_ANSWER, TICK, not_before
from tracker.core.question import is_correct, right_response
from tracker.services import bank_facts, progress
from tracker.services.bank_facts import CertificationBank
from tracker.services.folding import as_answer
from tracker.store import attempts, calibrations, cards, sittings
from tracker.store.attempts import Attempt
from tracker.store.bank import StoredItem
from tracker.store.learners import Learner
from tracker.store.sittings import Paper, Response

MODE = "exam"
"""The mode of the attempts that a paper makes."""


def close(session: Session, learner: Learner, paper: Paper, *, now: datetime) -> Paper:
    """Mark every question, make an attempt of each answered one, and keep the score."""
    at, by = exam.closing(paper.sitting, now)
    known = bank_facts.read_even_empty(session, learner, paper.certification)
    responses = sittings.responses(session, learner.user_id, paper.id)
    items = sittings.items(session, learner.user_id, paper.id)
    today = _fold(session, learner, known, paper, responses, items, at)
    result = exam.report(marked(responses, items), known.weights, known.version.pass_line)
    score = {
        "questions": result.questions,
        "right": result.right,
        "target": result.target,
        "domains": [asdict(domain) for domain in result.domains],
    }
    sittings.close(session, learner.user_id, paper.id, at=at, by=by, score=score)
    if result.answered:
        state = cards.state(session, learner.user_id)
        progress.record(session, learner.user_id, known, state, today)
    return replace(paper, closed_at=at, closed_by=by, score=score)


def _fold(
    session: Session,
    learner: Learner,
    known: CertificationBank,
    paper: Paper,
    responses: Sequence[Response],
    items: Mapping[int, StoredItem],
    at: datetime,
) -> date:
    """Fold the answered questions one after the other; the study day they count for."""
    latest = attempts.stamp(session, learner.user_id)
    at = not_before(latest and latest.answered_at, at)
    today = study_day(at, learner.timezone, learner.day_starts)
    progress.begin_day(session, learner, latest, today)
    state = cards.state(session, learner.user_id)
    weights = calibrations.weights(session, learner.calibration)
    for response in responses:
        stored = items[response.position]
        asked = bank_facts.asked(session, learner, known, response.item_id, response.item_version)
        if asked is None or not exam.is_complete(stored.item, response.answer):
            continue
        facts = asked[1]
        first_sight = not attempts.was_seen(session, learner.user_id, response.item_id)
        chance = predicted(state, facts, first_sight, today, weights)
        attempt = _attempt(paper, response, stored, first_sight, chance, at, today)
        attempts.add(session, learner.user_id, attempt)
        if not stored.void:
            after = fold(state, as_answer(attempt), facts)
            cards.save_touched(session, learner.user_id, state, after, touched(facts))
            state = after
        at += TICK
    return today


def _attempt(
    paper: Paper,
    response: Response,
    stored: StoredItem,
    first_sight: bool,
    chance: float,
    at: datetime,
    today: date,
) -> Attempt:
    item, answer = stored.item, [position for position in response.answer if position is not None]
    return Attempt(
        id=response.attempt_id,
        run_id=None,
        sitting_id=paper.id,
        item_id=response.item_id,
        item_version=response.item_version,
        certification=paper.certification,
        domain=item.domain,
        concept=item.concept,
        mode=MODE,
        shuffle_seed=response.shuffle_seed,
        response=answer,
        correct=is_correct(item, response.shuffle_seed, answer),
        confidence=None,
        seconds=min(response.seconds, int(LONGEST_ANSWER.total_seconds())),
        predicted=chance,
        first_sight=first_sight,
        answered_at=at,
        study_day=today,
    )


def marked(responses: Sequence[Response], items: Mapping[int, StoredItem]) -> list[exam.Marked]:
    """The questions of a paper with their marks, in order."""
    found = []
    for response in responses:
        stored = items[response.position]
        item = stored.item
        right = right_response(item, response.shuffle_seed)
        answered = exam.is_complete(item, response.answer)
        found.append(
            exam.Marked(
                position=response.position,
                item_id=item.id,
                domain=item.domain,
                task=item.task,
                concept=item.concept,
                answered=answered,
                correct=answered and response.answer == right,
                flagged=response.flagged,
                first_sight=response.first_sight,
                seconds=response.seconds,
                trail=response.trail,
                right=right,
                void=stored.void,
            )
        )
    return found
