import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.databases import START, on_both_databases
from tracker.core.accounts import secret_digest
from tracker.core.throttle import BLOCK, LIMITS
from tracker.services import accounts
from tracker.services.accounts import Browser, NewAccount
from tracker.services.hashing import hash_password
from tracker.store import learners
from tracker.store.engine import writing

PASSWORD = "eleven quiet otters paint"
MIKA = NewAccount("Mika@Example.org", "Mika", PASSWORD, "Europe/Vienna")
HERE, THERE = "192.0.2.1", "198.51.100.1"
SECOND = timedelta(seconds=1)
NO_HASH = "a hash"


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    with writing(database) as session:
        yield session


def signed_up(session: Session, account: NewAccount = MIKA, *, password_hash: str = NO_HASH) -> UUID:
    return accounts.sign_up(session, account, password_hash, now=START, rng=random.Random(account.email))


def signed_in(session: Session, user_id: UUID) -> accounts.SignedIn:
    return accounts.sign_in(session, user_id, Browser("Firefox", HERE), email=MIKA.email, now=START)


def failed(session: Session, times: int, email: str = MIKA.email, address: str = HERE) -> None:
    for _ in range(times):
        accounts.note_failure(session, email, address, START)


def is_open(session: Session, email: str, address: str, now: datetime = START) -> bool:
    try:
        accounts.check_throttle(session, email, address, now)
    except accounts.TooManyFailures:
        return False
    return True


def test_a_new_account_is_a_learner_with_a_random_id(session: Session) -> None:
    user_id = signed_up(session)
    found = learners.learner(session, user_id)
    assert found is not None
    assert (found.name, found.role, found.timezone, found.revision) == ("Mika", "learner", "Europe/Vienna", 1)
    assert user_id.version == 4


@on_both_databases
def test_an_address_has_one_account_however_it_is_typed(session: Session) -> None:
    signed_up(session)
    session.commit()
    with pytest.raises(accounts.AddressTaken):
        signed_up(session, NewAccount(" mika@EXAMPLE.org", "Other", PASSWORD, "UTC"))


def test_the_right_password_opens_its_account(session: Session) -> None:
    user_id = signed_up(session, password_hash=hash_password(PASSWORD))
    assert accounts.opened_by(accounts.stored_password(session, "MIKA@example.org"), PASSWORD) == user_id


@pytest.mark.parametrize("email", ["mika@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_fail_alike(session: Session, email: str) -> None:
    signed_up(session, password_hash=hash_password(PASSWORD))
    with pytest.raises(accounts.WrongPassword) as failure:
        accounts.opened_by(accounts.stored_password(session, email), "another long password")
    assert failure.value.args == ()


def test_signing_in_stores_a_digest_of_a_new_secret_each_time(session: Session) -> None:
    user_id = signed_up(session)
    first, second = signed_in(session, user_id), signed_in(session, user_id)
    assert first.secret != second.secret
    stored = {login.secret_sha256 for login in learners.logins(session, user_id)}
    assert stored == {secret_digest(first.secret), secret_digest(second.secret)}


def test_a_login_keeps_the_network_and_the_browser_in_short(session: Session) -> None:
    user_id = signed_up(session)
    accounts.sign_in(session, user_id, Browser("x" * 5000, "192.0.2.77"), email=MIKA.email, now=START)
    login = learners.logins(session, user_id)[0]
    assert (login.agent, login.address_prefix) == ("x" * 200, "192.0.2.0/24")


def test_an_account_is_blocked_at_its_limit_from_every_address_and_no_other_account(session: Session) -> None:
    failed(session, LIMITS["account"] - 1)
    assert is_open(session, MIKA.email, HERE)
    failed(session, 1)
    assert not is_open(session, "MIKA@example.org ", THERE)
    assert is_open(session, "noor@example.org", HERE)


def test_an_address_is_blocked_at_its_limit_for_every_account_and_no_other_address(session: Session) -> None:
    for number in range(LIMITS["address"]):
        failed(session, 1, f"guess-{number}@example.org")
    assert not is_open(session, "noor@example.org", HERE)
    assert is_open(session, "noor@example.org", THERE)


def test_a_block_says_until_when(session: Session) -> None:
    failed(session, LIMITS["account"])
    with pytest.raises(accounts.TooManyFailures) as blocked:
        accounts.check_throttle(session, MIKA.email, HERE, START)
    assert blocked.value.until == START + BLOCK
    assert is_open(session, MIKA.email, HERE, START + BLOCK)


def test_signing_in_forgets_the_failures_of_the_account(session: Session) -> None:
    user_id = signed_up(session)
    failed(session, LIMITS["account"] - 1)
    signed_in(session, user_id)
    failed(session, LIMITS["account"] - 1)
    assert is_open(session, MIKA.email, HERE)


@pytest.mark.parametrize(("later", "moves"), [(timedelta(minutes=5) - SECOND, False), (timedelta(minutes=5), True)])
def test_the_last_seen_time_moves_at_most_every_five_minutes(session: Session, later: timedelta, moves: bool) -> None:
    user_id = signed_up(session)
    signed_in(session, user_id)
    accounts.note_seen(session, user_id, learners.logins(session, user_id)[0], START + later)
    assert learners.logins(session, user_id)[0].last_seen_at == START + (later if moves else timedelta())


def test_a_new_password_signs_out_all_browsers_but_the_one_at_hand(session: Session) -> None:
    user_id = signed_up(session)
    kept = secret_digest(signed_in(session, user_id).secret)
    signed_in(session, user_id)
    accounts.change_password(session, user_id, "new hash", keep=kept, now=START + SECOND)
    assert learners.password_of(session, user_id) == ("new hash", START + SECOND)
    assert [login.secret_sha256 for login in learners.logins(session, user_id)] == [kept]
    accounts.change_password(session, user_id, "newer hash", keep=None, now=START)
    assert learners.logins(session, user_id) == []


def changed(session: Session, user_id: UUID, revision: int, name: str) -> None:
    learner = learners.learner(session, user_id)
    assert learner is not None
    accounts.change_settings(session, learner, revision, name=name, timezone="UTC", theme="dark", keys=False)


def test_settings_change_and_what_the_form_does_not_show_stays(session: Session) -> None:
    user_id = signed_up(session)
    changed(session, user_id, 1, "Mika K")
    found = learners.learner(session, user_id)
    assert found is not None
    assert (found.name, found.revision) == ("Mika K", 2)
    assert found.settings == {"theme": "dark", "keys": False, "cap": 40}


@pytest.mark.parametrize("revision", [0, 1, 3, -1])
def test_settings_from_another_revision_change_nothing(session: Session, revision: int) -> None:
    user_id = signed_up(session)
    changed(session, user_id, 1, "From the first tab")
    with pytest.raises(accounts.StaleForm):
        changed(session, user_id, revision, "From the second tab")
    found = learners.learner(session, user_id)
    assert found is not None
    assert found.name == "From the first tab"


def test_a_reset_is_for_the_account_and_its_present_password(session: Session) -> None:
    user_id = signed_up(session)
    assert accounts.reset_account(session, "MIKA@example.org") == (user_id, START)
    with pytest.raises(LookupError):
        accounts.reset_account(session, "nobody@example.org")


def test_the_words_a_stranger_would_try_are_name_and_address(session: Session) -> None:
    assert accounts.personal_words(session, signed_up(session)) == ["Mika", "mika@example.org"]
