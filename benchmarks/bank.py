"""How long a question bank takes to read, to load into a database, and to check.

    python benchmarks/bank.py [--items 2000] [--rounds 3] [--json]

Loading is measured with generated items on one SQLite file with full sync, each round into a new database: reading
and parsing the YAML files, the first load, and a second one, which has to change nothing. Checking is measured with
six certifications of 165 items whose words are drawn by how often words are used, so that the search for near
duplicates and the classifier have as much to do as with a real bank.
"""

import sys
from pathlib import Path

# benchmarks/http.py would hide the standard library's http
sys.path[0] = str(Path(__file__).resolve().parent.parent)

import argparse
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from typing import Any

import yaml

from benchmarks.figures import row, show
from benchmarks.generated import DAY, SLUG, START, generated_bank, generated_documents
from tracker.core.bank import Bank, parse_bank
from tracker.core.item_quality import examine
from tracker.services.bank import load
from tracker.store import schema
from tracker.store.bank_files import read_documents
from tracker.store.engine import make_engine, writing

ITEMS_A_CONCEPT = 4
CERTIFICATIONS, CHECKED_CONCEPTS, CHECKED_ITEMS_A_CONCEPT = 6, 55, 3
VOCABULARY = 6_000


class Dumper(yaml.SafeDumper):
    """Writes what occurs twice twice: a bank may hold no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


Times = defaultdict[str, list[float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    times: Times = defaultdict(list)
    documents = generated_documents(chosen.items // ITEMS_A_CONCEPT, ITEMS_A_CONCEPT, domains=5)
    wordy = wordy_bank(random.Random(chosen.seed))
    # percentiles want two rounds at least
    for _ in range(max(2, chosen.rounds)):
        with tempfile.TemporaryDirectory() as folder:
            load_twice(Path(folder), documents, times)
        with timed(times["check of six banks"]):
            examine(wordy, DAY)
    sizes = {"check of six banks": len(wordy.items)}
    rows = [row(what, "items", sizes.get(what, chosen.items), seconds, None) for what, seconds in times.items()]
    show(rows, as_json=chosen.json)


@contextmanager
def timed(into: list[float]) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    into.append(time.perf_counter() - begun)


def load_twice(folder: Path, documents: dict[str, Any], times: Times) -> None:
    """Write the bank's files, read them, and load them twice into a new database."""
    for file, content in documents.items():
        path = folder / "bank" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.dump(content, Dumper=Dumper, sort_keys=False), encoding="utf-8")
    url = f"sqlite:///{folder}/bench.sqlite"
    schema.upgrade(url)
    with timed(times["read and parse the files"]):
        parsed = parse_bank(read_documents(folder / "bank"))
    engine = make_engine(url)
    for what in ("first load", "second load"):
        with timed(times[what]), writing(engine) as session:
            loaded = load(session, parsed, now=START)
            session.commit()
        assert loaded.nothing is (what == "second load")
    engine.dispose()


def wordy_bank(rng: random.Random) -> Bank:
    """Six certifications of single-answer items with stems of 60 words and options of 8."""
    # the n-th most frequent word is used 1/n as often as the first
    weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    words = [f"word{rank}" for rank in range(VOCABULARY)]

    def text(length: int) -> str:
        return " ".join(rng.choices(words, cum_weights=weights, k=length))

    plain = generated_bank(CHECKED_CONCEPTS, CHECKED_ITEMS_A_CONCEPT, domains=5)
    certifications, items = [], []
    for number in range(CERTIFICATIONS):
        slug = f"{SLUG}-{number}"
        certifications += [each.model_copy(update={"slug": slug}) for each in plain.certifications]
        for item in plain.items:
            options = tuple(option.model_copy(update={"text": text(8)}) for option in item.options)
            changes = {"id": f"{item.id}-{number}", "certification": slug, "stem": text(60), "options": options}
            items.append(item.model_copy(update=changes))
    return Bank(concepts=plain.concepts, certifications=tuple(certifications), items=tuple(items))


if __name__ == "__main__":
    main()
