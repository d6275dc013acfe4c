"""Loading a checked bank into a database that may hold answers to an earlier one."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from tracker.core.ability import PRIOR_DIFFICULTY
from tracker.core.bank import Bank, Certification, Item, fingerprint
from tracker.core.question import guess_options
from tracker.store.tables import (
    BankChangeRow,
    CertificationRow,
    ConceptRow,
    ExamVersionRow,
    ItemEstimateRow,
    ItemRow,
    ItemVersionRow,
)
from tracker.store.upserts import upsert

LOADER = "load"
"""`retired_by` of an item that left the files; it returns with them. Others are the operator's."""


@dataclass(frozen=True)
class Loaded:
    """What a load changed, per kind of change, by certification."""

    by_certification: dict[str, dict[str, int]]

    @property
    def nothing(self) -> bool:
        return not self.by_certification

    def total(self, change: str) -> int:
        return sum(changes.get(change, 0) for changes in self.by_certification.values())


def load(session: Session, bank: Bank, *, now: datetime) -> Loaded:
    """Bring the database to this bank: add, make new versions, update, retire. A second load changes nothing.

    What somebody answered is never deleted: an item that left the files is retired, a changed one keeps its
    earlier versions.
    """
    changed: dict[str, Counter[str]] = {}
    for certification in bank.certifications:
        if _load_certification(session, certification):
            changed.setdefault(certification.slug, Counter())["facts"] += 1
    _load_concepts(session, bank)
    _load_items(session, bank, now, changed)
    for slug, counts in changed.items():
        session.execute(insert(BankChangeRow).values(at=now, kind="load", certification=slug, summary=dict(counts)))
    return Loaded({slug: dict(counts) for slug, counts in changed.items()})


def _digest(content: Any) -> str:
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _load_certification(session: Session, certification: Certification) -> bool:
    content = certification.model_dump(mode="json")
    digest = _digest(content)
    stored = session.scalar(select(CertificationRow.fingerprint).where(CertificationRow.slug == certification.slug))
    if stored == digest:
        return False
    upsert(
        session,
        CertificationRow,
        [
            {
                "slug": certification.slug,
                "position": certification.position,
                "content": content,
                "fingerprint": digest,
            }
        ],
    )
    upsert(
        session,
        ExamVersionRow,
        [
            {
                "certification": certification.slug,
                "code": version.code,
                "position": position,
                "english_from": version.english_from,
                "english_until": version.english_until,
                "minutes": version.minutes,
                "questions": version.questions,
                "pass_line": version.pass_line,
                "go_line": version.go_line,
                "blueprint": {domain.id: domain.weight / version.weights_total for domain in version.domains},
            }
            for position, version in enumerate(certification.exam_versions)
        ],
    )
    return True


def _load_concepts(session: Session, bank: Bank) -> None:
    stored = {
        slug: (content, needs)
        for slug, content, needs in session.execute(select(ConceptRow.slug, ConceptRow.content, ConceptRow.needs))
    }
    rows = []
    for concept in bank.concepts:
        content, needs = concept.model_dump(mode="json"), list(concept.needs)
        if stored.get(concept.slug) != (content, needs):
            rows.append({"slug": concept.slug, "name": concept.name, "content": content, "needs": needs})
    upsert(session, ConceptRow, rows)


def _item_row(item: Item, version: int, kept: "_Stored | None") -> dict[str, Any]:
    retired_on, retired_by = kept.retired if kept else (None, None)
    return {
        "id": item.id,
        "certification": item.certification,
        "domain": item.domain,
        "task": item.task,
        "concept": item.concept,
        "kind": item.kind,
        "level": item.level,
        "difficulty": item.difficulty,
        "reserved": item.reserved,
        "options": guess_options(item),
        "added_in": item.added_in,
        "removed_in": item.removed_in,
        "version": version,
        "retired_on": retired_on,
        "retired_by": retired_by,
        "review_since": kept.review_since if kept else None,
    }


@dataclass(frozen=True)
class _Stored:
    certification: str
    version: int
    fingerprint: str
    content_fingerprint: str
    void: bool
    retired_on: date | None
    retired_by: str | None
    review_since: date | None

    @property
    def left_the_files(self) -> bool:
        return self.retired_by == LOADER

    @property
    def retired(self) -> tuple[date | None, str | None]:
        """What the operator decided about it."""
        return (None, None) if self.left_the_files else (self.retired_on, self.retired_by)


def _stored_items(session: Session) -> dict[str, _Stored]:
    rows = session.execute(
        select(
            ItemRow.id,
            ItemRow.certification,
            ItemRow.version,
            ItemVersionRow.fingerprint,
            ItemVersionRow.content_fingerprint,
            ItemVersionRow.void,
            ItemRow.retired_on,
            ItemRow.retired_by,
            ItemRow.review_since,
        ).join(
            ItemVersionRow,
            (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.version == ItemRow.version),
        )
    )
    return {row[0]: _Stored(*row[1:]) for row in rows}


def _load_items(session: Session, bank: Bank, now: datetime, changed: dict[str, Counter[str]]) -> None:
    stored = _stored_items(session)
    calibrations = {0, *session.scalars(select(ItemEstimateRow.calibration).distinct())}
    items, versions, priors = [], [], []
    for item in bank.items:
        known = stored.get(item.id)
        content = item.model_dump(mode="json")
        digest = _digest(content)
        if known and known.content_fingerprint == digest and not known.left_the_files:
            continue
        kept = known if known and known.fingerprint == fingerprint(item) else None
        version = kept.version if kept else known.version + 1 if known else 1
        changed.setdefault(item.certification, Counter())[_change(known, kept)] += 1
        # what the operator decided stays so until the question itself changes
        items.append(_item_row(item, version, kept))
        versions.append(
            {
                "item_id": item.id,
                "version": version,
                "content": content,
                "fingerprint": fingerprint(item),
                "content_fingerprint": digest,
                "options": guess_options(item),
                "loaded_at": now,
                "void": kept.void if kept else False,
            }
        )
        if known is None:
            # later only `milepost calibrate` moves them: answers were folded with these
            prior = PRIOR_DIFFICULTY[item.difficulty]
            priors += [
                {
                    "calibration": number,
                    "item_id": item.id,
                    "b_mean": prior.mean,
                    "b_var": prior.variance,
                    "discrimination": prior.discrimination,
                }
                for number in calibrations
            ]
    upsert(session, ItemRow, items)
    upsert(session, ItemVersionRow, versions)
    upsert(session, ItemEstimateRow, priors)
    _retire(session, bank, stored, now, changed)


def _change(known: _Stored | None, kept: _Stored | None) -> str:
    if known is None:
        return "added"
    if known.left_the_files:
        return "returned"
    return "updated" if kept else "new versions"


def _retire(
    session: Session,
    bank: Bank,
    stored: dict[str, _Stored],
    now: datetime,
    changed: dict[str, Counter[str]],
) -> None:
    in_files = {item.id for item in bank.items}
    gone = {item_id: known for item_id, known in stored.items() if item_id not in in_files and not known.retired_on}
    for known in gone.values():
        changed.setdefault(known.certification, Counter())["retired"] += 1
    rows = [{"id": item_id, "retired_on": now.date(), "retired_by": LOADER} for item_id in gone]
    if rows:
        session.execute(update(ItemRow), rows)
