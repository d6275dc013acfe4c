"""One certification's bank as the learning core wants it, for one learner's target and calibration."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.core.bank import Certification, ExamVersion
from tracker.core.learning import ItemFacts
from tracker.store import bank, targets
from tracker.store.bank import CurrentItem
from tracker.store.learners import Learner


class NoBank(LookupError):
    """There is no certification with this slug, or it has no questions yet."""


@dataclass(frozen=True)
class CertificationBank:
    """A certification, the exam version aimed at, its domain weights (sum 1) and its items by id."""

    certification: Certification
    version: ExamVersion
    exam_day: date | None
    weights: dict[str, float]
    items: dict[str, CurrentItem]

    @property
    def slug(self) -> str:
        return self.certification.slug

    def open_by_concept(self) -> dict[str, list[CurrentItem]]:
        """The items that may be asked in review, by concept."""
        found: dict[str, list[CurrentItem]] = defaultdict(list)
        for known in self.items.values():
            if not known.reserved:
                found[known.facts.concept].append(known)
        return found

    def open_facts(self) -> dict[str, list[ItemFacts]]:
        """The same as the queue wants them."""
        return {concept: [known.facts for known in items] for concept, items in self.open_by_concept().items()}


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
    certification = bank.certification(session, slug)
    if certification is None:
        raise NoBank(slug)
    target = targets.target(session, learner.user_id, slug)
    version = bank.exam_version(certification, target.exam_code if target else "")
    items = {
        each.facts.id: each
        for each in bank.current_items(session, learner.calibration, slug)
        if _offered(certification, version, each)
    }
    weights = {domain.id: domain.weight / version.weights_total for domain in version.domains}
    return CertificationBank(certification, version, target.exam_day if target else None, weights, items)
