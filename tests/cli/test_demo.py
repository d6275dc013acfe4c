"""`milepost demo`, and what `milepost run` does with the demo learner before it serves."""

import os
import random
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from tests.cast import PASSWORD
from tracker import create_app
from tracker.cli import demo as command
from tracker.cli import main
from tracker.cli.environment import now
from tracker.core.demo import DAYS
from tracker.core.passwords import refusal
from tracker.services import accounts, demo
from tracker.services.accounts import NewAccount
from tracker.services.hashing import hash_password
from tracker.store import attempts, learners
from tracker.store.engine import make_engine, reading, writing
from tracker.store.location import DEMO_FILE, database_url, demo_password, keep_demo_password

TOLD = re.compile(rf"sign in as {demo.EMAIL}\nwith the password ([a-z-]+)\n")


def milepost(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


def welcomed(capsys: pytest.CaptureFixture[str]) -> str:
    """What `milepost run` prints of the demo learner."""
    capsys.readouterr()
    command.welcome()
    return capsys.readouterr().out


@contextmanager
def database(write: bool = False) -> Iterator[Session]:
    engine = make_engine(database_url(os.environ))
    with (writing if write else reading)(engine) as session:
        yield session
        if write:
            session.commit()
    engine.dispose()


def account() -> demo.Account | None:
    with database() as session:
        return demo.account(session)


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two installations, made once: `empty` has the shipped bank only, `made` its demo learner too."""
    folder = tmp_path_factory.mktemp("installations")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        patch.setenv("INSTANCE", str(folder / "empty"))
        assert milepost("upgrade").exit_code == 0
        shutil.copytree(folder / "empty", folder / "made")
        patch.setenv("INSTANCE", str(folder / "made"))
        (folder / "said").write_text(milepost("demo").output)
    return folder


def installed(monkeypatch: pytest.MonkeyPatch, template: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "instance"
    shutil.copytree(template, folder)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("INSTANCE", str(folder))
    return folder


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch, templates: Path, tmp_path: Path) -> Path:
    """An installation where nobody has an account yet."""
    return installed(monkeypatch, templates / "empty", tmp_path)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, templates: Path, tmp_path: Path) -> Path:
    """An installation with its demo learner."""
    return installed(monkeypatch, templates / "made", tmp_path)


def sign_in(password: str) -> int:
    """The status of the progress page for a browser that tried this password."""
    app = create_app({"TESTING": True, "WTF_CSRF_ENABLED": False})
    client = app.test_client()
    client.post("/sign-in", data={"email": demo.EMAIL, "password": password})
    status = client.get("/progress/").status_code
    app.extensions["engine"].dispose()
    return status


def test_what_is_printed_signs_in_and_the_password_is_private(made: Path, templates: Path) -> None:
    said = TOLD.search((templates / "said").read_text())
    assert said and said[1] == demo_password(os.environ)
    assert refusal(said[1], [demo.EMAIL, demo.NAME]) is None
    assert stat.S_IMODE((made / DEMO_FILE).stat().st_mode) == 0o600
    assert sign_in(said[1]) == 200
    assert sign_in(said[1] + "x") != 200


def test_every_start_says_how_to_sign_in_and_makes_nothing_again(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = account()
    for _ in range(2):
        said = TOLD.search(welcomed(capsys))
        assert said and said[1] == demo_password(os.environ)
    assert account() == before
    assert "--again" in milepost("demo").output
    assert account() == before


def test_a_deleted_one_stays_deleted(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = account()
    assert known
    with database(write=True) as session:
        learners.delete_account(session, known.user_id)
    assert welcomed(capsys) == ""
    assert account() is None


def test_a_new_installation_gets_one_and_one_with_people_does_not(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with database(write=True) as session:
        somebody = NewAccount("mika@example.org", "Mika", PASSWORD, "UTC")
        user_id = accounts.sign_up(session, somebody, "a hash", now=now(), rng=random.Random(1))
    assert welcomed(capsys) == ""
    with database(write=True) as session:
        learners.delete_account(session, user_id)
    assert TOLD.search(welcomed(capsys))


def test_an_interrupted_making_starts_over(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rng = random.Random(9)
    with database(write=True) as session:
        story = demo.begin(session, "UTC", now=now(), rng=rng)
        demo.live(session, story, 0, rng=rng)
    assert TOLD.search(welcomed(capsys))
    with database() as session:
        known = demo.account(session)
        assert known and known.finished and known.user_id != story.user_id
        assert learners.user_ids(session) == [known.user_id]
        latest = attempts.latest(session, known.user_id)
        assert latest and latest.study_day == story.first_day + timedelta(days=DAYS - 1)


def test_a_password_changed_since_is_not_printed(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = account()
    assert known
    with database(write=True) as session:
        accounts.change_password(session, known.user_id, hash_password(PASSWORD), keep=None, now=now())
    said = welcomed(capsys)
    assert demo.EMAIL in said and demo_password(os.environ) not in said


def test_again_makes_a_new_one_with_a_new_password(made: Path) -> None:
    before, password = account(), demo_password(os.environ)
    said = TOLD.search(milepost("demo", "--again").output)
    assert said and said[1] == demo_password(os.environ) != password
    assert account() != before
    assert stat.S_IMODE((made / DEMO_FILE).stat().st_mode) == 0o600
    assert sign_in(said[1]) == 200


def test_outside_a_local_installation_there_is_none(
    empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = empty / "elsewhere.sqlite"
    shutil.copyfile(empty / "milepost.sqlite", elsewhere)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{elsewhere}")
    keep_demo_password(os.environ, "left over from before")
    for words in (("demo",), ("demo", "--again")):
        refused = milepost(*words)
        assert refused.exit_code == 1
        assert "local installation" in refused.output
    assert welcomed(capsys) == ""
    assert account() is None


def test_somebody_else_with_the_address_is_told_and_left_alone(empty: Path) -> None:
    with database(write=True) as session:
        somebody = NewAccount(demo.EMAIL, "Somebody", PASSWORD, "UTC")
        user_id = accounts.sign_up(session, somebody, "a hash", now=now(), rng=random.Random(1))
    for words in (("demo",), ("demo", "--again")):
        refused = milepost(*words)
        assert refused.exit_code == 1
        assert "Somebody else" in refused.output
    with database() as session:
        assert learners.user_ids(session) == [user_id]
    assert demo_password(os.environ) == ""
