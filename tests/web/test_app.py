"""Putting the application together, and what it refuses to start with."""

from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from tests.cast import PASSWORD
from tracker import create_app
from tracker.web.app import check_settings

GOOD = {"SECRET_KEY": "3f9c2b7a1e5d8046b7c1f20a9d3e6b58", "SIGNUP": "open"}


def test_good_settings_are_accepted() -> None:
    check_settings(GOOD)


@pytest.mark.parametrize("key", [None, "", "short", "3f9c2b7a1e5d8046b7c1f20a9d3e6b5", "x" * 32, "X" * 32, "0" * 64])
def test_a_short_or_known_key_is_refused(settings: dict[str, Any], key: str | None) -> None:
    with pytest.raises(ValueError, match="SECRET_KEY must be a random text of at least 32"):
        create_app(settings | {"SECRET_KEY": key})


def test_the_refusal_of_a_key_does_not_print_it(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError) as refused:
        create_app(settings | {"SECRET_KEY": "my-own-little-secret"})
    assert "my-own-little-secret" not in str(refused.value)


@pytest.mark.parametrize("mode", ["", "Open", "yes", "none"])
def test_an_unknown_way_to_sign_up_is_refused(settings: dict[str, Any], mode: str) -> None:
    with pytest.raises(ValueError, match="SIGNUP"):
        create_app(settings | {"SIGNUP": mode})


def test_switching_logins_off_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="LOGIN_DISABLED"):
        create_app(settings | {"LOGIN_DISABLED": True})


def test_switching_logins_off_later_opens_nothing(app: Flask, client: FlaskClient) -> None:
    app.config["LOGIN_DISABLED"] = True
    assert client.get("/settings/").status_code == 303


@pytest.mark.parametrize(
    "setting",
    [
        {"SESSION_COOKIE_HTTPONLY": False},
        {"SESSION_COOKIE_SAMESITE": None},
        {"MAX_CONTENT_LENGTH": None},
        {"SESSION_COOKIE_NAME": "other"},
    ],
)
def test_a_setting_that_protects_cannot_be_given_away(settings: dict[str, Any], setting: dict[str, Any]) -> None:
    app = create_app(settings | setting)
    assert all(app.config[name] != value for name, value in setting.items())
    app.extensions["engine"].dispose()


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.7")])
def test_forwarded_addresses_are_believed_for_as_many_proxies_as_configured(
    settings: dict[str, Any], proxies: int, seen: str
) -> None:
    app = create_app(settings | {"PROXIES": proxies})
    found = []
    app.view_functions["guide.computed"] = lambda: found.append(request.remote_addr) or "x"
    app.test_client().get("/how-it-is-computed", headers={"X-Forwarded-For": "198.51.100.7, 203.0.113.9"})
    assert found == [seen]
    app.extensions["engine"].dispose()


def test_a_forged_forwarded_address_does_not_get_around_the_throttle(app: Flask, client: FlaskClient) -> None:
    for number in range(50):
        data = {"email": f"guess-{number}@example.org", "password": "wrong"}
        client.post("/sign-in", data=data, headers={"X-Forwarded-For": f"203.0.{number}.1"})
    data = {"email": "guess@example.org", "password": PASSWORD}
    assert client.post("/sign-in", data=data, headers={"X-Forwarded-For": "203.0.99.1"}).status_code == 429


# Flask-Compress leaves the closing of a file that it compressed to the garbage collector
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_pages_that_hold_secrets_are_not_compressed(client: FlaskClient) -> None:
    for path, compressed in (("/sign-in", False), ("/static/css/components.css", True)):
        sent = client.get(path, headers={"Accept-Encoding": "gzip, deflate, br, zstd"}, buffered=True)
        assert ("Content-Encoding" in sent.headers) == compressed


def test_a_name_that_a_template_misspells_is_an_error_and_not_silence(app: Flask) -> None:
    with app.app_context(), pytest.raises(Exception, match="undefined"):
        app.jinja_env.from_string("{{ nothing_of_that_name }}").render()
