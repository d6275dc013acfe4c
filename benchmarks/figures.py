"""Measured rows: percentiles of times, and how they are printed."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """Times of one thing, in milliseconds; `size` names attempts behind the learner or clients at once."""

    what: str
    size_name: str
    size: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    cpu_ms: float | None

    def as_json(self) -> dict[str, Any]:
        return {
            "what": self.what,
            self.size_name: self.size,
            "p50_ms": round(self.p50_ms, 3),
            "p95_ms": round(self.p95_ms, 3),
            "p99_ms": round(self.p99_ms, 3),
            "cpu_ms": None if self.cpu_ms is None else round(self.cpu_ms, 3),
        }


def row(what: str, size_name: str, size: int, seconds: Sequence[float], cpu_seconds: float | None) -> Row:
    """The row of one series of wall times; `cpu_seconds` is the processor time of the whole series."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    cpu = None if cpu_seconds is None else 1000 * cpu_seconds / len(seconds)
    return Row(what, size_name, size, 1000 * cuts[49], 1000 * cuts[94], 1000 * cuts[98], cpu)


def show(rows: Sequence[Row], *, as_json: bool) -> None:
    """Print the rows as a table, or as one JSON object."""
    if as_json:
        print(json.dumps({"rows": [each.as_json() for each in rows]}, indent=2))
        return
    print(f"{'what':<44}{rows[0].size_name:>9}{'p50 ms':>10}{'p95 ms':>10}{'p99 ms':>10}{'cpu ms':>10}")
    for each in rows:
        cpu = "-" if each.cpu_ms is None else f"{each.cpu_ms:.2f}"
        times = f"{each.p50_ms:>10.2f}{each.p95_ms:>10.2f}{each.p99_ms:>10.2f}{cpu:>10}"
        print(f"{each.what:<44}{each.size:>9}{times}")
