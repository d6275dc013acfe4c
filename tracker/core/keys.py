"""What makes a secret key unfit."""

SHORTEST_KEY = 32
FEWEST_DISTINCT = 8
KNOWN_KEYS = frozenset({"change-me" * 4, "secret" * 6, "development-secret-key-do-not-use-it", "0" * 32, "x" * 32})


def unfit(key: str) -> bool:
    """Whether others could know or guess this key."""
    return len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_DISTINCT or key.casefold() in KNOWN_KEYS
