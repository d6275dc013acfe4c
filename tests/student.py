"""A learner without a browser: calls the practice verbs as the web does, one transaction for each."""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.orm import Session

from tests import bank_factory as factory
from tests.databases import START
from tracker.core.bank import Bank, parse_bank
from tracker.core.learning import LearnerState
from tracker.core.question import right_response
from tracker.services import accounts, folding, practice
from tracker.services import bank as bank_verbs
from tracker.services.practice import Given
from tracker.store import bank, cards, learners, runs
from tracker.store.attempts import Attempt
from tracker.store.engine import reading, writing
from tracker.store.learners import Learner
from tracker.store.runs import Issued, Run
from tracker.store.tables import BankChangeRow, Base, ItemRow, ItemVersionRow

SECOND_SLUG = "aws-more"


class Student:
    """A learner with a clock of their own."""

    def __init__(self, engine: Engine, name: str = "Mika", timezone: str = "UTC", seed: int = 1) -> None:
        self.engine = engine
        self.rng = random.Random(seed)
        self.now = START
        ids = random.Random(name)
        account = accounts.NewAccount(f"{name.lower()}@example.org", name, "", timezone)
        with writing(engine) as session:
            self.user_id = accounts.sign_up(session, account, "no hash", now=START, rng=ids)
            session.commit()

    @property
    def learner(self) -> Learner:
        with reading(self.engine) as session:
            found = learners.learner(session, self.user_id)
        assert found is not None
        return found

    def change(self, **settings: Any) -> None:
        with writing(self.engine) as session:
            learners.change(session, self.user_id, settings={**self.learner.settings, **settings})
            session.commit()

    def later(self, **parts: float) -> None:
        self.now += timedelta(**parts)

    def start(self, slug: str = factory.SLUG, over_cap: bool = False, **wanted: Any) -> Run:
        with writing(self.engine) as session:
            learners.lock(session, self.user_id)
            run = practice.start(session, self.learner, slug, over_cap=over_cap, now=self.now, rng=self.rng, **wanted)
            session.commit()
        return run

    def run(self, run: Run) -> Run:
        """The run as it stands now."""
        with reading(self.engine) as session:
            found = runs.run(session, self.user_id, run.id)
        assert found is not None
        return found

    def pending(self, run: Run) -> Issued | None:
        with reading(self.engine) as session:
            return runs.pending(session, self.user_id, run.id)

    def question(self, run: Run) -> Issued:
        found = self.pending(run)
        assert found is not None
        return found

    def positions(self, issued: Issued, right: bool) -> tuple[int, ...]:
        """A right or a wrong response."""
        with reading(self.engine) as session:
            stored = bank.stored_item(session, issued.item_id, issued.item_version)
        assert stored is not None
        key = right_response(stored.item, issued.shuffle_seed)
        if right:
            return key
        wrong = [position for position in range(len(stored.item.options)) if position not in key]
        return (*key[1:], wrong[0])

    def send(
        self,
        run_id: UUID,
        issued_id: UUID,
        positions: Sequence[int],
        confidence: str | None = "think",
    ) -> Attempt:
        """Answer as a form would."""
        given = Given(tuple(positions), confidence, 30)
        with writing(self.engine) as session:
            learners.lock(session, self.user_id)
            attempt = practice.answer(session, self.learner, run_id, issued_id, given, now=self.now, rng=self.rng)
            session.commit()
        return attempt

    def answer(self, run: Run, right: bool = True, confidence: str = "think") -> Attempt:
        """Answer the pending question."""
        issued = self.question(run)
        return self.send(run.id, issued.id, self.positions(issued, right), confidence)

    def undo(self, attempt: Attempt, run_id: UUID | None = None) -> None:
        where = run_id or attempt.run_id
        assert where is not None
        with writing(self.engine) as session:
            learners.lock(session, self.user_id)
            practice.undo(session, self.learner, where, attempt.id, now=self.now, rng=self.rng)
            session.commit()

    def stop(self, run: Run) -> None:
        with writing(self.engine) as session:
            practice.stop(session, self.learner, run.id, now=self.now)
            session.commit()

    def state(self) -> LearnerState:
        with reading(self.engine) as session:
            return cards.state(session, self.user_id)

    def rebuilt(self) -> LearnerState:
        with reading(self.engine) as session:
            return folding.rebuilt(session, self.learner)

    def rows(self, table: type[Base]) -> list[dict[str, Any]]:
        """The learner's rows of one table, in the order of their key."""
        columns = table.__table__.columns
        with reading(self.engine) as session:
            found = session.execute(select(*columns).where(columns["user_id"] == self.user_id))
            return sorted((dict(row) for row in found.mappings()), key=lambda row: str(list(row.values())))


def load(engine: Engine, value: Bank, now: datetime = START) -> bank_verbs.Loaded:
    """Load a bank in a transaction of its own."""
    with writing(engine) as session:
        loaded = bank_verbs.load(session, value, now=now)
        session.commit()
    return loaded


def two_certifications() -> Bank:
    """The good bank, and a second certification over the same concepts."""
    more = [factory.single(number, number % 4) for number in range(100, 124)]
    first = [raw for raw in more if "-d1-" in raw["id"]]
    second = [raw for raw in more if "-d2-" in raw["id"]]
    return parse_bank(
        factory.documents()
        | {
            f"{SECOND_SLUG}/certification.yaml": factory.certification(slug=SECOND_SLUG, position=2),
            f"{SECOND_SLUG}/d1-first.yaml": first,
            f"{SECOND_SLUG}/d2-second.yaml": second,
        }
    )


def void(session: Session, item_id: str, version: int) -> None:
    """The operator finds the key of a version wrong."""
    session.execute(
        update(ItemVersionRow)
        .where(ItemVersionRow.item_id == item_id, ItemVersionRow.version == version)
        .values(void=True)
    )
    _record(session, [item_id])


def retire(session: Session, item_ids: Iterable[str], day: datetime = START) -> None:
    """The operator takes items out of use."""
    item_ids = list(item_ids)
    session.execute(
        update(ItemRow).where(ItemRow.id.in_(item_ids)).values(retired_on=day.date(), retired_by="operator")
    )
    _record(session, item_ids)


def _record(session: Session, item_ids: Sequence[str]) -> None:
    """What changed the bank says so."""
    slugs = session.scalars(select(ItemRow.certification).where(ItemRow.id.in_(item_ids)).distinct()).all()
    for slug in slugs:
        session.execute(insert(BankChangeRow).values(at=START, kind="operator", certification=slug, summary={}))
