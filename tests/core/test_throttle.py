from datetime import UTC, datetime, timedelta

import pytest

from tracker.core.throttle import BLOCK, LIMITS, WINDOW, Throttle, after_failure, is_blocked

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def failed(times: int, kind: str = "account", at: datetime = NOW) -> Throttle:
    throttle: Throttle | None = None
    for _ in range(times):
        throttle = after_failure(throttle, kind, at)
    assert throttle is not None
    return throttle


def test_nobody_is_blocked_at_first() -> None:
    assert not is_blocked(None, NOW)


@pytest.mark.parametrize(("kind", "limit"), [("account", 10), ("address", 50)])
def test_the_failure_at_the_limit_blocks_and_the_one_before_does_not(kind: str, limit: int) -> None:
    assert LIMITS[kind] == limit
    assert not is_blocked(failed(limit - 1, kind), NOW)
    assert is_blocked(failed(limit, kind), NOW)


def test_a_block_ends_after_its_time() -> None:
    throttle = failed(10)
    assert is_blocked(throttle, NOW + BLOCK - SECOND)
    assert not is_blocked(throttle, NOW + BLOCK)


def test_failures_of_an_earlier_window_are_forgotten() -> None:
    assert after_failure(failed(9), "account", NOW + WINDOW - SECOND).failures == 10
    assert after_failure(failed(9), "account", NOW + WINDOW).failures == 1


def test_after_a_block_the_count_begins_again() -> None:
    assert not is_blocked(after_failure(failed(10), "account", NOW + BLOCK), NOW + BLOCK)


def test_a_clock_that_steps_back_does_not_forget_failures() -> None:
    assert after_failure(failed(9), "account", NOW - timedelta(hours=1)).failures == 10
