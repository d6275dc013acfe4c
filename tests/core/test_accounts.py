import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from tracker.core.accounts import ABSOLUTE, IDLE, address_prefix, login_alive, normal_email, secret_digest

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    "typed",
    ["mika@example.org", "Mika@Example.ORG", "  mika@example.org ", "ｍｉｋａ@example.org", "MIKA@EXAMPLE.ORG"],
)
def test_ways_to_type_one_address_are_one(typed: str) -> None:
    assert normal_email(typed) == "mika@example.org"


def test_different_addresses_stay_different() -> None:
    assert normal_email("mika+a@example.org") != normal_email("mika@example.org")


def test_the_database_keeps_a_digest_and_not_the_secret() -> None:
    assert secret_digest("s3cret") == hashlib.sha256(b"s3cret").hexdigest()


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        (None, "unknown"),
        ("", "unknown"),
        ("not an address", "unknown"),
        ("192.0.2.1, 10.0.0.1", "unknown"),
    ],
)
def test_an_address_is_kept_as_its_network(address: str | None, prefix: str) -> None:
    assert address_prefix(address) == prefix


def test_a_login_ends_after_14_days_without_use() -> None:
    assert timedelta(days=14) == IDLE
    assert login_alive(NOW, NOW + ABSOLUTE, NOW + IDLE - SECOND)
    assert not login_alive(NOW, NOW + ABSOLUTE, NOW + IDLE)


def test_a_login_ends_after_30_days_however_much_it_is_used() -> None:
    assert timedelta(days=30) == ABSOLUTE
    assert login_alive(NOW + ABSOLUTE - SECOND, NOW + ABSOLUTE, NOW + ABSOLUTE - SECOND)
    assert not login_alive(NOW + ABSOLUTE - SECOND, NOW + ABSOLUTE, NOW + ABSOLUTE)
