"""Values kept while their stamp in the database stays."""

import threading

import pytest
from sqlalchemy import Engine

from tests.databases import on_both_databases
from tracker.store.engine import make_engine, reading, writing
from tracker.store.stamped import Stamped


@on_both_databases
def test_a_value_is_kept_under_its_stamp_for_readers_and_writers(database: Engine) -> None:
    kept: Stamped[str] = Stamped(4)
    with reading(database) as session:
        assert kept.get(session, "key", 1) is None
        kept.put(session, "key", 1, "value")
        assert kept.get(session, "key", 1) == "value"
        assert kept.get(session, "key", 2) is None
        assert kept.get(session, "other", 1) is None
    with writing(database) as session:
        assert kept.get(session, "key", 1) == "value"
        kept.put(session, "key", 2, "newer")
        assert (kept.get(session, "key", 1), kept.get(session, "key", 2)) == (None, "newer")


@on_both_databases
def test_databases_do_not_share(database: Engine) -> None:
    kept: Stamped[str] = Stamped(4)
    other = make_engine("sqlite://")
    with reading(database) as session:
        kept.put(session, "key", 1, "value")
    with reading(other) as session:
        assert kept.get(session, "key", 1) is None


def test_the_value_used_least_recently_goes_first(engine: Engine) -> None:
    kept: Stamped[int] = Stamped(2)
    with reading(engine) as session:
        for key in (1, 2):
            kept.put(session, key, 0, key)
        kept.get(session, 1, 0)
        kept.put(session, 3, 0, 3)
        assert [kept.get(session, key, 0) for key in (1, 2, 3)] == [1, None, 3]


def test_many_threads_at_once(engine: Engine) -> None:
    kept: Stamped[int] = Stamped(8)
    wrong: list[object] = []

    def work(number: int) -> None:
        with reading(engine) as session:
            for step in range(300):
                kept.put(session, step % 10, number, number)
                found = kept.get(session, step % 10, number)
                if found not in (None, number):
                    wrong.append(found)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.fixture
def engine() -> Engine:
    return make_engine("sqlite://")
