"""A small bank that passes every check and gate, as the documents its YAML files load to. Deterministic."""

from collections.abc import Iterable, Iterator
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

import yaml

from tracker.core.bank import Bank, Item, parse_bank

SLUG = "aws-demo"
CERTIFICATION = f"{SLUG}/certification.yaml"
FIRST, SECOND = f"{SLUG}/d1-first.yaml", f"{SLUG}/d2-second.yaml"
SOURCE_URL = "https://docs.aws.amazon.com/demo/latest/guide.html"

Raw = dict[str, Any]

_CONSONANTS, _VOWELS = "bdfgklmpst", "aeiou"


def words(start: int, number: int) -> str:
    """`number` invented five-letter words, different for every start."""
    return " ".join(islice(_invented(start * 100), number))


def _invented(start: int) -> Iterator[str]:
    for at in count(start):
        digits, letters = at, ""
        for alphabet in (_CONSONANTS, _VOWELS, _CONSONANTS, _VOWELS, _CONSONANTS):
            letters += alphabet[digits % len(alphabet)]
            digits //= len(alphabet)
        yield letters


def option(seed: int, length: int, correct: bool | None = None, **changes: Any) -> Raw:
    """An option of `length` words with a reason of ten."""
    raw: Raw = {"text": words(seed, length), "why": words(seed + 10_000, 10)}
    return raw | ({} if correct is None else {"correct": correct}) | changes


def single(number: int, rank: int = 1, **changes: Any) -> Raw:
    """A single-answer item whose key has that length rank, 0 being the shortest."""
    options = [option(10 * number + at, 4 + at, at == rank) for at in range(4)]
    return _item(number, "single", "Which of them fits?", options=options) | changes


def multiple(number: int, keys: tuple[int, ...] = (0, 4), **changes: Any) -> Raw:
    """A multiple-response item of five options with two keys, given by length rank."""
    options = [option(10 * number + at, 4 + at, at in keys) for at in range(5)]
    return _item(number, "multiple", "Which of them fit? (Choose TWO.)", options=options) | changes


def ordering(number: int, **changes: Any) -> Raw:
    """An ordering item of four steps."""
    options = [option(10 * number + at, 5) for at in range(4)]
    return _item(number, "ordering", "In which order are they done?", options=options) | changes


def matching(number: int, **changes: Any) -> Raw:
    """A matching item of three pairs."""
    pairs = [
        {"prompt": words(10 * number + at, 4), "match": words(10 * number + at + 5, 3), "why": words(at, 10)}
        for at in range(3)
    ]
    return _item(number, "matching", "Match each with its counterpart.", pairs=pairs) | changes


def _item(number: int, kind: str, question: str, **parts: Any) -> Raw:
    domain, task = (number // 12) % 2 + 1, (number // 6) % 2 + 1
    return {
        "id": f"demo-d{domain}-{number:03}",
        "task": f"{domain}.{task}",
        "concept": f"concept-{(number // 3) % 8}",
        "kind": kind,
        "level": "recall" if number % 4 == 0 else "apply",
        "difficulty": ("easy", "medium", "hard")[number % 3],
        "stem": f"{words(10 * number + 7, 20)}. {question}",
        "source": {"title": "Guide", "url": SOURCE_URL},
    } | parts


def concept(number: int, **changes: Any) -> Raw:
    """A concept that needs the one before it."""
    return {
        "slug": f"concept-{number}",
        "name": f"Concept {number}",
        "summary": "The idea. The usual confusion.",
        "explain": words(number, 80),
        "read": [{"title": "Guide", "url": SOURCE_URL}],
        "needs": [f"concept-{number - 1}"] if number else [],
    } | changes


def version(**changes: Any) -> Raw:
    """An exam version with two domains of equal weight and two tasks each."""
    domains = [
        {
            "id": f"D{at}",
            "name": f"Domain {at}",
            "weight": 50,
            "tasks": [{"id": f"{at}.{task}", "name": "Task"} for task in (1, 2)],
        }
        for at in (1, 2)
    ]
    version: Raw = {"code": "DEM-C01", "minutes": 90, "questions": 65, "pass_line": 0.7, "go_line": 0.8}
    return version | {"domains": domains} | changes


def certification(**changes: Any) -> Raw:
    """A certification with one exam version."""
    return {
        "slug": SLUG,
        "name": "Demo Practitioner",
        "vendor": "Demo",
        "level": "Foundational",
        "position": 1,
        "price_usd": 100,
        "validity_years": 3,
        "notices": ["The lines are our own targets."],
        "sources": [{"title": "Guide", "url": SOURCE_URL, "checked": "2026-11-23"}],
        "exam_versions": [version()],
    } | changes


def good_items() -> list[Raw]:
    """24 items, three to a concept and six to a task: 20 single, four multiple."""
    keys = {5: (0, 4), 11: (1, 3), 17: (2, 4), 23: (0, 3)}
    ranks = cycle(range(4))
    return [multiple(number, keys[number]) if number in keys else single(number, next(ranks)) for number in range(24)]


def documents(items: Iterable[Raw] | None = None) -> dict[str, Any]:
    """The good bank, or one of these items: by file, as loaded YAML. Fresh, so it may be spoilt."""
    raws = list(good_items() if items is None else items)
    files = {FIRST: [raw for raw in raws if "-d1-" in raw["id"]]}
    files[SECOND] = [raw for raw in raws if "-d2-" in raw["id"]]
    return {
        "concepts.yaml": [concept(number) for number in range(8)],
        CERTIFICATION: certification(),
        **{file: content for file, content in files.items() if content},
    }


def bank(items: Iterable[Raw] | None = None) -> Bank:
    """The good bank, or one of these items, parsed."""
    return parse_bank(documents(items))


def item(raw: Raw) -> Item:
    """One parsed item."""
    return bank([raw]).items[0]


def write(folder: Path, files: dict[str, Any]) -> Path:
    """The documents as YAML files in the folder; text is written as it is."""
    for file, content in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
        path.write_text(text, encoding="utf-8")
    return folder
