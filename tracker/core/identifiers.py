"""Row identifiers: UUIDv7, so that rows sort by the instant they were made."""

import random
from datetime import datetime
from uuid import UUID


def uuid7(now: datetime, rng: random.Random) -> UUID:
    """A UUIDv7 (RFC 9562, 5.7) of the instant `now` (aware) with 74 random bits from `rng`."""
    if now.tzinfo is None:
        raise ValueError("the instant must be aware")
    milliseconds = int(now.timestamp() * 1000)
    random_a = rng.getrandbits(12)
    random_b = rng.getrandbits(62)
    value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | random_a << 64 | 0b10 << 62 | random_b
    return UUID(int=value)
