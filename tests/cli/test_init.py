"""The console script lists its commands."""

from click.testing import CliRunner

from tracker.cli import main


def test_every_command_says_what_it_does() -> None:
    told = CliRunner().invoke(main, ["--help"]).output
    for name in ("backup", "bank", "demo", "rebuild", "restore", "run", "upgrade", "user"):
        assert name in told


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(main, ["--version"]).exit_code == 0
