"""What a learner does with the account: sign up, sign in and out, change it, delete it."""

import random
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.core.accounts import ABSOLUTE, SEEN_EVERY, address_prefix, normal_email, secret_digest
from tracker.core.throttle import after_failure, is_blocked
from tracker.services.hashing import password_fits
from tracker.store import calibrations, learners
from tracker.store.learners import Learner, Login


class AddressTaken(Exception):
    """An account with this e-mail address exists."""


class WrongPassword(Exception):
    """The address is unknown or the password does not fit; which of both is not told."""


class TooManyFailures(Exception):
    """Passwords are not looked at for this account or this address until an instant."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class StaleForm(Exception):
    """The row changed after the form was shown."""


@dataclass(frozen=True)
class Browser:
    """What is known of the browser that signs in."""

    agent: str
    address: str | None


@dataclass(frozen=True)
class NewAccount:
    """What sign-up asks for."""

    email: str
    name: str
    password: str
    timezone: str


@dataclass(frozen=True)
class SignedIn:
    """The cookie's content: the learner and the secret of this login, told only once."""

    user_id: UUID
    secret: str


def sign_up(session: Session, account: NewAccount, password_hash: str, *, now: datetime, rng: random.Random) -> UUID:
    """Make an account and return its id. Raises AddressTaken.

    `password_hash` is made before the transaction begins, so that nobody waits for it.
    """
    email = normal_email(account.email)
    user_id = UUID(int=rng.getrandbits(128), version=4)
    values = {
        "user_id": user_id,
        "name": account.name,
        "calibration": calibrations.newest(session),
        "role": "learner",
        "password_hash": password_hash,
        "password_changed_at": now,
        "timezone": account.timezone,
        "day_starts_min": 240,
        "study_days": 0b1111111,
        "minutes_per_study_day": 30,
        "settings": {"theme": "auto", "keys": True, "cap": 40},
        "demo": False,
        "created_at": now,
        "revision": 1,
    }
    try:
        learners.add_account(session, email, values)
    except IntegrityError as error:
        raise AddressTaken(email) from error
    return user_id


def throttle_keys(email: str, address: str | None) -> dict[str, str]:
    """Under which keys failures are counted, by kind."""
    return {
        "account": secret_digest(normal_email(email)),
        "address": secret_digest(address_prefix(address)),
    }


def check_throttle(session: Session, email: str, address: str | None, now: datetime) -> None:
    """Raise TooManyFailures while the account or the address is blocked."""
    for kind, key in throttle_keys(email, address).items():
        throttle = learners.throttle(session, kind, key)
        if throttle is not None and throttle.blocked_until is not None and is_blocked(throttle, now):
            raise TooManyFailures(throttle.blocked_until)


@dataclass(frozen=True)
class StoredPassword:
    """What the database holds for an address; both are None for an unknown one."""

    user_id: UUID | None
    password_hash: str | None


def stored_password(session: Session, email: str) -> StoredPassword:
    """Read the hash; verify it after the transaction has ended, since that takes long."""
    user_id = learners.user_id_of(session, normal_email(email))
    stored = learners.password_of(session, user_id) if user_id else None
    return StoredPassword(user_id, stored[0] if stored else None)


def opened_by(stored: StoredPassword, password: str) -> UUID:
    """The account that this password opens. Raises WrongPassword, after the same time for an unknown address."""
    if not password_fits(password, stored.password_hash) or stored.user_id is None:
        raise WrongPassword
    return stored.user_id


def note_failure(session: Session, email: str, address: str | None, now: datetime) -> None:
    """Count one failed sign-in."""
    for kind, key in throttle_keys(email, address).items():
        learners.save_throttle(session, kind, key, after_failure(learners.throttle(session, kind, key), kind, now))


def sign_in(session: Session, user_id: UUID, browser: Browser, *, email: str, now: datetime) -> SignedIn:
    """Open a new login for the account and forget its failures."""
    learners.lock(session, user_id)
    learners.clear_throttle(session, "account", throttle_keys(email, None)["account"])
    secret = secrets.token_urlsafe(32)
    login = Login(
        secret_sha256=secret_digest(secret),
        created_at=now,
        authenticated_at=now,
        last_seen_at=now,
        expires_at=now + ABSOLUTE,
        agent=browser.agent[:200],
        address_prefix=address_prefix(browser.address),
    )
    learners.add_login(session, user_id, login)
    return SignedIn(user_id, secret)


def personal_words(session: Session, user_id: UUID) -> list[str]:
    """What a stranger who wants in would try first: the learner's name and address."""
    learner, email = learners.learner(session, user_id), learners.email_of(session, user_id)
    return [word for word in (learner.name if learner else None, email) if word]


def note_seen(session: Session, user_id: UUID, login: Login, now: datetime) -> None:
    """Move the login's last-seen time, at most every five minutes."""
    if now - login.last_seen_at >= SEEN_EVERY:
        learners.seen(session, user_id, login.secret_sha256, now)


def change_password(session: Session, user_id: UUID, password_hash: str, *, keep: str | None, now: datetime) -> None:
    """Set a new password and sign out every other browser; `keep` is the digest of the login that stays."""
    learners.change(session, user_id, password_hash=password_hash, password_changed_at=now)
    learners.drop_logins(session, user_id, but=keep)


def change_settings(
    session: Session, learner: Learner, revision: int, *, name: str, timezone: str, theme: str, keys: bool
) -> None:
    """Change name, zone and looks. Raises StaleForm when another tab changed them in between."""
    if revision != learner.revision:
        raise StaleForm
    learners.change(
        session,
        learner.user_id,
        name=name,
        timezone=timezone,
        settings={**learner.settings, "theme": theme, "keys": keys},
        revision=learner.revision + 1,
    )


def reset_account(session: Session, email: str) -> tuple[UUID, datetime]:
    """The account a reset link is for, and the instant that makes the link work once. Raises LookupError."""
    user_id = learners.user_id_of(session, normal_email(email))
    stored = learners.password_of(session, user_id) if user_id else None
    if user_id is None or stored is None:
        raise LookupError(f"no account with the address {email}")
    return user_id, stored[1]
