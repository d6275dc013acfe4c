"""All gates of a bank, per certification, with the headline: what a candidate scores who reads nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.bank import Bank, Certification, Item
from tracker.core.item_quality.classifier import classifier_gate
from tracker.core.item_quality.coverage import coverage_gates
from tracker.core.item_quality.duplicates import NearDuplicate, near_duplicates
from tracker.core.item_quality.evidence import evidence_gates
from tracker.core.item_quality.gates import Gate, Offence, none_allowed
from tracker.core.item_quality.lengths import length_gates
from tracker.core.item_quality.strategies import look_gates
from tracker.core.item_quality.wording import wording_gates


@dataclass(frozen=True, slots=True)
class CertificationReport:
    """One certification's figures. `blind_reader`: see the function, 0..1."""

    slug: str
    name: str
    items: int
    concepts: int
    reserved: int
    sources_checked: int
    blind_reader: float | None
    gates: tuple[Gate, ...]

    @property
    def ok(self) -> bool:
        """Whether every gate holds."""
        return all(gate.ok for gate in self.gates)


def examine(bank: Bank, on: date) -> tuple[CertificationReport, ...]:
    """Every gate for every certification of the bank; `on` decides which exam versions are still open."""
    doubles = near_duplicates(bank.items)
    return tuple(
        _report(certification, bank.items_of(certification.slug), doubles, on)
        for certification in bank.certifications
    )


def blind_reader(gates: Iterable[Gate]) -> float | None:
    """What a candidate who reads nothing scores: the best share that any blind strategy wins, None without items.

    The strategies, each on all single-answer items: always the longest or the shortest option, the one that repeats
    most of the stem's words, the one most like the others, the one with the most names and numbers, the flagship; and
    the classifier, which has seen the keys of other items. The best of so many lies above a quarter by luck alone.
    """
    return max((gate.value for gate in gates if gate.blind and gate.value is not None), default=None)


def _report(
    certification: Certification, items: tuple[Item, ...], doubles: Sequence[NearDuplicate], on: date
) -> CertificationReport:
    gates = tuple(_gates(certification, items, doubles, on))
    return CertificationReport(
        slug=certification.slug,
        name=certification.name,
        items=len(items),
        concepts=len({item.concept for item in items}),
        reserved=sum(item.reserved for item in items),
        sources_checked=sum(item.source is not None and item.source.checked is not None for item in items),
        blind_reader=blind_reader(gates),
        gates=gates,
    )


def _gates(
    certification: Certification, items: tuple[Item, ...], doubles: Sequence[NearDuplicate], on: date
) -> Iterator[Gate]:
    yield from length_gates(items)
    yield from look_gates(items)
    yield classifier_gate(items)
    yield from wording_gates(items)
    yield _duplicate_gate(items, doubles)
    yield from evidence_gates(items)
    yield from coverage_gates(certification, items, on)


def _duplicate_gate(items: tuple[Item, ...], doubles: Sequence[NearDuplicate]) -> Gate:
    own = {item.id for item in items}
    offences = [
        Offence(pair.first, f"is like {pair.second}: {pair.alike:.2f} by {pair.by}")
        for pair in doubles
        if pair.first in own or pair.second in own
    ]
    return none_allowed("near_duplicates", offences)
