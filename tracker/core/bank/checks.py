"""The rules an item, certification or concept must keep beyond its types. Each yields (field, message)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tracker.core.bank.values import Certification, Concept, ExamVersion, Item

Fault = tuple[str, str]

_COUNT_WORDS = {"TWO": 2, "THREE": 3, "FOUR": 4}
_CHOOSE = re.compile(r"\bChoose\s+(TWO|THREE|FOUR)\b")


def stem_count(item: Item) -> int | None:
    """How many answers the stem asks for ("Choose TWO"), None if it does not say."""
    found = _CHOOSE.findall(item.stem)
    return _COUNT_WORDS[found[-1]] if found else None


def item_faults(item: Item) -> Iterator[Fault]:
    """What is wrong with the item's own shape: numbers of options, keys and pairs, doubled texts."""
    if item.kind == "matching":
        yield from _matching(item)
        return
    if item.pairs:
        yield "pairs", "only a matching item has pairs"
    if item.kind == "ordering":
        yield from _ordering(item)
    else:
        yield from _choices(item)
    yield from _doubled("options", (option.text for option in item.options))


def _matching(item: Item) -> Iterator[Fault]:
    if item.options:
        yield "options", "a matching item has pairs, not options"
    if not 3 <= len(item.pairs) <= 7:
        yield "pairs", f"a matching item has 3 to 7 pairs, this has {len(item.pairs)}"
    yield from _doubled("pairs", (pair.prompt for pair in item.pairs))
    yield from _doubled("pairs", (pair.match for pair in item.pairs))


def _ordering(item: Item) -> Iterator[Fault]:
    if not 3 <= len(item.options) <= 5:
        yield "options", f"an ordering item has 3 to 5 options, this has {len(item.options)}"
    for at, option in enumerate(item.options):
        if option.correct is not None:
            yield f"options[{at}].correct", "an ordering item's key is the order of its options"


def _choices(item: Item) -> Iterator[Fault]:
    for at, option in enumerate(item.options):
        if option.correct is None:
            yield f"options[{at}].correct", "is missing"
    keys = len(item.keys)
    if item.kind == "single":
        if len(item.options) != 4:
            yield "options", f"a single-answer item has 4 options, this has {len(item.options)}"
        if keys != 1:
            yield "options", f"a single-answer item has 1 key, this has {keys}"
        if stem_count(item) is not None:
            yield "stem", "asks for several answers, but the kind is single"
        return
    if len(item.options) not in (5, 6):
        yield "options", f"a multiple-response item has 5 or 6 options, this has {len(item.options)}"
    if not 2 <= keys < len(item.options):
        yield "options", f"a multiple-response item has 2 or more keys and a distractor, this has {keys} keys"
    if stem_count(item) != keys:
        yield "stem", f'must say how many answers it wants ("Choose TWO"), and the keys are {keys}'


def _doubled(field: str, texts: Iterable[str]) -> Iterator[Fault]:
    counted = Counter(" ".join(text.split()).casefold() for text in texts)
    for text, times in counted.items():
        if times > 1:
            yield field, f'the same text {times} times: "{text[:60]}"'


def placing_faults(item: Item, certification: Certification) -> Iterator[Fault]:
    """What is wrong with the item's task and versions, seen from its certification."""
    homes = {
        domain.id
        for version in certification.exam_versions
        for domain in version.domains
        for task in domain.tasks
        if task.id == item.task
    }
    if not homes:
        yield "task", f'unknown task "{item.task}"'
    elif item.domain not in homes:
        yield "task", f'task "{item.task}" belongs to {", ".join(sorted(homes))}, the file to {item.domain}'
    codes = [version.code for version in certification.exam_versions]
    named = [("added_in", item.added_in), ("removed_in", item.removed_in)]
    given = [(field, code) for field, code in named if code is not None]
    unknown = [(field, f'unknown exam version "{code}"') for field, code in given if code not in codes]
    yield from unknown
    if len(given) == 2 and not unknown:
        added, removed = (codes.index(code) for _, code in given)
        if added >= removed:
            yield "removed_in", "is not after added_in"


def certification_faults(certification: Certification) -> Iterator[Fault]:
    """What is wrong with a certification: codes, weights, dates, sources."""
    yield from _doubled("exam_versions", (version.code for version in certification.exam_versions))
    for at, version in enumerate(certification.exam_versions):
        for field, message in _version_faults(version):
            yield f"exam_versions[{at}].{field}", message
    for at, source in enumerate(certification.sources):
        if source.checked is None:
            yield f"sources[{at}].checked", "is missing"


def _version_faults(version: ExamVersion) -> Iterator[Fault]:
    yield from _doubled("domains", (domain.id for domain in version.domains))
    yield from _doubled("tasks", (task.id for domain in version.domains for task in domain.tasks))
    total = sum(domain.weight for domain in version.domains)
    if total != version.weights_total:
        yield "domains", f"the weights sum to {total}, not to {version.weights_total}"
    if version.go_line < version.pass_line:
        yield "go_line", "is below pass_line"
    if version.english_from and version.english_until and version.english_until < version.english_from:
        yield "english_until", "is before english_from"


def concept_faults(concept: Concept, known: frozenset[str]) -> Iterator[Fault]:
    """Slugs in `needs` and `confused_with` that do not exist, repeat, or name the concept itself."""
    for field, slugs in (("needs", concept.needs), ("confused_with", concept.confused_with)):
        yield from _doubled(field, slugs)
        for slug in slugs:
            if slug == concept.slug:
                yield field, "names the concept itself"
            elif slug not in known:
                yield field, f'unknown concept "{slug}"'


def cycles(concepts: Iterable[Concept]) -> list[tuple[str, ...]]:
    """Circles in `needs`, each as the slugs on it; concepts on no circle never appear."""
    needs = {concept.slug: set(concept.needs) for concept in concepts}
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in needs:
        path: list[str] = []
        branches = [iter([start])]
        while branches:
            slug = next(branches[-1], None)
            if slug is None:
                branches.pop()
                done.update(path[-1:])
                del path[-1:]
            elif slug in path:
                if len(circle := tuple(path[path.index(slug) :])) > 1:
                    found.append(circle)
            elif slug in needs and slug not in done:
                path.append(slug)
                branches.append(iter(sorted(needs[slug])))
    return found
