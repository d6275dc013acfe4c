"""Names, addresses and login secrets of an account, as plain rules."""

import hashlib
import unicodedata
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

IDLE = timedelta(days=14)
ABSOLUTE = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=5)
RESET_VALID = timedelta(hours=1)
OPERATOR = "operator"
"""The role of who looks after an installation. Everybody else has the role `learner`."""


def normal_email(email: str) -> str:
    """The form of an e-mail address under which an account is looked up."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def secret_digest(secret: str) -> str:
    """What the database keeps of a login secret: its SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def address_prefix(address: str | None) -> str:
    """The network an address belongs to (/24 or /48): enough to recognise, too little to follow."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))


def login_alive(last_seen_at: datetime, expires_at: datetime, now: datetime) -> bool:
    """Whether a login still holds: at most 14 days idle, 30 days in all."""
    return now < expires_at and now - last_seen_at < IDLE
