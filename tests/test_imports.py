"""The rooms and their doors: import-linter's contracts in pyproject.toml are kept, and each can fail."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

SPOILT = [
    ("core/mastery.py", "from tracker.store import upserts", "tracker.core is not allowed to import tracker.store"),
    (
        "store/upserts.py",
        "from tracker.services import targets",
        "tracker.store is not allowed to import tracker.services",
    ),
    ("services/targets.py", "from tracker.web import guide", "tracker.services is not allowed to import tracker.web"),
    ("cli/bank.py", "from tracker.web import guide", "tracker.cli is not allowed to import tracker.web"),
    ("web/icons.py", "from tracker.cli import bank", "tracker.web is not allowed to import tracker.cli"),
    ("attic.py", "", "tracker.attic"),
    ("core/days.py", "from tracker.core import roundabout", "- .roundabout -> .days"),
    ("core/roundabout.py", "from tracker.core import days", "- .roundabout -> .days"),
    ("core/mastery.py", "import sqlalchemy", "tracker.core.mastery -> sqlalchemy"),
    ("core/mastery.py", "import alembic", "tracker.core.mastery -> alembic"),
    ("core/mastery.py", "import flask", "tracker.core.mastery -> flask"),
    ("core/mastery.py", "import yaml", "tracker.core.mastery -> yaml"),
    ("core/mastery.py", "import fsrs", "tracker.core.mastery -> fsrs"),
    ("web/icons.py", "import fsrs", "tracker.web.icons -> fsrs"),
    ("store/upserts.py", "import flask", "tracker.store.upserts -> flask"),
    ("services/targets.py", "import wtforms", "tracker.services.targets -> wtforms"),
    ("services/targets.py", "import werkzeug.security", "tracker.services.targets -> werkzeug"),
    ("services/targets.py", "import flask_login", "tracker.services.targets -> flask_login"),
    ("web/guide.py", "from tracker import create_app", "tracker.web.guide -> tracker"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the package in a folder."""
    code = (
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    )
    # wide, so that no line of the report is wrapped
    environment = {"PYTHONPATH": str(folder), "COLUMNS": "400", "PATH": ""}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )


def test_every_contract_is_kept() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Contracts: 6 kept, 0 broken." in done.stdout


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says of a copy of the package in which every rule is broken."""
    folder = tmp_path_factory.mktemp("spoilt")
    for path in [ROOT / "pyproject.toml", *(ROOT / "tracker").rglob("*.py")]:
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(path.read_text())
    for module, line, _ in SPOILT:
        with (folder / "tracker" / module).open("a") as file:
            file.write(f"\n{line}\n")
    done = lint(folder)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def test_every_contract_can_fail(report: str) -> None:
    assert "Contracts: 0 kept, 6 broken." in report


@pytest.mark.parametrize(("module", "line", "finding"), SPOILT)
def test_a_broken_rule_is_named(report: str, module: str, line: str, finding: str) -> None:
    assert finding in " ".join(report.split()), report
