"""When a question was shown, signed into its form: seconds are counted from there."""

from datetime import datetime

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="milepost-shown")


def signed(question: str, at: datetime) -> str:
    """The text for the form of the question with this name."""
    return str(_signer().dumps([question, at.isoformat()]))


def shown_at(question: str, text: str) -> datetime | None:
    """When the form that sent this text was shown, if our signature on it holds and it is of that question."""
    try:
        value = _signer().loads(text)
        return datetime.fromisoformat(value[1]) if value[0] == question else None
    except (BadSignature, ValueError, TypeError, IndexError, KeyError):
        return None
