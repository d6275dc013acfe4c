"""What everybody's answers say about the items of a certification."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from sqlalchemy.orm import Session

from tracker.core.bank import Item
from tracker.core.question import chosen_options
from tracker.core.statistics import ItemStatistics, MarkedAnswer, item_statistics
from tracker.store import bank, item_answers
from tracker.store.bank import StoredItem
from tracker.store.item_answers import ItemAnswer


def of_certification(session: Session, slug: str) -> list[tuple[Item, ItemStatistics]]:
    """Every item in use, in its present version, with its statistics; in the order of their ids."""
    items = {stored.item.id: stored for stored in bank.items_in_use(session, slug)}
    found = item_statistics(_by_learner(item_answers.of_everybody(session, slug), items))
    return [(stored.item, found.get(name, ItemStatistics())) for name, stored in items.items()]


def of_versions(session: Session, versions: Sequence[StoredItem]) -> list[ItemStatistics]:
    """What everybody answered to each of some versions; no discrimination, which would want all other answers."""
    by_item: dict[str, list[ItemAnswer]] = {stored.item.id: [] for stored in versions}
    for answer in item_answers.of_items(session, by_item.keys()):
        by_item[answer.item_id].append(answer)
    return [_of_version(stored, by_item[stored.item.id]) for stored in versions]


def _of_version(stored: StoredItem, answers: Sequence[ItemAnswer]) -> ItemStatistics:
    item_id = stored.item.id
    return item_statistics(_by_learner(answers, {item_id: stored})).get(item_id, ItemStatistics())


def _by_learner(answers: Iterable[ItemAnswer], items: Mapping[str, StoredItem]) -> Iterator[list[MarkedAnswer]]:
    for _, own in groupby(answers, key=attrgetter("user_id")):
        yield [_marked(answer, items.get(answer.item_id)) for answer in own]


def _marked(answer: ItemAnswer, stored: StoredItem | None) -> MarkedAnswer:
    current = stored is not None and stored.version == answer.version
    chosen = chosen_options(stored.item, answer.shuffle_seed, answer.response) if stored and current else ()
    return MarkedAnswer(answer.item_id, current, answer.first_sight, answer.correct, chosen)
