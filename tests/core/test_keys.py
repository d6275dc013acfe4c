"""Which secret keys are fit."""

import secrets

import pytest

from tracker.core.keys import KNOWN_KEYS, SHORTEST_KEY, unfit


@pytest.mark.parametrize("key", ["", "short", "k" * 31, "9e2855af950e100bc33943cece72c5", "abcdefgh" * 3])
def test_a_short_key_is_unfit(key: str) -> None:
    assert len(key) < SHORTEST_KEY
    assert unfit(key)


@pytest.mark.parametrize("key", sorted(KNOWN_KEYS))
def test_a_known_key_is_unfit_in_any_case(key: str) -> None:
    assert unfit(key)
    assert unfit(key.upper())


@pytest.mark.parametrize("key", ["1" * 40, "ab" * 20, "abcdefg" * 6])
def test_a_key_of_few_characters_said_again_and_again_is_unfit(key: str) -> None:
    assert unfit(key)


def test_a_random_key_is_fit() -> None:
    assert not any(unfit(secrets.token_hex(16)) for _ in range(100))
