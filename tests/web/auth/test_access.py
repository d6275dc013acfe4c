"""What a login opens, what it is worth over time, and the way back from the sign-in page."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import PASSWORD, Person, Question
from tests.conftest import Clock
from tests.web.world import SIGN_IN, World, answered, everything, world
from tracker.store import learners
from tracker.store.engine import reading
from tracker.web.auth.access import PUBLIC


def test_the_public_list_is_short_and_known() -> None:
    assert {name for name in PUBLIC if not name.startswith(("static", "bootstrap", "icons", "guide"))} == {
        "auth.sign_up",
        "auth.sign_in",
        "auth.reset",
        "onboarding.plan",
    }


def test_a_form_with_its_token_is_accepted(app: Flask, mika: Person) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    page = mika.client.get("/certifications/").text
    sent = mika.client.post("/certifications/aws-demo", data={"csrf_token": token_in(page), "revision": 0})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/today/")


def test_another_learners_token_is_refused(app: Flask, mika: Person, noor: Person) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    page = noor.client.get("/certifications/").text
    mika.client.get("/certifications/")
    data = {"csrf_token": token_in(page), "revision": 0}
    sent = mika.client.post("/certifications/aws-demo", data=data, follow_redirects=True)
    assert "That page was too old to be sent" in sent.text


def token_in(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert found
    return found[1]


def sign_in(client: FlaskClient, page: str, person: Person) -> TestResponse:
    """Fill in the sign-in form at this address, as a browser would."""
    form = client.get(page)
    data = {"csrf_token": token_in(form.text), "email": person.email, "password": PASSWORD}
    return client.post(page, data=data)


def checked(page: str, name: str) -> list[str]:
    """The values of the boxes and buttons of this name that are checked."""
    return re.findall(rf'<input type="(?:radio|checkbox)" name="{name}" value="(\w+)" checked>', page)


def send_answer(mika: World, question: Question) -> tuple[TestResponse, list[str]]:
    chosen = [str(position) for position in range(question.wanted)][::-1]
    data = {
        "csrf_token": token_in(question.html),
        "choice": chosen,
        "confidence": "sure",
        "shown_at": question.shown_at,
    }
    return mika.person.client.post(question.action, data=data), sorted(chosen)


@pytest.mark.parametrize("ended", ["login expired", "signed out in another tab", "cookie gone"])
def test_an_answer_sent_without_a_login_comes_back_filled_in_after_signing_in(
    app: Flask, clock: Clock, ended: str
) -> None:
    mika = world(app, "Mika")
    app.config["WTF_CSRF_ENABLED"] = True
    question = mika.person.question(mika.path("practice.show"))
    client = mika.person.client
    if ended == "login expired":
        clock.forward(days=15)
    elif ended == "signed out in another tab":
        client.post("/sign-out", data={"csrf_token": token_in(question.html)})
    else:
        client.delete_cookie("milepost")
    before = everything(mika.person.engine)["attempt"]
    sent, chosen = send_answer(mika, question)
    assert answered(sent) == SIGN_IN
    back = sign_in(client, sent.headers["Location"], mika.person)
    page = client.get(back.headers["Location"])
    assert Question.read(page.text).action == question.action
    assert checked(page.text, "choice") == chosen
    assert checked(page.text, "confidence") == ["sure"]
    assert everything(mika.person.engine)["attempt"] == before
    again, _ = send_answer(mika, Question.read(page.text))
    assert "/answers/" in again.headers["Location"]


def test_an_answer_from_before_a_new_sign_in_comes_back_filled_in(app: Flask) -> None:
    mika = world(app, "Mika")
    app.config["WTF_CSRF_ENABLED"] = True
    question = mika.person.question(mika.path("practice.show"))
    mika.person.client.delete_cookie("milepost")
    sign_in(mika.person.client, "/sign-in", mika.person)
    sent, chosen = send_answer(mika, question)
    page = mika.person.client.get(sent.headers["Location"])
    assert "Nothing is lost" in page.text
    assert checked(page.text, "choice") == chosen


@pytest.mark.parametrize(
    ("sent_to", "page"),
    [("/settings/save", "/settings/"), ("/certifications/aws-demo", "/certifications/"), ("/sign-out", "/practice/")],
)
def test_another_form_leads_back_to_its_page(client: FlaskClient, sent_to: str, page: str) -> None:
    sent = client.post(sent_to)
    assert parse_qs(urlsplit(sent.headers["Location"]).query)["next"] == [page]


def test_a_page_asked_for_without_a_login_is_shown_after_signing_in(mika: Person, client: FlaskClient) -> None:
    sent = client.get("/concepts/concept-1?back=/practice/")
    data = {"email": mika.email, "password": PASSWORD}
    assert (
        client.post(sent.headers["Location"], data=data).headers["Location"] == "/concepts/concept-1?back=/practice/"
    )


def is_in(person: Person) -> bool:
    return person.client.get("/settings/").status_code == 200


def last_seen(person: Person) -> Any:
    with reading(person.engine) as session:
        return learners.logins(session, person.user_id)[0].last_seen_at


def test_a_login_ends_after_14_days_without_a_post(mika: Person, clock: Clock) -> None:
    clock.forward(days=14, seconds=-1)
    assert is_in(mika)
    clock.forward(seconds=1)
    assert not is_in(mika)


def test_a_login_in_use_ends_after_30_days(mika: Person, clock: Clock) -> None:
    for _ in range(29):
        clock.forward(days=1)
        mika.client.post("/settings/sign-out-elsewhere")
    clock.forward(days=1, seconds=-1)
    assert is_in(mika)
    clock.forward(seconds=1)
    assert not is_in(mika)


def test_a_login_that_ended_stays_ended(mika: Person, clock: Clock) -> None:
    seen = last_seen(mika)
    clock.forward(days=14)
    assert answered(mika.client.post("/settings/sign-out-elsewhere")) == SIGN_IN
    assert last_seen(mika) == seen


def test_only_a_post_moves_the_last_seen_time(mika: Person, clock: Clock) -> None:
    seen = last_seen(mika)
    clock.forward(hours=1)
    assert is_in(mika)
    assert last_seen(mika) == seen
    mika.aim()
    assert last_seen(mika) == clock.now


def test_the_last_seen_time_moves_at_most_every_five_minutes(mika: Person, clock: Clock) -> None:
    seen = last_seen(mika)
    clock.forward(minutes=5, seconds=-1)
    mika.aim()
    assert last_seen(mika) == seen
    clock.forward(seconds=1)
    mika.client.post("/certifications/aws-demo/drop")
    assert last_seen(mika) == clock.now


@pytest.mark.parametrize(
    "cookie", ["", "x", ".", "0" * 32, "0" * 32 + ".x", "{user}.", "{user}.wrong", "{user}", "{user}.%00", "ä.ö"]
)
def test_a_cookie_without_the_right_secret_opens_nothing(app: Flask, mika: Person, cookie: str) -> None:
    client = app.test_client()
    with client.session_transaction() as stored:
        stored["_user_id"] = cookie.format(user=mika.user_id.hex)
    assert answered(client.get("/settings/")) == SIGN_IN


def test_a_cookie_of_another_key_opens_nothing(app: Flask, mika: Person) -> None:
    with mika.client.session_transaction() as stored:
        contents = dict(stored)
    client = app.test_client()
    app.secret_key = "another-key-that-nobody-else-has-9876543210"
    with client.session_transaction() as forged:
        forged.update(contents)
    app.secret_key = app.config["SECRET_KEY"] = "a-key-for-tests-that-nobody-else-has-0123456789"
    assert answered(client.get("/settings/")) == SIGN_IN
    assert is_in(mika)


@pytest.mark.parametrize("path", ["/concepts/a%00b", "/certifications/a%00b", "/practice/start/%00"])
def test_a_nul_in_an_address_is_not_found(mika: Person, path: str) -> None:
    method = "GET" if path.startswith("/concepts") else "POST"
    assert mika.client.open(path, method=method).status_code == 404
