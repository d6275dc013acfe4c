"""Where the data lies on this machine: the folder of a local installation and its database."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

KEY_FILE = "secret"
DEMO_FILE = "demo-password"
DATABASE_FILE = "milepost.sqlite"


def instance_folder(environment: Mapping[str, str]) -> Path:
    """The folder of a local installation's data: INSTANCE, else `instance` below the working directory."""
    return Path(environment.get("INSTANCE", "instance")).resolve()


def _own_database(environment: Mapping[str, str]) -> str:
    return f"sqlite:///{instance_folder(environment) / DATABASE_FILE}"


def is_local(environment: Mapping[str, str]) -> bool:
    """Whether this is a local installation: its database is the SQLite file in the instance folder."""
    return database_url(environment) == _own_database(environment)


def database_url(environment: Mapping[str, str]) -> str:
    """DATABASE_URL, with the driver this project uses; else the SQLite file in the instance folder."""
    url = environment.get("DATABASE_URL") or _own_database(environment)
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def secret_key(environment: Mapping[str, str]) -> str:
    """SECRET_KEY, else the one kept in the instance folder, else nothing."""
    if environment.get("SECRET_KEY"):
        return environment["SECRET_KEY"]
    file = instance_folder(environment) / KEY_FILE
    return file.read_text().strip() if file.is_file() else ""


def prepare_instance(environment: Mapping[str, str]) -> None:
    """Make the instance folder and a random secret that only its owner can read, unless they are there."""
    folder = instance_folder(environment)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / KEY_FILE
    if environment.get("SECRET_KEY") or file.exists():
        return
    _write_private(file, secrets.token_hex(32))


def demo_password(environment: Mapping[str, str]) -> str:
    """The demo learner's password; nothing if none was ever made here."""
    file = instance_folder(environment) / DEMO_FILE
    return file.read_text().strip() if file.is_file() else ""


def keep_demo_password(environment: Mapping[str, str], password: str) -> None:
    """Put the password where only the installation's owner can read it, in place of an earlier one."""
    file = instance_folder(environment) / DEMO_FILE
    file.unlink(missing_ok=True)
    _write_private(file, password)


def _write_private(file: Path, text: str) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as opened:
        opened.write(text + "\n")
