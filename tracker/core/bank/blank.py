"""An item to fill in: everything its file wants, with the next free id of its domain."""

import re
from collections import Counter
from typing import Any

from tracker.core.bank.values import Bank, Certification, Domain

_NUMBERED = re.compile(r"(?P<stem>.+-)(?P<number>[0-9]+)")
_DIGITS = 3


class UnknownDomain(LookupError):
    """The bank has no such certification, or the certification no such domain; the message names those there are."""


def blank_item(bank: Bank, slug: str, domain: str) -> dict[str, Any]:
    """A single-answer item as its YAML entry: it can be read as it stands, but fails its gates until it is filled in.

    Its task is the one of the domain with the fewest items, its concept the one with the fewest open items among
    those that the domain asks, or of the whole bank while it asks none. Raises UnknownDomain.
    """
    found = _domain(bank, slug, domain)
    items = [item for item in bank.items_of(slug) if item.domain == found.id]
    open_items = Counter(item.concept for item in bank.items if not item.reserved)
    concepts = list(dict.fromkeys(item.concept for item in items)) or [concept.slug for concept in bank.concepts]
    tasks = Counter(item.task for item in items)
    return {
        "id": _next_id(bank, slug, found.id),
        "task": min((task.id for task in found.tasks), key=lambda task: tasks[task]),
        "concept": min(concepts, key=lambda concept: open_items[concept]),
        "kind": "single",
        "level": "apply",
        "difficulty": "medium",
        "stem": "Situation, change, two or three constraints. Which option meets them?",
        "options": [
            {"text": "Meets every constraint", "correct": True, "why": "Why it meets each constraint."},
            *(
                {
                    "text": f"Chosen by the {which} misunderstanding",
                    "correct": False,
                    "misconception": "believes that ...",
                    "why": f"Which constraint the {which} fails, and how.",
                }
                for which in ("first", "second", "third")
            ),
        ],
        "source": {"title": "The page that says so", "url": "https://example.org/", "checked": None},
        "added_in": None,
        "removed_in": None,
        "reserved": False,
    }


def _domain(bank: Bank, slug: str, domain: str) -> Domain:
    """The domain as the last exam version that has it describes it."""
    certifications = {each.slug: each for each in bank.certifications}
    if slug not in certifications:
        raise UnknownDomain(f'no certification "{slug}"; there are {", ".join(certifications)}')
    domains = _domains(certifications[slug])
    if domain.upper() not in domains:
        raise UnknownDomain(f'{slug} has no domain "{domain}"; it has {", ".join(domains)}')
    return domains[domain.upper()]


def _domains(certification: Certification) -> dict[str, Domain]:
    return {domain.id.upper(): domain for version in certification.exam_versions for domain in version.domains}


def _next_id(bank: Bank, slug: str, domain: str) -> str:
    """The id after the highest of the domain, in the way most of its ids are spelled."""
    ids = [item.id for item in bank.items_of(slug) if item.domain == domain]
    numbered = [found for found in map(_NUMBERED.fullmatch, ids) if found]
    stems = Counter(found["stem"] for found in numbered)
    stem = stems.most_common(1)[0][0] if stems else f"{slug.rpartition('-')[2]}-{domain.lower()}-"
    highest = max((int(found["number"]) for found in numbered if found["stem"] == stem), default=0)
    return f"{stem}{highest + 1:0{_DIGITS}}"
