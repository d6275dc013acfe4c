"""A learner in the middle of everything, and every route with what it answers to whom."""

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from tests.bank_factory import SLUG
from tests.cast import Person, sign_up
from tests.databases import START
from tracker.services import reset_links
from tracker.store import item_reports, learners
from tracker.store.engine import reading, writing
from tracker.store.tables import Base

SIGN_IN = "to the sign-in page"
"""Or, with a plan to keep, to the sign-up page."""


@dataclass(frozen=True)
class Row:
    """What a route answers: without a login, with one, and for the id of another learner's row.

    `operator`: what it answers to the operator, whose ids are whoever's; None where they are a learner like others.
    """

    anonymous: int | str
    learner: int
    foreign: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
    operator: int | None = None


LOGGED = {"study_day": "2026-11-20", "minutes": "25", "activity": "reading", "certification": "", "note": "a note"}

ANSWERS: dict[str, Any] = {"background": "developer", "level": "course", "hours": "8", "day": ["0", "2", "5"]}

REPORT = {"reason": "unclear", "note": "Which region is meant?"}

TABLE = {
    ("static", "GET"): Row(200, 200),
    ("bootstrap.static", "GET"): Row(200, 200),
    ("icons.sprite", "GET"): Row(200, 200),
    ("guide.landing", "GET"): Row(200, 303),
    ("guide.computed", "GET"): Row(200, 200),
    ("onboarding.plan", "GET"): Row(200, 200),
    ("today.index", "GET"): Row(SIGN_IN, 200),
    ("onboarding.accept", "POST"): Row(SIGN_IN, 303, data=ANSWERS),
    ("roadmap.index", "GET"): Row(SIGN_IN, 200),
    ("roadmap.mark", "POST"): Row(SIGN_IN, 303, data={"state": "done", "revision": "0"}),
    ("roadmap.undo", "POST"): Row(SIGN_IN, 303, data={"state": "open", "revision": "0"}),
    ("roadmap.tick", "POST"): Row(SIGN_IN, 303, data={"part": "split"}),
    ("auth.sign_up", "GET"): Row(200, 200),
    ("auth.sign_up", "POST"): Row(422, 422),
    ("auth.sign_in", "GET"): Row(200, 200),
    ("auth.sign_in", "POST"): Row(422, 422),
    ("auth.sign_out", "POST"): Row(SIGN_IN, 303),
    ("auth.reset", "GET"): Row(200, 200),
    ("auth.reset", "POST"): Row(422, 422),
    ("targets.choose", "GET"): Row(SIGN_IN, 200),
    ("targets.save", "POST"): Row(SIGN_IN, 303, data={"exam_day": "2027-03-01", "revision": "1"}),
    ("targets.drop", "POST"): Row(SIGN_IN, 303),
    ("practice.index", "GET"): Row(SIGN_IN, 200),
    ("practice.start", "POST"): Row(SIGN_IN, 303),
    ("practice.show", "GET"): Row(SIGN_IN, 200, 404),
    ("practice.answer", "POST"): Row(SIGN_IN, 303, 404, {"choice": "0", "confidence": "think"}),
    ("practice.feedback", "GET"): Row(SIGN_IN, 200, 404),
    ("practice.undo", "POST"): Row(SIGN_IN, 303, 404),
    ("practice.stop", "POST"): Row(SIGN_IN, 303, 404),
    ("practice.summary", "GET"): Row(SIGN_IN, 200, 404),
    ("drills.choose", "GET"): Row(SIGN_IN, 200),
    ("drills.flag", "POST"): Row(SIGN_IN, 303, 404),
    ("exams.index", "GET"): Row(SIGN_IN, 200),
    ("exams.start", "POST"): Row(SIGN_IN, 303, data={"extra_time": "1.5"}),
    ("exams.show", "GET"): Row(SIGN_IN, 200, 404),
    ("exams.save", "POST"): Row(SIGN_IN, 303, 404, {"choice": "0"}),
    ("exams.timer", "POST"): Row(SIGN_IN, 303, 404),
    ("exams.hand_in_page", "GET"): Row(SIGN_IN, 200, 404),
    ("exams.hand_in", "POST"): Row(SIGN_IN, 303, 404),
    ("exams.report", "GET"): Row(SIGN_IN, 303, 404),
    ("exams.review", "GET"): Row(SIGN_IN, 303, 404),
    ("item_reports.show", "GET"): Row(SIGN_IN, 200, 404),
    ("item_reports.send", "POST"): Row(SIGN_IN, 303, 404, REPORT),
    ("item_reports.withdraw", "POST"): Row(SIGN_IN, 303, 404),
    ("item_reports.restore", "POST"): Row(SIGN_IN, 303, 404),
    ("operator.index", "GET"): Row(SIGN_IN, 404, operator=200),
    ("operator.answer", "POST"): Row(SIGN_IN, 404, 404, {"answer": "You are right."}, operator=303),
    ("operator.reopen", "POST"): Row(SIGN_IN, 404, 404, operator=303),
    ("operator.decide", "POST"): Row(SIGN_IN, 404, data={"decision": "review"}, operator=303),
    ("operator.decide_version", "POST"): Row(SIGN_IN, 404, data={"decision": "void"}, operator=303),
    ("progress.index", "GET"): Row(SIGN_IN, 200),
    ("progress.sure", "GET"): Row(SIGN_IN, 200),
    ("concepts.show", "GET"): Row(SIGN_IN, 200),
    ("study_log.index", "GET"): Row(SIGN_IN, 200),
    ("study_log.add", "POST"): Row(SIGN_IN, 303, data=LOGGED),
    ("study_log.show", "GET"): Row(SIGN_IN, 200, 404),
    ("study_log.edit", "POST"): Row(SIGN_IN, 303, 404, LOGGED | {"revision": "1"}),
    ("study_log.delete", "POST"): Row(SIGN_IN, 303, 404),
    ("study_log.restore", "POST"): Row(SIGN_IN, 303, 404),
    ("study_log.export", "GET"): Row(SIGN_IN, 200),
    ("settings.index", "GET"): Row(SIGN_IN, 200),
    ("settings.save", "POST"): Row(SIGN_IN, 422),
    ("settings.password", "POST"): Row(SIGN_IN, 422),
    ("settings.sign_out_elsewhere", "POST"): Row(SIGN_IN, 303),
    ("settings.delete", "POST"): Row(SIGN_IN, 422),
}
"""By endpoint and method. A route without a row fails the suite."""


@dataclass(frozen=True)
class World:
    """A learner with a target, an open run, an answer and the next question."""

    app: Flask
    person: Person
    values: dict[str, str]
    wanted: int

    def path(self, endpoint: str) -> str:
        """The address of a route, with this learner's ids in it."""
        fixed = {"static": "css/tokens.css", "bootstrap.static": "css/bootstrap.min.css"}
        values = self.values | {"filename": fixed.get(endpoint, ""), "slug": slug_of(endpoint)}
        rule = next(self.app.url_map.iter_rules(endpoint))
        with self.app.test_request_context():
            return self.app.url_for(endpoint, **{name: values[name] for name in rule.arguments})

    def kept(self) -> tuple[str, str, str, dict[str, str], int]:
        cookie = self.person.client.get_cookie("milepost")
        assert cookie is not None
        return self.person.name, self.person.email, cookie.value, self.values, self.wanted

    def call(self, client: FlaskClient, endpoint: str, method: str, **extra: Any) -> TestResponse:
        """Call a route of this learner's with somebody's browser."""
        data = dict(TABLE[endpoint, "POST"].data) if (endpoint, "POST") in TABLE and method == "POST" else None
        if endpoint == "practice.answer" and data:
            data["choice"] = [str(position) for position in range(self.wanted)]
        return client.open(self.path(endpoint), method=method, data=data, buffered=True, **extra)


@dataclass(frozen=True)
class Crowd:
    """Worlds kept in a file, with what makes them again on a copy of it."""

    file: Path
    kept: tuple[tuple[str, str, str, dict[str, str], int], ...]

    @classmethod
    def of(cls, file: Path, worlds: Iterable[World]) -> "Crowd":
        return cls(file, tuple(each.kept() for each in worlds))

    def people(self, app: Flask) -> list[World]:
        """The same people, signed in to this application."""
        found = []
        for name, email, cookie, values, wanted in self.kept:
            client = app.test_client()
            client.set_cookie("milepost", cookie)
            found.append(World(app, Person(name, email, client, app.extensions["engine"]), values, wanted))
        return found


def slug_of(endpoint: str) -> str:
    return "concept-0" if endpoint.startswith("concepts.") else SLUG


def world(app: Flask, name: str) -> World:
    """Sign up and get as far as the second question."""
    person = sign_up(app, name)
    person.aim()
    run = person.start()
    answered = person.answer(run)
    assert answered.status_code == 303, answered.text
    question = person.question(run)
    assert person.client.post("/study-log/", data=LOGGED).status_code == 303
    [entry_id] = re.findall(r'href="/study-log/([0-9a-f-]{36})"', person.client.get("/study-log/").text)
    assert person.client.post("/plan/accept", data=ANSWERS).status_code == 303
    attempt_id = answered.headers["Location"].rsplit("/", 1)[1]
    paper = person.client.post(f"/exams/start/{SLUG}").headers["Location"]
    assert person.client.post(f"/reports/answers/{attempt_id}", data=REPORT).status_code == 303
    with reading(person.engine) as session:
        [report] = item_reports.of_learner(session, person.user_id, 2)
    values = {
        "user_id": str(person.user_id),
        "report_id": str(report.id),
        "item_id": report.item_id,
        "version": str(report.item_version),
        "step_id": "sklearn",
        "entry_id": entry_id,
        "run_id": run.rsplit("/", 1)[1],
        "issued_id": question.action.rsplit("/", 1)[1],
        "attempt_id": attempt_id,
        "sitting_id": paper.split("/")[2],
        "position": "1",
        "token": reset_token(app, person, START),
    }
    return World(app, person, values, question.wanted)


def make_operator(person: Person) -> None:
    with writing(person.engine) as session:
        learners.change(session, person.user_id, role="operator")
        session.commit()


def reset_token(app: Flask, person: Person, made: datetime, key: str | None = None) -> str:
    """What `milepost user reset` puts into its link, had it run at the instant `made`."""
    with reading(person.engine) as session:
        return reset_links.token_for(session, person.email, key or app.config["SECRET_KEY"], now=made)


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    """Endpoint and method of every route, bar those that Flask answers itself."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method


def elsewhere(call: Callable[[], None]) -> None:
    """Do something in the middle of a request, as another thread of the server would."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(call).result()


def everything(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table, to compare before and after."""
    with reading(engine) as session:
        return {
            name: sorted(repr(tuple(row)) for row in session.execute(select(table)))
            for name, table in Base.metadata.tables.items()
        }


def answered(response: TestResponse) -> int | str:
    """The status, or that it leads to the sign-in or sign-up page."""
    to_sign_in = urlsplit(response.headers.get("Location", "")).path in ("/sign-in", "/sign-up")
    return SIGN_IN if response.status_code == 303 and to_sign_in else response.status_code
