"""Every route by every person, on their own ids and on foreign ones; what must hold for all routes alike."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from tests.conftest import Clock
from tests.databases import fill
from tests.web.world import SIGN_IN, TABLE, Crowd, World, answered, everything, make_operator, routes, world
from tracker import create_app
from tracker.web.auth.access import PUBLIC

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|CREATE|DROP|ALTER)\b", re.IGNORECASE)
POSTS = [endpoint for endpoint, method in TABLE if method == "POST"]
KEY = "a-key-for-tests-that-nobody-else-has-0123456789"


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Crowd:
    """Two learners and an operator, each in the middle of a run, made once for this module."""
    file = tmp_path_factory.mktemp("crowd") / "crowd.sqlite"
    fill(f"sqlite:///{file}")
    app = create_app(
        {"SECRET_KEY": KEY, "DATABASE_URL": f"sqlite:///{file}", "CLOCK": Clock(), "WTF_CSRF_ENABLED": False}
    )
    mika, noor, olga = (world(app, name) for name in ("Mika", "Noor", "Olga"))
    make_operator(olga.person)
    made = Crowd.of(file, (mika, noor, olga))
    app.extensions["engine"].dispose()
    return made


@pytest.fixture(scope="module")
def template_database(crowd: Crowd) -> Path:
    """The database that each test of this module gets a copy of."""
    return crowd.file


@pytest.fixture
def people(app: Flask, crowd: Crowd) -> list[World]:
    """Mika, Noor and Olga, who is the operator, each with a browser of their own."""
    return crowd.people(app)


@pytest.fixture
def mika(people: list[World]) -> World:
    return people[0]


def test_every_route_has_a_row_and_every_row_a_route(app: Flask) -> None:
    assert set(routes(app)) == set(TABLE)


@pytest.mark.parametrize(("endpoint", "method"), TABLE)
def test_a_route_answers_each_person_as_the_table_says(
    app: Flask, people: list[World], endpoint: str, method: str
) -> None:
    row = TABLE[endpoint, method]
    mika, noor, olga = people
    assert answered(mika.call(app.test_client(), endpoint, method)) == row.anonymous
    expected = {"Mika": row.learner, "Noor": row.learner, "Olga": row.operator or row.learner}
    if row.foreign is not None:
        for visitor, owner in ((noor, mika), (olga, mika), (mika, noor)):
            found = answered(owner.call(visitor.person.client, endpoint, method))
            assert found == (row.operator if row.operator and visitor is olga else row.foreign), visitor.person.name
    for visitor in (mika, noor, olga):
        assert answered(visitor.call(visitor.person.client, endpoint, method)) == expected[visitor.person.name]


def test_every_route_with_an_id_of_a_learners_row_has_an_expectation_for_a_foreign_one(app: Flask) -> None:
    with_id = {rule.endpoint for rule in app.url_map.iter_rules() if "<uuid:" in rule.rule}
    assert with_id == {endpoint for (endpoint, _), row in TABLE.items() if row.foreign is not None}


def test_a_foreign_id_of_a_question_or_answer_is_not_found_in_ones_own_run(people: list[World]) -> None:
    mika, noor, _ = people
    run = f"/practice/{mika.values['run_id']}"
    data = {"choice": "0", "confidence": "think"}
    before = everything(mika.person.engine)
    for path in (
        f"{run}/questions/{noor.values['issued_id']}",
        f"{run}/answers/{noor.values['attempt_id']}/undo",
    ):
        assert mika.person.client.post(path, data=data).status_code == 404
    assert mika.person.client.get(f"{run}/answers/{noor.values['attempt_id']}").status_code == 404
    assert everything(mika.person.engine) == before


def test_every_route_wants_a_login_bar_the_public_list(mika: World, client: FlaskClient) -> None:
    free = {endpoint for endpoint, method in TABLE if answered(mika.call(client, endpoint, method)) != SIGN_IN}
    assert free == PUBLIC


@contextmanager
def no_writes(engine: Engine) -> Iterator[list[str]]:
    """Fails on a statement that writes; the statements seen."""
    seen: list[str] = []

    def look(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)
        assert not WRITES.match(statement), statement

    event.listen(engine, "before_cursor_execute", look)
    yield seen
    event.remove(engine, "before_cursor_execute", look)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_safe_methods_never_write(mika: World, clock: Clock, method: str) -> None:
    before = everything(mika.person.engine)
    clock.forward(days=2)
    with no_writes(mika.person.engine) as seen:
        for endpoint in {endpoint for endpoint, known in TABLE if known == "GET" or method == "OPTIONS"}:
            mika.call(mika.person.client, endpoint, method)
    assert len(seen) > 10
    assert everything(mika.person.engine) == before


def test_the_search_for_writes_finds_one(mika: World) -> None:
    with pytest.raises(AssertionError, match="INSERT INTO target"), no_writes(mika.person.engine):
        mika.call(mika.person.client, "targets.save", "POST")


@pytest.mark.parametrize("sent", [{}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": "IjEi.aaaa.bbbb"}])
def test_every_unsafe_route_wants_its_token(app: Flask, mika: World, sent: dict[str, str]) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    before = everything(mika.person.engine)
    for endpoint in POSTS:
        data = TABLE[endpoint, "POST"].data | sent
        refused = mika.person.client.post(mika.path(endpoint), data=data, follow_redirects=True)
        assert "That page was too old to be sent" in refused.text, endpoint
    assert everything(mika.person.engine) == before
