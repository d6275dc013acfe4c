"""What a page and an answer cost over HTTP, beside a bare Flask route that inserts one row with full sync.

    python benchmarks/http.py [--clients 1] [--answers 35] [--workers 2] [--json]

Both applications run under gunicorn with the same number of workers, on SQLite files with full sync, in the same
run. Every client is a learner of their own: signs up, chooses AIF-C01, then loads pages and answers questions with
forms as a browser sends them; at the end each starts a paper and saves answers on it.

`cpu ms` is the processor time of the server's processes for each request (Linux).
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# this file's own folder would hide the standard library's http
sys.path[0] = str(ROOT)

import argparse
import contextlib
import os
import re
import secrets
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from urllib.parse import urlencode

from benchmarks.figures import Row, row, show

FORM = {"Content-Type": "application/x-www-form-urlencoded"}

BARE = """
import os
from flask import Flask
from tracker.store.engine import sqlite_driver
app = Flask(__name__)
@app.post("/")
def insert():
    connection = sqlite_driver().connect(os.environ["BARE"], isolation_level=None, timeout=15)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("INSERT INTO bare (text) VALUES ('one row')")
    connection.close()
    return "", 303, {"Location": "/"}
"""


class Browser:
    """One learner's browser: keeps its connection and cookies, and sends the forms it was shown."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def send(self, method: str, path: str, fields: dict[str, object] | None = None) -> tuple[int, str, str]:
        """Status, Location and text of one request."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urlencode(fields or {}, doseq=True) if method == "POST" else None
        self.connection.request(method, path, body, headers | (FORM if body is not None else {}))
        response = self.connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, response.headers.get("Location", ""), text

    def form(self, page: str, path: str, **fields: object) -> tuple[int, str, str]:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token, page[:500]
        return self.send("POST", path, {"csrf_token": token[1], **fields})


@contextlib.contextmanager
def served(app: str, environment: dict[str, str], workers: int, folder: Path) -> Iterator[tuple[int, int]]:
    """Gunicorn serving `app`; its port and its process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
    command += ["--worker-class", "gthread", "--threads", "16", "--keep-alive", "75"]
    command += ["--log-level", "error", app]
    process = subprocess.Popen(command, env={**os.environ, **environment}, cwd=folder)
    try:
        for _ in range(400):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(10)


def processor_seconds(pid: int) -> float | None:
    """User and system time of a process and its children so far; None where there is no /proc."""
    ticks = 0
    children = Path(f"/proc/{pid}/task/{pid}/children")
    if not children.exists():
        return None
    for each in (pid, *map(int, children.read_text().split())):
        parts = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        ticks += int(parts[11]) + int(parts[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def in_parallel(clients: int, work: Callable[[int], None]) -> None:
    failures: list[BaseException] = []

    def guarded(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def measured(what: str, clients: int, pid: int, times: int, act: Callable[[int], float]) -> Row:
    """`act(client)` returns the seconds of its one timed request; it is called `times` times by each client."""
    seconds: dict[int, list[float]] = defaultdict(list)
    before = processor_seconds(pid)
    in_parallel(clients, lambda number: seconds[number].extend(act(number) for _ in range(times)))
    after = processor_seconds(pid)
    cpu = None if before is None or after is None else after - before
    return row(what, "clients", clients, [value for each in seconds.values() for value in each], cpu)


def measure_bare(clients: int, times: int, workers: int, folder: Path) -> Row:
    (folder / "bare.py").write_text(BARE)
    file = folder / "bare.sqlite"
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT)")
    with served("bare:app", {"BARE": str(file)}, workers, folder) as (port, pid):
        browsers = [Browser(port) for _ in range(clients)]

        def act(number: int) -> float:
            began = time.perf_counter()
            status, _, _ = browsers[number].send("POST", "/")
            assert status == 303
            return time.perf_counter() - began

        in_parallel(clients, lambda number: [act(number) for _ in range(5)] and None)
        return measured("bare Flask route, one insert", clients, pid, times, act)


def signed_up(port: int) -> Browser:
    browser = Browser(port)
    _, _, page = browser.send("GET", "/sign-up")
    email = f"{secrets.token_hex(6)}@example.org"
    fields = {"name": "Bench", "email": email, "password": secrets.token_urlsafe(24), "timezone": "UTC"}
    status, where, _ = browser.form(page, "/sign-up", **fields)
    assert status == 303, status
    _, _, page = browser.send("GET", where)
    assert browser.form(page, "/certifications/aws-aif", exam_day="", revision=0)[0] == 303
    return browser


def chosen(page: str) -> dict[str, object]:
    """Fields that answer the shown question, whatever its kind: its first options, or its lines in their order."""
    lines = len(set(re.findall(r'name="line-(\d)"', page)))
    if lines:
        return {f"line-{line}": line for line in range(lines)}
    return {"choice": [0, 1] if 'type="checkbox" name="choice"' in page else [0]}


def paper_begun(browser: Browser) -> tuple[str, str]:
    """The address of a new paper's first question, and its page."""
    _, _, page = browser.send("GET", "/exams/")
    status, where, _ = browser.form(page, "/exams/start/aws-aif", extra_time="0.0")
    assert status == 303, status
    return where, browser.send("GET", where)[2]


def started(browser: Browser) -> str:
    _, _, page = browser.send("GET", "/practice/")
    status, where, _ = browser.form(page, "/practice/start/aws-aif", over_cap=1)
    assert status == 303, status
    return where


def measure_product(clients: int, times: int, workers: int, folder: Path) -> list[Row]:
    environment = {
        "DATABASE_URL": f"sqlite:///{folder / 'milepost.sqlite'}",
        "SECRET_KEY": secrets.token_hex(32),
        "INSTANCE": str(folder / "instance"),
    }
    upgrade = [sys.executable, "-m", "tracker.cli", "upgrade"]
    subprocess.run(upgrade, env={**os.environ, **environment}, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    with served("tracker:create_app()", environment, workers, ROOT) as (port, pid):
        browsers: list[Browser] = [signed_up(port) for _ in range(clients)]
        runs = [started(browser) for browser in browsers]
        pages: dict[int, str] = {}

        def load(path: str) -> Callable[[int], float]:
            def act(number: int) -> float:
                began = time.perf_counter()
                status, _, _ = browsers[number].send("GET", path or runs[number])
                assert status == 200, (path, status)
                return time.perf_counter() - began

            return act

        def show_question(number: int) -> float:
            began = time.perf_counter()
            status, _, page = browsers[number].send("GET", runs[number])
            took = time.perf_counter() - began
            if status != 200:
                runs[number] = started(browsers[number])
                return show_question(number)
            pages[number] = page
            return took

        def answer(number: int) -> float:
            show_question(number)
            page = pages[number]
            action = re.search(r'action="(/practice/[^"]+/questions/[^"]+)"', page)
            shown = re.search(r'name="shown_at" value="([^"]+)"', page)
            assert action and shown
            fields = {**chosen(page), "confidence": "think", "shown_at": shown[1]}
            began = time.perf_counter()
            status, _, text = browsers[number].form(page, action[1], **fields)
            assert status == 303, (status, text[:400])
            return time.perf_counter() - began

        in_parallel(clients, lambda number: [answer(number) for _ in range(3)] and None)
        both = measured("question page and answer (two requests)", clients, pid, times, answer)
        rows = [
            measured("question page", clients, pid, times, show_question),
            both,
            measured("today page", clients, pid, times, load("/today/")),
            measured("progress page", clients, pid, times, load("/progress/")),
            measured("practice page", clients, pid, times, load("/practice/")),
            measured("settings page", clients, pid, times, load("/settings/")),
        ]
        papers = [paper_begun(browser) for browser in browsers]

        def save(number: int) -> float:
            where, page = papers[number]
            began = time.perf_counter()
            status, _, text = browsers[number].form(page, where, go="1", **chosen(page))
            assert status == 303, (status, text[:400])
            return time.perf_counter() - began

        rows.append(measured("saving an answer on a paper", clients, pid, times, save))
    question = rows[0]
    if both.cpu_ms is not None and question.cpu_ms is not None:
        alone = both.cpu_ms - question.cpu_ms
        rows.insert(1, Row("answer", "clients", clients, both.p50_ms, both.p95_ms, both.p99_ms, alone))
        rows.remove(both)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument(
        "--answers", type=int, default=35, help="requests of each kind and client; the bank has 87 to answer"
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = [measure_bare(chosen.clients, chosen.answers, chosen.workers, Path(folder))]
        rows += measure_product(chosen.clients, chosen.answers, chosen.workers, Path(folder))
    show(rows, as_json=chosen.json)


if __name__ == "__main__":
    main()
