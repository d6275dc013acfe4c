"""How long the engine takes in process, with many attempts behind the learner.

    python benchmarks/latency.py [--attempts 10000 100000] [--concepts 400] [--answers 200] [--json]

Measured on one SQLite file with full sync, beside a bare insert into the same kind of file in the same run:
cold queue (read everything of a learner and choose), warm next (choose, with everything read), and an answer
(marked, folded, next question chosen, snapshot written, committed).
"""

import sys
from pathlib import Path

# benchmarks/http.py would hide the standard library's http
sys.path[0] = str(Path(__file__).resolve().parent.parent)

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine

from benchmarks.figures import Row, row, show
from benchmarks.generated import SLUG, START, generated_bank, learner_with_history
from tracker.services import bank, bank_facts, practice, questions
from tracker.store import bank as stored_bank
from tracker.store import cards, learners, runs, schema
from tracker.store.engine import make_engine, reading, sqlite_driver, writing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attempts", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--concepts", type=int, default=400)
    parser.add_argument("--answers", type=int, default=200, help="how often each thing is timed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    rows: list[Row] = []
    for attempts in chosen.attempts:
        with tempfile.TemporaryDirectory() as folder:
            rows += measure(Path(folder), attempts, chosen.concepts, chosen.answers, random.Random(chosen.seed))
    show(rows, as_json=chosen.json)


def measure(folder: Path, attempts: int, concepts: int, answers: int, rng: random.Random) -> list[Row]:
    """The rows for one learner with `attempts` answers behind them."""
    with prepared(folder, concepts) as engine:
        with writing(engine) as session:
            user_id = learner_with_history(session, attempts, rng)
            session.commit()
            learner = learners.learner(session, user_id)
        assert learner is not None
        now = START + timedelta(days=attempts // 40 + 1)
        return [
            timed("bare insert, committed with full sync", attempts, bare_insert(folder), answers),
            timed("cold queue", attempts, lambda: cold_queue(engine, learner, now), max(10, answers // 4)),
            timed("warm next", attempts, warm_next(engine, learner, now), answers),
            timed("answer, next question and snapshot", attempts, answering(engine, learner, now, rng), answers),
        ]


@contextmanager
def prepared(folder: Path, concepts: int) -> Iterator[Engine]:
    """An engine on a migrated file with a generated bank of four items a concept in four domains."""
    url = f"sqlite:///{folder / 'bench.sqlite'}"
    schema.upgrade(url)
    engine = make_engine(url)
    with writing(engine) as session:
        bank.load(session, generated_bank(concepts, 4, 4), now=START)
        session.commit()
    yield engine
    engine.dispose()


def timed(what: str, attempts: int, act: Callable[[], object], times: int) -> Row:
    act()
    seconds, cpu = [], time.process_time()
    for _ in range(times):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    return row(what, "size", attempts, seconds, time.process_time() - cpu)


def bare_insert(folder: Path) -> Callable[[], object]:
    connection = sqlite_driver().connect(str(folder / "bare.sqlite"), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT)")
    return lambda: connection.execute("INSERT INTO bare (text) VALUES ('one row')")


def cold_queue(engine: Engine, learner: learners.Learner, now: datetime) -> object:
    with reading(engine) as session:
        known = bank_facts.read(session, learner, SLUG)
        state = cards.state(session, learner.user_id)
        return questions.choose(session, learner, a_run(now), known, state, now.date())


def a_run(now: datetime) -> runs.Run:
    return runs.Run(UUID(int=1), SLUG, practice.SMART_REVIEW, 12, 7, now, now.date(), None)


def warm_next(engine: Engine, learner: learners.Learner, now: datetime) -> Callable[[], object]:
    session = reading(engine)
    known = bank_facts.read(session, learner, SLUG)
    state = cards.state(session, learner.user_id)
    return lambda: questions.choose(session, learner, a_run(now), known, state, now.date())


def answering(engine: Engine, learner: learners.Learner, start: datetime, rng: random.Random) -> Callable[[], object]:
    """Answer question after question, each in its own transaction, starting a run when one has ended."""
    clock = [start]

    def act() -> None:
        clock[0] += timedelta(seconds=30)
        with writing(engine) as session:
            learners.lock(session, learner.user_id)
            run = practice.start(session, learner, SLUG, over_cap=True, now=clock[0], rng=rng)
            issued = runs.pending(session, learner.user_id, run.id)
            assert issued is not None
            stored = stored_bank.stored_item(session, issued.item_id, issued.item_version)
            assert stored is not None
            given = practice.Given((rng.randrange(4),), "think", 30)
            practice.answer(session, learner, run.id, issued.id, given, now=clock[0], rng=rng)
            session.commit()

    return act


if __name__ == "__main__":
    main()
