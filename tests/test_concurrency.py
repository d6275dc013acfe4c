"""Many at once: four processes, and fifty equal requests, on SQLite and on PostgreSQL."""

import multiprocessing
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from tests.cast import Person
from tests.databases import START, on_both_databases, on_postgres
from tests.student import Student
from tracker.services import accounts, practice
from tracker.store import attempts, learners
from tracker.store.engine import make_engine, reading, writing
from tracker.store.tables import AttemptRow, IssuedRow, RetractionRow

PROCESSES = 4
TRANSACTIONS = 500
"""Of each process."""
POSTS = 50
PATIENCE = 60
"""Seconds after which something that should happen did not."""


def rename(url: str, user_id: UUID, gate: Any) -> None:
    """One process: read the learner, then write what was read plus one, again and again."""
    engine = make_engine(url)
    gate.wait(PATIENCE)
    for number in range(TRANSACTIONS):
        with writing(engine) as session:
            learners.lock(session, user_id)
            me = learners.learner(session, user_id)
            assert me is not None
            # reads the revision, and writes it plus one
            accounts.change_settings(
                session, me, me.revision, name=str(number), timezone="UTC", theme="auto", keys=True
            )
            session.commit()
    engine.dispose()


@on_both_databases
def test_four_processes_lose_no_update(database: Engine, database_url: str) -> None:
    mika = Student(database)
    first = mika.learner.revision
    database.dispose()
    spawn = multiprocessing.get_context("spawn")
    gate = spawn.Barrier(PROCESSES)
    processes = [spawn.Process(target=rename, args=(database_url, mika.user_id, gate)) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    # a process that met "database is locked" ends with a traceback and exit code 1
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    assert mika.learner.revision - first == PROCESSES * TRANSACTIONS


class Errors:
    """Every error that the database reports to this engine."""

    def __init__(self, engine: Engine) -> None:
        self.seen: list[BaseException] = []
        event.listen(engine, "handle_error", lambda context: self.seen.append(context.original_exception))


def at_once(app: Flask, person: Person, path: str, forms: list[dict[str, Any]]) -> list[TestResponse]:
    """Send the forms in one moment, each from a browser of its own with the person's cookie."""
    cookie = person.client.get_cookie("milepost")
    assert cookie is not None
    gate = threading.Barrier(len(forms))

    def send(form: dict[str, Any]) -> TestResponse:
        browser = app.test_client()
        browser.set_cookie("milepost", cookie.value)
        gate.wait(PATIENCE)
        return browser.post(path, data=form)

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(send, forms))


def rows(person: Person, table: Any) -> int:
    with reading(person.engine) as session:
        return session.query(table).where(table.user_id == person.user_id).count()


def asked(person: Person) -> tuple[str, str, dict[str, Any], dict[str, Any]]:
    """A fresh run, the address of its question, and two different answers to it."""
    person.aim()
    run = person.start()
    question = person.question(run)
    form = {"confidence": "think", "shown_at": question.shown_at}
    last = range(2, 2 + question.wanted)
    return run, question.action, {**form, "choice": list(range(question.wanted))}, {**form, "choice": list(last)}


@on_both_databases
def test_fifty_equal_answers_are_one(app: Flask, mika: Person, engine: Engine) -> None:
    run, path, form, other = asked(mika)
    errors = Errors(engine)
    sent = at_once(app, mika, path, [form] * POSTS)
    assert [response.status_code for response in sent] == [303] * POSTS
    assert {response.headers["Location"] for response in sent} == {path.replace("questions", "answers")}
    assert errors.seen == []
    assert rows(mika, AttemptRow) == 1
    assert rows(mika, IssuedRow) == 2
    assert mika.client.post(path, data=other).status_code == 409
    assert mika.client.post(path, data=form).status_code == 303
    assert rows(mika, AttemptRow) == 1
    assert mika.question(run).action != path


@on_both_databases
def test_of_two_different_answers_at_once_the_first_counts(app: Flask, mika: Person, engine: Engine) -> None:
    _, path, form, other = asked(mika)
    errors = Errors(engine)
    sent = at_once(app, mika, path, [form, other] * 5)
    statuses = sorted(response.status_code for response in sent)
    assert statuses == [303] * 5 + [409] * 5
    assert errors.seen == []
    assert rows(mika, AttemptRow) == 1


@on_both_databases
def test_ten_starts_at_once_make_one_run(app: Flask, mika: Person, engine: Engine) -> None:
    mika.aim()
    errors = Errors(engine)
    sent = at_once(app, mika, "/practice/start/aws-demo", [{}] * 10)
    assert {response.status_code for response in sent} == {303}
    assert len({response.headers["Location"] for response in sent}) == 1
    assert errors.seen == []
    assert rows(mika, IssuedRow) == 1


@on_both_databases
def test_ten_undos_at_once_take_back_one_answer(app: Flask, mika: Person, engine: Engine) -> None:
    _, path, form, _ = asked(mika)
    answered = mika.client.post(path, data=form).headers["Location"]
    errors = Errors(engine)
    sent = at_once(app, mika, f"{answered}/undo", [{}] * 10)
    assert {response.status_code for response in sent} == {303}
    assert errors.seen == []
    assert rows(mika, RetractionRow) == 1


@on_postgres
def test_a_second_answer_waits_at_the_learners_row_not_at_the_insert(
    app: Flask, mika: Person, engine: Engine
) -> None:
    """Two transactions that insert the same attempt: the second is held before it reads anything."""
    run, path, form, _ = asked(mika)
    run_id, issued_id = UUID(run.rsplit("/", 1)[-1]), UUID(path.rsplit("/", 1)[-1])
    errors = Errors(engine)
    with writing(engine) as first, ThreadPoolExecutor(1) as pool:
        learners.lock(first, mika.user_id)
        me = first.scalar(text("SELECT pg_backend_pid()"))
        second = pool.submit(at_once, app, mika, path, [form])
        waits_at = statement_held_by(engine, me)
        assert "FOR UPDATE" in waits_at
        assert "FROM learner" in waits_at
        answer_like_the_web(first, mika, run_id, issued_id, form)
        first.commit()
        [sent] = second.result(PATIENCE)
    assert sent.status_code == 303
    assert errors.seen == []
    assert rows(mika, AttemptRow) == 1


@on_postgres
def test_without_the_lock_the_insert_would_fail(mika: Person, engine: Engine) -> None:
    """What the lock prevents: two transactions that both saw no attempt, and both insert it."""
    run, path, form, _ = asked(mika)
    run_id, issued_id = UUID(run.rsplit("/", 1)[-1]), UUID(path.rsplit("/", 1)[-1])
    with writing(engine) as first, writing(engine) as second, ThreadPoolExecutor(1) as pool:
        answer_like_the_web(first, mika, run_id, issued_id, form)
        me = first.scalar(text("SELECT pg_backend_pid()"))
        later = pool.submit(answer_like_the_web, second, mika, run_id, issued_id, form)
        assert statement_held_by(engine, me).startswith("INSERT INTO attempt")
        first.commit()
        with pytest.raises(IntegrityError):
            later.result(PATIENCE)


def statement_held_by(engine: Engine, backend: Any) -> str:
    """The statement of the connection that waits for this backend, as soon as there is one."""
    waiting = text("SELECT query FROM pg_stat_activity WHERE :backend = ANY(pg_blocking_pids(pid))")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for _ in range(100_000):
            found = connection.scalar(waiting, {"backend": backend})
            if found:
                return str(found)
    pytest.fail("nobody waits")


def answer_like_the_web(session: Any, person: Person, run_id: UUID, issued_id: UUID, form: dict[str, Any]) -> None:
    """The service's verb in a given transaction; commits nothing."""
    found = learners.learner(session, person.user_id)
    assert found is not None
    assert attempts.attempt(session, person.user_id, issued_id) is None
    given = practice.Given(tuple(form["choice"]), form["confidence"], 1)
    practice.answer(session, found, run_id, issued_id, given, now=START, rng=random.Random(3))
