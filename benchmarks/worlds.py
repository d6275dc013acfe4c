"""What simulated learners study: a shipped certification, or a generated bank of any size."""

import random
from collections import defaultdict
from collections.abc import Iterable

from benchmarks.simulation import World
from tracker.core.ability import PRIOR_DIFFICULTY
from tracker.core.bank import Bank, Certification, Item, parse_bank
from tracker.core.learning import ItemFacts
from tracker.core.question import guess_options
from tracker.store.bank_files import read_documents, shipped_bank

GENERATED = "generated"
GENERATED_PASS_LINE = 0.7
LEVELS = ("recall", "apply", "analyse")
DIFFICULTIES = ("easy", "medium", "hard")


class UnknownWorld(ValueError):
    """There is no such certification, or the size of the bank makes no sense."""


def shipped(slug: str | None = None) -> World:
    """A certification of the bank that comes with Milepost, the first one unless named. Raises UnknownWorld."""
    bank = parse_bank(read_documents(shipped_bank()))
    certifications = {each.slug: each for each in bank.certifications if bank.items_of(each.slug)}
    if slug is not None and slug not in certifications:
        raise UnknownWorld(f"no certification {slug} with questions; there are {', '.join(certifications)}")
    certification = certifications[slug] if slug else min(certifications.values(), key=lambda each: each.position)
    return _of_bank(bank, certification)


def _of_bank(bank: Bank, certification: Certification) -> World:
    version = certification.exam_versions[-1]
    offered = [item for item in bank.items_of(certification.slug) if certification.offers(item, version)]
    needs = {concept.slug: list(concept.needs) for concept in bank.concepts}
    weights = {domain.id: domain.weight / version.weights_total for domain in version.domains}
    return _world(certification.slug, weights, version.pass_line, offered, needs)


def _world(
    slug: str, weights: dict[str, float], pass_line: float, items: Iterable[Item], needs: dict[str, list[str]]
) -> World:
    rows = [
        {
            "id": item.id,
            "concept": item.concept,
            "domain": item.domain,
            "level": item.level,
            "difficulty": item.difficulty,
            "options": guess_options(item),
            "reserved": item.reserved,
        }
        for item in items
    ]
    return _from_rows(slug, weights, pass_line, rows, needs)


def _from_rows(
    slug: str,
    weights: dict[str, float],
    pass_line: float,
    rows: list[dict[str, object]],
    needs: dict[str, list[str]],
) -> World:
    open_items: dict[str, list[ItemFacts]] = defaultdict(list)
    domains: dict[str, str] = {}
    for row in rows:
        item_id, concept, domain = str(row["id"]), str(row["concept"]), str(row["domain"])
        domains.setdefault(concept, domain)
        difficulty = PRIOR_DIFFICULTY[str(row["difficulty"])]
        if not row["reserved"]:
            open_items[concept].append(
                ItemFacts(item_id, slug, domain, concept, difficulty, int(str(row["options"])))
            )
    concepts = [
        {
            "slug": concept,
            "domain": domain,
            "needs": [other for other in needs.get(concept, []) if other in domains],
        }
        for concept, domain in domains.items()
    ]
    return World(slug, slug, weights, pass_line, dict(open_items), concepts, rows)


def generated(size: str, seed: int) -> World:
    """A bank by its size, "<items>x<concepts>x<domains>", such as 108x36x4: the first domains weigh and hold most.

    Raises UnknownWorld.
    """
    parts = size.split("x")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise UnknownWorld(f"{size} is not <items>x<concepts>x<domains>, such as 108x36x4")
    items, concepts, domains = map(int, parts)
    if not 1 <= domains <= concepts <= items:
        raise UnknownWorld("a bank has at least one domain, a concept in each, and an item for each concept")
    rng = random.Random(seed)
    total = domains * (domains + 3) / 2
    # four domains weigh 36, 29, 21 and 14 percent, as exam guides do
    weights = {f"D{number + 1}": (domains + 1 - number) / total for number in range(domains)}
    names = list(weights)
    home = [names[number % domains] for number in range(concepts)]
    needs = {f"c{number}": [f"c{rng.randrange(number)}"] for number in range(1, concepts) if rng.random() < 0.4}
    rows: list[dict[str, object]] = [
        {
            "id": f"c{number % concepts}-{number // concepts}",
            "concept": f"c{number % concepts}",
            "domain": home[number % concepts],
            "level": rng.choice(LEVELS),
            "difficulty": rng.choice(DIFFICULTIES),
            "options": 4,
            "reserved": False,
        }
        for number in range(items)
    ]
    return _from_rows(GENERATED, weights, GENERATED_PASS_LINE, rows, needs)
