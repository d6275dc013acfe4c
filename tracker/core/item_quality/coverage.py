"""Gates on what the bank covers: demand on the mind, share of multiple response, the exam's blueprint."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from tracker.core.bank import Certification, ExamVersion, Item, stem_count
from tracker.core.item_quality.gates import Gate, Offence, none_allowed, ratio
from tracker.core.item_quality.lists import APPLY_FLOOR_ELSEWHERE, APPLY_FLOORS

DOMAIN_TOLERANCE = 0.02
FEWEST_PER_TASK = 3
FEWEST_PER_CONCEPT = 3
MULTIPLE_LOW, MULTIPLE_HIGH = 0.10, 0.25
_AWS = "aws-"


def coverage_gates(certification: Certification, items: tuple[Item, ...], on: date) -> Iterator[Gate]:
    """Level and multiple response over all items; the blueprint for each exam version open on that day."""
    yield _level_gate(certification, items)
    yield from _multiple_gates(certification, items)
    for version in certification.exam_versions:
        if version.is_open(on):
            offered = tuple(item for item in items if certification.offers(item, version))
            yield _domain_gate(version, offered)
            yield _task_gate(version, offered)
            yield _concept_gate(version, offered)


def _level_gate(certification: Certification, items: tuple[Item, ...]) -> Gate:
    recalled = tuple(Offence(item.id) for item in items if item.level == "recall")
    value = ratio(len(items) - len(recalled), len(items))
    floor = APPLY_FLOORS.get(certification.slug, APPLY_FLOOR_ELSEWHERE)
    return Gate("level", value, low=floor, offences=recalled)


def _multiple_gates(certification: Certification, items: tuple[Item, ...]) -> Iterator[Gate]:
    multiple = [item for item in items if item.kind == "multiple"]
    miscounted = [
        Offence(item.id, f"the stem asks for {stem_count(item)}, the keys are {len(item.keys)}")
        for item in multiple
        if stem_count(item) != len(item.keys)
    ]
    yield none_allowed("multiple_count", miscounted)
    if certification.slug.startswith(_AWS):
        yield Gate("multiple_share", ratio(len(multiple), len(items)), MULTIPLE_LOW, MULTIPLE_HIGH)


def _domain_gate(version: ExamVersion, items: tuple[Item, ...]) -> Gate:
    """The largest distance between a domain's share of the items and its weight's share of the exam."""
    counted = Counter(item.domain for item in items)
    total = sum(domain.weight for domain in version.domains)
    gaps = {domain.id: counted[domain.id] / max(len(items), 1) - domain.weight / total for domain in version.domains}
    offences = tuple(
        Offence(name, f"{100 * gap:+.1f} points: {counted[name]} of {len(items)} items")
        for name, gap in gaps.items()
        if abs(gap) > DOMAIN_TOLERANCE
    )
    worst = max(abs(gap) for gap in gaps.values())
    return Gate(f"blueprint_domains {version.code}", worst, high=DOMAIN_TOLERANCE, offences=offences)


def _task_gate(version: ExamVersion, items: tuple[Item, ...]) -> Gate:
    tasks = [task.id for domain in version.domains for task in domain.tasks]
    counted = Counter(item.task for item in items)
    per_task = {task: counted[task] for task in tasks}
    return _fewest(f"blueprint_tasks {version.code}", per_task, FEWEST_PER_TASK)


def _concept_gate(version: ExamVersion, items: tuple[Item, ...]) -> Gate:
    counted = Counter(item.concept for item in items if not item.reserved)
    concepts = {item.concept: counted[item.concept] for item in items}
    return _fewest(f"blueprint_concepts {version.code}", concepts, FEWEST_PER_CONCEPT)


def _fewest(name: str, counted: dict[str, int], floor: int) -> Gate:
    offences = tuple(Offence(each, f"{count} items") for each, count in counted.items() if count < floor)
    return Gate(name, min(counted.values(), default=0), low=floor, unit="count", offences=offences)
