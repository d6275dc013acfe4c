"""The demo learner, lived day by day through the verbs that everybody uses; nothing is written past them."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from tracker.core import demo
from tracker.core.days import study_day
from tracker.core.demo import DiaryPage, Student
from tracker.core.roadmap import CERTIFICATION, Mark
from tracker.core.study_log import Entry
from tracker.services import accounts, bank_facts, practice, roadmap, study_log, targets
from tracker.services.accounts import NewAccount
from tracker.services.practice import Given
from tracker.store import attempts, bank, learners, plans, runs
from tracker.store.learners import Learner
from tracker.store.runs import Issued

EMAIL = "demo@example.org"
NAME = "Robin"
SLUG, NEXT_SLUG = "aws-aif", "aws-mla"
UNFINISHED = "unfinished"
"""Stands for the password hash until the last day is lived: no password opens it."""
BEFORE_THE_FIRST_EVENING = timedelta(minutes=20)


@dataclass(frozen=True)
class Account:
    """The demo learner's account. Unfinished: its making was interrupted."""

    user_id: UUID
    password_hash: str

    @property
    def finished(self) -> bool:
        return self.password_hash != UNFINISHED


@dataclass(frozen=True)
class Story:
    """What the days of a demo learner in the making have in common; days count from `first_day`."""

    user_id: UUID
    timezone: str
    first_day: date
    student: Student
    practice: tuple[int, ...]

    @property
    def days(self) -> tuple[int, ...]:
        """The days on which anything happens, in order."""
        return tuple(sorted({*self.practice, *(page.day for page in demo.DIARY)}))

    def days_away(self, day: int) -> int:
        """Days since the practice before, 0 at the first one."""
        return min((day - earlier for earlier in self.practice if earlier < day), default=0)


def account(session: Session) -> Account | None:
    """The demo learner's account, if there is one; somebody else with its address is none."""
    user_id = learners.user_id_of(session, EMAIL)
    learner = learners.learner(session, user_id) if user_id else None
    stored = learners.password_of(session, user_id) if user_id else None
    if user_id is None or learner is None or stored is None or not learner.demo:
        return None
    return Account(user_id, stored[0])


def begin(session: Session, timezone: str, *, now: datetime, rng: random.Random) -> Story:
    """Sign the demo learner up, sixty days before `now`, with a plan accepted. An earlier one is deleted.

    Raises AddressTaken when somebody else has its address, NoBank without its certification.
    """
    earlier = account(session)
    if earlier is not None:
        learners.delete_account(session, earlier.user_id)
    first_day = study_day(now, timezone) - timedelta(days=demo.DAYS)
    at = demo.evening(first_day, timezone) - BEFORE_THE_FIRST_EVENING
    user_id = accounts.sign_up(session, NewAccount(EMAIL, NAME, "", timezone), UNFINISHED, now=at, rng=rng)
    learners.change(session, user_id, demo=True)
    roadmap.accept(session, user_id, demo.inputs(first_day, SLUG, NEXT_SLUG), today=first_day, now=at)
    domains = bank_facts.read(session, _learner(session, user_id), SLUG).weights
    return Story(user_id, timezone, first_day, demo.new_student(domains, rng), demo.practice_days(rng))


def live(session: Session, story: Story, day: int, *, rng: random.Random) -> None:
    """One day of the story: its practice, then its pages of the diary. Days come in order."""
    learners.lock(session, story.user_id)
    date_ = story.first_day + timedelta(days=day)
    at = demo.evening(date_, story.timezone) + timedelta(minutes=rng.randint(0, 20), seconds=rng.randint(0, 59))
    if day in story.practice:
        at = _practise(session, story, day, at, rng)
    for page in demo.DIARY:
        if page.day == day:
            at += timedelta(minutes=1)
            _write(session, story.user_id, page, date_, at, rng)


def finish(session: Session, story: Story, password_hash: str, *, now: datetime) -> None:
    """Let the demo learner be signed in to."""
    targets.renew(session, story.user_id, today=study_day(now, story.timezone))
    accounts.change_password(session, story.user_id, password_hash, keep=None, now=now)


def _learner(session: Session, user_id: UUID) -> Learner:
    found = learners.learner(session, user_id)
    if found is None:
        raise LookupError("the demo learner was deleted while it was made")
    return found


def _practise(session: Session, story: Story, day: int, at: datetime, rng: random.Random) -> datetime:
    """A short run of Smart Review; the instant at which it ends."""
    learner = _learner(session, story.user_id)
    run = practice.start(session, learner, SLUG, over_cap=False, now=at, rng=rng)
    for _ in range(demo.ANSWERS_A_DAY):
        issued = runs.pending(session, learner.user_id, run.id)
        if issued is None:
            break
        spent, reading = rng.randint(25, 55), rng.randint(5, 15)
        given = _given(session, story, issued, day, spent, rng)
        at += timedelta(seconds=spent + reading)
        practice.answer(session, learner, run.id, issued.id, given, now=at, rng=rng)
    practice.stop(session, learner, run.id, now=at)
    return at


def _given(session: Session, story: Story, issued: Issued, day: int, seconds: int, rng: random.Random) -> Given:
    """What the student makes of a question."""
    stored = bank.stored_item(session, issued.item_id, issued.item_version)
    if stored is None:
        raise practice.UnknownQuestion
    met_before = attempts.was_seen(session, story.user_id, issued.item_id)
    chance = story.student.chance(stored.item, day, story.days_away(day), met_before)
    positions = demo.response(stored.item, issued.shuffle_seed, rng.random() < chance, rng)
    return Given(positions, demo.confidence(chance, rng), seconds)


def _write(session: Session, user_id: UUID, page: DiaryPage, day: date, at: datetime, rng: random.Random) -> None:
    if page.minutes:
        step_id = page.step_id or ""
        slug = step_id.removeprefix(CERTIFICATION) if step_id.startswith(CERTIFICATION) else None
        entry = Entry(day, page.minutes, page.activity, slug, page.step_id, None, page.note)
        study_log.add(session, user_id, entry, today=day, now=at, rng=rng)
    if page.step_id is not None:
        roadmap.tick_parts(session, user_id, page.step_id, set(page.parts), set(), today=day)
    if page.step_id is not None and page.state is not None:
        revision = plans.marks(session, user_id).get(page.step_id, Mark()).revision
        roadmap.mark(session, user_id, page.step_id, page.state, revision, today=day)
