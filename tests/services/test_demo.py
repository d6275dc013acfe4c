"""The demo learner's sixty days, lived over the shipped bank."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.databases import fill
from tracker.core.bank import parse_bank
from tracker.core.days import study_day
from tracker.core.demo import BREAK, SEED
from tracker.core.readiness import Readiness
from tracker.core.roadmap import Mark
from tracker.core.trend import Trend, trend
from tracker.services import accounts, bank_facts, demo, folding, progress
from tracker.services.accounts import AddressTaken, NewAccount, WrongPassword
from tracker.services.demo import EMAIL, SLUG, Story
from tracker.services.practice import SMART_REVIEW
from tracker.store import attempts, cards, history, learners, plans, runs, study_log, targets
from tracker.store.bank_files import read_documents, shipped_bank
from tracker.store.engine import make_engine, reading, writing
from tracker.store.learners import Learner
from tracker.store.tables import LearnerRow

ZONE = "Europe/Vienna"
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the bank that ships."""
    file = tmp_path_factory.mktemp("shipped") / "shipped.sqlite"
    fill(f"sqlite:///{file}", parse_bank(read_documents(shipped_bank())))
    return file


@pytest.fixture
def fresh(shipped: Path, tmp_path: Path) -> Iterator[Engine]:
    """An engine on a copy where nobody has an account."""
    shutil.copyfile(shipped, tmp_path / "fresh.sqlite")
    engine = make_engine(f"sqlite:///{tmp_path}/fresh.sqlite")
    yield engine
    engine.dispose()


@dataclass(frozen=True)
class Made:
    """A finished demo learner."""

    engine: Engine
    story: Story

    def read(self, query: Callable[[Session, Learner], Any]) -> Any:
        """What a query says of the demo learner."""
        with reading(self.engine) as session:
            found = learners.learner(session, self.story.user_id)
            assert found is not None
            return query(session, found)

    @property
    def trend(self) -> Trend:
        snapshots = self.read(lambda session, who: history.snapshots(session, who.user_id, SLUG))
        found = trend(snapshots, TODAY)
        assert found is not None
        return found


@pytest.fixture(scope="module")
def made(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """All sixty days, lived once for this module; the tests only read them."""
    file = tmp_path_factory.mktemp("made") / "made.sqlite"
    shutil.copyfile(shipped, file)
    engine, rng = make_engine(f"sqlite:///{file}"), random.Random(SEED)
    with writing(engine) as session:
        story = demo.begin(session, ZONE, now=NOW, rng=rng)
        session.commit()
    for day in story.days:
        with writing(engine) as session:
            demo.live(session, story, day, rng=rng)
            session.commit()
    yield Made(engine, story)
    engine.dispose()


def test_the_account_is_sixty_days_old_and_says_what_it_is(made: Made) -> None:
    with reading(made.engine) as session:
        row = session.execute(select(LearnerRow.demo, LearnerRow.created_at)).one()
    assert row.demo is True
    assert study_day(row.created_at, ZONE) == TODAY - timedelta(days=60)


def test_there_are_answers_of_about_25_evenings_and_none_today(made: Made) -> None:
    answered = made.read(lambda session, who: list(attempts.to_fold(session, who.user_id)))
    days = sorted({each.study_day for each in answered})
    assert 20 <= len(days) <= 28
    assert len(answered) == 8 * len(days)
    assert (days[0], days[-1]) == (TODAY - timedelta(days=60), TODAY - timedelta(days=1))
    for earlier, later in pairwise(answered):
        if earlier.study_day == later.study_day:
            assert 30 <= (later.answered_at - earlier.answered_at).total_seconds() <= 70
            assert later.seconds < 60
    assert all(17 <= each.answered_at.hour <= 19 and each.answered_at < NOW for each in answered)


def test_no_run_is_left_open(made: Made) -> None:
    assert made.read(lambda session, who: runs.open_run(session, who.user_id, SLUG, SMART_REVIEW)) is None


def test_readiness_is_known_today_and_better_than_it_was(made: Made) -> None:
    def today(session: Session, who: Learner) -> object:
        known, state = bank_facts.read(session, who, SLUG), cards.state(session, who.user_id)
        return progress.readiness(known, state, progress.evidence(known, state), TODAY)

    assert isinstance(made.read(today), Readiness)
    assert made.trend.change > 0.05


def test_who_says_sure_is_right_more_often_than_who_guesses(made: Made) -> None:
    answered = made.read(lambda session, who: list(attempts.to_fold(session, who.user_id)))
    said: dict[str, list[bool]] = {"guess": [], "think": [], "sure": []}
    for each in answered:
        said[each.confidence].append(each.correct)
    right = {word: mean(marks) for word, marks in said.items()}
    assert right["guess"] < right["think"] < right["sure"]


def test_the_trend_shows_the_one_break(made: Made) -> None:
    first_day = made.story.first_day
    (found,) = made.trend.breaks
    assert (found.first - first_day).days == BREAK.start
    assert (found.last - first_day).days == BREAK.stop - 1


def test_the_stored_state_is_what_the_answers_give(made: Made) -> None:
    def difference(session: Session, who: Learner) -> float:
        return folding.distance(cards.state(session, who.user_id), folding.rebuilt(session, who))

    assert made.read(difference) < 1e-9


def test_the_roadmap_is_about_half_done_with_one_step_in_progress(made: Made) -> None:
    def on_the_way(session: Session, who: Learner) -> tuple[dict[str, Mark], int, dict[str, frozenset[str]]]:
        steps, ticks = plans.steps(session, who.user_id, 1), plans.ticks(session, who.user_id)
        return plans.marks(session, who.user_id), len(steps), ticks

    marks, steps, ticks = made.read(on_the_way)
    by_state: dict[str, list[str]] = {"doing": [], "skipped": [], "done": [], "known": []}
    for step_id, mark in marks.items():
        by_state[mark.state].append(step_id)
    assert (by_state["doing"], by_state["skipped"]) == (["cert-aws-aif"], ["kaggle-nn"])
    assert by_state["done"] and by_state["known"]
    assert 0.4 <= (len(by_state["done"]) + len(by_state["known"])) / (steps - 1) <= 0.6
    assert ticks["cert-aws-aif"]
    done_days = [mark.done_day for mark in marks.values() if mark.done_day]
    assert all(made.story.first_day < day < TODAY for day in done_days)


def test_the_study_log_was_written_by_hand(made: Made) -> None:
    logged = made.read(lambda session, who: study_log.entries(session, who.user_id))
    assert len(logged) > 20
    assert {"course", "reading", "project"} <= {each.entry.activity for each in logged}
    assert any("**" in each.entry.note for each in logged)
    assert any((each.entry.step_id, each.entry.certification) == ("cert-aws-aif", SLUG) for each in logged)
    assert all(study_day(each.written_at, ZONE) == each.entry.study_day for each in logged)


def test_the_exam_lies_six_weeks_ahead(made: Made) -> None:
    aimed = made.read(lambda session, who: targets.target(session, who.user_id, SLUG))
    assert aimed is not None and aimed.exam_day == TODAY + timedelta(days=42)


def test_no_password_opens_it_before_it_is_finished(fresh: Engine) -> None:
    with writing(fresh) as session:
        story = demo.begin(session, ZONE, now=NOW, rng=random.Random(1))
        known = demo.account(session)
        assert known is not None and not known.finished
        for password in ("", demo.UNFINISHED):
            with pytest.raises(WrongPassword):
                accounts.opened_by(accounts.stored_password(session, EMAIL), password)
        demo.finish(session, story, "a hash", now=NOW)
        known = demo.account(session)
        assert known is not None and known.finished


def test_beginning_again_deletes_what_was_there(fresh: Engine) -> None:
    with writing(fresh) as session:
        story = demo.begin(session, ZONE, now=NOW, rng=random.Random(1))
        demo.live(session, story, 0, rng=random.Random(1))
        again = demo.begin(session, ZONE, now=NOW, rng=random.Random(2))
        assert learners.user_ids(session) == [again.user_id]
        assert attempts.latest(session, story.user_id) is None


def test_somebody_else_with_the_address_is_left_alone(fresh: Engine) -> None:
    with writing(fresh) as session:
        somebody = NewAccount(EMAIL, "Somebody", "", ZONE)
        user_id = accounts.sign_up(session, somebody, "a hash", now=NOW, rng=random.Random(1))
        session.commit()
        assert demo.account(session) is None
        with pytest.raises(AddressTaken):
            demo.begin(session, ZONE, now=NOW, rng=random.Random(2))
        session.rollback()
        assert learners.user_ids(session) == [user_id]


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "UTC", "America/Los_Angeles"])
@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_the_last_evening_is_over_at_any_hour_of_making(fresh: Engine, zone: str, hour: int) -> None:
    now = NOW.replace(hour=hour)
    with writing(fresh) as session:
        story, rng = demo.begin(session, zone, now=now, rng=random.Random(1)), random.Random(1)
        demo.live(session, story, story.days[-1], rng=rng)
        latest = attempts.latest(session, story.user_id)
    assert latest is not None and latest.answered_at < now
    assert latest.study_day == study_day(now, zone) - timedelta(days=1)
