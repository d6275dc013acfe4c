"""Accounts, their logins and the gate before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from tracker.core.throttle import Throttle
from tracker.store.tables import IdentityRow, LearnerRow, LoginSessionRow, ThrottleRow


@dataclass(frozen=True)
class Learner:
    """Who studies, and in which calendar; `study_days` are weekdays, Monday 0."""

    user_id: UUID
    name: str
    role: str
    timezone: str
    day_starts: timedelta
    settings: dict[str, Any]
    calibration: int
    study_days: frozenset[int]
    minutes_per_study_day: int
    revision: int
    demo: bool = False


@dataclass(frozen=True)
class Login:
    """One signed-in browser."""

    secret_sha256: str
    created_at: datetime
    authenticated_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    agent: str
    address_prefix: str


def _learner(row: LearnerRow) -> Learner:
    return Learner(
        user_id=row.user_id,
        name=row.name,
        role=row.role,
        timezone=row.timezone,
        day_starts=timedelta(minutes=row.day_starts_min),
        settings=row.settings,
        calibration=row.calibration,
        study_days=frozenset(day for day in range(7) if row.study_days >> day & 1),
        minutes_per_study_day=row.minutes_per_study_day,
        revision=row.revision,
        demo=row.demo,
    )


_LOCK = select(LearnerRow.user_id).where(LearnerRow.user_id == bindparam("user", type_=Uuid())).with_for_update()


def lock(session: Session, user_id: UUID) -> None:
    """Make this transaction the only writer of the learner's rows, on PostgreSQL too."""
    # on SQLite the transaction itself is that, from its beginning
    if session.connection().dialect.name != "sqlite":
        session.execute(_LOCK, {"user": user_id})


def user_id_of(session: Session, email_norm: str) -> UUID | None:
    return session.scalar(select(IdentityRow.user_id).where(IdentityRow.email_norm == email_norm))


def user_ids(session: Session) -> list[UUID]:
    """Everybody, for the operator's commands."""
    return list(session.scalars(select(LearnerRow.user_id).order_by(LearnerRow.user_id)))


def email_of(session: Session, user_id: UUID) -> str | None:
    return session.scalar(select(IdentityRow.email_norm).where(IdentityRow.user_id == user_id))


def learner(session: Session, user_id: UUID) -> Learner | None:
    row = session.scalar(select(LearnerRow).where(LearnerRow.user_id == user_id))
    return _learner(row) if row else None


def password_of(session: Session, user_id: UUID) -> tuple[str, datetime] | None:
    """The password's hash and the instant of its last change."""
    row = session.execute(
        select(LearnerRow.password_hash, LearnerRow.password_changed_at).where(LearnerRow.user_id == user_id)
    ).first()
    return (row[0], row[1]) if row else None


def add_account(session: Session, email_norm: str, values: dict[str, Any]) -> None:
    """Raises IntegrityError when the address has an account."""
    session.execute(insert(IdentityRow).values(email_norm=email_norm, user_id=values["user_id"]))
    session.execute(insert(LearnerRow).values(**values))


def change(session: Session, user_id: UUID, **values: Any) -> None:
    session.execute(update(LearnerRow).where(LearnerRow.user_id == user_id).values(**values))


def delete_account(session: Session, user_id: UUID) -> None:
    """Remove every row with this `user_id`; the learner tables follow by cascade."""
    session.execute(delete(IdentityRow).where(IdentityRow.user_id == user_id))
    session.execute(delete(LearnerRow).where(LearnerRow.user_id == user_id))


def add_login(session: Session, user_id: UUID, login: Login) -> None:
    session.execute(insert(LoginSessionRow).values(user_id=user_id, **vars(login)))


def signed_in(session: Session, user_id: UUID, secret_sha256: str) -> tuple[Learner, Login] | None:
    """The learner and the login that a cookie names, in one statement."""
    row = session.execute(
        select(LearnerRow, LoginSessionRow)
        .join(LoginSessionRow, LoginSessionRow.user_id == LearnerRow.user_id)
        .where(LearnerRow.user_id == user_id, LoginSessionRow.secret_sha256 == secret_sha256)
    ).first()
    return (_learner(row[0]), _login(row[1])) if row else None


def _login(row: LoginSessionRow) -> Login:
    return Login(
        row.secret_sha256,
        row.created_at,
        row.authenticated_at,
        row.last_seen_at,
        row.expires_at,
        row.agent,
        row.address_prefix,
    )


def logins(session: Session, user_id: UUID) -> Sequence[Login]:
    rows = session.scalars(
        select(LoginSessionRow)
        .where(LoginSessionRow.user_id == user_id)
        .order_by(LoginSessionRow.last_seen_at.desc())
    )
    return [_login(row) for row in rows]


def seen(session: Session, user_id: UUID, secret_sha256: str, now: datetime) -> None:
    session.execute(
        update(LoginSessionRow)
        .where(LoginSessionRow.user_id == user_id, LoginSessionRow.secret_sha256 == secret_sha256)
        .values(last_seen_at=now)
    )


def drop_logins(session: Session, user_id: UUID, *, only: str | None = None, but: str | None = None) -> None:
    """Sign out: one login (`only`), all but one (`but`), or all of them. Both name secret digests."""
    statement = delete(LoginSessionRow).where(LoginSessionRow.user_id == user_id)
    if only is not None:
        statement = statement.where(LoginSessionRow.secret_sha256 == only)
    if but is not None:
        statement = statement.where(LoginSessionRow.secret_sha256 != but)
    session.execute(statement)


def throttle(session: Session, kind: str, key_sha256: str) -> Throttle | None:
    row = session.get(ThrottleRow, (kind, key_sha256))
    return Throttle(row.failures, row.window_from, row.blocked_until) if row else None


def save_throttle(session: Session, kind: str, key_sha256: str, value: Throttle) -> None:
    session.merge(ThrottleRow(kind=kind, key_sha256=key_sha256, **vars(value)))
    session.flush()


def clear_throttle(session: Session, kind: str, key_sha256: str) -> None:
    session.execute(delete(ThrottleRow).where(ThrottleRow.kind == kind, ThrottleRow.key_sha256 == key_sha256))
