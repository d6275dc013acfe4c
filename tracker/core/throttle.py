"""How often somebody may fail to sign in. Counted per account and per address, in windows."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
BLOCK = timedelta(minutes=15)
LIMITS = {"account": 10, "address": 50}
"""Failures within a window before a block: an address may hold a whole classroom."""


@dataclass(frozen=True)
class Throttle:
    """Failures counted since `window_from`; sign-in is refused until `blocked_until`."""

    failures: int
    window_from: datetime
    blocked_until: datetime | None


def is_blocked(throttle: Throttle | None, now: datetime) -> bool:
    """Whether sign-in is refused at the instant `now`."""
    return throttle is not None and throttle.blocked_until is not None and now < throttle.blocked_until


def after_failure(throttle: Throttle | None, kind: str, now: datetime) -> Throttle:
    """The throttle after one more failure; blocks when the limit of its `kind` is reached."""
    if throttle is None or now - throttle.window_from >= WINDOW:
        throttle = Throttle(0, now, None)
    failures = throttle.failures + 1
    blocked_until = now + BLOCK if failures >= LIMITS[kind] else None
    return replace(throttle, failures=failures, blocked_until=blocked_until)
