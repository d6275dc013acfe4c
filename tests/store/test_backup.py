"""Copies of a database that is in use, and their way back."""

import sqlite3
import threading
from pathlib import Path

import pytest
from flask import Flask

from tests.cast import Person, sign_up
from tracker.store.backup import BackupError, backup, restore, verify


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def test_a_copy_comes_back_with_every_row(app: Flask, mika: Person, database_url: str, tmp_path: Path) -> None:
    mika.aim()
    mika.answer(mika.start())
    copy = tmp_path / "copy.sqlite"
    counts = backup(database_url, copy)
    assert (counts["learner"], counts["attempt"]) == (1, 1)
    sign_up(app, "Later")
    assert verify(file_of(database_url))["learner"] == 2
    restored = restore(database_url, copy)
    assert restored == counts
    assert mika.client.get("/practice/").status_code == 200


def test_a_copy_made_while_answers_come_in_is_sound(mika: Person, database_url: str, tmp_path: Path) -> None:
    mika.aim()
    run = mika.start()
    stop = threading.Event()
    answered: list[int] = []

    def keep_answering() -> None:
        while not stop.is_set() and len(answered) < 11:
            answered.append(mika.answer(run).status_code)

    worker = threading.Thread(target=keep_answering)
    worker.start()
    counts = [backup(database_url, tmp_path / f"copy-{number}.sqlite") for number in range(5)]
    stop.set()
    worker.join()
    assert set(answered) <= {303}
    seen = [each["attempt"] for each in counts]
    assert seen == sorted(seen)
    assert verify(file_of(database_url))["attempt"] == len(answered)


def test_nothing_is_overwritten(mika: Person, database_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    copy.write_text("mine")
    with pytest.raises(BackupError, match="exists"):
        backup(database_url, copy)
    assert copy.read_text() == "mine"


def test_a_missing_folder_or_database_is_told(database_url: str, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="does not exist"):
        backup(database_url, tmp_path / "no" / "copy.sqlite")
    with pytest.raises(BackupError, match="no database at"):
        backup(f"sqlite:///{tmp_path}/nothing.sqlite", tmp_path / "copy.sqlite")


def test_a_damaged_copy_is_refused_and_changes_nothing(mika: Person, database_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    backup(database_url, copy)
    content = bytearray(copy.read_bytes())
    content[8192:40960] = b"\xff" * (40960 - 8192)
    copy.write_bytes(bytes(content))
    with pytest.raises(BackupError):
        restore(database_url, copy)
    assert verify(file_of(database_url))["learner"] == 1


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to look like one" * 50])
def test_a_file_that_is_no_database_is_refused(database_url: str, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(BackupError):
        restore(database_url, file)


def test_somebody_elses_database_is_refused(database_url: str, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(BackupError, match="not one of Milepost"):
        restore(database_url, other)


def test_only_its_owner_can_read_a_copy(mika: Person, database_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    backup(database_url, copy)
    assert copy.stat().st_mode & 0o777 == 0o600
