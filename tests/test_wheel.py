"""The wheel carries everything that the product needs, and runs without the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "from hatchling.build import build_wheel; print(build_wheel(__import__('sys').argv[1]))"
    done = subprocess.run([sys.executable, "-c", build, str(folder)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.split()[-1]


@pytest.mark.parametrize("folder", ["questions", "migrations", "templates", "static"])
def test_data_travels_in_the_package(wheel: Path, folder: str) -> None:
    with zipfile.ZipFile(wheel) as opened:
        packed = {
            name.removeprefix("tracker/") for name in opened.namelist() if name.startswith(f"tracker/{folder}/")
        }
    home = ROOT if folder in ("questions", "migrations") else ROOT / "tracker"
    files = {path.relative_to(home).as_posix() for path in (home / folder).rglob("*") if path.is_file()}
    assert packed == {file for file in files if "__pycache__" not in file}


def test_an_installed_wheel_migrates_and_loads_its_own_bank(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(site)
    environment = {**os.environ, "PYTHONPATH": str(site), "INSTANCE": str(tmp_path / "instance")}
    environment.pop("DATABASE_URL", None)
    script = "import tracker, tracker.cli; print(tracker.__file__); tracker.cli.main(['upgrade'])"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert str(site) in done.stdout
    assert "added" in done.stdout
