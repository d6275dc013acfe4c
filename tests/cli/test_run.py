"""`milepost run`: addresses and ports, and the product coming up."""

import os
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tracker.cli.run import free_port, loopback


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "127.0.0.1"), ("localhost", "127.0.0.1"), ("::1", "::1"), ("127.8.8.8", "127.8.8.8")],
)
def test_this_machines_own_addresses_are_accepted(host: str, address: str) -> None:
    assert loopback(host) == address


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "", "::"])  # noqa: S104 - refused, not bound
def test_any_other_address_is_refused(host: str) -> None:
    with pytest.raises(click.ClickException, match="loopback"):
        loopback(host)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


def test_a_taken_port_is_told(taken: int) -> None:
    with pytest.raises(click.ClickException, match="in use"):
        free_port("127.0.0.1", str(taken))


@pytest.mark.parametrize("wanted", ["0", "70000", "http", "-1"])
def test_a_port_that_is_none_is_told(wanted: str) -> None:
    with pytest.raises(click.ClickException, match="not a port"):
        free_port("127.0.0.1", wanted)


def test_without_a_wish_the_next_free_port_is_taken() -> None:
    assert free_port("127.0.0.1", None) >= 5000


def started(instance: Path, port: int) -> "subprocess.Popen[str]":
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")}
    environment |= {"INSTANCE": str(instance), "PORT": str(port)}
    return subprocess.Popen(
        [sys.executable, "-m", "tracker.cli", "run"], env=environment, stdout=subprocess.PIPE, text=True
    )


def first_page(port: int, process: "subprocess.Popen[str]") -> tuple[str, str]:
    """What was printed until the server said that it listens, and its first page."""
    assert process.stdout is not None
    printed = ""
    while "runs on" not in printed:
        line = process.stdout.readline()
        assert line, printed
        printed += line
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as page:
        return printed, page.read().decode()


def test_the_product_comes_up_from_nothing_and_again_unchanged(tmp_path: Path) -> None:
    port = free_port("127.0.0.1", None)
    printed = []
    for _ in range(2):
        process = started(tmp_path / "instance", port)
        try:
            said, page = first_page(port, process)
        finally:
            process.terminate()
            process.communicate(timeout=20)
        printed.append(said)
        assert "what to study in the next half hour" in page
    assert f"http://127.0.0.1:{port}" in printed[0]
    assert "added" in printed[0]
    assert "The bank is as it was." in printed[1]
    assert stat.S_IMODE((tmp_path / "instance" / "secret").stat().st_mode) == 0o600


def test_the_demo_learner_is_made_at_the_first_start_and_named_at_each(tmp_path: Path) -> None:
    port = free_port("127.0.0.1", None)
    printed = []
    for _ in range(2):
        process = started(tmp_path / "instance", port)
        try:
            printed.append(first_page(port, process)[0])
        finally:
            process.terminate()
            process.communicate(timeout=20)
    password = (tmp_path / "instance" / "demo-password").read_text()
    assert "Making a demo learner" in printed[0] and "Making" not in printed[1]
    for said in printed:
        assert said.index(f"demo@example.org\nwith the password {password}") < said.index("runs on")
