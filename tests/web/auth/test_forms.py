"""Every form around the account: below, at and above its limits, wrong, missing and too much."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import PASSWORD, Person
from tests.conftest import Clock
from tests.web.forms import problems
from tests.web.world import everything, reset_token
from tracker.core.accounts import normal_email
from tracker.store import learners
from tracker.store.engine import reading
from tracker.web.auth.forms import LONGEST_EMAIL, ZONES

GOOD = {"name": "Noor", "email": "noor@example.org", "password": PASSWORD, "timezone": "Asia/Tokyo"}
LONG_PASSWORD = "zinc yak wolf vase unit toad sock rope quilt pond oven nest moth lamp kite jug iron hat goat fern"


def labelled(length: int) -> str:
    """An address of that many characters."""
    return "n" * 60 + "@" + ".".join(["d" * 63, "e" * 63, "f" * (length - 193), "org"])


REFUSED: list[tuple[str, Any, str]] = [
    ("name", "", "Enter the name"),
    ("name", "   ", "Enter the name"),
    ("name", "n" * 81, "at most 80"),
    ("name", "Noor\0", "cannot be stored"),
    ("name", "Noor\nX", "cannot be stored"),
    ("name", "Noor\x7f", "cannot be stored"),
    ("email", "", "Enter your e-mail"),
    ("email", "noor", "does not look like"),
    ("email", "noor@", "does not look like"),
    ("email", "@example.org", "does not look like"),
    ("email", "noor@example", "does not look like"),
    ("email", "a b@example.org", "does not look like"),
    ("email", "noor@example.org\nBcc: x@example.org", "cannot be stored"),
    ("email", "noor\0@example.org", "cannot be stored"),
    ("email", labelled(255), "too long"),
    ("email", "\ufdfa" * 20 + "@example.org", "too long"),
    ("password", "", "Choose a password"),
    ("password", "fourteen chars", "at least 15"),
    ("password", LONG_PASSWORD + "x" * (129 - len(LONG_PASSWORD)), "at most 128"),
    ("password", "noor@example.org", "name or address"),
    ("password", "password12345678", "first that would be tried"),
    ("password", "aaaaaaaaaaaaaaaa", "repeats itself"),
    ("timezone", "", "Not a valid choice"),
    ("timezone", "Mars/Olympus", "Not a valid choice"),
    ("timezone", "../../etc/passwd", "Not a valid choice"),
    ("timezone", "UTC\0", "Not a valid choice"),
]


@pytest.mark.parametrize(("field", "value", "message"), REFUSED)
def test_sign_up_refuses_with_a_message_at_the_field(
    client: FlaskClient, engine: Any, field: str, value: str, message: str
) -> None:
    before = everything(engine)
    page = client.post("/sign-up", data=GOOD | {field: value})
    assert page.status_code == 422
    found = problems(page.text)
    assert set(found) == {field}
    assert message in found[field]
    assert everything(engine) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "N"),
        ("name", "n" * 80),
        ("name", "Zoë 学习 🦦"),
        ("email", "n@example.org"),
        ("email", labelled(254)),
        ("email", "noor+tag@sub.example.org"),
        ("email", "nöör@exämple.org"),
        ("password", "fifteen chars!!"),
        ("password", LONG_PASSWORD + " and then some more"),
        ("timezone", "UTC"),
    ],
)
def test_sign_up_accepts_what_is_within_its_limits(client: FlaskClient, field: str, value: str) -> None:
    sent = client.post("/sign-up", data=GOOD | {field: value})
    assert sent.status_code == 303, problems(sent.text)


@pytest.mark.parametrize("missing", GOOD)
def test_a_missing_field_is_named(client: FlaskClient, missing: str) -> None:
    page = client.post("/sign-up", data={name: value for name, value in GOOD.items() if name != missing})
    if missing == "timezone":
        assert page.status_code == 303
        return
    assert page.status_code == 422
    assert missing in problems(page.text)


def test_what_was_typed_is_kept_but_for_the_password(client: FlaskClient) -> None:
    page = client.post("/sign-up", data=GOOD | {"email": "no address"}).text
    assert 'value="Noor"' in page and 'value="no address"' in page
    assert "<option selected>Asia/Tokyo</option>" in page
    assert PASSWORD not in page


def test_extra_fields_change_nothing(app: Flask, client: FlaskClient) -> None:
    extra = {"user_id": "1" * 32, "is_admin": "1", "role": "operator", "score": "100", "demo": "1", "revision": "9"}
    assert client.post("/sign-up", data=GOOD | extra).status_code == 303
    noor = Person("Noor", GOOD["email"], client, app.extensions["engine"])
    with reading(noor.engine) as session:
        found = learners.learner(session, noor.user_id)
    assert found is not None
    assert (found.role, found.revision) == ("learner", 1)
    assert noor.user_id.hex != extra["user_id"]


@pytest.mark.parametrize("path", ["/sign-up", "/sign-in", "/reset/{token}", "/sign-out"])
def test_a_body_of_a_megabyte_is_413(app: Flask, mika: Person, clock: Clock, path: str) -> None:
    token = reset_token(app, mika, clock.now)
    app.config["WTF_CSRF_ENABLED"] = True
    before = everything(mika.engine)
    page = mika.client.post(path.format(token=token), data=GOOD | {"name": "n" * 1_048_576})
    assert page.status_code == 413
    assert "too much at once" in page.text
    assert everything(mika.engine) == before


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00 not text", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"--x", "multipart/form-data; boundary=x"),
        (b"nothing", "multipart/form-data"),
        (b"<a/>", "text/xml"),
        (b"&&&===%%%&email=%ff%fe", "application/x-www-form-urlencoded"),
    ],
)
@pytest.mark.parametrize("path", ["/sign-up", "/sign-in"])
def test_a_body_of_another_kind_is_refused(client: FlaskClient, path: str, body: bytes, kind: str) -> None:
    assert client.post(path, data=body, content_type=kind).status_code in (400, 413, 422)


def test_two_hundred_and_one_parts_are_413(client: FlaskClient) -> None:
    data = GOOD | {f"field-{number}": "x" for number in range(201)}
    assert client.post("/sign-up", data=data, content_type="multipart/form-data").status_code == 413


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("email", "", "Enter your e-mail"),
        ("email", "n" * 255, "too long"),
        ("email", "mika@example.org\0", "cannot be stored"),
        ("password", "", "Enter your password"),
    ],
)
def test_sign_in_refuses_with_a_message_at_the_field(
    client: FlaskClient, field: str, value: str, message: str
) -> None:
    page = client.post("/sign-in", data={"email": "mika@example.org", "password": PASSWORD} | {field: value})
    assert page.status_code == 422
    assert message in problems(page.text)[field]


@pytest.mark.parametrize("value", ["nul \0 inside it", "x" * 200_000, "🦦" * 500])
def test_sign_in_reads_any_password(client: FlaskClient, mika: Person, value: str) -> None:
    page = client.post("/sign-in", data={"email": mika.email, "password": value})
    assert page.status_code == 422
    assert "not right" in page.text
    assert value not in page.text


@pytest.mark.parametrize(("value", "message"), [("", "Choose"), ("short", "at least 15"), ("y" * 129, "at most 128")])
def test_a_reset_refuses_a_bad_password_with_a_message(
    app: Flask, mika: Person, client: FlaskClient, clock: Clock, value: str, message: str
) -> None:
    page = client.post(f"/reset/{reset_token(app, mika, clock.now)}", data={"password": value})
    assert page.status_code == 422
    assert message in problems(page.text)["password"]


def test_every_zone_on_offer_exists() -> None:
    assert "Europe/Vienna" in ZONES and "UTC" in ZONES
    assert all(ZoneInfo(zone).key == zone for zone in ZONES)


def test_an_address_of_the_greatest_length_fits_its_column() -> None:
    assert len(normal_email(labelled(254))) == LONGEST_EMAIL
