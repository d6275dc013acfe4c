import random
from datetime import UTC, datetime, timedelta

import pytest

from tracker.core.identifiers import uuid7

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def test_it_is_a_version_7_uuid_that_begins_with_the_instant_in_milliseconds() -> None:
    made = uuid7(NOW, random.Random(1))
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(NOW.timestamp() * 1000)


def test_identifiers_sort_by_their_instant() -> None:
    rng = random.Random(1)
    made = [uuid7(NOW + timedelta(milliseconds=step), rng) for step in range(200)]
    assert made == sorted(made)


def test_the_same_instant_gives_different_identifiers() -> None:
    rng = random.Random(1)
    assert len({uuid7(NOW, rng) for _ in range(1000)}) == 1000


def test_the_same_generator_gives_the_same_identifier_again() -> None:
    assert uuid7(NOW, random.Random(7)) == uuid7(NOW, random.Random(7))


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        uuid7(NOW.replace(tzinfo=None), random.Random(1))
