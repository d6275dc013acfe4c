"""What every response carries."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from tests.cast import PASSWORD
from tests.web import observatory
from tests.web.observatory import FOR_INTEGRITY, FOR_PRELOADING, HIGHEST, Page
from tests.web.world import TABLE, World, everything, world
from tracker import create_app

NEVER = [
    "/nothing",
    "/static/nothing.css",
    "/static/../../etc/passwd",
    "/practice/not-a-uuid",
    "/sign-out",
    "/practice",
]


@pytest.fixture
def secured(settings: dict[str, Any]) -> Iterator[Flask]:
    """The application as it runs behind TLS."""
    made = create_app(settings | {"TLS": True})
    yield made
    made.extensions["engine"].dispose()


def responses(mika: World, client: FlaskClient) -> Iterator[TestResponse]:
    """A response of every kind: each route, redirects, and addresses that are not there."""
    for endpoint, method in TABLE:
        if endpoint not in ("auth.sign_out", "settings.delete"):
            yield mika.call(client, endpoint, method)
            yield mika.call(client, endpoint, "OPTIONS")
    for path in NEVER:
        yield client.get(path, buffered=True)
        yield client.head(path, buffered=True)


def carries_everything(headers: Headers) -> bool:
    policy = observatory.policy(headers)
    return (
        not any("unsafe" in source for sources in policy.values() for source in sources)
        and policy["default-src"] == {"'none'"}
        and policy["frame-ancestors"] == policy["base-uri"] == {"'none'"}
        and policy["form-action"] == {"'self'"}
        and headers["X-Content-Type-Options"] == "nosniff"
        and headers["X-Frame-Options"] == "DENY"
        and headers["Referrer-Policy"] == "same-origin"
        and headers["Cross-Origin-Opener-Policy"] == "same-origin"
        and headers["Cross-Origin-Resource-Policy"] == "same-origin"
        and "Access-Control-Allow-Origin" not in headers
    )


@pytest.mark.parametrize("signed_in", [True, False])
def test_every_response_carries_the_headers(app: Flask, client: FlaskClient, signed_in: bool) -> None:
    mika = world(app, "Mika")
    seen = set()
    for response in responses(mika, mika.person.client if signed_in else client):
        assert carries_everything(response.headers), response.request.path
        assert "Strict-Transport-Security" not in response.headers
        seen.add(response.status_code)
    assert seen >= {200, 303, 308, 404, 405, 422}


def test_errors_of_every_kind_carry_the_headers(app: Flask, client: FlaskClient) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    mika = world(app, "Mika")
    app.view_functions["guide.computed"] = lambda: 1 / 0
    broken = client.get("/how-it-is-computed")
    app.config["WTF_CSRF_ENABLED"] = True
    too_much = client.post("/sign-in", data={"email": "x" * 1_000_000})
    refused = mika.person.client.post("/settings/save")
    for response, status in ((broken, 500), (too_much, 413), (refused, 303)):
        assert response.status_code == status
        assert carries_everything(response.headers)


def test_tls_is_demanded_for_two_years_where_it_is_on(secured: Flask) -> None:
    for path in ("/", "/static/css/tokens.css", "/icons.svg", "/nothing", "/settings/"):
        sent = secured.test_client().get(path, base_url="https://localhost", buffered=True)
        assert sent.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_what_a_signed_in_learner_sees_is_stored_nowhere(app: Flask) -> None:
    mika = world(app, "Mika")
    files = {"static", "bootstrap.static", "icons.sprite"}
    for endpoint, method in TABLE:
        if method == "GET":
            kept = mika.call(mika.person.client, endpoint, method).headers["Cache-Control"]
            assert ("max-age=31536000" in kept) if endpoint in files else (kept == "no-store"), endpoint
    for path in NEVER:
        page = mika.person.client.get(path, buffered=True)
        assert page.headers["Cache-Control"] == "no-store", path


def test_a_public_page_is_asked_for_again(client: FlaskClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "no-cache"


def flags(sent: TestResponse) -> set[str]:
    cookies = [cookie for cookie in sent.headers.getlist("Set-Cookie") if "milepost=" in cookie]
    assert len(cookies) == 1
    name, *parts = (part.strip() for part in cookies[0].split(";"))
    return {name.split("=")[0], *(part for part in parts if not part.startswith("Expires"))}


def sign_up(app: Flask, base_url: str) -> TestResponse:
    data = {"name": "Mika", "email": "mika@example.org", "password": PASSWORD, "timezone": "UTC"}
    return app.test_client().post("/sign-up", data=data, base_url=base_url)


def test_the_cookie_is_bound_to_this_host_and_to_tls(secured: Flask) -> None:
    found = flags(sign_up(secured, "https://localhost"))
    assert found == {"__Host-milepost", "Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_the_cookie_without_tls_is_hidden_from_scripts_and_other_sites(app: Flask) -> None:
    assert flags(sign_up(app, "http://localhost")) == {"milepost", "HttpOnly", "Path=/", "SameSite=Lax"}


def graded(app: Flask, path: str) -> int:
    sent = app.test_client().get(path, base_url="https://localhost")
    return observatory.score(Page(sent.headers, sent.headers.getlist("Set-Cookie"), sent.text))


def test_the_sign_in_page_gets_all_points_but_those_for_preloading_and_integrity(secured: Flask) -> None:
    secured.config["WTF_CSRF_ENABLED"] = True
    assert graded(secured, "/sign-in") >= HIGHEST - FOR_PRELOADING - FOR_INTEGRITY


def test_the_grader_knows_a_bare_page_from_a_good_one() -> None:
    assert observatory.score(Page(Headers(), [], "")) == 100 - 25 - 20 - 20 - 5
    best = {
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
        "Strict-Transport-Security": "max-age=63072000",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    page = Page(Headers(best), ["s=1; Secure; HttpOnly; SameSite=Lax"], '<script src="/a.js" integrity="sha384-x">')
    assert observatory.score(page) == HIGHEST - FOR_PRELOADING


@pytest.mark.parametrize(
    ("name", "value", "points"),
    [
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'", 130),
        ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'", 125),
        ("Content-Security-Policy", "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'", 80),
        ("Strict-Transport-Security", "max-age=60", 125 + 5 - 10),
        ("Strict-Transport-Security", "", 80),
        ("Referrer-Policy", "unsafe-url", 130 - 5 - 5),
        ("X-Content-Type-Options", "", 130 - 5),
    ],
)
def test_the_grader_takes_points_for_a_worse_header(name: str, value: str, points: int) -> None:
    good = {
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Strict-Transport-Security": "max-age=63072000",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert observatory.score(Page(Headers(good | {name: value}), [], "")) == points


def test_headers_and_error_pages_do_not_need_the_database(app: Flask, client: FlaskClient) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    mika = world(app, "Mika")
    before = everything(mika.person.engine)
    assert before["attempt"]
    with mika.person.engine.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE login_session RENAME TO elsewhere")
        connection.commit()
    for path in ("/settings/", "/", "/sign-in"):
        page = mika.person.client.get(path)
        assert page.status_code == 503, path
        assert "database is busy or cannot write" in page.text
        assert carries_everything(page.headers)
