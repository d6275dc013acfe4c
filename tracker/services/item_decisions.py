"""What the operator decides about a question: under review, out of use, a version's key wrong. All can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.store import item_decisions
from tracker.store.item_decisions import Standing

OPERATOR = "operator"
"""`retired_by` of an item that the operator took out of use."""
VOID = "void"
"""`retired_by` of an item that went out of use because its present version is void."""


class UnknownItem(LookupError):
    """There is no such item, or no such version of it."""


def begin_review(session: Session, item_id: str, *, now: datetime) -> None:
    """Tell every learner that a doubt about the question is looked into. Raises UnknownItem."""
    if _known(session, item_id).review_since is None:
        item_decisions.change_item(session, item_id, review_since=now.date())


def end_review(session: Session, item_id: str) -> None:
    """Take that notice back. Raises UnknownItem."""
    _known(session, item_id)
    item_decisions.change_item(session, item_id, review_since=None)


def retire(session: Session, item_id: str, *, now: datetime) -> None:
    """Ask the question no more; its answers stay. Raises UnknownItem."""
    known = _known(session, item_id)
    if known.retired_on is None:
        item_decisions.change_item(session, item_id, retired_on=now.date(), retired_by=OPERATOR)
        _note(session, known, "retired", now)


def bring_back(session: Session, item_id: str, *, now: datetime) -> None:
    """Ask a question again that the operator retired. Raises UnknownItem."""
    known = _known(session, item_id)
    if known.retired_by == OPERATOR:
        void = known.version in known.void
        # a version whose key is wrong stays out of use
        item_decisions.change_item(
            session, item_id, retired_on=known.retired_on if void else None, retired_by=VOID if void else None
        )
        _note(session, known, "brought back", now)


def void(session: Session, item_id: str, version: int, *, now: datetime) -> None:
    """Declare the key of a version wrong: its answers count no more, and while it is the present one nobody is asked.

    The learners who answered it have to be rebuilt. Raises UnknownItem.
    """
    known = _known(session, item_id)
    _know_version(session, item_id, version)
    if version in known.void:
        return
    item_decisions.set_void(session, item_id, version, True)
    # one that is out of use for another reason stays so when the version is no longer void
    if version == known.version and known.retired_on is None:
        item_decisions.change_item(session, item_id, retired_on=now.date(), retired_by=VOID)
    _note(session, known, "void", now, version=version)


def unvoid(session: Session, item_id: str, version: int, *, now: datetime) -> None:
    """Let the answers to a version count again, and ask it again if being void was why not.

    The learners who answered it have to be rebuilt. Raises UnknownItem.
    """
    known = _known(session, item_id)
    _know_version(session, item_id, version)
    if version not in known.void:
        return
    item_decisions.set_void(session, item_id, version, False)
    if version == known.version and known.retired_by == VOID:
        item_decisions.change_item(session, item_id, retired_on=None, retired_by=None)
    _note(session, known, "no longer void", now, version=version)


def _known(session: Session, item_id: str) -> Standing:
    known = item_decisions.standing(session, item_id)
    if known is None:
        raise UnknownItem
    return known


def _know_version(session: Session, item_id: str, version: int) -> None:
    if not item_decisions.has_version(session, item_id, version):
        raise UnknownItem


def _note(session: Session, known: Standing, kind: str, now: datetime, **more: Any) -> None:
    summary = {"item": known.item_id, **more}
    item_decisions.note_change(session, known.certification, kind, summary, now)
