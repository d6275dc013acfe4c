"""A real server with the shipped bank, and a real Chromium that looks at it."""

import logging
import os
import random
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error, Page, sync_playwright
from werkzeug.serving import make_server

from tests.browser.install import advice, on_path
from tests.browser.watch import Watch
from tests.conftest import Clock
from tracker import create_app
from tracker.core.bank import parse_bank
from tracker.services.bank import load
from tracker.store import schema
from tracker.store.bank_files import read_documents, shipped_bank
from tracker.store.engine import make_engine, writing

ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
]

MARKS = [
    pytest.mark.browser,
    # Flask-Compress leaves the files it compresses to the garbage collector
    pytest.mark.filterwarnings("ignore:unclosed file .*/static/:ResourceWarning"),
]
"""What every module of browser tests puts on its tests."""

OpenPage = Callable[..., Page]


@dataclass(frozen=True)
class Site:
    """The application behind an address, and the clock that it believes in."""

    address: str
    app: Flask
    clock: Clock
    settings: dict[str, Any]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each test opens windows of its own. Without a browser the test fails."""
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=on_path(), args=arguments)
        except Error as error:
            pytest.fail(f"{advice()}\n\n{error.message}", pytrace=False)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shipped_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the bank that ships; copied for each server."""
    file = tmp_path_factory.mktemp("shipped") / "template.sqlite"
    url = f"sqlite:///{file}"
    schema.upgrade(url)
    engine = make_engine(url)
    with writing(engine) as session:
        load(session, parse_bank(read_documents(shipped_bank())), now=Clock()())
        session.commit()
    # closing the last connection folds the write-ahead log into the file
    engine.dispose()
    return file


def serve(database: Path, folder: Path) -> Iterator[Site]:
    """A server over a copy of the database, with form tokens on as in real life."""
    file = folder / "served.sqlite"
    shutil.copyfile(database, file)
    clock = Clock()
    settings = {
        "SECRET_KEY": "a-key-for-tests-that-nobody-else-has-0123456789",
        "DATABASE_URL": f"sqlite:///{file}",
        "CLOCK": clock,
        "RNG": random.Random(20261120),
        "SIGNUP": "open",
        "TLS": False,
        "PROXIES": 0,
        "LOCAL": False,
    }
    app = create_app(settings)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with make_server("127.0.0.1", 0, app, threaded=True) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Site(f"http://127.0.0.1:{server.server_port}", app, clock, settings)
        server.shutdown()
        thread.join()
    app.extensions["engine"].dispose()


@pytest.fixture
def site(shipped_database: Path, tmp_path: Path) -> Iterator[Site]:
    """A server of the test's own, with the shipped bank."""
    yield from serve(shipped_database, tmp_path)


@contextmanager
def open_windows(chromium: Browser) -> Iterator[OpenPage]:
    """Opens windows with a context each; at the end, nothing that a page must not do was seen in any."""
    watches = []
    contexts = []

    def opened(site: Site, **options: Any) -> Page:
        # reduced motion: nothing is looked at while it still scrolls
        given = {"timezone_id": "Europe/Vienna", "reduced_motion": "reduce", **options}
        context = chromium.new_context(base_url=site.address, **given)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page, site.address))
        return page

    try:
        yield opened
    finally:
        for context in contexts:
            context.close()
    assert [trouble for watch in watches for trouble in watch.troubles] == []


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    with open_windows(chromium) as opened:
        yield opened
