from typing import Any

from flask.testing import FlaskClient

from tests.cast import Person
from tracker import create_app
from tracker.store import schema


def test_a_visitor_sees_what_this_is_and_what_can_be_studied(client: FlaskClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "Demo Practitioner" in page.text and "24 original questions" in page.text
    assert 'og:image" content="http://localhost/static/img/today.png"' in page.text
    assert 'href="/sign-up"' in page.text and 'href="/sign-in"' in page.text


def test_a_learner_is_led_to_today(mika: Person) -> None:
    assert mika.client.get("/").headers["Location"] == "/today/"


def test_how_the_numbers_come_about_is_public(client: FlaskClient, mika: Person) -> None:
    for browser in (client, mika.client):
        assert browser.get("/how-it-is-computed").status_code == 200


def test_without_a_bank_the_first_page_says_so(settings: dict[str, Any], empty_database_url: str) -> None:
    schema.upgrade(empty_database_url)
    app = create_app(settings | {"DATABASE_URL": empty_database_url})
    assert "No question bank is loaded yet" in app.test_client().get("/").text
    app.extensions["engine"].dispose()
