"""Links that set a new password: signed, for one hour, and for one use."""

from datetime import datetime
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from tracker.core.accounts import RESET_VALID
from tracker.services.accounts import reset_account
from tracker.store import learners


def _signer(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="milepost-reset")


def token_for(session: Session, email: str, secret_key: str, *, now: datetime) -> str:
    """The token of a link for the account with this address. Raises LookupError when there is none."""
    user_id, changed_at = reset_account(session, email)
    ends = now + RESET_VALID
    return str(_signer(secret_key).dumps([user_id.hex, changed_at.isoformat(), ends.isoformat()]))


def owner(session: Session, token: str, secret_key: str, *, now: datetime) -> UUID | None:
    """The account a token is for, while its hour lasts and the password is the one it was made for."""
    try:
        value = _signer(secret_key).loads(token)
        user_id, changed_at = UUID(hex=value[0]), datetime.fromisoformat(value[1])
        ends = datetime.fromisoformat(value[2])
    except (BadSignature, ValueError, TypeError, IndexError, KeyError):
        return None
    if now > ends:
        return None
    stored = learners.password_of(session, user_id)
    return user_id if stored and stored[1] == changed_at else None
