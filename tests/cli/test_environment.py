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
