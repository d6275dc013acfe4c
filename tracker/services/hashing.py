"""Password hashes: Argon2id in OWASP's 19 MiB profile, at most two at once, since each takes its memory."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_AT_ONCE = BoundedSemaphore(2)
_NOBODY = _HASHER.hash("nobody has this password, it only costs the same time")


def hash_password(password: str) -> str:
    """The Argon2id hash of `password`, with its parameters and salt."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def password_fits(password: str, stored: str | None) -> bool:
    """Whether `password` made `stored`; takes the same time when there is no stored hash."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(stored or _NOBODY, password) and stored is not None
        except (VerifyMismatchError, InvalidHashError):
            return False
