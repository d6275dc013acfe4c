"""The people of the tests, and what they do in a browser without script."""

import re
from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tests.bank_factory import SLUG
from tracker.core.accounts import normal_email
from tracker.store import learners
from tracker.store.engine import reading

PASSWORD = "eleven quiet otters paint"


@dataclass
class Person:
    """A signed-in learner with a browser of their own."""

    name: str
    email: str
    client: FlaskClient
    engine: Engine

    @property
    def user_id(self) -> UUID:
        with reading(self.engine) as session:
            found = learners.user_id_of(session, normal_email(self.email))
        assert found is not None
        return found

    def aim(self, slug: str = SLUG, exam_day: str = "") -> None:
        """Choose a certification."""
        sent = self.client.post(f"/certifications/{slug}", data={"exam_day": exam_day, "revision": 0})
        assert sent.status_code == 303, sent.text

    def start(self, slug: str = SLUG) -> str:
        """Start Smart Review; the run's address."""
        sent = self.client.post(f"/practice/start/{slug}")
        assert sent.status_code == 303, sent.text
        return sent.headers["Location"]

    def question(self, run: str) -> "Question":
        page = self.client.get(run)
        assert page.status_code == 200, page.status_code
        return Question.read(page.text)

    def answer(self, run: str, choice: list[int] | None = None, confidence: str = "think") -> TestResponse:
        """Answer the question shown, with its first options unless told otherwise."""
        question = self.question(run)
        positions = list(range(question.wanted)) if choice is None else choice
        return self.client.post(
            question.action,
            data={"choice": positions, "confidence": confidence, "shown_at": question.shown_at},
        )


@dataclass
class Question:
    """What a question's page says to a browser."""

    action: str
    shown_at: str
    wanted: int
    html: str

    @classmethod
    def read(cls, html: str) -> "Question":
        action = re.search(r'action="(/practice/[^"]+/questions/[^"]+)"', html)
        shown_at = re.search(r'name="shown_at" value="([^"]+)"', html)
        assert action and shown_at
        wanted = 2 if 'type="checkbox" name="choice"' in html else 1
        return cls(action[1], shown_at[1], wanted, html)


def sign_up(app: Flask, name: str, timezone: str = "UTC") -> Person:
    """A new account with a signed-in browser."""
    client = app.test_client()
    person = Person(name, f"{name.lower()}@example.org", client, app.extensions["engine"])
    sent = client.post(
        "/sign-up",
        data={"name": name, "email": person.email, "password": PASSWORD, "timezone": timezone},
    )
    assert sent.status_code == 303, sent.text
    return person
