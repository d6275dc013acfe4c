"""The learner's own settings, password, logins, and the end of the account."""

from collections.abc import Callable
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import PASSWORD, Person
from tests.conftest import Clock
from tests.web.forms import PAYLOADS, Shape, problems
from tests.web.world import elsewhere, everything, make_operator, reset_token, world
from tracker.core.throttle import LIMITS
from tracker.store import learners
from tracker.store.engine import reading
from tracker.store.learners import Learner
from tracker.store.tables import Base

OTHER_PASSWORD = "nine brave wombats whistle"
GOOD = {"name": "Mika K", "timezone": "Asia/Tokyo", "theme": "dark", "keys": "y", "revision": "1"}


def stored(person: Person) -> Learner:
    with reading(person.engine) as session:
        found = learners.learner(session, person.user_id)
    assert found is not None
    return found


def browser(app: Flask, person: Person, agent: str = "Elsewhere") -> FlaskClient:
    """Another browser of the same person, signed in."""
    client = app.test_client()
    data = {"email": person.email, "password": PASSWORD}
    assert client.post("/sign-in", data=data, headers={"User-Agent": agent}).status_code == 303
    return client


def is_in(client: FlaskClient) -> bool:
    return client.get("/settings/").status_code == 200


def test_settings_are_saved_and_shown(mika: Person) -> None:
    assert mika.client.post("/settings/save", data=GOOD).headers["Location"] == "/settings/"
    found = stored(mika)
    assert (found.name, found.timezone, found.settings) == (
        "Mika K",
        "Asia/Tokyo",
        {"theme": "dark", "keys": True, "cap": 40},
    )
    page = mika.client.get("/settings/").text
    assert 'data-bs-theme="dark"' in page and "<body" in page and " data-keys>" in page
    assert 'value="Mika K"' in page and "<option selected>Asia/Tokyo</option>" in page


def test_a_box_that_is_not_checked_switches_keys_off(mika: Person) -> None:
    mika.client.post("/settings/save", data={name: value for name, value in GOOD.items() if name != "keys"})
    assert stored(mika).settings["keys"] is False


def test_a_second_tab_overwrites_nothing_and_shows_both_texts(mika: Person) -> None:
    mika.client.post("/settings/save", data=GOOD | {"name": "From the first tab"})
    mine = {"name": "From the second tab", "timezone": "UTC", "theme": "light", "revision": "1"}
    page = mika.client.post("/settings/save", data=mine)
    assert page.status_code == 409
    found = problems(page.text)
    assert "From the first tab" in found["name"] and 'value="From the second tab"' in page.text
    assert "Asia/Tokyo" in found["timezone"] and "<option selected>UTC</option>" in page.text
    assert "Dark" in found["theme"] and '<option selected value="light">' in page.text
    assert "changed this to “on”" in page.text
    assert "Another tab" in page.text
    assert (stored(mika).name, stored(mika).settings["theme"]) == ("From the first tab", "dark")


def test_after_seeing_both_texts_saving_again_keeps_mine(mika: Person) -> None:
    mika.client.post("/settings/save", data=GOOD)
    page = mika.client.post("/settings/save", data=GOOD | {"name": "Mine"})
    assert 'name="revision" type="hidden" value="2"' in page.text
    assert mika.client.post("/settings/save", data=GOOD | {"name": "Mine", "revision": "2"}).status_code == 303
    assert stored(mika).name == "Mine"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "Enter the name"),
        ("name", "n" * 81, "at most 80"),
        ("name", "Mika\0", "cannot be stored"),
        ("timezone", "Mars/Olympus", "Not a valid choice"),
        ("theme", "pink", "Not a valid choice"),
        ("theme", "", "Not a valid choice"),
        ("revision", "", "too old"),
        ("revision", "one", "Not a valid integer"),
        ("revision", "9" * 5000, "Not a valid integer"),
    ],
)
def test_settings_refuse_with_a_message(mika: Person, field: str, value: str, message: str) -> None:
    before = everything(mika.engine)
    page = mika.client.post("/settings/save", data=GOOD | {field: value})
    assert page.status_code == 422
    assert message in problems(page.text)[field if field != "revision" else ""]
    assert 'type="hidden" value="1"' in page.text
    assert field == "name" or 'value="Mika K"' in page.text
    assert everything(mika.engine) == before


@pytest.mark.parametrize("revision", ["-1", "0", "2", "99999999999999999999"])
def test_a_revision_that_never_was_overwrites_nothing(mika: Person, revision: str) -> None:
    assert mika.client.post("/settings/save", data=GOOD | {"revision": revision}).status_code == 409
    assert stored(mika).name == "Mika"


@pytest.mark.parametrize("missing", ["name", "timezone", "theme", "revision"])
def test_a_missing_field_never_breaks_the_page(mika: Person, missing: str) -> None:
    sent = mika.client.post("/settings/save", data={name: value for name, value in GOOD.items() if name != missing})
    assert sent.status_code in (303, 422)


def test_extra_fields_change_nothing(mika: Person, noor: Person) -> None:
    extra = {"user_id": noor.user_id.hex, "is_admin": "1", "role": "operator", "score": "9", "calibration": "7"}
    for path, data in (
        ("/settings/save", GOOD),
        ("/settings/password", {"current": PASSWORD, "password": OTHER_PASSWORD}),
    ):
        assert mika.client.post(path, data=data | extra).status_code == 303
    assert (stored(mika).role, stored(mika).calibration) == ("learner", 0)
    assert stored(noor).name == "Noor"
    assert is_in(noor.client)


def shape_with(app: Flask, mika: Person, name: str, agent: str) -> Shape:
    """The settings page of Mika with this name and another browser of this name."""
    mika.client.post("/settings/sign-out-elsewhere")
    sent = mika.client.post("/settings/save", data=GOOD | {"name": name, "revision": str(stored(mika).revision)})
    assert sent.status_code == 303, sent.text
    data = {"email": mika.email, "password": PASSWORD}
    app.test_client().post("/sign-in", data=data, environ_overrides={"HTTP_USER_AGENT": agent})
    # the first page still says that something was saved
    mika.client.get("/settings/")
    return Shape(mika.client.get("/settings/").text)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_stored_payload_stays_text(app: Flask, mika: Person, payload: str) -> None:
    agent = payload.encode().decode("latin-1")
    harmless = shape_with(app, mika, "harmless", "harmless")
    shape = shape_with(app, mika, payload, agent)
    assert shape.tags == harmless.tags
    assert payload in shape.text and payload in shape.values
    assert agent in shape.text


def test_there_are_at_least_forty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 40


def test_the_password_changes_and_every_other_browser_is_signed_out(app: Flask, mika: Person, noor: Person) -> None:
    other = browser(app, mika)
    sent = mika.client.post("/settings/password", data={"current": PASSWORD, "password": OTHER_PASSWORD})
    assert sent.status_code == 303
    assert is_in(mika.client)
    assert not is_in(other)
    assert is_in(noor.client)
    old = {"email": mika.email, "password": PASSWORD}
    assert app.test_client().post("/sign-in", data=old).status_code == 422
    assert app.test_client().post("/sign-in", data=old | {"password": OTHER_PASSWORD}).status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "field", "message"),
    [
        ("not the password", OTHER_PASSWORD, "current", "not your current password"),
        ("", OTHER_PASSWORD, "current", "Enter your current password"),
        (PASSWORD, "", "password", "Choose a password"),
        (PASSWORD, "fourteen chars", "password", "at least 15"),
        (PASSWORD, "x1" * 65, "password", "at most 128"),
        (PASSWORD, "mika@example.org!", "password", "name or address"),
        (PASSWORD, "password12345678", "password", "first that would be tried"),
    ],
)
def test_a_password_is_not_changed_with_a_message_at_the_field(
    mika: Person, current: str, new: str, field: str, message: str
) -> None:
    page = mika.client.post("/settings/password", data={"current": current, "password": new})
    assert page.status_code == 422
    found = problems(page.text)
    assert set(found) == {field}
    assert message in found[field]
    for typed in {current, new} - {""}:
        assert typed not in page.text
    assert mika.client.post("/settings/password", data={"current": PASSWORD, "password": PASSWORD}).status_code == 303


@pytest.mark.parametrize(
    ("path", "field"), [("/settings/password", "current"), ("/settings/delete", "current_password")]
)
def test_who_holds_an_open_browser_cannot_try_passwords_for_ever(
    mika: Person, clock: Clock, path: str, field: str
) -> None:
    data = {"password": OTHER_PASSWORD}
    for _ in range(LIMITS["account"]):
        assert mika.client.post(path, data=data | {field: "not the password"}).status_code == 422
    blocked = mika.client.post(path, data=data | {field: PASSWORD})
    assert (blocked.status_code, blocked.headers["Retry-After"]) == (429, "900")
    clock.forward(minutes=15)
    assert mika.client.post(path, data=data | {field: PASSWORD}).status_code == 303


@pytest.fixture
def during_the_hash(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What is put into this list happens once, while the next password is verified."""
    calls: list[Callable[[], None]] = []
    verify = PasswordHasher.verify

    def verified(hasher: PasswordHasher, kept: str, password: str) -> bool:
        if calls:
            calls.pop()()
        return verify(hasher, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", verified)
    return calls


@pytest.mark.parametrize(
    ("path", "field"), [("/settings/password", "current"), ("/settings/delete", "current_password")]
)
def test_a_password_that_was_replaced_while_it_was_checked_opens_nothing(
    app: Flask, mika: Person, clock: Clock, during_the_hash: list[Callable[[], None]], path: str, field: str
) -> None:
    token = reset_token(app, mika, clock.now)
    clock.forward(seconds=1)
    during_the_hash.append(lambda: elsewhere(lambda: reset(app, token)))
    assert mika.client.post(path, data={field: PASSWORD, "password": "seven loud ravens dance"}).status_code == 422
    new = {"email": mika.email, "password": OTHER_PASSWORD}
    assert app.test_client().post("/sign-in", data=new).status_code == 303


def reset(app: Flask, token: str) -> None:
    assert app.test_client().post(f"/reset/{token}", data={"password": OTHER_PASSWORD}).status_code == 303


def test_signing_out_elsewhere_leaves_this_browser_and_other_people(app: Flask, mika: Person, noor: Person) -> None:
    others = [browser(app, mika) for _ in range(2)]
    assert "Sign out elsewhere" in mika.client.get("/settings/").text
    assert mika.client.post("/settings/sign-out-elsewhere").status_code == 303
    assert is_in(mika.client) and is_in(noor.client)
    assert not any(is_in(other) for other in others)
    assert "Sign out elsewhere" not in mika.client.get("/settings/").text


def test_a_login_that_ended_is_not_listed(app: Flask, mika: Person, clock: Clock) -> None:
    browser(app, mika, "Forgotten in a library")
    assert "Forgotten in a library" in mika.client.get("/settings/").text
    for _ in range(2):
        clock.forward(days=8)
        mika.aim()
        mika.client.post("/certifications/aws-demo/drop")
    assert "Forgotten in a library" not in mika.client.get("/settings/").text


def test_deleting_the_account_leaves_no_row_of_it_in_any_table(app: Flask) -> None:
    mika, noor = world(app, "Mika"), world(app, "Noor")
    browser(app, mika.person)
    gone, stays = mika.person.user_id, noor.person.user_id
    owned = owners(mika.person)
    assert {"learner", "identity", "login_session", "target", "practice_run", "issued", "attempt"} <= owned[gone]
    sent = mika.person.client.post("/settings/delete", data={"current_password": PASSWORD})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/")
    assert owners(noor.person) == {stays: owned[stays]}
    assert not is_in(mika.person.client)
    assert noor.person.client.get(noor.path("practice.show")).status_code == 200


def owners(person: Person) -> dict[Any, set[str]]:
    """By user id, the tables with a row of theirs."""
    found: dict[Any, set[str]] = {}
    with reading(person.engine) as session:
        for name, table in Base.metadata.tables.items():
            if "user_id" in table.c:
                for user_id in session.scalars(select(table.c.user_id)):
                    found.setdefault(user_id, set()).add(name)
    return found


@pytest.mark.parametrize(("typed", "message"), [("", "Enter your password"), ("wrong", "not your password")])
def test_an_account_is_not_deleted_without_its_password(mika: Person, typed: str, message: str) -> None:
    page = mika.client.post("/settings/delete", data={"current_password": typed})
    assert page.status_code == 422
    assert message in problems(page.text)["current_password"]
    assert stored(mika).name == "Mika"


def test_an_operator_has_the_same_settings(mika: Person) -> None:
    make_operator(mika)
    assert mika.client.post("/settings/save", data=GOOD).status_code == 303
    assert stored(mika).role == "operator"
