from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

import pytest
from argon2 import PasswordHasher, extract_parameters

from tracker.services.hashing import hash_password, password_fits

PASSWORD = "eleven quiet otters paint"


@pytest.fixture
def gates(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Barrier]]:
    """Makes the library's hash wait at the last barrier in this list."""
    waiting: list[Barrier] = []
    monkeypatch.setattr(PasswordHasher, "hash", lambda _self, _password: str(waiting[-1].wait()))
    yield waiting


def test_a_hash_fits_its_password_only() -> None:
    stored = hash_password(PASSWORD)
    assert password_fits(PASSWORD, stored)
    assert not password_fits(PASSWORD + " ", stored)
    assert not password_fits("", stored)


def test_it_is_argon2id_in_owasps_19_mib_profile() -> None:
    found = extract_parameters(hash_password(PASSWORD))
    assert (found.type.name, found.memory_cost, found.time_cost, found.parallelism) == ("ID", 19_456, 2, 1)


def test_two_hashes_of_one_password_differ() -> None:
    assert hash_password(PASSWORD) != hash_password(PASSWORD)


def test_no_password_fits_an_account_that_does_not_exist() -> None:
    assert not password_fits(PASSWORD, None)
    assert not password_fits("nobody has this password, it only costs the same time", None)


def test_a_damaged_hash_fits_nothing() -> None:
    assert not password_fits(PASSWORD, "not a hash")


def test_a_password_may_hold_any_character() -> None:
    odd = "nul \0, emoji 🦦, right-to-left \u202e end"
    assert password_fits(odd, hash_password(odd))
    assert not password_fits(odd.replace("\0", ""), hash_password(odd))


def test_two_hashes_are_made_at_once(gates: list[Barrier]) -> None:
    gates.append(Barrier(2, timeout=30))
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(hash_password, ["one", "two"])) == ["0", "1"]


def test_a_third_hash_waits(gates: list[Barrier]) -> None:
    # three would pass this barrier together; it breaks because the third stays outside
    gates.append(Barrier(3, timeout=0.5))
    with ThreadPoolExecutor(3) as pool:
        sent = [pool.submit(hash_password, str(number)) for number in range(3)]
        assert all(isinstance(each.exception(), BrokenBarrierError) for each in sent)
