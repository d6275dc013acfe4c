"""Getting a browser for the tests: `python -m tests.browser.install`, which `make browser` runs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")

MISSING = """No Chromium to drive. Run `make browser`, or install one yourself and put it on the PATH as {names}:
  Debian, Ubuntu: apt-get install chromium        Fedora: dnf install chromium
  macOS, Windows: python -m playwright install chromium"""


def advice() -> str:
    return MISSING.format(names=", ".join(NAMES))


def on_path() -> str | None:
    """The first browser on the PATH."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


def playwrights_own() -> str | None:
    """The browser that Playwright downloaded earlier."""
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else None


def tried(*command: str) -> bool:
    """Run a command for its effect; whether it worked."""
    print("$", " ".join(command), flush=True)
    try:
        return subprocess.run(command, check=False).returncode == 0
    except OSError as error:
        print(error)
        return False


def by_apt() -> bool:
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    return tried("apt-get", "update") and tried("apt-get", "install", "-y", "chromium")


def main() -> int:
    if on_path() or playwrights_own():
        return 0
    if tried(sys.executable, "-m", "playwright", "install", "chromium") and playwrights_own():
        return 0
    if by_apt() and on_path():
        return 0
    print(advice())
    return 1


if __name__ == "__main__":
    sys.exit(main())
