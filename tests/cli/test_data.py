"""Upgrade, backup, restore and rebuild from the command line."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import Engine, update

from tests.cast import Person
from tracker.cli import main
from tracker.store import schema
from tracker.store.engine import writing
from tracker.store.tables import CardRow


@pytest.fixture(autouse=True)
def at_this_database(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("INSTANCE", str(tmp_path / "instance"))


def milepost(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


def test_upgrade_migrates_an_empty_database_and_loads_the_bank(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/fresh.sqlite")
    first = milepost("upgrade")
    assert first.exit_code == 0
    assert "added" in first.output
    assert "The bank is as it was." in milepost("upgrade").output


def test_an_upgrade_that_migrates_folds_every_answer_anew(app: Flask, mika: Person, database_url: str) -> None:
    mika.aim()
    run = mika.start()
    for _ in range(3):
        mika.answer(run)
    app.extensions["engine"].dispose()
    schema.downgrade(database_url, "0002")
    assert milepost("upgrade").exit_code == 0
    assert "1 learners, 0 differ" in milepost("rebuild", "--check").output


def test_the_next_upgrade_makes_up_for_one_that_was_broken_off(app: Flask, mika: Person, database_url: str) -> None:
    mika.aim()
    run = mika.start()
    for _ in range(3):
        mika.answer(run)
    assert "rebuilt" not in milepost("upgrade").output
    app.extensions["engine"].dispose()
    schema.downgrade(database_url, "0002")
    schema.upgrade(database_url)
    assert milepost("rebuild", "--check").exit_code == 1
    assert milepost("upgrade").exit_code == 0
    assert "1 learners, 0 differ" in milepost("rebuild", "--check").output


def test_a_command_before_the_upgrade_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/fresh.sqlite")
    told = milepost("rebuild")
    assert told.exit_code == 1
    assert "milepost upgrade" in told.output


def test_backup_and_restore(mika: Person, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.sqlite")
    assert "checked" in milepost("backup", copy).output
    assert milepost("backup", copy).exit_code == 1
    assert "1 learners" in milepost("restore", "--yes", copy).output
    assert milepost("restore", "--yes", os.devnull).exit_code == 1


def test_restore_asks_first(tmp_path: Path, mika: Person) -> None:
    milepost("backup", str(tmp_path / "copy.sqlite"))
    asked = CliRunner().invoke(main, ["restore", str(tmp_path / "copy.sqlite")], input="n\n")
    assert asked.exit_code == 1
    assert "replaced" in asked.output


def test_rebuild_finds_and_mends_a_card_that_differs(app: Flask, mika: Person, engine: Engine) -> None:
    mika.aim()
    run = mika.start()
    for _ in range(3):
        mika.answer(run)
    assert milepost("rebuild", "--check").exit_code == 0
    with writing(engine) as session:
        session.execute(update(CardRow).where(CardRow.user_id == mika.user_id).values(stability=99.0))
        session.commit()
    checked = milepost("rebuild", "--check")
    assert (checked.exit_code, "1 differ" in checked.output) == (1, True)
    assert milepost("rebuild").exit_code == 0
    assert milepost("rebuild", "--check").exit_code == 0
