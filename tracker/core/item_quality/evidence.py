"""Gates on what backs an item: a reason for every option, a source that may be trusted."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from tracker.core.bank import Item, Source
from tracker.core.item_quality.gates import Gate, Offence, none_allowed
from tracker.core.item_quality.lists import SOURCE_HOSTS

FEWEST_WORDS, MOST_WORDS = 8, 70


def evidence_gates(items: tuple[Item, ...]) -> Iterator[Gate]:
    """Reasons of a useful length and each its own; a source on the list of hosts."""
    yield none_allowed("reasons", [each for item in items for each in _poor_reasons(item)])
    yield none_allowed("sources", [each for item in items for each in _poor_source(item.id, item.source)])


def _poor_reasons(item: Item) -> Iterator[Offence]:
    reasons = [option.why for option in item.options] + [pair.why for pair in item.pairs]
    for at, reason in enumerate(reasons, start=1):
        words = len(reason.split())
        if not FEWEST_WORDS <= words <= MOST_WORDS:
            yield Offence(item.id, f"reason {at} has {words} words")
    counted = Counter(" ".join(reason.split()).casefold() for reason in reasons)
    if any(times > 1 for times in counted.values()):
        yield Offence(item.id, "the same reason twice")


def _poor_source(name: str, source: Source | None) -> Iterator[Offence]:
    if source is None:
        yield Offence(name, "no source")
    elif not may_be_cited(source.url):
        yield Offence(name, f"not on the list of hosts: {source.url}")


def may_be_cited(url: str) -> bool:
    """Whether the host, or one it is a subdomain of, is on the list, with the path the list asks for."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    labels = (parts.hostname or "").lower().split(".")
    parents = [".".join(labels[at:]) for at in range(len(labels))]
    return any(parent in SOURCE_HOSTS and SOURCE_HOSTS[parent] in parts.path for parent in parents)
