from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.bank_factory import SLUG
from tests.databases import on_both_databases
from tests.store.test_learners import MIKA, NOOR, account
from tracker.store import learners, targets
from tracker.store.engine import writing
from tracker.store.targets import Target

AIM = Target(SLUG, "DEM-C01", "en", date(2027, 3, 1), 1.0, "planned", 1)


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    with writing(database) as session:
        learners.add_account(session, "mika@example.org", account(MIKA, "Mika"))
        learners.add_account(session, "noor@example.org", account(NOOR, "Noor"))
        yield session


@on_both_databases
def test_a_target_is_read_back_as_it_was_saved_and_replaced(session: Session) -> None:
    for value in (AIM, replace(AIM, exam_day=None, revision=2)):
        targets.save(session, MIKA, value)
        assert targets.target(session, MIKA, SLUG) == value
        assert targets.targets(session, MIKA) == [value]


@pytest.mark.parametrize("user_id", [NOOR, UUID(int=9)])
def test_nobody_else_has_it(session: Session, user_id: UUID) -> None:
    targets.save(session, MIKA, AIM)
    assert targets.target(session, user_id, SLUG) is None
    assert targets.targets(session, user_id) == []


def test_a_dropped_target_is_known_and_not_aimed_at(session: Session) -> None:
    targets.save(session, MIKA, replace(AIM, state="dropped"))
    assert targets.target(session, MIKA, SLUG) is not None
    assert targets.targets(session, MIKA) == []
