"""Sign up, sign in, sign out, and the reset link."""

import json
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from tests.cast import PASSWORD, Person, sign_up
from tests.conftest import Clock
from tests.web.world import elsewhere, everything, reset_token
from tracker import create_app
from tracker.core.throttle import LIMITS
from tracker.store.engine import make_engine

OTHER_PASSWORD = "nine brave wombats whistle"
HERE, THERE = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "198.51.100.1"}


def sign_in(
    client: FlaskClient, email: str, password: str = PASSWORD, address: dict[str, str] = HERE
) -> TestResponse:
    return client.post("/sign-in", data={"email": email, "password": password}, environ_base=address)


def fail(client: FlaskClient, times: int, email: str = "mika@example.org", address: dict[str, str] = HERE) -> None:
    for _ in range(times):
        assert sign_in(client, email, "not the password", address).status_code == 422


def is_in(client: FlaskClient) -> bool:
    return client.get("/settings/").status_code == 200


def secret(client: FlaskClient) -> Any:
    with client.session_transaction() as stored:
        return stored.get("_user_id")


@pytest.fixture
def hashing(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[[], None]]]:
    """Calls what is in this list before each Argon2 hash, new or verified; the library does the rest."""
    calls: list[Callable[[], None]] = []
    make, verify = PasswordHasher.hash, PasswordHasher.verify

    def made(hasher: PasswordHasher, password: str) -> str:
        for call in calls:
            call()
        return make(hasher, password)

    def verified(hasher: PasswordHasher, stored: str, password: str) -> bool:
        for call in calls:
            call()
        return verify(hasher, stored, password)

    monkeypatch.setattr(PasswordHasher, "hash", made)
    monkeypatch.setattr(PasswordHasher, "verify", verified)
    yield calls


def test_signing_up_signs_in_and_asks_for_a_certification(app: Flask) -> None:
    mika = sign_up(app, "Mika")
    assert is_in(mika.client)
    assert "mika@example.org" in mika.client.get("/settings/").text


def test_a_taken_address_says_so_and_keeps_what_was_typed(mika: Person, client: FlaskClient) -> None:
    data = {"name": "Other", "email": "MIKA@example.org", "password": OTHER_PASSWORD, "timezone": "Asia/Tokyo"}
    before = everything(mika.engine)
    page = client.post("/sign-up", data=data)
    assert page.status_code == 422
    assert "An account with this address exists" in page.text
    assert 'value="Other"' in page.text and 'value="MIKA@example.org"' in page.text
    assert OTHER_PASSWORD not in page.text
    assert everything(mika.engine) == before


@pytest.mark.parametrize("mode", ["closed", "invite"])
def test_a_server_that_is_not_open_makes_no_account(settings: dict[str, Any], mode: str) -> None:
    app = create_app(settings | {"SIGNUP": mode})
    client, engine = app.test_client(), app.extensions["engine"]
    before = everything(engine)
    data = {"name": "Mika", "email": "mika@example.org", "password": PASSWORD, "timezone": "UTC"}
    for page in (client.get("/sign-up"), client.post("/sign-up", data=data)):
        assert page.status_code == 403
        assert "Sign-up is closed" in page.text
    assert everything(engine) == before
    engine.dispose()


def test_who_has_an_account_signs_in_while_sign_up_is_closed(settings: dict[str, Any], mika: Person) -> None:
    closed = create_app(settings | {"SIGNUP": "closed"})
    client = closed.test_client()
    assert sign_in(client, mika.email).status_code == 303
    closed.extensions["engine"].dispose()


@pytest.mark.parametrize("typed", ["mika@example.org", "  MIKA@Example.org "])
def test_the_right_password_signs_in(mika: Person, client: FlaskClient, typed: str) -> None:
    sent = sign_in(client, typed)
    assert (sent.status_code, sent.headers["Location"]) == (303, "/today/")
    assert is_in(client)


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(
    mika: Person, client: FlaskClient, hashing: list[Callable[[], None]]
) -> None:
    hashes: list[None] = []
    hashing.append(lambda: hashes.append(None))
    pages, work = [], []
    for email in (mika.email, "some@example.org"):
        hashes.clear()
        page = sign_in(client, email, "not the password")
        pages.append((page.status_code, page.text.replace(email, "")))
        work.append(len(hashes))
    assert pages[0] == pages[1]
    assert pages[0][0] == 422
    assert work == [1, 1]


def test_a_failed_sign_in_keeps_the_address_and_never_the_password(client: FlaskClient) -> None:
    page = sign_in(client, "mika@example.org", "my secret pass phrase").text
    assert 'value="mika@example.org"' in page
    assert "my secret pass phrase" not in page


def test_the_cookie_gets_a_new_secret_at_each_sign_in(mika: Person) -> None:
    first = secret(mika.client)
    sign_in(mika.client, mika.email)
    assert secret(mika.client) not in (None, first)


def test_what_the_cookie_held_before_signing_in_is_gone(mika: Person, client: FlaskClient) -> None:
    with client.session_transaction() as planted:
        planted.update({"_user_id": "planted", "csrf_token": "planted", "more": "planted"})
    sign_in(client, mika.email)
    with client.session_transaction() as stored:
        assert "planted" not in stored.values()


def test_signing_in_again_ends_the_login_this_browser_had(app: Flask, mika: Person) -> None:
    old = app.test_client()
    old.set_cookie("milepost", cookie(mika.client))
    assert is_in(old)
    sign_in(mika.client, mika.email)
    assert is_in(mika.client)
    assert not is_in(old)


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie("milepost")
    assert found is not None
    return found.value


def test_signing_out_ends_this_login_even_for_a_copy_of_its_cookie(app: Flask, mika: Person) -> None:
    copy, elsewhere = app.test_client(), app.test_client()
    copy.set_cookie("milepost", cookie(mika.client))
    sign_in(elsewhere, mika.email)
    assert mika.client.post("/sign-out").headers["Location"] == "/"
    assert not is_in(mika.client)
    assert not is_in(copy)
    assert is_in(elsewhere)


def test_signing_out_by_get_is_not_possible(mika: Person) -> None:
    assert mika.client.get("/sign-out").status_code == 405
    assert is_in(mika.client)


def test_an_account_is_blocked_for_15_minutes_after_10_failures(
    mika: Person, client: FlaskClient, clock: Clock
) -> None:
    fail(client, LIMITS["account"])
    blocked = sign_in(client, mika.email, PASSWORD, THERE)
    assert blocked.status_code == 429
    assert blocked.headers["Retry-After"] == "900"
    assert "Too many attempts" in blocked.text
    clock.forward(minutes=14, seconds=59.5)
    assert sign_in(client, mika.email).headers["Retry-After"] == "1"
    clock.forward(seconds=0.5)
    assert sign_in(client, mika.email).status_code == 303


def test_a_block_costs_no_hash(mika: Person, client: FlaskClient, hashing: list[Callable[[], None]]) -> None:
    fail(client, LIMITS["account"])
    hashing.append(lambda: pytest.fail("hashed"))
    assert sign_in(client, mika.email).status_code == 429


def test_an_unknown_address_is_blocked_alike(client: FlaskClient) -> None:
    fail(client, LIMITS["account"], "nobody@example.org")
    assert sign_in(client, "nobody@example.org").status_code == 429


def test_others_are_not_locked_out(mika: Person, noor: Person, client: FlaskClient) -> None:
    fail(client, LIMITS["account"], mika.email)
    assert sign_in(client, noor.email).status_code == 303
    assert is_in(mika.client)


def test_a_block_survives_a_restart_and_is_shared_by_workers(
    settings: dict[str, Any], mika: Person, client: FlaskClient
) -> None:
    fail(client, LIMITS["account"])
    other = create_app(settings)
    assert sign_in(other.test_client(), mika.email).status_code == 429
    other.extensions["engine"].dispose()


def test_an_address_that_tries_many_accounts_is_blocked_and_no_other_one(mika: Person, client: FlaskClient) -> None:
    for number in range(LIMITS["address"]):
        fail(client, 1, f"guess-{number}@example.org")
    assert sign_in(client, mika.email, address=HERE).status_code == 429
    assert sign_in(client, mika.email, address=THERE).status_code == 303


GOOD_NEXT = ["/progress/", "/concepts/x?back=/practice/", "/practice/?a=1&b=2", "/ä", "/a#b"]
BAD_NEXT = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "//evil.example/%2e%2e",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    "/\0/evil.example",
    "/a\\..\\b",
    "http://evil.example",
    "https://evil.example/practice/",
    "HTTPS://evil.example",
    "http:evil.example",
    "http:/evil.example",
    "http:///evil.example",
    "https:evil.example",
    "ftp://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "evil.example",
    "evil.example/practice/",
    "@evil.example",
    "?next=/x",
    "#//evil.example",
    " //evil.example",
    "／／evil.example",
    "%2F%2Fevil.example",
    "",
    ".",
    "../..",
]


@pytest.mark.parametrize("target", BAD_NEXT)
@pytest.mark.parametrize("page", ["/sign-in", "/sign-up"])
def test_next_never_leads_to_another_site(app: Flask, mika: Person, page: str, target: str) -> None:
    data = {"name": "N", "email": mika.email, "password": PASSWORD, "timezone": "UTC"}
    if page == "/sign-up":
        data["email"] = "new@example.org"
    sent = app.test_client().post(page, query_string={"next": target}, data=data)
    assert sent.status_code == 303
    assert sent.headers["Location"] == "/today/"


@pytest.mark.parametrize("target", GOOD_NEXT)
def test_next_leads_to_our_own_paths(mika: Person, client: FlaskClient, target: str) -> None:
    data = {"email": mika.email, "password": PASSWORD}
    sent = client.post("/sign-in", query_string={"next": target}, data=data)
    assert sent.headers["Location"] == target.replace("ä", "%C3%A4")


def test_a_reset_link_sets_a_new_password_and_signs_out_everywhere(app: Flask, mika: Person, clock: Clock) -> None:
    client, token = app.test_client(), reset_token(app, mika, clock.now)
    clock.forward(minutes=5)
    assert client.get(f"/reset/{token}").status_code == 200
    sent = client.post(f"/reset/{token}", data={"password": OTHER_PASSWORD})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/sign-in")
    assert not is_in(mika.client)
    assert sign_in(client, mika.email, PASSWORD).status_code == 422
    assert sign_in(client, mika.email, OTHER_PASSWORD).status_code == 303


def over(client: FlaskClient, token: str) -> bool:
    """Whether the link opens nothing, neither looked at nor sent."""
    answers = [client.get(f"/reset/{token}"), client.post(f"/reset/{token}", data={"password": OTHER_PASSWORD})]
    return [answer.status_code for answer in answers] == [410, 410]


def test_a_reset_link_works_for_an_hour(app: Flask, mika: Person, client: FlaskClient, clock: Clock) -> None:
    token = reset_token(app, mika, clock.now)
    clock.forward(hours=1)
    assert client.get(f"/reset/{token}").status_code == 200
    clock.forward(seconds=1)
    before = everything(mika.engine)
    assert over(client, token)
    assert everything(mika.engine) == before


def test_a_reset_link_works_once(app: Flask, mika: Person, client: FlaskClient, clock: Clock) -> None:
    first, second = (reset_token(app, mika, clock.now - timedelta(seconds=age)) for age in (1, 2))
    clock.forward(seconds=1)
    client.post(f"/reset/{first}", data={"password": OTHER_PASSWORD})
    assert over(client, first)
    assert over(client, second)


def test_a_reset_link_used_in_two_tabs_at_once_works_once(
    app: Flask, mika: Person, clock: Clock, hashing: list[Callable[[], None]]
) -> None:
    token = reset_token(app, mika, clock.now)
    clock.forward(seconds=1)

    def use_in_the_other_tab() -> None:
        hashing.clear()
        assert app.test_client().post(f"/reset/{token}", data={"password": OTHER_PASSWORD}).status_code == 303

    hashing.append(lambda: elsewhere(use_in_the_other_tab))
    late = app.test_client().post(f"/reset/{token}", data={"password": "seven loud ravens dance"})
    assert late.status_code == 410
    assert sign_in(app.test_client(), mika.email, OTHER_PASSWORD).status_code == 303


def test_a_reset_link_of_another_key_opens_nothing(
    app: Flask, mika: Person, client: FlaskClient, clock: Clock
) -> None:
    assert over(client, reset_token(app, mika, clock.now, key="another-key-that-nobody-has-9876543210"))


@pytest.mark.parametrize("spoilt", ["x", "a.b.c", "{cut}", "{token}x", "x{token}", "W10.aaaa.bb", "ä", "{swapped}"])
def test_a_tampered_reset_link_opens_nothing(
    app: Flask, mika: Person, noor: Person, clock: Clock, spoilt: str
) -> None:
    token, other = reset_token(app, mika, clock.now), reset_token(app, noor, clock.now)
    swapped = f"{other.rpartition('.')[0]}.{token.rpartition('.')[2]}"
    before = everything(mika.engine)
    assert over(app.test_client(), spoilt.format(token=token, cut=token[:-1], swapped=swapped))
    assert everything(mika.engine) == before


def test_a_reset_refuses_name_and_address_as_password(
    app: Flask, mika: Person, client: FlaskClient, clock: Clock
) -> None:
    token = reset_token(app, mika, clock.now)
    page = client.post(f"/reset/{token}", data={"password": "mika@example.org 2026"})
    assert page.status_code == 422
    assert "name or address" in page.text


def test_nobody_waits_for_a_hash(app: Flask, mika: Person, clock: Clock, hashing: list[Callable[[], None]]) -> None:
    other = make_engine(str(mika.engine.url))
    writes: list[None] = []

    def write() -> None:
        with other.connect() as connection:
            connection.execute(text("PRAGMA busy_timeout=0"))
            connection.execute(text("UPDATE throttle SET failures = 0"))
            connection.rollback()
        writes.append(None)

    token = reset_token(app, mika, clock.now)
    hashing.append(write)
    steps: list[tuple[FlaskClient, str, dict[str, str], int]] = [
        (app.test_client(), "/sign-up", new_account("Noor"), 303),
        (mika.client, "/sign-up", new_account("Olga"), 303),
        (app.test_client(), "/sign-in", {"email": mika.email, "password": PASSWORD}, 303),
        (app.test_client(), "/sign-in", {"email": mika.email, "password": "wrong"}, 422),
        (mika.client, "/settings/password", {"current": PASSWORD, "password": OTHER_PASSWORD}, 303),
        (mika.client, "/settings/password", {"current": "wrong", "password": OTHER_PASSWORD}, 422),
        (mika.client, "/settings/delete", {"current_password": "wrong"}, 422),
        (mika.client, "/settings/delete", {"current_password": OTHER_PASSWORD}, 303),
        (app.test_client(), f"/reset/{token}", {"password": OTHER_PASSWORD}, 303),
    ]
    for client, path, data, status in steps:
        writes.clear()
        assert client.post(path, data=data).status_code == status, path
        assert writes, path
    other.dispose()


def new_account(name: str) -> dict[str, str]:
    return {"name": name, "email": f"{name}@example.org", "password": PASSWORD, "timezone": "UTC"}


def test_security_events_are_json_lines_without_secrets(
    app: Flask, mika: Person, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    client, token = app.test_client(), reset_token(app, mika, clock.now)
    clock.forward(seconds=1)
    with caplog.at_level(logging.INFO, "milepost.security"):
        client.post("/sign-up", data=new_account("Noor"))
        client.post("/settings/password", data={"current": PASSWORD, "password": OTHER_PASSWORD})
        client.post("/settings/sign-out-elsewhere")
        client.post("/settings/delete", data={"current_password": "a wrong password"})
        client.post("/settings/delete", data={"current_password": OTHER_PASSWORD})
        fail(client, LIMITS["account"])
        sign_in(client, mika.email)
        client.post(f"/reset/{token}", data={"password": OTHER_PASSWORD})
        clock.forward(hours=1)
        sign_in(client, mika.email, OTHER_PASSWORD)
        client.post("/sign-out")
    lines = [record.getMessage() for record in caplog.records]
    events = [json.loads(line) for line in lines]
    assert [event["event"] for event in events] == [
        "sign_up",
        "password_changed",
        "signed_out_elsewhere",
        "password_wrong",
        "account_deleted",
        *["sign_in_failed"] * 10,
        "sign_in_blocked",
        "password_reset",
        "sign_in",
        "sign_out",
    ]
    assert all(set(event) == {"at", "event", "request", "user", "endpoint"} for event in events)
    assert len({event["request"] for event in events}) == len(events)
    said = "\n".join(lines).casefold()
    for private in (PASSWORD, OTHER_PASSWORD, "a wrong password", token, "noor", "mika", "@", "192.0.2."):
        assert private.casefold() not in said


def test_a_newline_that_somebody_types_forges_no_line(
    app: Flask, mika: Person, client: FlaskClient, capfd: pytest.CaptureFixture[str]
) -> None:
    forged = '\n{"event": "sign_in", "user": "operator"}'
    client.post("/sign-up", data=new_account(f"Noor{forged}"))
    client.post("/sign-up" + "?next=/%0a" + forged.strip(), data=new_account("Noor"))
    client.post("/sign-in", data={"email": f"x{forged}", "password": forged})
    client.post("/sign-in", data={"email": mika.email, "password": forged}, headers={"User-Agent": "x \\n{}"})
    written = capfd.readouterr().err.splitlines()
    assert [json.loads(line)["event"] for line in written] == ["sign_up", "sign_in_failed"]
