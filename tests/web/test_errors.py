"""The pages that say what went wrong."""

import re
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from tests.cast import Person
from tests.web.world import everything
from tracker.services.accounts import StaleForm
from tracker.store.engine import writing
from tracker.web.errors import PAGES


@pytest.mark.parametrize("status", sorted(PAGES))
def test_each_kind_of_error_has_a_page_with_its_words(app: Flask, client: FlaskClient, status: int) -> None:
    app.view_functions["guide.computed"] = lambda: abort(status)
    page = client.get("/how-it-is-computed")
    assert page.status_code == status
    assert f"<h1>{PAGES[status].title}</h1>" in page.text and PAGES[status].lead in page.text


@pytest.mark.parametrize(("status", "like"), [(410, 400), (418, 400), (502, 500)])
def test_an_error_without_words_of_its_own_borrows_some(
    app: Flask, client: FlaskClient, status: int, like: int
) -> None:
    app.view_functions["guide.computed"] = lambda: abort(status)
    page = client.get("/how-it-is-computed")
    assert (page.status_code, PAGES[like].title in page.text) == (status, True)


def test_an_unknown_address_is_404_and_says_nothing_of_it(client: FlaskClient) -> None:
    page = client.get("/<script>alert(1)</script>/{{7*7}}")
    assert page.status_code == 404
    assert "alert(1)" not in page.text and "7*7" not in page.text


def test_a_wrong_method_says_which_ones_are_right(client: FlaskClient) -> None:
    page = client.get("/sign-out")
    assert page.status_code == 405
    assert set(page.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}
    assert page.mimetype == "text/html"


def test_a_page_without_its_slash_leads_to_the_one_with_it(mika: Person) -> None:
    assert mika.client.get("/practice").status_code == 308
    assert mika.client.get("/practice", follow_redirects=True).request.path != "/practice"


def broken() -> str:
    raise RuntimeError("the secret cause")


def test_our_own_mistake_is_500_with_a_number_to_ask_about_and_no_cause(app: Flask, client: FlaskClient) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["guide.computed"] = broken
    page = client.get("/how-it-is-computed")
    assert page.status_code == 500
    assert re.search(r"500, request [0-9a-f]{16}<", page.text)
    assert "secret cause" not in page.text and "Traceback" not in page.text


def test_a_database_that_cannot_write_is_503_and_nothing_is_said_to_be_saved(app: Flask, mika: Person) -> None:
    def full() -> str:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    app.view_functions["settings.save"] = full
    page = mika.client.post("/settings/save")
    assert page.status_code == 503
    assert "was not saved" in page.text and "disk is full" not in page.text


def test_a_database_that_another_process_keeps_locked_is_503(app: Flask, mika: Person) -> None:
    before = everything(mika.engine)
    event.listen(mika.engine, "checkout", lambda connection, *_: connection.execute("PRAGMA busy_timeout=0"))
    with writing(mika.engine) as other:
        other.connection()
        page = mika.client.post("/certifications/aws-demo", data={"revision": "0"})
    assert page.status_code == 503
    assert everything(mika.engine) == before


def test_a_stale_form_that_no_view_caught_overwrites_nothing_and_says_so(app: Flask, mika: Person) -> None:
    def stale() -> str:
        raise StaleForm

    app.view_functions["settings.save"] = stale
    page = mika.client.post("/settings/save")
    assert page.status_code == 409
    assert "Nothing was overwritten" in page.text


@pytest.mark.parametrize("path", ["/sign-in?next=/progress/", "/sign-up", "/reset/x"])
def test_an_old_form_of_a_public_page_leads_back_to_it(app: Flask, client: FlaskClient, path: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    sent = client.post(path, data={"email": "mika@example.org"})
    assert (sent.status_code, sent.headers["Location"]) == (303, path)
    assert "too old to be sent" in client.get("/sign-in").text


def test_an_old_form_of_a_learner_leads_to_its_page(app: Flask, mika: Person) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    sent: Any = mika.client.post("/settings/save", data={"name": "Other"})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/settings/")
