"""The bank as the database holds it: certifications, concepts, items and their versions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from tracker.core.ability import ItemDifficulty
from tracker.core.bank import Certification, Concept, ExamVersion, Item
from tracker.core.learning import ItemFacts
from tracker.core.question import guess_options
from tracker.store.tables import (
    BankChangeRow,
    CertificationRow,
    ConceptRow,
    ItemEstimateRow,
    ItemRow,
    ItemVersionRow,
)

_PLACE = (ItemRow.id, ItemRow.certification, ItemRow.domain, ItemRow.concept)
_DIFFICULTY = (ItemEstimateRow.b_mean, ItemEstimateRow.b_var, ItemEstimateRow.discrimination)
_STAMP = select(func.count(), func.max(BankChangeRow.id), func.max(BankChangeRow.at)).where(
    BankChangeRow.certification == bindparam("slug")
)
_ASKED = (
    select(ItemVersionRow.content, ItemVersionRow.void, ItemRow.retired_on, *_DIFFICULTY)
    .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
    .join(ItemEstimateRow, ItemEstimateRow.item_id == ItemVersionRow.item_id)
    .where(
        ItemVersionRow.item_id == bindparam("item"),
        ItemVersionRow.version == bindparam("version"),
        ItemEstimateRow.calibration == bindparam("calibration"),
    )
)
_USE = (ItemRow.version, ItemRow.reserved, ItemRow.added_in, ItemRow.removed_in, ItemRow.task)


@dataclass(frozen=True)
class StoredItem:
    """One version of an item with what the loader and the operator say about it.

    `void`: its key was wrong, its answers do not count. `review_since`: the operator looks into a doubt about it.
    """

    item: Item
    version: int
    void: bool
    retired_on: date | None
    review_since: date | None = None


def certification(session: Session, slug: str) -> Certification | None:
    content = session.scalar(select(CertificationRow.content).where(CertificationRow.slug == slug))
    return Certification.model_validate(content) if content is not None else None


def certifications(session: Session) -> list[Certification]:
    """Every certification, in learning order."""
    contents = session.scalars(select(CertificationRow.content).order_by(CertificationRow.position))
    return [Certification.model_validate(content) for content in contents]


def exam_version(certification: Certification, code: str) -> ExamVersion:
    """The exam version with this code, or the last one when the code is gone."""
    for version in certification.exam_versions:
        if version.code == code:
            return version
    return certification.exam_versions[-1]


def open_item_counts(session: Session) -> dict[str, int]:
    """How many items can be asked, by certification."""
    rows = session.execute(
        select(ItemRow.certification, func.count())
        .where(ItemRow.retired_on.is_(None), ItemRow.reserved.is_(False))
        .group_by(ItemRow.certification)
    )
    return dict(rows.all())


def asked_in(session: Session, concept: str) -> set[str]:
    """The certifications with an open item on a concept."""
    return set(
        session.scalars(
            select(ItemRow.certification).where(
                ItemRow.concept == concept, ItemRow.retired_on.is_(None), ItemRow.reserved.is_(False)
            )
        )
    )


def concept(session: Session, slug: str) -> Concept | None:
    content = session.scalar(select(ConceptRow.content).where(ConceptRow.slug == slug))
    return Concept.model_validate(content) if content is not None else None


def concepts(session: Session) -> list[Concept]:
    """Every concept, by slug."""
    contents = session.scalars(select(ConceptRow.content).order_by(ConceptRow.slug))
    return [Concept.model_validate(content) for content in contents]


def concept_names(session: Session, asked_in: Collection[str] | None = None) -> dict[str, str]:
    """Names by slug, in order of name; `asked_in`: only concepts that items of these certifications ask."""
    query = select(ConceptRow.slug, ConceptRow.name).order_by(ConceptRow.name)
    if asked_in is not None:
        asked = select(ItemRow.concept).where(ItemRow.certification.in_(asked_in), ItemRow.retired_on.is_(None))
        query = query.where(ConceptRow.slug.in_(asked))
    return dict(session.execute(query).all())


def stored_item(session: Session, item_id: str, version: int) -> StoredItem | None:
    """An item in the version that was asked."""
    row = session.execute(
        select(ItemVersionRow.content, ItemVersionRow.void, ItemRow.retired_on, ItemRow.review_since)
        .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
        .where(ItemVersionRow.item_id == item_id, ItemVersionRow.version == version)
    ).first()
    return StoredItem(Item.model_validate(row[0]), version, *row[1:]) if row else None


def items_in_use(session: Session, certification: str) -> list[StoredItem]:
    """The items of a certification that are not retired, in their current version, by id."""
    rows = session.execute(
        select(ItemVersionRow.content, ItemVersionRow.version, ItemVersionRow.void)
        .join(ItemRow, (ItemRow.id == ItemVersionRow.item_id) & (ItemRow.version == ItemVersionRow.version))
        .where(ItemRow.certification == certification, ItemRow.retired_on.is_(None))
        .order_by(ItemRow.id)
    )
    return [StoredItem(Item.model_validate(content), version, void, None) for content, version, void in rows]


def asked(session: Session, calibration: int, item_id: str, version: int) -> tuple[StoredItem, ItemFacts] | None:
    """The item in the version that was asked, retired or not, and its facts with one calibration's difficulty."""
    values = {"item": item_id, "version": version, "calibration": calibration}
    row = session.execute(_ASKED, values).first()
    if row is None:
        return None
    content, void, retired_on, *estimate = row
    item = Item.model_validate(content)
    difficulty = ItemDifficulty(*estimate)
    facts = ItemFacts(item.id, item.certification, item.domain, item.concept, difficulty, guess_options(item))
    return StoredItem(item, version, void, retired_on), facts


def all_facts(session: Session, calibration: int) -> dict[tuple[str, int], ItemFacts]:
    """The facts of every item there ever was, by id and version."""
    rows = session.execute(
        select(*_PLACE, ItemVersionRow.version, ItemVersionRow.options, *_DIFFICULTY)
        .join(ItemVersionRow, ItemVersionRow.item_id == ItemRow.id)
        .join(ItemEstimateRow, ItemEstimateRow.item_id == ItemRow.id)
        .where(ItemEstimateRow.calibration == calibration)
    )
    return {
        (item_id, version): ItemFacts(item_id, slug, domain, concept, ItemDifficulty(*estimate), options)
        for item_id, slug, domain, concept, version, options, *estimate in rows
    }


@dataclass(frozen=True)
class CurrentItem:
    """An item that is not retired: its facts, its current version, and where it may be used."""

    facts: ItemFacts
    version: int
    reserved: bool
    added_in: str | None
    removed_in: str | None
    task: str


def current_items(session: Session, calibration: int, certification: str) -> list[CurrentItem]:
    """The items of a certification that are not retired, by id."""
    # columns, not entities: every answer reads the whole certification
    rows = session.execute(
        select(*_PLACE, ItemRow.options, *_DIFFICULTY, *_USE)
        .join(ItemEstimateRow, ItemEstimateRow.item_id == ItemRow.id)
        .where(
            ItemEstimateRow.calibration == calibration,
            ItemRow.certification == certification,
            ItemRow.retired_on.is_(None),
        )
        .order_by(ItemRow.id)
    )
    return [
        CurrentItem(ItemFacts(item_id, slug, domain, concept, ItemDifficulty(mean, variance, slope), options), *use)
        for item_id, slug, domain, concept, options, mean, variance, slope, *use in rows
    ]


def stamp(session: Session, certification: str) -> tuple[Any, ...]:
    """What differs after each change to a certification's bank: whoever makes one records it."""
    return tuple(session.execute(_STAMP, {"slug": certification}).one())


def changes(session: Session, certification: str) -> list[tuple[Any, str, dict[str, Any]]]:
    """Instant, kind and summary of each change to a certification's bank, oldest first."""
    rows = session.execute(
        select(BankChangeRow.at, BankChangeRow.kind, BankChangeRow.summary)
        .where(BankChangeRow.certification == certification)
        .order_by(BankChangeRow.id)
    )
    return [(at, kind, summary) for at, kind, summary in rows]


def last_load(session: Session) -> datetime | None:
    """When a load last changed anything."""
    return session.scalar(select(func.max(BankChangeRow.at)).where(BankChangeRow.kind == "load"))
