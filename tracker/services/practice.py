"""Smart Review, as verbs: start a run, answer, undo, stop."""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tracker.core.bank import Item
from tracker.core.days import study_day
from tracker.core.drill import Scope
from tracker.core.identifiers import uuid7
from tracker.core.learning import fold, predicted, touched
from tracker.core.practice import (
    CONFIDENCES,
    DIAGNOSTIC,
    DIAGNOSTIC_LENGTH,
    RUN_LENGTH,
    SECOND_ROUND,
    SMART_REVIEW,
    TICK,
    WARM_UP,
    is_idle,
    not_before,
    run_length,
)
from tracker.core.question import is_correct, read_response
from tracker.core.queue import WARM_UP_LENGTH, Exhausted
from tracker.services import bank_facts, drills, progress, standings, targets
from tracker.services.bank_facts import CertificationBank
from tracker.services.folding import as_answer, as_answered, rebuilt
from tracker.services.questions import issue
from tracker.services.standings import Standing
from tracker.store import attempts, bank, calibrations, cards, runs
from tracker.store.attempts import Attempt
from tracker.store.learners import Learner
from tracker.store.runs import Issued, Run

MORE_THAN_THE_CAP = 5
"""Questions in a run that a learner asks for beyond the daily cap."""


class UnknownQuestion(LookupError):
    """The learner has no such run or question."""


class AnsweredDifferently(Exception):
    """The question has another answer already; the first one counts."""


class NoConfidence(ValueError):
    """How sure the learner is has to be said before the reveal."""


class TooLateToUndo(Exception):
    """Another answer came after it, or it is undone already."""


class CapReached(Exception):
    """The learner's own daily limit is used up."""


class NothingToAsk(Exception):
    """Nothing sensible is left to ask today; carries the core's Exhausted."""

    def __init__(self, exhausted: Exhausted) -> None:
        super().__init__(str(exhausted))
        self.exhausted = exhausted


@dataclass(frozen=True)
class Given:
    """What the learner sent: displayed positions, confidence, and seconds since the question was shown."""

    positions: tuple[int, ...]
    confidence: str | None
    seconds: int


def start(
    session: Session,
    learner: Learner,
    slug: str,
    *,
    mode: str = SMART_REVIEW,
    scope: Scope | None = None,
    questions: int = RUN_LENGTH,
    over_cap: bool,
    now: datetime,
    rng: random.Random,
) -> Run:
    """The open run of a certification in this mode, or a new one with its first question.

    A review goes on with an open second round as well, a drill only with its own `scope`. `questions` are what the
    learner has time for.

    Raises NoBank, CapReached, NothingToAsk.
    """
    about = str(scope) if scope else None
    latest = attempts.stamp(session, learner.user_id)
    now = not_before(latest and latest.answered_at, now)
    today = study_day(now, learner.timezone, learner.day_starts)
    progress.begin_day(session, learner, latest, today)
    targets.renew(session, learner.user_id, today=today)
    for alike in (SMART_REVIEW, SECOND_ROUND) if mode in (SMART_REVIEW, SECOND_ROUND) else (mode,):
        open_run = runs.open_run(session, learner.user_id, slug, alike)
        if open_run is not None:
            touched_at = runs.last_touched(session, learner.user_id, open_run.id) or open_run.started_at
            goes_on = open_run.scope == about and not is_idle(touched_at, now)
            if goes_on and runs.pending(session, learner.user_id, open_run.id):
                return open_run
            if latest is not None:
                progress.record_left_open(session, learner, latest)
            runs.end_run(session, learner.user_id, open_run.id, now)
    length = _length(session, learner, today, mode, questions, over_cap=over_cap)
    known = bank_facts.read(session, learner, slug)
    if scope is not None:
        length = min(length, len(drills.allowed(session, learner, known, scope)) or 1)
    run = Run(uuid7(now, rng), slug, mode, length, rng.getrandbits(31), now, today, None, about)
    standing = standings.current(session, learner, known, latest)
    runs.add_run(session, learner.user_id, run)
    exhausted = issue(session, learner, run, known, standing, today, now=now, rng=rng)
    if exhausted is not None:
        raise NothingToAsk(exhausted)
    return run


def _length(session: Session, learner: Learner, today: date, mode: str, questions: int, *, over_cap: bool) -> int:
    """How many questions a new run has. Raises CapReached."""
    answered = attempts.answered_on(session, learner.user_id, today)
    longest = {WARM_UP: WARM_UP_LENGTH, DIAGNOSTIC: DIAGNOSTIC_LENGTH}.get(mode, RUN_LENGTH)
    questions = DIAGNOSTIC_LENGTH if mode == DIAGNOSTIC else questions
    length = run_length(answered, learner.settings["cap"], questions, longest)
    if over_cap:
        length = max(length, MORE_THAN_THE_CAP)
    if length == 0:
        raise CapReached
    return length


def answer(
    session: Session,
    learner: Learner,
    run_id: UUID,
    issued_id: UUID,
    given: Given,
    *,
    now: datetime,
    rng: random.Random,
) -> Attempt:
    """Mark an answer, fold it into what is known, and choose the next question. Idempotent by `issued_id`.

    Raises UnknownQuestion, AnsweredDifferently, BadResponse, NoConfidence.
    """
    question = runs.question(session, learner.user_id, run_id, issued_id)
    if question is None:
        raise UnknownQuestion
    run, issued = question.run, question.issued
    known = bank_facts.read_even_empty(session, learner, run.certification)
    asked = bank_facts.asked(session, learner, known, issued.item_id, issued.item_version)
    if asked is None:
        raise UnknownQuestion
    stored, facts = asked
    response = list(read_response(stored.item, given.positions))
    earlier = attempts.attempt(session, learner.user_id, issued_id) if question.answered else None
    if earlier is not None:
        if earlier.response != response:
            raise AnsweredDifferently
        return earlier
    if given.confidence not in CONFIDENCES:
        raise NoConfidence
    stamp = attempts.stamp(session, learner.user_id)
    at = not_before(stamp and stamp.answered_at, max(now, issued.issued_at + TICK))
    today = study_day(at, learner.timezone, learner.day_starts)
    progress.begin_day(session, learner, stamp, today)
    standing = standings.current(session, learner, known, stamp)
    seen = standing.seen(stored.item.concept, issued.item_id)
    first_sight = not (attempts.was_seen(session, learner.user_id, issued.item_id) if seen is None else seen)
    chance = predicted(standing.state, facts, first_sight, today, calibrations.weights(session, learner.calibration))
    attempt = marked(run, issued, stored.item, given, response, first_sight, chance, at, today)
    attempts.add(session, learner.user_id, attempt)
    if stored.void:
        standing = standings.read(session, learner, known, standing.state)
    else:
        state = fold(standing.state, as_answer(attempt), facts)
        cards.save_touched(session, learner.user_id, standing.state, state, touched(facts))
        standing = standings.after(session, learner, known, standing, stamp, attempt, state)
    if not go_on(session, learner, run, known, standing, today, done=question.done + 1, now=at, rng=rng):
        progress.record(session, learner.user_id, known, standing.state, today)
    return attempt


def marked(
    run: Run,
    issued: Issued,
    item: Item,
    given: Given,
    response: list[int],
    first_sight: bool,
    chance: float,
    at: datetime,
    today: date,
) -> Attempt:
    """The attempt that a response makes; `chance` of a right answer as it stood before."""
    return Attempt(
        id=issued.id,
        run_id=run.id,
        sitting_id=None,
        item_id=issued.item_id,
        item_version=issued.item_version,
        certification=run.certification,
        domain=item.domain,
        concept=item.concept,
        mode=run.mode,
        shuffle_seed=issued.shuffle_seed,
        response=response,
        correct=is_correct(item, issued.shuffle_seed, response),
        confidence=given.confidence,
        seconds=given.seconds,
        predicted=chance,
        first_sight=first_sight,
        answered_at=at,
        study_day=today,
    )


def go_on(
    session: Session,
    learner: Learner,
    run: Run,
    known: CertificationBank,
    standing: Standing,
    today: date,
    *,
    done: int,
    now: datetime,
    rng: random.Random,
) -> bool:
    """Issue the run's next question, or end the run when `done` answers are its length or nothing is left.

    Whether the run goes on.
    """
    if run.ended_at is not None:
        return False
    if done < run.length and issue(session, learner, run, known, standing, today, now=now, rng=rng) is None:
        return True
    runs.end_run(session, learner.user_id, run.id, now)
    return False


def undo(
    session: Session, learner: Learner, run_id: UUID, attempt_id: UUID, *, now: datetime, rng: random.Random
) -> None:
    """Take back the learner's last answer; the item stays seen. Raises UnknownQuestion, TooLateToUndo."""
    run = runs.run(session, learner.user_id, run_id)
    attempt = attempts.attempt(session, learner.user_id, attempt_id)
    if run is None or attempt is None or attempt.run_id != run_id:
        raise UnknownQuestion
    asked = bank.asked(session, learner.calibration, attempt.item_id, attempt.item_version)
    if asked is None:
        raise UnknownQuestion
    latest = attempts.latest(session, learner.user_id)
    if latest is None or latest.id != attempt_id or attempts.retracted(session, learner.user_id, attempt_id):
        raise TooLateToUndo
    known = bank_facts.read_even_empty(session, learner, run.certification)
    at = max(now, attempt.answered_at + TICK)
    today = max(study_day(at, learner.timezone, learner.day_starts), attempt.study_day)
    attempts.retract(session, learner.user_id, attempt_id, at)
    stored, facts = asked
    moved = touched(as_answered(facts, attempt))
    # an answer to a void version was not folded: the values kept are those from before another one
    if stored.void or not cards.restore_touched(session, learner.user_id, moved):
        cards.replace_all(session, learner.user_id, rebuilt(session, learner))
    state = cards.state(session, learner.user_id)
    ended = run.ended_at is not None
    if ended and runs.open_run(session, learner.user_id, run.certification, run.mode) is None:
        runs.reopen_run(session, learner.user_id, run_id)
        run = replace(run, ended_at=None)
    if run.ended_at is None and runs.pending(session, learner.user_id, run_id) is None:
        done = attempts.count_of_run(session, learner.user_id, run_id)
        standing = standings.read(session, learner, known, state)
        go_on(session, learner, run, known, standing, today, done=done, now=at, rng=rng)
    if ended:
        progress.record(session, learner.user_id, known, state, today)


def stop(session: Session, learner: Learner, run_id: UUID, *, now: datetime) -> None:
    """End a run early; its answers count. Raises UnknownQuestion."""
    run = runs.run(session, learner.user_id, run_id)
    if run is None:
        raise UnknownQuestion
    latest = attempts.stamp(session, learner.user_id)
    if latest is not None and run.ended_at is None:
        progress.record_left_open(session, learner, latest)
    runs.end_run(session, learner.user_id, run_id, now)
