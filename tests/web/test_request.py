from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.cast import Person
from tests.conftest import Clock
from tests.web.auth.test_views import BAD_NEXT, GOOD_NEXT
from tracker.web.request import SAFE_METHODS, close_db, db, now, own_path, today


@pytest.mark.parametrize("target", BAD_NEXT)
def test_what_may_lead_elsewhere_is_no_path_of_ours(target: str) -> None:
    assert own_path(target) is None


@pytest.mark.parametrize("target", GOOD_NEXT)
def test_a_path_of_ours_stays_as_it_is(target: str) -> None:
    assert own_path(target) == target


def test_nothing_is_no_path() -> None:
    assert own_path(None) is None


def test_the_clock_is_read_once_a_request(app: Flask, clock: Clock) -> None:
    with app.test_request_context("/"):
        first = now()
        clock.forward(seconds=1)
        assert now() == first
    with app.test_request_context("/"):
        assert now() == clock.now


@pytest.mark.parametrize("method", sorted(SAFE_METHODS))
def test_the_session_of_a_safe_method_refuses_to_write(app: Flask, method: str) -> None:
    with app.test_request_context("/", method=method):
        db().execute(text("SELECT count(*) FROM learner"))
        with pytest.raises(OperationalError, match="readonly"):
            db().execute(text("DELETE FROM throttle"))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_session_of_another_method_may_write(app: Flask, method: str) -> None:
    with app.test_request_context("/", method=method):
        db().execute(text("DELETE FROM throttle"))


def test_a_request_has_one_session_and_what_is_not_committed_is_gone(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        assert db() is db()
        db().execute(text("DELETE FROM item_estimate"))
        close_db()
        assert db().scalar(text("SELECT count(*) FROM item_estimate")) == 24


def test_the_study_day_is_the_learners_own(mika: Person, noor: Person, clock: Clock) -> None:
    days = []
    for person in (mika, noor):
        with person.client.get("/settings/") as _, person.client as client:
            client.get("/settings/")
            days.append(today())
    # 18:00 UTC: evening in Vienna, the next morning in Auckland
    assert days == [date(2026, 11, 20), date(2026, 11, 21)]
