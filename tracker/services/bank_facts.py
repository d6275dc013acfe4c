"""One certification's bank as the learning core wants it, for one learner's target and calibration."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from tracker.core.bank import Certification, ExamVersion
from tracker.core.learning import ItemFacts
from tracker.core.readiness import Content, content
from tracker.store import bank, targets
from tracker.store.bank import CurrentItem, StoredItem
from tracker.store.learners import Learner
from tracker.store.stamped import Stamped

_CERTIFICATIONS: Stamped[Certification] = Stamped(64)
_OFFERED: Stamped["Offered"] = Stamped(64)
_ASKED: Stamped[tuple[StoredItem, ItemFacts]] = Stamped(4096)


class NoBank(LookupError):
    """There is no certification with this slug, or it has no questions yet."""


@dataclass(frozen=True)
class Offered:
    """The items of one exam version with one calibration's difficulties, by id: the same for all learners."""

    items: dict[str, CurrentItem]

    @cached_property
    def open_by_concept(self) -> dict[str, list[CurrentItem]]:
        found: dict[str, list[CurrentItem]] = defaultdict(list)
        for known in self.items.values():
            if not known.reserved:
                found[known.facts.concept].append(known)
        return dict(found)

    @cached_property
    def open_facts(self) -> dict[str, list[ItemFacts]]:
        return {concept: [known.facts for known in items] for concept, items in self.open_by_concept.items()}

    @cached_property
    def content(self) -> Content:
        return content([known.facts for known in self.items.values()])


@dataclass(frozen=True)
class CertificationBank:
    """A certification, the exam version aimed at, its domain weights (sum 1) and the items it offers."""

    certification: Certification
    version: ExamVersion
    exam_day: date | None
    weights: dict[str, float]
    offered: Offered
    stamp: Hashable

    @property
    def slug(self) -> str:
        return self.certification.slug

    @property
    def items(self) -> dict[str, CurrentItem]:
        """The items that are not retired, by id."""
        return self.offered.items

    def open_by_concept(self) -> dict[str, list[CurrentItem]]:
        """The items that may be asked in review, by concept."""
        return self.offered.open_by_concept


def _offered(certification: Certification, version: ExamVersion, item: CurrentItem) -> bool:
    """Whether the item belongs to that exam version."""
    codes = [each.code for each in certification.exam_versions]
    at = codes.index(version.code)
    begun = item.added_in is None or codes.index(item.added_in) <= at
    return begun and not (item.removed_in is not None and codes.index(item.removed_in) <= at)


def read(session: Session, learner: Learner, slug: str) -> CertificationBank:
    """The bank of a certification for this learner. Raises NoBank."""
    known = read_even_empty(session, learner, slug)
    if not known.items:
        raise NoBank(slug)
    return known


def read_even_empty(session: Session, learner: Learner, slug: str) -> CertificationBank:
    """The same where all items may be retired by now: an answer to one still counts. Raises NoBank."""
    stamp = bank.stamp(session, slug)
    certification = _CERTIFICATIONS.get(session, slug, stamp)
    if certification is None:
        certification = bank.certification(session, slug)
        if certification is None:
            raise NoBank(slug)
        _CERTIFICATIONS.put(session, slug, stamp, certification)
    target = targets.target(session, learner.user_id, slug)
    version = bank.exam_version(certification, target.exam_code if target else "")
    key = (slug, version.code, learner.calibration)
    offered = _OFFERED.get(session, key, stamp)
    if offered is None:
        current = bank.current_items(session, learner.calibration, slug)
        offered = Offered({each.facts.id: each for each in current if _offered(certification, version, each)})
        _OFFERED.put(session, key, stamp, offered)
    weights = {domain.id: domain.weight / version.weights_total for domain in version.domains}
    return CertificationBank(certification, version, target.exam_day if target else None, weights, offered, stamp)


def asked(
    session: Session, learner: Learner, known: CertificationBank, item_id: str, version: int
) -> tuple[StoredItem, ItemFacts] | None:
    """An item of the certification in the version that was asked, retired or not, and its facts."""
    key = (item_id, version, learner.calibration)
    found = _ASKED.get(session, key, known.stamp)
    if found is None:
        found = bank.asked(session, learner.calibration, item_id, version)
        if found is not None:
            _ASKED.put(session, key, known.stamp, found)
    return found
