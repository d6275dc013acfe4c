"""Readiness as values: the figure with all its parts, its evidence, and what is missing before there is one."""

from collections.abc import Mapping
from dataclasses import dataclass

FIRST_SIGHTS = 20
"""First sights on the certification below which no figure is shown. Product rule."""
DOMAIN_FIRST_SIGHTS = 3
"""First sights in each big domain below which no figure is shown. Product rule."""
BIG_DOMAIN = 0.15
"""Share of the exam from which a domain is big. Product rule."""


@dataclass(frozen=True)
class DomainEvidence:
    """Counts of this certification's own answers in one domain; `weight` is its share of the exam."""

    domain: str
    weight: float
    first_sights: int
    first_sight_right: int
    repeats: int
    repeats_right: int


@dataclass(frozen=True)
class Readiness:
    """The expected score and how sure it is; all shares of a paper, 0..1.

    low..high: the 80 % range; mid: the median; chance: to reach `line`; evidence: what it rests on;
    domains: expected share of right answers by domain.
    """

    low: float
    mid: float
    high: float
    chance: float
    line: float
    evidence: tuple[DomainEvidence, ...]
    domains: Mapping[str, float]

    @property
    def still_lost(self) -> float:
        """Share of the paper that is expected to be answered wrong, 0..1."""
        total = sum(entry.weight for entry in self.evidence)
        return 1 - sum(entry.weight * self.domains[entry.domain] for entry in self.evidence) / total

    @property
    def heaviest(self) -> DomainEvidence:
        """The domain in which most of the paper is expected to be lost."""
        return max(self.evidence, key=lambda entry: entry.weight * (1 - self.domains[entry.domain]))


@dataclass(frozen=True)
class Missing:
    """What is missing before any figure may be shown: further first sights in all, and by big domain."""

    first_sights_needed: int
    per_domain: Mapping[str, int]
    evidence: tuple[DomainEvidence, ...]
