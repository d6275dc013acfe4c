"""Reset links: one hour, one use, one account."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from tests.cast import Person
from tests.databases import START
from tracker.services import reset_links
from tracker.store import learners
from tracker.store.engine import reading, writing

KEY = "a-key-of-this-test-that-nobody-else-has"


def test_a_token_names_its_account_for_an_hour(mika: Person, engine: Engine) -> None:
    with reading(engine) as session:
        token = reset_links.token_for(session, mika.email, KEY, now=START)
        ages = [timedelta(), timedelta(hours=1), timedelta(hours=1, seconds=1)]
        owners = [reset_links.owner(session, token, KEY, now=START + age) for age in ages]
    assert owners == [mika.user_id, mika.user_id, None]


def test_a_token_ends_with_the_password_it_was_made_for(mika: Person, engine: Engine) -> None:
    with writing(engine) as session:
        token = reset_links.token_for(session, mika.email, KEY, now=START)
        learners.change(session, mika.user_id, password_changed_at=START + timedelta(seconds=5))
        assert reset_links.owner(session, token, KEY, now=START + timedelta(seconds=6)) is None


def test_another_key_opens_nothing(mika: Person, engine: Engine) -> None:
    with reading(engine) as session:
        token = reset_links.token_for(session, mika.email, KEY, now=START)
        assert reset_links.owner(session, token, KEY + "x", now=START) is None


def test_an_unknown_address_gets_no_token(engine: Engine) -> None:
    with reading(engine) as session, pytest.raises(LookupError):
        reset_links.token_for(session, "nobody@example.org", KEY, now=START)
