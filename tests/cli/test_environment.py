"""What a command works with."""

from datetime import UTC
from pathlib import Path

import click
import pytest

from tracker.cli import environment


def test_the_instant_is_aware() -> None:
    assert environment.now().tzinfo is UTC


def test_a_database_at_another_revision_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/empty.sqlite")
    with pytest.raises(click.ClickException, match="milepost upgrade"), environment.opened():
        pass


def test_a_migrated_database_is_opened(monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    with environment.opened() as session:
        assert session.get_bind().dialect.name == "sqlite"


@pytest.mark.parametrize(
    ("named", "zone"),
    [
        ("Europe/Vienna", "Europe/Vienna"),
        (":Asia/Tokyo", "Asia/Tokyo"),
        ("UTC", "UTC"),
        ("US/Pacific", "UTC"),
        ("Europe/Atlantis", "UTC"),
        ("Europe", "UTC"),
        ("CET-1CEST", "UTC"),
    ],
)
def test_the_zone_that_the_environment_names_is_taken_if_a_learner_could(named: str, zone: str) -> None:
    assert environment.machine_zone({"TZ": named}) == zone


def test_the_zone_is_read_from_where_the_local_time_leads(tmp_path: Path) -> None:
    zoneinfo = tmp_path / "zoneinfo" / "Pacific"
    zoneinfo.mkdir(parents=True)
    (zoneinfo / "Auckland").touch()
    link = tmp_path / "localtime"
    link.symlink_to(zoneinfo / "Auckland")
    assert environment.machine_zone({}, link) == "Pacific/Auckland"
    assert environment.machine_zone({}, tmp_path / "nowhere") == "UTC"
