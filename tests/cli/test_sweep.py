"""Closing papers from the command line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import update

from tests.bank_factory import SLUG
from tests.cast import Person
from tracker.cli import main
from tracker.store import sittings
from tracker.store.engine import reading, writing
from tracker.store.tables import SittingRow


@pytest.fixture(autouse=True)
def at_this_database(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("INSTANCE", str(tmp_path / "instance"))


def milepost(*words: str) -> str:
    return CliRunner().invoke(main, words, catch_exceptions=False).output


def test_papers_whose_time_is_over_are_closed_once(app: Flask, mika: Person) -> None:
    mika.aim()
    mika.client.post(f"/exams/start/{SLUG}")
    long_over = datetime(2020, 1, 1, tzinfo=UTC)
    with writing(mika.engine) as session:
        session.execute(update(SittingRow).values(deadline_at=long_over))
        session.commit()
    assert milepost("sweep") == "1 paper closed.\n"
    assert milepost("sweep") == "0 papers closed.\n"
    with reading(mika.engine) as session:
        [paper] = sittings.history(session, mika.user_id, SLUG)
    assert (paper.closed_at, paper.closed_by) == (long_over, "deadline")


def test_a_paper_that_goes_on_is_left_alone(app: Flask, mika: Person) -> None:
    mika.aim()
    mika.client.post(f"/exams/start/{SLUG}", data={"extra_time": "0.0"})
    assert milepost("sweep") == "0 papers closed.\n"
