from datetime import timedelta
from uuid import UUID

import pytest

from tests.databases import START
from tracker.store.learners import Learner, Login
from tracker.web.user import User, parse_cookie_id

MIKA = UUID(int=7, version=4)


def test_the_cookie_names_the_user_and_the_login_and_is_read_back() -> None:
    learner = Learner(MIKA, "Mika", "learner", "UTC", timedelta(hours=4), {}, 0, frozenset(range(7)), 30, 1)
    login = Login("digest", START, START, START, START, "Firefox", "192.0.2.0/24")
    user = User(learner, login, "s3cret.with.dots")
    assert "digest" not in user.get_id()
    assert parse_cookie_id(user.get_id()) == (MIKA, "s3cret.with.dots")


def test_a_cookie_without_a_secret_has_an_empty_one() -> None:
    assert parse_cookie_id(MIKA.hex) == (MIKA, "")


@pytest.mark.parametrize("value", ["", ".", "x.y", "1.secret", f"{MIKA.hex}0.secret"])
def test_what_is_not_of_our_form_names_nobody(value: str) -> None:
    assert parse_cookie_id(value) is None
