"""Sittings of papers, and the response to each of their questions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from tracker.core.bank import Item
from tracker.core.exam import Change, Sitting
from tracker.store.bank import StoredItem
from tracker.store.tables import ItemRow, ItemVersionRow, ResponseRow, SittingRow


@dataclass(frozen=True)
class Paper:
    """A sitting as stored: whose paper, of which exam version, and when. `score`: as it was at closing."""

    id: UUID
    certification: str
    exam_code: str
    kind: str
    seed: int
    extra_time: float
    started_at: datetime
    study_day: date
    deadline_at: datetime | None
    closed_at: datetime | None = None
    closed_by: str | None = None
    score: dict[str, Any] | None = None

    @property
    def sitting(self) -> Sitting:
        """What the state machine knows of it."""
        return Sitting(self.started_at, self.deadline_at, self.closed_at)


@dataclass(frozen=True)
class Response:
    """A question of a paper, from position 1, and what it was answered with so far."""

    position: int
    item_id: str
    item_version: int
    shuffle_seed: int
    attempt_id: UUID
    first_sight: bool
    flagged: bool = False
    answer: tuple[int | None, ...] = ()
    trail: tuple[Change, ...] = field(default=())
    seconds: int = 0


_PAPER = tuple(getattr(SittingRow, name) for name in Paper.__dataclass_fields__)
_RESPONSE = tuple(getattr(ResponseRow, name) for name in Response.__dataclass_fields__)


def _response(row: Sequence[Any]) -> Response:
    values = dict(zip(Response.__dataclass_fields__, row, strict=True))
    values["answer"] = tuple(values["answer"])
    values["trail"] = tuple(Change.from_json(kept) for kept in values["trail"])
    return Response(**values)


def add(session: Session, user_id: UUID, paper: Paper, responses: Sequence[Response]) -> None:
    session.execute(insert(SittingRow).values(user_id=user_id, **vars(paper)))
    rows = [
        {"user_id": user_id, "sitting_id": paper.id, **vars(response), "answer": list(response.answer), "trail": []}
        for response in responses
    ]
    session.execute(insert(ResponseRow), rows)


def paper(session: Session, user_id: UUID, sitting_id: UUID) -> Paper | None:
    row = session.execute(select(*_PAPER).where(SittingRow.user_id == user_id, SittingRow.id == sitting_id)).first()
    return Paper(*row) if row else None


def open_papers(session: Session, user_id: UUID) -> list[Paper]:
    """Sittings that nobody has closed, at most one for each certification."""
    rows = session.execute(select(*_PAPER).where(SittingRow.user_id == user_id, SittingRow.closed_at.is_(None)))
    return [Paper(*row) for row in rows]


def history(session: Session, user_id: UUID, certification: str) -> list[Paper]:
    """All sittings of a certification, newest first."""
    rows = session.execute(
        select(*_PAPER)
        .where(SittingRow.user_id == user_id, SittingRow.certification == certification)
        .order_by(SittingRow.id.desc())
    )
    return [Paper(*row) for row in rows]


def response(session: Session, user_id: UUID, sitting_id: UUID, position: int) -> Response | None:
    row = session.execute(
        select(*_RESPONSE).where(
            ResponseRow.user_id == user_id,
            ResponseRow.sitting_id == sitting_id,
            ResponseRow.position == position,
        )
    ).first()
    return _response(row) if row else None


def responses(session: Session, user_id: UUID, sitting_id: UUID) -> list[Response]:
    """The questions of a paper in their order."""
    rows = session.execute(
        select(*_RESPONSE)
        .where(ResponseRow.user_id == user_id, ResponseRow.sitting_id == sitting_id)
        .order_by(ResponseRow.position)
    )
    return [_response(row) for row in rows]


def items(session: Session, user_id: UUID, sitting_id: UUID, position: int | None = None) -> dict[int, StoredItem]:
    """The items of a paper in the version that was asked, by position: one statement for all, or for one of them."""
    wanted = [] if position is None else [ResponseRow.position == position]
    rows = session.execute(
        select(
            ResponseRow.position,
            ItemVersionRow.content,
            ItemVersionRow.version,
            ItemVersionRow.void,
            ItemRow.retired_on,
            ItemRow.review_since,
        )
        .join(
            ItemVersionRow,
            (ItemVersionRow.item_id == ResponseRow.item_id) & (ItemVersionRow.version == ResponseRow.item_version),
        )
        .join(ItemRow, ItemRow.id == ResponseRow.item_id)
        .where(ResponseRow.user_id == user_id, ResponseRow.sitting_id == sitting_id, *wanted)
    )
    return {
        position: StoredItem(Item.model_validate(content), version, void, retired_on, review_since)
        for position, content, version, void, retired_on, review_since in rows
    }


def position_of(session: Session, user_id: UUID, sitting_id: UUID, attempt_id: UUID) -> int | None:
    """The question of a paper that an attempt was made of."""
    return session.scalar(
        select(ResponseRow.position).where(
            ResponseRow.user_id == user_id,
            ResponseRow.sitting_id == sitting_id,
            ResponseRow.attempt_id == attempt_id,
        )
    )


def save(session: Session, user_id: UUID, sitting_id: UUID, value: Response) -> None:
    """Write what may change of a response."""
    session.execute(
        update(ResponseRow)
        .where(
            ResponseRow.user_id == user_id,
            ResponseRow.sitting_id == sitting_id,
            ResponseRow.position == value.position,
        )
        .values(
            flagged=value.flagged,
            answer=list(value.answer),
            trail=[change.to_json() for change in value.trail],
            seconds=value.seconds,
        )
    )


def close(session: Session, user_id: UUID, sitting_id: UUID, *, at: datetime, by: str, score: dict[str, Any]) -> None:
    session.execute(
        update(SittingRow)
        .where(SittingRow.user_id == user_id, SittingRow.id == sitting_id)
        .values(closed_at=at, closed_by=by, score=score)
    )


def seen_items(session: Session, user_id: UUID, certification: str) -> dict[str, date]:
    """The items of a certification that were looked at on papers, with the study day of the latest one."""
    rows = session.execute(
        select(ResponseRow.item_id, func.max(SittingRow.study_day))
        .join(SittingRow, (SittingRow.user_id == ResponseRow.user_id) & (SittingRow.id == ResponseRow.sitting_id))
        .where(
            ResponseRow.user_id == user_id,
            SittingRow.certification == certification,
            ResponseRow.seconds > 0,
        )
        .group_by(ResponseRow.item_id)
    )
    return dict(rows.all())


def left_by_everybody(session: Session, before: datetime) -> list[tuple[UUID, UUID]]:
    """(learner, sitting) of sittings whose deadline was before that instant and that nobody has closed."""
    rows = session.execute(
        select(SittingRow.user_id, SittingRow.id)
        .where(SittingRow.closed_at.is_(None), SittingRow.deadline_at < before)
        .order_by(SittingRow.user_id)
    )
    return [(user_id, sitting_id) for user_id, sitting_id in rows]
