"""How long the engine takes in process, with many attempts behind the learner.

    python benchmarks/latency.py [--attempts 10000 100000] [--concepts 400] [--answers 200] [--json]

Measured on one SQLite file with full sync, beside a bare insert into the same kind of file in the same run:
cold queue (read everything of a learner and choose), warm next (choose, with everything read), and an answer
(marked, folded, next question chosen and stored, committed). The last answer of a run, which writes the snapshot
of readiness in place of a next question, has a row of its own. The package `anki`, where it is installed, is
measured side by side.
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

from benchmarks import anki_queue
from benchmarks.figures import Row, row, show
from benchmarks.generated import SLUG, START, generated_bank, learner_with_history
from tracker.core.practice import SMART_REVIEW
from tracker.services import bank, bank_facts, practice, questions, standings
from tracker.store import attempts, cards, learners, runs, schema
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
    for size in chosen.attempts:
        with tempfile.TemporaryDirectory() as folder:
            rows += measure(Path(folder), size, chosen.concepts, chosen.answers, random.Random(chosen.seed))
            if anki_queue.installed():
                rows += measure_anki(Path(folder), size, chosen.answers)
    show(rows, as_json=chosen.json)


def measure(folder: Path, size: int, concepts: int, answers: int, rng: random.Random) -> list[Row]:
    """The rows for one learner with `size` answers behind them."""
    with prepared(folder, concepts) as engine:
        with writing(engine) as session:
            user_id = learner_with_history(session, size, rng)
            session.commit()
            learner = learners.learner(session, user_id)
        assert learner is not None
        now = START + timedelta(days=size // 40 + 1)
        answering = Answering(engine, learner, now, rng)
        ending = Answering(engine, learner, now + timedelta(days=answers), rng, questions=1)
        return [
            timed("bare insert, committed with full sync", size, bare_insert(folder), answers),
            timed("cold queue", size, lambda: cold_queue(engine, learner, now), max(10, answers // 4)),
            timed("warm next", size, warm_next(engine, learner, now), answers),
            timed("answer and next question", size, answering.act, answers, answering.prepare),
            timed("last answer of a run and snapshot", size, ending.act, max(10, answers // 4), ending.prepare),
        ]


def measure_anki(folder: Path, size: int, answers: int) -> list[Row]:
    """The same of Anki's scheduler, on as many cards."""
    with anki_queue.collection(folder, size) as opened:
        answering = anki_queue.Answering(opened)
        warm_next, forget = anki_queue.warm_next(opened), anki_queue.forget_queue(opened)
        return [
            timed("anki: cold queue", size, warm_next, max(10, answers // 4), forget),
            timed("anki: warm next", size, warm_next, answers),
            timed("anki: answer and next", size, answering.act, answers, answering.prepare),
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


def timed(
    what: str, size: int, act: Callable[[], object], times: int, prepare: Callable[[], object] = lambda: None
) -> Row:
    """`act` timed again and again; `prepare` goes before each time and is not part of it."""
    prepare()
    act()
    seconds, cpu = [], 0.0
    for _ in range(times):
        prepare()
        began, processor = time.perf_counter(), time.process_time()
        act()
        seconds.append(time.perf_counter() - began)
        cpu += time.process_time() - processor
    return row(what, "size", size, seconds, cpu)


def bare_insert(folder: Path) -> Callable[[], object]:
    connection = sqlite_driver().connect(str(folder / "bare.sqlite"), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT)")
    return lambda: connection.execute("INSERT INTO bare (text) VALUES ('one row')")


def cold_queue(engine: Engine, learner: learners.Learner, now: datetime) -> object:
    """As in a process that has just started: nothing is kept of the bank or the learner."""
    engine.dispose()
    with reading(engine) as session:
        known = bank_facts.read(session, learner, SLUG)
        state = cards.state(session, learner.user_id)
        standing = standings.read(session, learner, known, state)
        return questions.choose(a_run(now), known, standing, now.date(), list(standing.candidates.values()))


def a_run(now: datetime) -> runs.Run:
    return runs.Run(UUID(int=1), SLUG, practice.SMART_REVIEW, 12, 7, now, now.date(), None)


def warm_next(engine: Engine, learner: learners.Learner, now: datetime) -> Callable[[], object]:
    with reading(engine) as session:
        known = bank_facts.read(session, learner, SLUG)
        standing = standings.current(session, learner, known, attempts.stamp(session, learner.user_id))
    offered = list(standing.candidates.values())
    return lambda: questions.choose(a_run(now), known, standing, now.date(), offered)


class Answering:
    """Answers question after question, each in its own transaction as a request has it."""

    def __init__(
        self, engine: Engine, learner: learners.Learner, start: datetime, rng: random.Random, questions: int = 12
    ) -> None:
        self.engine, self.learner, self.now, self.rng, self.questions = engine, learner, start, rng, questions
        self.waiting: tuple[runs.Run, runs.Issued] | None = None

    def prepare(self) -> None:
        """The question that is on the learner's screen, the last one only of a run of one; not timed."""
        # slow enough that a small bank does not run dry within its week of rest
        self.now += timedelta(hours=2)
        with writing(self.engine) as session:
            user_id = self.learner.user_id
            for run in runs.open_runs(session, user_id, SMART_REVIEW):
                if run.length > self.questions or attempts.count_of_run(session, user_id, run.id) >= run.length - 1:
                    practice.stop(session, self.learner, run.id, now=self.now)
            run = practice.start(
                session,
                self.learner,
                SLUG,
                questions=self.questions,
                over_cap=self.questions > 1,
                now=self.now,
                rng=self.rng,
            )
            issued = runs.pending(session, user_id, run.id)
            session.commit()
        assert issued is not None
        self.waiting = run, issued

    def act(self) -> None:
        """Mark the answer, fold it, choose and store the next question or end the run, commit."""
        assert self.waiting is not None
        run, issued = self.waiting
        given = practice.Given((self.rng.randrange(4),), "think", 30)
        with writing(self.engine) as session:
            learners.lock(session, self.learner.user_id)
            practice.answer(session, self.learner, run.id, issued.id, given, now=self.now, rng=self.rng)
            session.commit()


if __name__ == "__main__":
    main()
