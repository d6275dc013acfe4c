"""Where a local installation keeps its data."""

import stat
from pathlib import Path

import pytest

from tracker.store.location import (
    database_url,
    demo_password,
    is_local,
    keep_demo_password,
    prepare_instance,
    secret_key,
)


def test_the_database_lies_in_the_instance_folder(tmp_path: Path) -> None:
    assert database_url({"INSTANCE": str(tmp_path)}) == f"sqlite:///{tmp_path}/milepost.sqlite"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgresql_address_gets_our_driver(scheme: str) -> None:
    url = database_url({"DATABASE_URL": f"{scheme}://a:b@host/name"})
    assert url == "postgresql+psycopg://a:b@host/name"


def test_the_secret_is_random_private_and_made_once(tmp_path: Path) -> None:
    environment = {"INSTANCE": str(tmp_path / "new")}
    assert secret_key(environment) == ""
    prepare_instance(environment)
    made = secret_key(environment)
    prepare_instance(environment)
    assert secret_key(environment) == made
    assert len(made) == 64
    assert stat.S_IMODE((tmp_path / "new" / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_a_secret_of_the_environment_counts_and_leaves_no_file(tmp_path: Path) -> None:
    environment = {"INSTANCE": str(tmp_path), "SECRET_KEY": "given"}
    prepare_instance(environment)
    assert secret_key(environment) == "given"
    assert not (tmp_path / "secret").exists()


def test_an_installation_is_local_while_its_database_lies_in_its_folder(tmp_path: Path) -> None:
    here = {"INSTANCE": str(tmp_path)}
    assert is_local(here)
    assert is_local(here | {"DATABASE_URL": f"sqlite:///{tmp_path}/milepost.sqlite"})
    for url in (f"sqlite:///{tmp_path}/another.sqlite", "sqlite:///milepost.sqlite", "postgresql://a:b@host/name"):
        assert not is_local(here | {"DATABASE_URL": url})


def test_the_demo_password_is_private_and_replaced(tmp_path: Path) -> None:
    here = {"INSTANCE": str(tmp_path)}
    assert demo_password(here) == ""
    file = tmp_path / "demo-password"
    file.write_text("readable by all")
    file.chmod(0o644)
    keep_demo_password(here, "the newer one")
    assert demo_password(here) == "the newer one"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
