"""`milepost run`: the whole product on this machine, for one person."""

import ipaddress
import os
import socket
from typing import Any

import click
from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app

from tracker.cli.data import bring_up_to_date
from tracker.cli.demo import welcome
from tracker.store.location import prepare_instance

FIRST_PORT = 5000
PORTS_TO_TRY = 20
THREADS = 8


class LocalServer(BaseApplication):  # type: ignore[misc]
    """Gunicorn with one process of threads, in this very process: it starts about a second sooner than anew."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def load_config(self) -> None:
        chosen = {
            "bind": self.address,
            "worker_class": "gthread",
            "threads": THREADS,
            "loglevel": "warning",
            "when_ready": self.announce,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def announce(self, _arbiter: object) -> None:
        """Say where it runs, once it listens."""
        print(f"Milepost runs on http://{self.address} (stop it with Ctrl+C)", flush=True)

    def load(self) -> Any:
        return import_app("tracker:create_app()")


@click.command()
def run() -> None:
    """Make what is missing, migrate, load the bank, make the demo learner once, and serve on this machine only."""
    host = loopback(os.environ.get("HOST", "127.0.0.1"))
    port = free_port(host, os.environ.get("PORT"))
    prepare_instance(os.environ)
    bring_up_to_date()
    welcome()
    shown = f"[{host}]" if ":" in host else host
    LocalServer(f"{shown}:{port}").run()


def loopback(host: str) -> str:
    """`host` when it is this machine's own address. Raises ClickException: this mode is for one person."""
    name = "127.0.0.1" if host == "localhost" else host
    try:
        if ipaddress.ip_address(name).is_loopback:
            return name
    except ValueError:
        pass
    raise click.ClickException(
        f"HOST={host} is not a loopback address. `milepost run` serves one machine; see README for a server."
    )


def free_port(host: str, wanted: str | None) -> int:
    """The port asked for, or the first free one from 5000 on. Raises ClickException when there is none."""
    if wanted is not None:
        if not wanted.isdecimal() or not 1 <= int(wanted) <= 65535:
            raise click.ClickException(f"PORT={wanted} is not a port number.")
        if not _is_free(host, int(wanted)):
            raise click.ClickException(f"Port {wanted} is in use. Set PORT to another one.")
        return int(wanted)
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TO_TRY):
        if _is_free(host, port):
            return port
    raise click.ClickException(f"No free port from {FIRST_PORT} on. Set PORT.")


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
