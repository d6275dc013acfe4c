"""Loaded YAML documents in, one Bank out, or every fault at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from tracker.core.bank.checks import (
    certification_faults,
    concept_faults,
    cycles,
    item_faults,
    placing_faults,
)
from tracker.core.bank.problems import BankError, Problem
from tracker.core.bank.values import DERIVED, Bank, Certification, Concept, Item, Value

_CONCEPTS = "concepts.yaml"
_CERTIFICATION = re.compile(r"(?P<slug>[a-z0-9-]+)/certification\.yaml")
_ITEMS = re.compile(r"(?P<slug>[a-z0-9-]+)/(?P<domain>[a-z]+[0-9]+)-[a-z0-9-]+\.yaml")
_WORDING = {"missing": "is missing", "extra_forbidden": "unknown key"}

SomeValue = TypeVar("SomeValue", bound=Value)


@dataclass
class _Reading:
    """What has been read so far, with the faults met on the way; `unread` files exist, but nobody could read them."""

    unread: set[str]
    problems: list[Problem] = field(default_factory=list)
    concepts: list[Concept] = field(default_factory=list)
    certifications: dict[str, Certification] = field(default_factory=dict)
    placed: list[tuple[str, Item]] = field(default_factory=list)
    slugs: set[str] = field(default_factory=set)
    homes: dict[str, str] = field(default_factory=dict)


def parse_bank(documents: Mapping[str, object]) -> Bank:
    """The bank in these documents: relative file path ("aws-aif/d1-fundamentals.yaml") to its loaded content.

    In place of a content may stand the Problem that kept the file from being read. Raises BankError with every
    problem found; nothing half-read is returned.
    """
    unread = {file: problem for file, problem in documents.items() if isinstance(problem, Problem)}
    documents = {file: content for file, content in documents.items() if file not in unread}
    reading = _Reading(set(unread), list(unread.values()))
    _read_concepts(documents, reading)
    broken = _read_certifications(documents, reading)
    for file in sorted(documents):
        if found := _ITEMS.fullmatch(file):
            _read_items(file, found["slug"], found["domain"].upper(), documents[file], reading)
        elif file != _CONCEPTS and not _CERTIFICATION.fullmatch(file):
            reading.problems.append(Problem(file, "is no file of concepts, certification or domain items"))
    _check_places(_CONCEPTS in documents, broken, reading)
    if reading.problems:
        raise BankError(reading.problems)
    certifications = sorted(reading.certifications.values(), key=lambda each: (each.position, each.slug))
    items = tuple(item for _, item in reading.placed)
    return Bank(concepts=tuple(reading.concepts), certifications=tuple(certifications), items=items)


def _read_concepts(documents: Mapping[str, object], reading: _Reading) -> None:
    if _CONCEPTS in reading.unread:
        return
    if _CONCEPTS not in documents:
        reading.problems.append(Problem(_CONCEPTS, "is missing"))
        return
    for at, raw in _entries(_CONCEPTS, documents[_CONCEPTS], reading):
        label = _label(raw, "slug", at)
        if label in reading.slugs:
            reading.problems.append(Problem(_CONCEPTS, "is used twice", label, "slug"))
        reading.slugs.add(label)
        if concept := _valid(Concept, raw, _CONCEPTS, label, reading):
            reading.concepts.append(concept)
    for concept in reading.concepts:
        for where, message in concept_faults(concept, frozenset(reading.slugs)):
            reading.problems.append(Problem(_CONCEPTS, message, concept.slug, where))
    for circle in cycles(reading.concepts):
        way = " -> ".join((*circle, circle[0]))
        reading.problems.append(Problem(_CONCEPTS, f"a circle: {way}", circle[0], "needs"))


def _read_certifications(documents: Mapping[str, object], reading: _Reading) -> set[str]:
    """Reads them all; returns the slugs of those present but faulty, whose items cannot be placed."""
    broken = {found["slug"] for file in reading.unread if (found := _CERTIFICATION.fullmatch(file))}
    for file in sorted(documents):
        if not (found := _CERTIFICATION.fullmatch(file)):
            continue
        certification = _valid(Certification, documents[file], file, None, reading)
        if certification is None:
            broken.add(found["slug"])
            continue
        reading.certifications[found["slug"]] = certification
        if certification.slug != found["slug"]:
            reading.problems.append(Problem(file, f'is not its folder "{found["slug"]}"', field="slug"))
        for where, message in certification_faults(certification):
            reading.problems.append(Problem(file, message, field=where))
    return broken


def _read_items(file: str, slug: str, domain: str, document: object, reading: _Reading) -> None:
    for at, raw in _entries(file, document, reading):
        label = _label(raw, "id", at)
        if label in reading.homes:
            reading.problems.append(Problem(file, f"already used in {reading.homes[label]}", label, "id"))
        elif isinstance(raw.get("id"), str):
            reading.homes[label] = file
        for name in DERIVED:
            if name in raw:
                reading.problems.append(Problem(file, "unknown key (it follows from the file)", label, name))
        item = _valid(Item, {**raw, "certification": slug, "domain": domain}, file, label, reading)
        if item is None:
            continue
        reading.placed.append((file, item))
        for where, message in item_faults(item):
            reading.problems.append(Problem(file, message, label, where))


def _check_places(have_concepts: bool, broken: set[str], reading: _Reading) -> None:
    """Concepts, tasks and versions the items name; where a whole file is absent, one message for all."""
    lost: dict[str, str] = {}
    for file, item in reading.placed:
        if have_concepts and item.concept not in reading.slugs:
            reading.problems.append(Problem(file, f'unknown concept "{item.concept}"', item.id, "concept"))
        certification = reading.certifications.get(item.certification)
        if certification:
            for where, message in placing_faults(item, certification):
                reading.problems.append(Problem(file, message, item.id, where))
        elif item.certification not in broken:
            lost[f"{item.certification}/certification.yaml"] = "is missing"
    reading.problems += [Problem(file, message) for file, message in lost.items()]


def _entries(file: str, document: object, reading: _Reading) -> Iterator[tuple[int, dict[str, Any]]]:
    if not isinstance(document, list) or not document:
        reading.problems.append(Problem(file, "must be a list with at least one entry"))
        return
    for at, raw in enumerate(document):
        if isinstance(raw, dict) and all(isinstance(key, str) for key in raw):
            yield at, raw
        else:
            reading.problems.append(Problem(file, "must be a mapping with text keys", f"entry {at + 1}"))


def _label(raw: Mapping[str, Any], name: str, at: int) -> str:
    value = raw.get(name)
    return value[:80] if isinstance(value, str) and value else f"entry {at + 1}"


def _valid(kind: type[SomeValue], raw: object, file: str, label: str | None, reading: _Reading) -> SomeValue | None:
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False, include_context=False):
            message = _WORDING.get(each["type"], each["msg"].removeprefix("Value error, "))
            reading.problems.append(Problem(file, message, label, _path(each["loc"]) or None))
    return None


def _path(location: tuple[int | str, ...]) -> str:
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path.removeprefix(".")
