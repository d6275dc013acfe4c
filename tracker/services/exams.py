"""Rehearsals of an exam, as verbs: start a paper, save answers, hand in, sweep."""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tracker.core import exam
from tracker.core.days import study_day
from tracker.core.exam import Change, PaperItem, SittingClosed
from tracker.core.identifiers import uuid7
from tracker.core.practice import LONGEST_ANSWER, TICK
from tracker.services import bank_facts, exam_closing, targets
from tracker.services.bank_facts import CertificationBank
from tracker.store import attempts, learners, sittings
from tracker.store.learners import Learner
from tracker.store.sittings import Paper, Response

REHEARSAL, FINAL = "rehearsal", "final"
KINDS = (REHEARSAL, FINAL)
"""The final rehearsal is the only one that asks the reserve."""


class UnknownPaper(LookupError):
    """The learner has no such paper, or the paper no such question."""


class NothingForAPaper(Exception):
    """Every question that a paper may ask was on the paper before."""


def start(
    session: Session,
    learner: Learner,
    slug: str,
    *,
    kind: str = REHEARSAL,
    extra_time: float,
    now: datetime,
    rng: random.Random,
) -> Paper:
    """The open paper of a certification, or a new one. One whose time is over is closed first.

    extra_time: a factor on the exam's minutes, exam.UNTIMED for no deadline. Raises NoBank, NothingForAPaper.
    """
    targets.renew(session, learner.user_id, today=study_day(now, learner.timezone, learner.day_starts))
    known = bank_facts.read(session, learner, slug)
    for earlier in sittings.open_papers(session, learner.user_id):
        if earlier.certification == slug:
            if earlier.sitting.takes_answers(now):
                return earlier
            exam_closing.close(session, learner, earlier, now=now)
    seed = rng.getrandbits(31)
    chosen = _assemble(session, learner, known, kind, seed)
    if not chosen:
        raise NothingForAPaper
    today = study_day(now, learner.timezone, learner.day_starts)
    deadline = exam.deadline(now, known.version.minutes, extra_time)
    paper = Paper(uuid7(now, rng), slug, known.version.code, kind, seed, extra_time, now, today, deadline)
    sittings.add(
        session,
        learner.user_id,
        paper,
        [
            Response(
                position,
                item.id,
                known.items[item.id].version,
                rng.getrandbits(31),
                uuid7(now + TICK * position, rng),
                first_sight=item.last_seen_on is None,
            )
            for position, item in enumerate(chosen, 1)
        ],
    )
    return paper


def _assemble(session: Session, learner: Learner, known: CertificationBank, kind: str, seed: int) -> list[PaperItem]:
    seen = paper_seen(session, learner.user_id, known.slug)
    earlier = sittings.history(session, learner.user_id, known.slug)[:1]
    previous = {each.item_id for paper in earlier for each in sittings.responses(session, learner.user_id, paper.id)}
    usable = [
        PaperItem(item_id, item.facts.domain, item.facts.concept, item.reserved, seen.get(item_id))
        for item_id, item in known.items.items()
    ]
    return exam.assemble(
        usable,
        known.weights,
        known.version.questions,
        previous=previous,
        final=kind == FINAL,
        rng=random.Random(seed),  # noqa: S311
    )


def paper_seen(session: Session, user_id: UUID, slug: str) -> dict[str, date]:
    """The last study day on which an item was met: in practice, or looked at on a paper, answered or not."""
    seen = attempts.last_seen(session, user_id, slug)
    for item_id, day in sittings.seen_items(session, user_id, slug).items():
        seen[item_id] = max(day, seen.get(item_id, day))
    return seen


@dataclass(frozen=True)
class Saved:
    """What the learner sent: displayed positions (None: a line without a choice yet), and seconds spent."""

    positions: tuple[int | None, ...]
    seconds: int


def save(
    session: Session, learner: Learner, sitting_id: UUID, position: int, given: Saved, *, now: datetime
) -> Response:
    """Keep what a question is answered with so far.

    Raises UnknownPaper, BadResponse, SittingClosed (the paper is handed in, or its time is over: then it is closed).
    """
    paper, response = _question(session, learner, sitting_id, position)
    if not paper.sitting.takes_answers(now):
        _close_if_over(session, learner, paper, now)
        raise SittingClosed
    stored = sittings.items(session, learner.user_id, sitting_id, position)[position]
    answer = exam.read_partial(stored.item, given.positions)
    spent = min(given.seconds, int(LONGEST_ANSWER.total_seconds()))
    changed = replace(
        response,
        answer=answer,
        trail=exam.with_change(response.trail, Change(now, answer)),
        seconds=response.seconds + spent,
    )
    sittings.save(session, learner.user_id, sitting_id, changed)
    return changed


def turn_flag(session: Session, learner: Learner, sitting_id: UUID, position: int, *, now: datetime) -> Response:
    """Flag a question to come back to, or take the flag away. Raises UnknownPaper, SittingClosed."""
    paper, response = _question(session, learner, sitting_id, position)
    if not paper.sitting.takes_answers(now):
        _close_if_over(session, learner, paper, now)
        raise SittingClosed
    turned = replace(response, flagged=not response.flagged)
    sittings.save(session, learner.user_id, sitting_id, turned)
    return turned


def hand_in(session: Session, learner: Learner, sitting_id: UUID, *, now: datetime) -> Paper:
    """Close a paper; twice is the same as once. Raises UnknownPaper."""
    paper = sittings.paper(session, learner.user_id, sitting_id)
    if paper is None:
        raise UnknownPaper
    return paper if paper.closed_at is not None else exam_closing.close(session, learner, paper, now=now)


def sweep(session: Session, user_id: UUID, sitting_id: UUID, *, now: datetime) -> bool:
    """Close one paper whose time is over; whether it was still open."""
    learners.lock(session, user_id)
    learner = learners.learner(session, user_id)
    paper = sittings.paper(session, user_id, sitting_id)
    if learner is None or paper is None or paper.sitting.phase(now) is not exam.Phase.OVER:
        return False
    exam_closing.close(session, learner, paper, now=now)
    return True


def _question(session: Session, learner: Learner, sitting_id: UUID, position: int) -> tuple[Paper, Response]:
    paper = sittings.paper(session, learner.user_id, sitting_id)
    response = sittings.response(session, learner.user_id, sitting_id, position)
    if paper is None or response is None:
        raise UnknownPaper
    return paper, response


def _close_if_over(session: Session, learner: Learner, paper: Paper, now: datetime) -> None:
    if paper.closed_at is None:
        exam_closing.close(session, learner, paper, now=now)
