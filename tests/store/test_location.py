"""Where a local installation keeps its data."""

import stat
from pathlib import Path

import pytest

from tracker.store.location import database_url, prepare_instance, secret_key


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
