"""What an operator does with accounts."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from tests.cast import Person
from tracker.cli import main


@pytest.fixture(autouse=True)
def at_this_database(monkeypatch: pytest.MonkeyPatch, settings: dict[str, Any], tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", settings["DATABASE_URL"])
    monkeypatch.setenv("SECRET_KEY", settings["SECRET_KEY"])
    monkeypatch.setenv("INSTANCE", str(tmp_path))


def milepost(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


def test_a_reset_link_sets_a_new_password_once(app: Flask, mika: Person, clock: Any) -> None:
    from tracker.cli import environment

    clock.now = environment.now()
    printed = milepost("user", "reset", "--address", "https://study.example.org/", mika.email).output.strip()
    assert printed.startswith("https://study.example.org/reset/")
    path = printed.removeprefix("https://study.example.org")
    browser = app.test_client()
    assert browser.get(path).status_code == 200
    assert browser.post(path, data={"password": "seven grey herons wading"}).status_code == 303
    assert browser.get(path).status_code == 410


def test_an_unknown_address_is_told(app: Flask) -> None:
    told = milepost("user", "reset", "nobody@example.org")
    assert told.exit_code == 1
    assert "no account" in told.output


def test_without_a_secret_there_is_no_link(monkeypatch: pytest.MonkeyPatch, mika: Person) -> None:
    monkeypatch.delenv("SECRET_KEY")
    told = milepost("user", "reset", mika.email)
    assert told.exit_code == 1
    assert "SECRET_KEY" in told.output


def test_an_operator_is_made_by_a_command(mika: Person) -> None:
    assert "is an operator now" in milepost("user", "operator", mika.email).output
