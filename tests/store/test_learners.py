from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.databases import START, on_both_databases
from tracker.core.throttle import Throttle
from tracker.store import learners
from tracker.store.engine import writing
from tracker.store.learners import Login
from tracker.store.tables import Base

MIKA, NOOR = UUID(int=1, version=4), UUID(int=2, version=4)


def account(user_id: UUID, name: str) -> dict[str, Any]:
    return {
        "user_id": user_id,
        "name": name,
        "calibration": 0,
        "role": "learner",
        "password_hash": f"hash of {name}",
        "password_changed_at": START,
        "timezone": "UTC",
        "day_starts_min": 240,
        "study_days": 127,
        "minutes_per_study_day": 30,
        "settings": {"theme": "auto"},
        "demo": False,
        "created_at": START,
        "revision": 1,
    }


def login(secret: str, minutes: int = 0) -> Login:
    seen = START + timedelta(minutes=minutes)
    return Login(secret, START, START, seen, START + timedelta(days=30), "Firefox", "192.0.2.0/24")


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    """A transaction with Mika and Noor in it."""
    with writing(database) as session:
        learners.add_account(session, "mika@example.org", account(MIKA, "Mika"))
        learners.add_account(session, "noor@example.org", account(NOOR, "Noor"))
        yield session


@on_both_databases
def test_an_account_is_found_by_its_address_and_its_id(session: Session) -> None:
    assert learners.user_id_of(session, "mika@example.org") == MIKA
    assert learners.email_of(session, MIKA) == "mika@example.org"
    assert learners.password_of(session, MIKA) == ("hash of Mika", START)
    found = learners.learner(session, MIKA)
    assert found is not None
    assert found.study_days == frozenset(range(7))
    learners.change(session, MIKA, study_days=0b0100101)
    changed = learners.learner(session, MIKA)
    assert changed is not None and changed.study_days == {0, 2, 5}
    assert (found.name, found.day_starts, found.settings) == ("Mika", timedelta(hours=4), {"theme": "auto"})


def test_nobody_is_found_under_an_unknown_address_or_id(session: Session) -> None:
    assert learners.user_id_of(session, "nobody@example.org") is None
    for read in (learners.email_of, learners.learner, learners.password_of):
        assert read(session, UUID(int=9)) is None


@on_both_databases
def test_a_second_account_with_an_address_is_refused(session: Session) -> None:
    with pytest.raises(IntegrityError):
        learners.add_account(session, "mika@example.org", account(UUID(int=3), "Other"))


def test_a_change_touches_one_learner(session: Session) -> None:
    learners.change(session, MIKA, role="operator", name="Mika K")
    roles = {user_id: learners.learner(session, user_id) for user_id in (MIKA, NOOR)}
    assert [found and (found.name, found.role) for found in roles.values()] == [
        ("Mika K", "operator"),
        ("Noor", "learner"),
    ]


def test_a_login_opens_its_own_account_only(session: Session) -> None:
    learners.add_login(session, MIKA, login("a"))
    found = learners.signed_in(session, MIKA, "a")
    assert found is not None
    assert (found[0].user_id, found[1]) == (MIKA, login("a"))
    assert learners.signed_in(session, NOOR, "a") is None
    assert learners.signed_in(session, MIKA, "b") is None


def test_logins_come_with_the_one_used_last_first(session: Session) -> None:
    for secret, minutes in (("a", 5), ("b", 9), ("c", 1)):
        learners.add_login(session, MIKA, login(secret, minutes))
    assert [each.secret_sha256 for each in learners.logins(session, MIKA)] == ["b", "a", "c"]


def test_seen_moves_one_login(session: Session) -> None:
    for secret in ("a", "b"):
        learners.add_login(session, MIKA, login(secret))
    learners.seen(session, MIKA, "a", START + timedelta(hours=1))
    seen = {each.secret_sha256: each.last_seen_at - START for each in learners.logins(session, MIKA)}
    assert seen == {"a": timedelta(hours=1), "b": timedelta()}


@pytest.mark.parametrize(
    ("which", "left"), [({"only": "a"}, ["b", "c"]), ({"but": "a"}, ["a"]), ({}, [])], ids=["only", "but", "all"]
)
def test_logins_are_dropped_one_or_the_others_or_all(
    session: Session, which: dict[str, str], left: list[str]
) -> None:
    for secret in ("a", "b", "c"):
        learners.add_login(session, MIKA, login(secret))
    learners.add_login(session, NOOR, login("a"))
    learners.drop_logins(session, MIKA, **which)
    assert sorted(each.secret_sha256 for each in learners.logins(session, MIKA)) == left
    assert len(learners.logins(session, NOOR)) == 1


@on_both_databases
def test_a_deleted_account_leaves_no_row_and_the_other_one_stays(session: Session) -> None:
    for user_id in (MIKA, NOOR):
        learners.add_login(session, user_id, login("a"))
    learners.delete_account(session, MIKA)
    assert owners(session) == {NOOR}


def owners(session: Session) -> set[UUID]:
    """Every user id in any table that has one."""
    tables = [table for table in Base.metadata.tables.values() if "user_id" in table.c]
    return {user_id for table in tables for user_id in session.scalars(select(table.c.user_id))}


def test_a_throttle_is_kept_replaced_and_cleared(session: Session) -> None:
    first, second = Throttle(1, START, None), Throttle(10, START, START + timedelta(minutes=15))
    assert learners.throttle(session, "account", "k") is None
    for value in (first, second):
        learners.save_throttle(session, "account", "k", value)
        assert learners.throttle(session, "account", "k") == value
    assert learners.throttle(session, "address", "k") is None
    learners.clear_throttle(session, "account", "k")
    assert learners.throttle(session, "account", "k") is None


def test_everybody_is_listed_for_the_operator(session: Session) -> None:
    assert learners.user_ids(session) == [MIKA, NOOR]
