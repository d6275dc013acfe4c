import random
from pathlib import Path

from benchmarks.latency import measure, timed


def test_a_small_learner_is_measured(tmp_path: Path) -> None:
    rows = measure(tmp_path, size=40, concepts=8, answers=5, rng=random.Random(1))
    assert [row.what for row in rows] == [
        "bare insert, committed with full sync",
        "cold queue",
        "warm next",
        "answer and next question",
        "last answer of a run and snapshot",
    ]
    assert all(row.size == 40 and 0 < row.p50_ms <= row.p99_ms for row in rows)


def test_preparing_is_not_timed() -> None:
    done: list[str] = []
    row = timed("thing", 1, lambda: done.append("act"), 3, lambda: [done.append("prepare"), sum(range(300_000))])
    assert done == ["prepare", "act"] * 4
    # processor time of three appends, whatever else the machine does; one preparation takes milliseconds
    assert row.cpu_ms is not None and row.cpu_ms < 1
